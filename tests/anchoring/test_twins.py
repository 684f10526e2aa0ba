"""Which cases are open though both texts are known: where the strings are the same, whichever of two was edited."""

from __future__ import annotations

import pytest

from benchmarks.anchoring.tracked import Tracked
from benchmarks.anchoring.truth import standing
from benchmarks.anchoring.twins import changed_parts
from builder.model.prose import Span

S, A, B, C = "The fox leapt. ", "A hen saw it. ", "Rain fell on all. ", "Nobody spoke. "

CASES = {
    "the first of two neighbours is taken out": ([A, S, S, B], [0, 2, 3], True),
    "the second of two neighbours is taken out": ([A, S, S, B], [0, 1, 3], True),
    "the first of two neighbours is moved": ([A, S, S, B, C], [0, 2, 3, 1, 4], True),
    "it is taken out, and its twin stands far off": ([A, S, B, S, C], [0, 2, 3, 4], False),
    "it is moved, and its twin stands far off": ([A, S, B, S, C], [0, 2, 3, 4, 1], False),
    "its twin is moved": ([A, S, B, S, C], [0, 1, 2, 4, 3], False),
    "both stay": ([A, S, S, B, C], [0, 1, 2, 4, 3], False),
    "it has no twin": ([A, S, B, C], [0, 2, 1, 3], False),
}


@pytest.mark.parametrize("case", CASES)
def test_whichever_it_was(case: str) -> None:
    parts, order, open_ = CASES[case]
    old, pieces, at = Tracked.of("".join(parts)), [], 0
    for part in parts:
        pieces.append(old.part(at, at + len(part)))
        at += len(part)
    new = old.put(0, len(old.text), *(pieces[index] for index in order))
    start = len(parts[0]) + S.index("fox")
    assert changed_parts(old.text, Span(start, start + len("fox leapt")), standing(new)) is open_
