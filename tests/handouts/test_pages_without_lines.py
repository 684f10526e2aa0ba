"""Pages that code, a table or a picture fills have margins as any other: for notes, and to write on."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.handouts.conftest import made_from
from tests.handouts.print_reading import MM, Word, brackets_of, overlaps, paths_of, running, words_of
from tests.handouts.sites import lay_out, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.handouts.conftest import Made

MARGIN = (26 + 107 + 8) * MM
EDITION = """title = "One"

[[text]]
file = "p.md"

[[handout]]
id = "s"

[[handout]]
id = "t"
audience = "teacher"
"""
POLE = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="985"><path d="M90 0h20v985h-20z"/></svg>'
PICTURE = "![A pole](images/p.svg)\n"


def code(lines: int) -> str:
    return "```\n" + "\n".join(f"code{at}word" for at in range(lines)) + "\n```\n"


def table(rows: int) -> str:
    return "| A | B |\n|---|---|\n" + "".join(f"| cell{at}word | other{at}word |\n" for at in range(rows))


def made_of(folder: Path, text: str, notes: str = "", crossrefs: str = "") -> Made:
    files = {
        "p.md": text,
        "p.notes.md": notes,
        "crossrefs.md": crossrefs,
        "edition.toml": EDITION,
        "images/p.svg": POLE,
    }
    site = {f"one/{name}": words for name, words in files.items() if words}
    made, told = made_from(lay_out({"site.toml": 'title = "Site"\noutputs = ["handout", "epub"]\n', **site}, folder))
    assert [one for one in told if one.code != "G605"] == []
    student, teacher = (words_of(made[f"one/handout-{one}.pdf"]) for one in "st")
    assert overlaps(student) == overlaps(teacher) == []
    assert _in_column(student) == _in_column(teacher)
    return made


def _in_column(words: Sequence[Word]) -> list[Word]:
    body = [word for word in words if word.left < 26 * MM + 107 * MM and word.size > 7.5]
    start = next(at for at, word in enumerate(body) if word.words == "Intro")
    return body[start:]


def rules_by_page(pdf: bytes) -> list[int]:
    """How many lines are ruled in the margin of each page."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        paths = [(path[0], path[-1]) for path in paths_of(page)]
        found.append(sum(start[0] > MARGIN - 1 and end[0] - start[0] > 53 * MM for start, end in paths))
    return found


def only(words: Sequence[Word], sought: str) -> Word:
    (found,) = [word for word in words if word.words.strip("]") == sought]
    return found


@pytest.mark.parametrize(
    ("block", "page", "lemma"),
    [
        (code(75), 2, "code70word"),
        (code(130), 2, "code70word"),
        (table(60), 2, "cell58word"),
        (table(60), 2, "other50word"),
        ("\n\n".join(f"## Head{at}ing" for at in range(3)) + "\n\n" + code(90), 2, "code80word"),
    ],
)
def test_a_note_stands_beside_what_it_is_on(block: str, page: int, lemma: str, tmp_path: Path) -> None:
    made = made_of(tmp_path, f"Intro words.\n\n{block}", f"## {lemma} {{.question}}\nSaidofit\n")
    words = words_of(made["one/handout-s.pdf"])
    place = next(word for word in words if word.words == lemma and word.left < MARGIN - 1)
    note = only(words, "Saidofit")
    assert place.page == note.page == page
    assert abs(place.base - note.base) < 2
    assert note.left > MARGIN


def test_a_note_on_a_picture_that_fills_a_page_stands_beside_it(tmp_path: Path) -> None:
    notes = "## ¶2 {.question}\nSaidofit\n"
    made = made_of(tmp_path, f"Intro words.\n\n{PICTURE}", notes, "## p “Intro” → p ¶2 {.echoes}\nNear.\n")
    words = words_of(made["one/handout-s.pdf"])
    note = only(words, "Saidofit")
    assert note.page == 2
    assert note.left > MARGIN
    assert note.base < 30 * MM
    assert [word.page for word in words if word.words == "echoed" and word.left > MARGIN] == [2]


@pytest.mark.parametrize("first", ["Intro words.", "## Intro words"])
def test_what_nothing_can_be_set_beside_stands_after_the_text(first: str, tmp_path: Path) -> None:
    """Headings have no place from which a note is set: each would be in the outline."""
    heads = "\n\n".join(f"## Head{at}ing" for at in range(60))
    made = made_of(tmp_path, f"{first}\n\n{heads}\n", "## Head50ing {.question}\nSaidofit\n")
    words = words_of(made["one/handout-s.pdf"])
    place = next(word for word in words if word.words == "Head50ing")
    note = only(words, "Saidofit")
    assert note.page > place.page
    assert f"p. {place.page}" in running(words).replace("\xa0", " ").split("Further notes")[1]


def test_a_long_note_goes_on_beside_code(tmp_path: Path) -> None:
    made = made_of(tmp_path, f"Intro words.\n\n{code(150)}", f"## Intro {{.question}}\n{paragraph(0, 400)}\n")
    beside = Counter(word.page for word in words_of(made["one/handout-s.pdf"]) if word.left > MARGIN and word.size == 8)
    assert [beside[page] > 50 for page in (1, 2)] == [True, True]


@pytest.mark.parametrize("block", [code(200), table(110), PICTURE])
def test_every_page_is_ruled_and_has_its_number_in_the_book(block: str, tmp_path: Path) -> None:
    made = made_of(tmp_path, f"Intro words.\n\n{block}\nLast words.\n")
    pdf = made["one/handout-s.pdf"]
    last = only(words_of(pdf), "Last").page
    assert last >= 3
    rules = rules_by_page(pdf)
    assert [rules[page] > 20 for page in range(last)] == [True] * last
    book = zipfile.ZipFile(io.BytesIO(made["one/one.epub"]))
    text = next(book.read(name).decode() for name in book.namelist() if "text-p" in name)
    marks = re.findall(r'<span id="_page-\d+"[^>]* title="(\d+)"></span>', text)
    assert marks == [str(page) for page in range(1, last + 1)]
    before = text[: text.index("Last words")]
    assert int(re.findall(r' title="(\d+)"></span>', before)[-1]) == last


CELLS = """| One | Two | Three |
|:-----|:------:|------:|
| Lefty words here now | Centre words | Right wordy |
| many words here to wrap this cell around more than once and then a Wrapped passage which is here, and more | Mid | x |
"""


def test_half_brackets_stand_at_their_words_in_cells(tmp_path: Path) -> None:
    lemmas = ("Lefty words", "here now", "Centre words", "Right wordy", "Wrapped passage")
    notes = "".join(f"## {lemma} {{.language}}\nOn it.\n\n" for lemma in lemmas)
    pdf = made_of(tmp_path, f"Intro words.\n\n{CELLS}", notes)["one/handout-s.pdf"]
    brackets = [box for box in brackets_of(pdf) if box[1] < MARGIN - 10]
    words = [word for word in words_of(pdf) if word.left < MARGIN - 10]
    assert len(brackets) == 2 * len(lemmas)
    for lemma in lemmas:
        first, last = (next(word for word in words if word.words == one) for one in lemma.split())
        for x, word in ((first.left, first), (last.right, last)):
            near = [box for box in brackets if min(abs(box[1] - x), abs(box[3] - x)) < 2.5]
            assert [box for box in near if 8 < word.base - box[2] < 10.2], (lemma, x, word, brackets)
