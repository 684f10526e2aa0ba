"""Long notes beside a text of few: they go on in the margins that are empty, whole, once, near their lines."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.handouts.conftest import made_from
from tests.handouts.print_reading import MM, lines_of, overlaps, running, words_of
from tests.handouts.sites import STUDENT, TEACHER, Files, counted, lay_out, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.handouts.conftest import Made
    from tests.handouts.print_reading import Word

MARGIN = 140 * MM
LONG = {"low": (540, 4000, 150), "longer": (800, 5000, 310), "last": (1270, 6000, 60)}
LONGEST = {"longest": (540, 4000, 520), "last": (1270, 6000, 60)}
"""Name of a note -> the word of the text at which it begins, its own first word, how many it has."""


def _site(long: dict[str, tuple[int, int, int]]) -> Files:
    """Twelve paragraphs with long notes, and a short one."""
    notes = [
        f"## {counted(at)} {counted(at + 1)} {{#{name} .question}}\n"
        + "\n\n".join(paragraph(start, min(100, first + words - start)) for start in range(first, first + words, 100))
        for name, (at, first, words) in long.items()
    ]
    notes += [f"## {counted(30)} {{#brief .source}}\nShort {counted(7000)}."]
    return {
        "site.toml": 'title = "Site"\n',
        "one/edition.toml": 'title = "One edition"\n\n[[text]]\nfile = "text.md"\nsiglum = "T"\n\n'
        f"[[handout]]\n{STUDENT}\n\n[[handout]]\n{TEACHER}\n",
        "one/text.md": "\n\n".join(paragraph(at, 110) for at in range(0, 1320, 110)) + "\n",
        "one/text.notes.md": "\n\n".join(notes) + "\n",
    }


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A note of forty lines low on a page, one longer than a page, a shorter one."""
    return made_from(lay_out(_site(LONG), tmp_path_factory.mktemp("few")))[0]


@pytest.fixture(scope="module")
def fewer(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A note that begins low on the second page and goes on to the fourth."""
    return made_from(lay_out(_site(LONGEST), tmp_path_factory.mktemp("fewer")))[0]


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_long_notes_go_on_in_empty_margins(handout: str, few: Made) -> None:
    words = words_of(few[f"one/handout-{handout}.pdf"])
    _see(words, LONG)
    assert "continued on p. 3" in running(words)


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_in_as_many_as_they_need(handout: str, fewer: Made) -> None:
    words = words_of(fewer[f"one/handout-{handout}.pdf"])
    _see(words, LONGEST)
    told = [(word.page, after.words) for word, after in pairwise(words) if word.words == "continued"]
    assert [(page, words == "on") for page, words in told] == [(2, True), (3, False), (3, True), (4, False)]


def _see(words: Sequence[Word], long: dict[str, tuple[int, int, int]]) -> None:
    """No word on another; each note whole, once, in the margin, near the words that it is on."""
    assert overlaps(words) == []
    assert "Further notes" not in running(words)
    for at, first, count in long.values():
        begins = next(word for word in words if word.words.lower().strip(".") == counted(at) and word.size > 10)
        here = [word for word in words if word.left > MARGIN and word.size == 8]
        text = running(here).lower().replace(".", " ").split()
        assert [text.count(counted(number)) for number in range(first, first + count)] == [1] * count
        head = next(word for word in here if word.words.lower() == counted(first))
        assert head.page == begins.page
        assert abs(head.base - begins.base) < 8 * 15


def test_and_leave_page_and_line_alike(few: Made) -> None:
    student, teacher = (lines_of(words_of(few[f"one/handout-{one}.pdf"])) for one in ("student", "teacher"))
    assert student == teacher
    assert len({line.page for line in student}) > 2
