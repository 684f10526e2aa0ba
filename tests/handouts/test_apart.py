"""What is printed beside the lines of a text: half brackets, pictures, the entries of the glossary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.handouts.conftest import made_from
from tests.handouts.print_reading import MM, brackets_of, lines_of, running, words_of
from tests.handouts.sites import crowded, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.handouts.print_reading import Word


def test_no_half_bracket_lies_on_a_word(made: Callable[[str], dict[str, bytes]]) -> None:
    """Those of the text: what is said in the margin has room for its own."""
    file = made("sixty")["one/handout-teacher.pdf"]
    words = words_of(file)
    brackets = [one for one in brackets_of(file) if one[1] < (26 + 107) * MM]
    assert len(brackets) > 5
    for page, left, top, right, bottom in brackets:
        on = [
            word.words
            for word in words
            if word.page == page and word.left < right and left < word.right and word.top < bottom and top < word.bottom
        ]
        assert on == [], (page, left, top)


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_a_note_on_a_picture_is_cited_by_its_paragraph(handout: str, made: Callable[[str], dict[str, bytes]]) -> None:
    """Not by a line: a picture is none, which the numbers of the lines after it tell."""
    words = words_of(made("verse")[f"one/handout-{handout}.pdf"])
    assert "T ¶5 question On the river." in running(words)
    said = next(word for word in words if word.words == "river.")
    lines = lines_of(words)
    prose = next(at for at, line in enumerate(lines) if line.words == "Words in prose.")
    assert lines[prose].base < said.base < (lines[prose].base + lines[prose + 1].base) / 2


def test_what_has_no_room_beside_a_picture_is_said_to_go_on_from_its_paragraph(tmp_path: Path) -> None:
    pages, _ = made_from(lay_out(crowded(), tmp_path))
    words = running(words_of(pages["one/handout-student.pdf"]))
    assert "More from T ¶2: p. 2" in words
    assert "line 0" not in words


def test_where_a_term_stands_is_said_in_the_column_of_its_entry(made: Callable[[str], dict[str, bytes]]) -> None:
    places = 0
    for (page, right), words in _columns(words_of(made("verse")["one/handout-student.pdf"])).items():
        first = min(word.base for word in words)
        places += sum(word.words == "(p." for word in words)
        assert [word.words for word in words if word.base - first < 1 and word.size == 8] == [], (page, right)
    assert places == len(range(1, 500, 8))


def test_what_follows_facing_texts_begins_below_them(made: Callable[[str], dict[str, bytes]]) -> None:
    words = words_of(made("essay")["splitting-russia-and-china/handout-facing.pdf"])
    title = next(word for word in words if word.words == "Questions" and word.size == 14)
    text = [(word.page, word.base) for word in words if word.size == 9.5]
    assert max(text)[0] == title.page
    assert 20 < title.base - max(text)[1] < 80


def _columns(words: Sequence[Word]) -> dict[tuple[int, bool], list[Word]]:
    """The words after the text, by page and by whether they stand in the right column."""
    after = min(word.page for word in words if word.words == "Glossary")
    found: dict[tuple[int, bool], list[Word]] = {}
    for word in words:
        if word.page >= after and word.base < 790:
            found.setdefault((word.page, word.left > 104 * MM), []).append(word)
    return found


KINDS = "context|source|question|challenge|language"


@pytest.mark.parametrize(("site", "edition"), [("essay", "splitting-russia-and-china"), ("sixty", "one")])
def test_what_is_told_in_short_says_of_which_words_it_is(
    site: str, edition: str, made: Callable[[str], dict[str, bytes]]
) -> None:
    """By its lemma, where two notes of one kind begin in one line."""
    words = words_of(made(site)[f"{edition}/handout-teacher.pdf"])
    margin = [word for word in words if word.left > (26 + 107) * MM and word.size < 9]
    told, cited = [], 0
    for page in {word.page for word in margin}:
        on_page = running([word for word in margin if word.page == page])
        cited += len(re.findall(rf"\] (?:{KINDS}) p\. \d+", on_page))
        told += [(page, line, kind) for line, kind in re.findall(rf"(\d+)(?:–\d+)? ({KINDS}) p\. \d+", on_page)]
    assert len(told) == len(set(told))
    assert len(told) > 5
    assert cited > 1 or site != "essay"


@pytest.mark.parametrize(("site", "handout"), [("forms", "student"), ("arabic", "teacher"), ("long", "student")])
def test_the_colophon_has_no_page_of_its_own_where_nothing_else_follows(
    site: str, handout: str, made: Callable[[str], dict[str, bytes]]
) -> None:
    words = words_of(made(site)[f"one/handout-{handout}.pdf"])
    colophon = next(word for word in words if word.words == "Version")
    text = [word for word in words if word.size == 10.5]
    assert colophon.page == max(word.page for word in text) == max(word.page for word in words)
    assert colophon.base > max(word.base for word in text if word.page == colophon.page) + 20


def test_stubs_beside_a_table_say_of_which_words_they_are(tmp_path: Path) -> None:
    rows = "| Year | Name |\n|---|---|\n| 1990 | Baker |\n| 1991 | Bush |\n| 1992 | Clinton |"
    notes = "\n".join(
        f"## {name} {{.question}}\n{f'Of {name} there is much to be said. ' * 42}\n"
        for name in ("Baker", "Bush", "Clinton")
    )
    files = crowded() | {"one/text.md": f"# Title\n\nIntro.\n\n{rows}\n", "one/text.notes.md": notes}
    pages, _ = made_from(lay_out(files, tmp_path))
    printed = running(words_of(pages["one/handout-student.pdf"]))
    stubs = re.findall(r"T ¶2 (\S+)\] question p\. \d", printed)
    assert len(stubs) == 2
    assert set(stubs) < {"Baker", "Bush", "Clinton"}
