"""What is wider than its column: tables of many columns, addresses, checksums; and words in two directions."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.handouts.conftest import made_from
from tests.handouts.print_reading import MM, letters_of, overlaps, running, words_of
from tests.handouts.sites import STUDENT, TEACHER, Files, lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from tests.handouts.conftest import Made

ADDRESS = f"https://example.org/{'a' * 90}"
CAPITALS = f"https://www.example.org/archives/{'A' * 80}"
CHECKSUM = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
COUNTRIES = "Country Population Government Agreement Ratified Representatives"
FIGURES = "Russia 1411000000 Federation Partnership September Negotiators"
LEAST = 6.5
RIGHT = (26 + 107) * MM
NOTES = RIGHT + 8 * MM


def table(*rows: str) -> str:
    return "\n".join(
        ["| " + " | ".join(rows[0].split()) + " |", "|" + "---|" * len(rows[0].split())]
        + ["| " + " | ".join(row.split()) + " |" for row in rows[1:]]
    )


TEN = table(*(" ".join(f"{row}{at}longish" for at in range(10)) for row in ("Column", "some", "other")))
SEVEN = table(" ".join(f"H{at}" for at in range(7)), " ".join(f"cell{at}xyz" for at in range(7)))
TEXTS = '[[text]]\nfile = "text.md"\nsiglum = "T"\n\n[[text]]\nfile = "reply.md"\nsiglum = "R"\nresponds-to = "text"\n'
FACING = 'id = "facing"\nlayout = "facing"'


def _site(text: str, notes: str, language: str = "en") -> Files:
    handouts = "".join(f"\n[[handout]]\n{one}\n" for one in (STUDENT + '\nlayout = "margin"', TEACHER, FACING))
    return {
        "site.toml": f'title = "Site"\nbase_url = "https://example.org/r/"\nlanguage = "{language}"\n',
        "one/edition.toml": f'title = "One edition"\n\n{TEXTS}{handouts}',
        "one/text.md": text,
        "one/reply.md": "# A reply\n\nWords.\n",
        "one/text.notes.md": notes,
    }


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Made:
    text = (
        f"# Title\n\nIntro of all.\n\n{TEN}\n\n{table(COUNTRIES, FIGURES)}\n\n"
        f"Plain {ADDRESS} end, {CHECKSUM} too.\n\n> {TEN.replace(chr(10), chr(10) + '> ')}\n"
    )
    notes = f"## Intro {{.question}}\nSee\n\n{SEVEN}\n\n## Plain {{.question}}\nSee {CAPITALS}, and {CHECKSUM} here.\n"
    return made_from(lay_out(_site(text, notes), tmp_path_factory.mktemp("narrow")))[0]


@pytest.mark.parametrize("handout", ["student", "teacher", "facing"])
def test_no_word_lies_on_another_or_runs_out_of_its_column(handout: str, narrow: Made) -> None:
    words = words_of(narrow[f"one/handout-{handout}.pdf"])
    assert overlaps(words) == []
    if handout == "facing":
        assert [one for one in words if one.left < 102 * MM < one.right and one.size < 12] == []
        return
    here = [one for one in words if one.page == 1 and 40 * MM < one.base < 275 * MM]
    assert [one for one in here if one.left < RIGHT + 1 < one.right - 3] == []
    assert [one for one in here if one.right > NOTES + 54 * MM + 1] == []


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_a_wide_table_is_set_in_small_letters_that_can_be_read(handout: str, narrow: Made) -> None:
    words = words_of(narrow[f"one/handout-{handout}.pdf"])
    assert min(one.size for one in words if one.page == 1) >= LEAST
    assert {"Representatives", "1411000000", "Partnership"} <= {one.words for one in words}, "no need to divide these"


@pytest.mark.parametrize("handout", ["student", "teacher", "facing"])
def test_addresses_and_checksums_are_divided_without_a_hyphen(handout: str, narrow: Made) -> None:
    printed = "".join(one.words for one in words_of(narrow[f"one/handout-{handout}.pdf"]))
    assert ADDRESS in printed
    assert CAPITALS in printed
    assert printed.count(CHECKSUM) == 2


def test_a_cell_may_hold_more_words_than_the_compiler_takes_out_of_one(tmp_path: Path) -> None:
    """It takes five hundred at most out of words that stand in a row: where each was looked at, no handout was made."""
    cell = " ".join(f"word{at}" for at in range(1, 1201))
    text = f"# Title\n\nIntro.\n\n| A | B | C |\n|---|---|---|\n| {cell} | {cell} | three words here |\n"
    made, told = made_from(lay_out(_site(text, "## Intro {.context}\nWhy.\n"), tmp_path))
    assert [one for one in told if one.code == "G506"] == []
    words = words_of(made["one/handout-teacher.pdf"])
    assert overlaps(words) == []
    assert sorted(one.words for one in words if re.fullmatch(r"word\d+", one.words)) == sorted(2 * cell.split())


def rows_of(pdf: bytes) -> list[str]:
    """Each row of letters as it is seen, from left to right, without its spaces."""
    rows: dict[tuple[int, float], list[tuple[float, str]]] = defaultdict(list)
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        for one in letters_of(page):
            if one.right > one.left and not one.letter.isspace():
                rows[number, round(one.base)].append((one.left, one.letter))
    return ["".join(letter for _, letter in sorted(row)) for row in rows.values()]


@pytest.fixture(scope="module")
def from_the_right(tmp_path_factory: pytest.TempPathFactory) -> Made:
    word = "كلمة"
    text = f"# {word}\n\n{word} أولى https://example.org/one/ {word}.\n"
    notes = f"## أولى {{.question}}\n{word} https://example.org/two/ {word}.\n"
    return made_from(lay_out(_site(text, notes, "ar"), tmp_path_factory.mktemp("right")))[0]


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_an_address_keeps_its_order_among_words_from_the_right(handout: str, from_the_right: Made) -> None:
    rows = rows_of(from_the_right[f"one/handout-{handout}.pdf"])
    for ends in ("https://example.org/one/", "two/", "org/r/one/"):  # in the text, in a note, that of the edition
        assert any(ends in row for row in rows), ends


@pytest.mark.parametrize("handout", ["student", "teacher"])
def test_so_do_the_words_of_the_theme(handout: str, from_the_right: Made) -> None:
    rows = rows_of(from_the_right[f"one/handout-{handout}.pdf"])
    assert any("¶3:paragraph3·p.3,28:page3,line28·9words]:thesewordsinline9" in row for row in rows)


def test_a_table_of_very_many_columns_is_divided(tmp_path: Path) -> None:
    """Its letters can be read; every cell is there once, in its row, and each part begins with the first column."""
    rows = [" ".join(f"{row}{at:02}{row}" for at in range(40)) for row in ("x", "y", "z")]
    text = f"# Title\n\nIntro of all.\n\n{table(*rows)}\n\nAfter it.\n"
    notes = "## y00y {.question}\nOf the first.\n\n## z39z {.question}\nOf the last.\n"
    made = made_from(lay_out(_site(text, notes), tmp_path))[0]
    for name in ("student", "teacher", "facing"):
        words = words_of(made[f"one/handout-{name}.pdf"])
        assert overlaps(words) == []
        inside = [word for word in words if re.fullmatch(r"[xyz]\d+[xyz]", word.words)]
        assert min(word.size for word in inside) >= LEAST - 0.01
        for row, cells in zip("xyz", rows, strict=True):
            first, *rest = cells.split()
            shown = [word.words for word in inside if word.words[0] == row and word.size < 8.7]
            assert [word for word in shown if word != first] == rest
            assert shown.count(first) > 1
        assert running(words).count("Of the last.") == running(words).count("Of the first.") == 1
