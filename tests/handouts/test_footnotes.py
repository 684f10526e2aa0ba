"""What is said of words in the author's footnotes, and of passages that no line cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.handouts.conftest import Made, made_from
from tests.handouts.print_reading import brackets_of, running, words_of
from tests.handouts.sites import lay_out, paragraph

if TYPE_CHECKING:
    from pathlib import Path

ESSAY = f"""# What the keeper knew

The door is painted green. {paragraph(0, 60)}

A voice told me that nothing had failed.[^board] {paragraph(100, 60)}

The lamp again. {paragraph(200, 500)}

[^board]: The Board of Lights, which keeps each lamp from afar.
"""
NOTES = """## The Board of Lights {.language in="fn1"}
No such board.

## The door is painted green {.question}
## The lamp again
Said of both.
"""
EDITION = """title = "Lamps"

[[text]]
file = "keeper.md"
siglum = "K"

[[text]]
file = "reply.md"
siglum = "R"

[[handout]]
id = "student"

[[handout]]
id = "facing"
layout = "facing"
"""


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Made:
    files = {
        "site.toml": 'title = "Site"\n',
        "one/edition.toml": EDITION,
        "one/keeper.md": ESSAY,
        "one/keeper.notes.md": NOTES,
        "one/reply.md": f"# A reply\n\n{paragraph(900, 90)}\n",
        "one/glossary.md": "## lamp\nA burner and its lens.\n",
    }
    folder: Path = tmp_path_factory.mktemp("lamps")
    return made_from(lay_out(files, folder))[0]


def test_a_note_on_a_footnote_is_cited_by_it_and_stands_after_it(lamps: Made) -> None:
    """Its words stand in no line of the text."""
    pdf = lamps["one/handout-student.pdf"]
    printed = running(words_of(pdf))
    assert "K footnote 1 The Board of Lights] language No such board." in printed
    assert printed.index("author’s note The Board of Lights") < printed.index("K footnote 1 The Board")
    assert [one for one in brackets_of(pdf) if one[1] < 300] == []


def test_a_term_in_a_footnote_has_the_page_where_that_is_printed(lamps: Made) -> None:
    """None where it isn't known: where notes follow the text."""
    assert "K footnote 1 (p. 1)" in running(words_of(lamps["one/handout-student.pdf"]))
    printed = running(words_of(lamps["one/handout-facing.pdf"]))
    assert "K footnote 1" in printed
    assert "K footnote 1 (p." not in printed


def test_a_second_passage_is_cited_by_its_paragraph_where_no_line_is(lamps: Made) -> None:
    assert "Also at K ¶3, p. 1." in running(words_of(lamps["one/handout-facing.pdf"]))
    assert re.search(r"Also at p\. 1, \d+\.", running(words_of(lamps["one/handout-student.pdf"])))
