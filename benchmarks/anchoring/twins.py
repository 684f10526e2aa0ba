"""An old text, a quotation in it, where its characters went -> whether another stretch of it may as well be that one.

Of two equal sentences one is moved or taken out: the text that comes of it is, letter by letter, what it would be if it
had been the other. Nobody can tell, not even who has both texts. So two histories are held against each other: the one
that happened, and the one in which the two stretches changed parts. Each is as likely as it left neighbours together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.prose import Span


def changed_parts(old: str, span: Span, where: Mapping[int, int]) -> bool:
    """Whether a history as likely as the one that happened puts a quotation elsewhere. `where` is what happened."""
    return any(_as_likely(old, span, shift, where) for shift in _twins(old, span))


def _twins(old: str, span: Span) -> Iterator[int]:
    """How far off the same words stand, each time that they do."""
    words = old[span.start : span.end]
    at = old.find(words)
    while at >= 0:
        if abs(at - span.start) >= len(words):
            yield at - span.start
        at = old.find(words, at + 1)


def _as_likely(old: str, span: Span, shift: int, where: Mapping[int, int]) -> bool:
    low, high = _equal(old, span, shift)
    if all(where.get(at + shift) == where.get(at) for at in range(span.start, span.end)):
        return False  # of both nothing is left
    firsts = [at for at in range(low, span.start + 1) if at == span.start or _is_edge(at, shift, where)]
    ends = [at for at in range(span.end, high + 1) if at == span.end or _is_edge(at, shift, where)]
    return any(
        _kept_as_other(first, end, shift, where)
        for first in firsts
        for end in ends
        if end - first <= abs(shift)  # neither lies within the other
    )


def _equal(old: str, span: Span, shift: int) -> tuple[int, int]:
    """The longest stretch around a quotation that stands just so so far off."""
    start, end = span.start, span.end
    while start > max(0, -shift, span.end - abs(shift)) and old[start - 1] == old[start - 1 + shift]:
        start -= 1
    while end < min(len(old) - max(0, shift), span.start + abs(shift)) and old[end] == old[end + shift]:
        end += 1
    return start, end


def _is_edge(at: int, shift: int, where: Mapping[int, int]) -> bool:
    """Whether neighbours were parted here, or at the same place of the other stretch: only there parts are changed."""
    return not (_beside(where.get(at - 1), where.get(at)) and _beside(where.get(at + shift - 1), where.get(at + shift)))


def _kept_as_other(first: int, end: int, shift: int, where: Mapping[int, int]) -> bool:
    """Whether no fewer neighbours are left together if a stretch and its twin changed parts."""

    def other(at: int) -> int | None:
        if first <= at < end:
            return where.get(at + shift)
        return where.get(at - shift) if first <= at - shift < end else where.get(at)

    edges = {first, end, first + shift, end + shift}
    kept = sum(_beside(where.get(at - 1), where.get(at)) for at in edges)
    return sum(_beside(other(at - 1), other(at)) for at in edges) >= max(kept, 1)


def _beside(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one + 1 == other
