"""What may hide behind letters that couldn't be read, by a second way of looking; in bounded time."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from builder.model.diagnostic import UNREADABLE
from builder.relate.garbled import Garbled


def plainly(sought: str, normal: str) -> bool:
    return any(
        UNREADABLE in normal[at : at + len(sought)]
        and all(a in (b, UNREADABLE) for a, b in zip(normal[at:], sought, strict=False))
        for at in range(len(normal) - len(sought) + 1)
    )


@given(st.text("ab", min_size=1, max_size=5), st.text(f"abc{UNREADABLE}", max_size=30))
def test_as_by_looking_at_each_place(sought: str, normal: str) -> None:
    assert re.search(UNREADABLE, sought) is None
    assert Garbled()._may_stand(sought, f"{normal}{UNREADABLE}c") == plainly(sought, f"{normal}{UNREADABLE}c")


def test_long_words_of_one_letter_take_no_longer_than_others() -> None:
    begun = time.process_time()
    assert not Garbled()._may_stand("a" * 5_000 + "b", "a" * 100_000 + "c" + UNREADABLE + "d" + "a" * 900_000)
    assert Garbled()._may_stand("ab" * 2_000 + "c", "ab" * 500_000 + UNREADABLE)
    assert time.process_time() - begun < 5
