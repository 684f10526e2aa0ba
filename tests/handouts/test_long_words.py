"""Words wider than their column are divided, and can be found all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.handouts.print_reading import MM, TEXT_SIZE, running, words_of
from tests.handouts.sites import CODE, CYRILLIC, JOINED, LETTERS, LISTING

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMN = (26 + 107) * MM
NOTES = (26 + 107 + 8) * MM
HANGING = 8
"""Points that a hyphen may hang out of a column, and a letter reach."""


@pytest.mark.parametrize("handout", ["student", "teacher", "facing"])
def test_no_word_runs_out_of_its_column(handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    words = words_of(made("long-words")[f"one/handout-{handout}.pdf"])
    assert [one for one in words if one.right > 200 * MM] == []
    if handout == "facing":
        return
    text = [one for one in words if one.page == 1 and one.size == TEXT_SIZE and one.left < COLUMN]
    assert len(text) > 100
    assert [one for one in text if one.right > COLUMN + HANGING] == []
    assert any(one.size == 8 and one.left >= NOTES - 1 for one in words)


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_a_divided_word_is_read_whole(handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    printed = re.sub(r"\s", "", running(words_of(made("long-words")[f"one/handout-{handout}.pdf"])))
    for words in (JOINED, CYRILLIC, CODE, LISTING):
        assert words in printed, words
    assert printed.count(LETTERS) >= (12 if handout == "teacher" else 10)
    assert "8–10very_long_" in printed
