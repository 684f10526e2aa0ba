"""A handout of an edition whose own language runs from the right: the mirror of one that runs from the left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.handouts.print_reading import MM, lines_of, mirrored, words_of
from tests.handouts.sites import NOTED, RUNNING_ON, arabic_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.handouts.print_reading import Word

Make = "Callable[[str], dict[str, bytes]]"
COLUMN, GUTTER, MARGIN = 107 * MM, 8 * MM, 54 * MM


def read(made: Callable[[str], dict[str, bytes]], handout: str) -> list[Word]:
    """The words of a handout where they would stand if it ran from the left."""
    return mirrored(words_of(made("from-the-right")[f"one/handout-{handout}.pdf"]))


@pytest.mark.parametrize("handout", ["student", "teacher", "facing"])
def test_everything_stands_on_the_paper(handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    words = read(made, handout)
    pages = len(pypdfium2.PdfDocument(made("from-the-right")[f"one/handout-{handout}.pdf"]))
    off = [word for word in words if word.left < 9 * MM or word.right > 201 * MM]
    assert off == []
    footers = [word for word in words if word.base > 280 * MM]
    counted = [
        [word.words for word in footers if word.page == page and word.left > 150 * MM] for page in range(1, pages + 1)
    ]
    assert [sorted(found) for found in counted] == [
        sorted(["/", str(page), str(pages)]) for page in range(1, pages + 1)
    ]
    named = {word.words for word in words if word.page == 1 and word.size == 9}
    assert handout == "teacher" or {"Name", "Date"} <= named


def test_pages_are_counted_from_the_left(made: Callable[[str], dict[str, bytes]]) -> None:
    """Which of how many, in figures that are read so."""
    words = words_of(made("from-the-right")["one/handout-student.pdf"])
    page = sorted(
        (word for word in words if word.page == 1 and word.base > 280 * MM and word.left < 60 * MM),
        key=lambda one: one.left,
    )
    assert re.fullmatch(r"1/\d+", "".join(word.words for word in page))


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_numbers_notes_and_text_have_each_their_column(handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    words = read(made, handout)
    last = max(line.page for line in lines_of(words))
    here = [word for word in words if word.page <= last and word.top > 17 * MM and word.base < 278 * MM]
    numbers = [word for word in here if word.size == 7.5 and word.words.isdigit() and word.right < 26 * MM]
    assert [word.words for word in numbers] == [str(number) for of in (12, 3) for number in range(1, of + 1)]
    notes = [word for word in here if word.size == 8]
    assert len(notes) > 60
    begins = 26 * MM + COLUMN + GUTTER  # a mark at the end of a line may hang out of the column
    assert [one for one in notes if one.left < begins - 1 or one.right > begins + MARGIN + 4] == []
    text = [word for word in here if word.size == 10.5]
    assert all(word.left > 26 * MM - 1 and word.right < 26 * MM + COLUMN + 1 for word in text)


def test_each_note_is_printed_once_with_its_line(made: Callable[[str], dict[str, bytes]]) -> None:
    words = read(made, "teacher")
    lines = lines_of(words)
    printed = " ".join(word.words for word in words)
    for at, first in NOTED.items():
        assert printed.count(arabic_word(first + 5)) == 1, at
        (said,) = (one for one in words if one.words.startswith(arabic_word(first)))
        cited = [
            one for one in words if one.page == said.page and abs(one.base - said.base) < 1 and one.left < said.left
        ]
        line = next(line for line in lines if arabic_word(at) in line.words.split())
        here = [one for one in lines if one.page == line.page]
        if said.page == line.page:
            in_order = [one.words for one in sorted(cited, key=lambda one: one.left) if one.left > 140 * MM]
            assert here.index(line) + 1 == int(in_order[0].partition("–")[0]), (at, in_order)
            assert arabic_word(at) in in_order, (at, in_order)


def test_a_note_goes_on_in_the_next_margins(made: Callable[[str], dict[str, bytes]]) -> None:
    """In two of them, since it drives no note of these from its line; so none stands after the text."""
    words = read(made, "teacher")
    first = NOTED[RUNNING_ON]
    pages = [
        next(one for one in words if one.words.startswith(arabic_word(number))).page
        for number in range(first, first + 200)
    ]
    assert pages == sorted(pages)
    assert set(pages) == {2, 3, 4}
    assert "Further" not in {one.words for one in words}


def test_the_letters_of_ties_stand_beside_their_passages(made: Callable[[str], dict[str, bytes]]) -> None:
    """Those of the first text, which stands at the right, beside it."""
    words = read(made, "facing")
    texts = {one.page for one in words if one.size == 9.5}
    gutter = [one for one in words if one.page in texts and one.left > 96 * MM and one.right < 114 * MM]
    between = [one for one in gutter if one.size == 8 and one.words in "ABCDEF"]
    assert len(between) == 12
    for at, letter in enumerate("ABCDEF"):
        first = next(one for one in words if one.size == 9.5 and one.words == arabic_word(at * 110 + 7))
        other = next(one for one in words if one.size == 9.5 and one.words == arabic_word(1500 + at * 20))
        beside = {(one.page, one.left < 105 * MM): one for one in between if one.words == letter}
        assert len(beside) == 2, letter
        assert abs(beside[first.page, True].base - first.base) < 24, letter
        assert abs(beside[other.page, False].base - other.base) < 24, letter
