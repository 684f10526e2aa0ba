"""The table of notes: a row for each passage, cells that no spreadsheet takes for formulas, and the way back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.note import Anchor, Audience
from builder.model.prose import Span
from builder.render import csv_notes
from tests.exchange.making import files_of, matter_of

EVERY_FORM = files_of(Path(__file__).parent.parent / "golden" / "every-form" / "site")


def rows_of(document: bytes) -> list[dict[str, str]]:
    assert document.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(document.decode("utf-8-sig").splitlines(keepends=True), strict=True))
    assert all(len(line) == len(csv_notes.COLUMNS) for line in lines)
    assert tuple(lines[0]) == csv_notes.COLUMNS
    return [dict(zip(csv_notes.COLUMNS, map(csv_notes.armed, line), strict=True)) for line in lines[1:]]


def test_a_row_for_each_passage() -> None:
    matter, site = matter_of(EVERY_FORM, "letters")
    rows = rows_of(csv_notes.table(matter, site))
    founds = [(note, found) for note in matter.edition.notes for found in matter.referred.anchored.notes[note.id]]
    assert [(row["id"], row["lemma"]) for row in rows] == [(note.id, found.selector.heading) for note, found in founds]
    for row, (note, found) in zip(rows, founds, strict=True):
        assert isinstance(found, Anchor)
        prose = matter.texts[note.text].prose
        assert row["found"] == prose.content[int(row["start"]) : int(row["end"])]
    by_id = {row["id"]: row for row in rows}
    assert by_id["tolls"]["note"] == ("A range of words. (Lind and Ek 1911; Mann 1903)\n\nwith a list\n\nof two")
    assert by_id["risen"] == {
        "edition": "letters", "text": "letter", "paragraph": "1", "id": "risen", "kind": "challenge", "layer": "editor",
        "by": "P. Lind", "date": "1911-04-02", "tags": "", "state": "exact", "start": "105", "end": "114",
        "lemma": "has risen", "found": "has risen", "before": "was late -- again. The toll, too,",
        "after": "; the tolls of other crossings have", "note": "Nested within another.",
    }  # fmt: skip
    assert (by_id["tolls"]["tags"], by_id["cracked"]["by"]) == ("money; law", "A class")
    assert (by_id["the-dek"]["paragraph"], by_id["in-footnote"]["paragraph"]) == ("dek", "fn1")


def test_a_lost_note_has_a_row_without_a_place() -> None:
    files = {
        "site.toml": 'title = "S"\n',
        "e/a.md": "Words.\n",
        "e/a.notes.md": "## gone {#g}\nWhy.[^1]\n\n[^1]: So.\n",
    }
    (row,) = rows_of(csv_notes.table(*matter_of(files, "e")))
    assert (row["state"], row["lemma"], row["note"]) == ("never found", "gone", "Why.\n\nSo.")
    assert row["paragraph"] == row["start"] == row["end"] == row["found"] == ""


@given(st.integers(2, 60), st.integers(0, 3), st.sampled_from([" ", ", "]))
def test_of_equal_passages_it_is_told_which_is_meant(count: int, which: int, gap: str) -> None:
    words = gap.join(["war and peace"] * count)
    files = {"site.toml": 'title = "S"\n', "e/a.md": f"{words}\n\nThe end.\n", "e/a.notes.md": "## * {#g}\nWhy.\n"}
    start = min(which, count - 1) * len(f"war and peace{gap}")
    span = Span(start, start + len("war and peace"))
    (row,) = rows_of(csv_notes.table(*matter_of(files, "e", spans={"g": (span,)})))
    content = " ".join(f"{words}\n\nThe end.".split())
    told = f"{row['before']} {row['found']}{'' if row['after'][:1] == ',' else ' '}{row['after']}".lstrip()
    assert content.count(told) == 1
    assert content.find(told) + len(row["before"]) + bool(row["before"]) == start


def test_what_is_for_the_teacher_is_in_the_teachers_table_alone() -> None:
    student, teacher = (
        csv_notes.table(*matter_of(EVERY_FORM, "letters", audience=audience))
        for audience in (Audience.STUDENT, Audience.TEACHER)
    )
    assert b"nobody else" not in student
    assert b"nobody else" in teacher


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"),
     ("\n=1", "'\n=1"), ("＝1", "'＝1"), ("'=1", "''=1"), ("'tis", "'tis"), ("1=1", "1=1"), ("", ""), ("'", "'")],
)  # fmt: skip
def test_no_cell_is_a_formula(cell: str, shown: str) -> None:
    assert csv_notes.defused(cell) == shown


@given(st.text(alphabet="'=+-@\t\r\nab＝", max_size=6))
def test_defusing_can_be_undone(cell: str) -> None:
    assert csv_notes.armed(csv_notes.defused(cell)) == cell
    assert csv_notes.defused(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝")


def test_hostile_cells_come_back_whole_and_every_line_ends_as_the_standard_says() -> None:
    files = {
        "site.toml": 'title = "S"\n',
        "e/a.md": '=cmd|"/c calc"!A1, and “more”, "yes"\n',
        "e/a.notes.md": '## =cmd {#c tags=\'@x; a,b\' by="-"}\n\\+1 "quoted", and\nmore\n',
    }
    document = csv_notes.table(*matter_of(files, "e"))
    (row,) = rows_of(document)
    assert (row["lemma"], row["found"], row["tags"], row["by"]) == ("=cmd", "=cmd", "@x; a,b", "-")
    assert row["note"] == '+1 "quoted", and\nmore'
    assert document.count(b"\r\n") == 2
    assert b"'=cmd,'=cmd," in document
