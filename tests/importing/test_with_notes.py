"""Texts and notes on them in one command: texts first, all or nothing, twice is once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.importing.words import document, saved

if TYPE_CHECKING:
    from tests.importing.conftest import Importing

TEXT = "On Bells\nThe bell rang, and nobody in the village knew why it did so.\nThen it rang again, for a long time.\n"


def notes(*quoted: str, id: str = "n") -> str:
    made = [
        {
            "id": f"urn:{id}:{number}",
            "type": "Annotation",
            "body": {"type": "TextualBody", "value": f"On {words}.", "format": "text/plain"},
            "target": {"source": "https://example.org/", "selector": {"type": "TextQuoteSelector", "exact": words}},
        }
        for number, words in enumerate(quoted)
    ]
    return json.dumps(made)


@pytest.fixture
def bells(importing: Importing) -> Importing:
    importing.write("bells.txt", TEXT)
    importing.write("notes.json", notes("nobody in the village", "rang again"))
    return importing


@pytest.mark.parametrize("order", [("bells.txt", "notes.json"), ("notes.json", "bells.txt")])
@pytest.mark.parametrize("site", [False, True])
def test_a_new_edition_with_notes_on_it(bells: Importing, order: tuple[str, str], site: bool) -> None:
    if site:
        bells.write("content/site.toml", 'title = "Site"\n')
    home = "content/on-bells" if site else "on-bells"
    said = bells(*order)
    assert said.status == 0
    names = ("bells.md", "bells.notes.md", "edition.toml", "imported/notes.json")
    assert said.out.split() == [f"{home}/{name}" for name in names]
    assert "nobody-in-the-village: bells ¶1: exact" in said.err
    assert "2 notes: 2 exact" in said.err
    assert bells.run("check", "content" if site else home).status == 0
    once = bells.files()
    again = bells(*order)
    assert (again.status, again.out) == (0, "")
    assert "2 notes: 2 known" in again.err
    assert "nothing to do" in again.err
    assert bells.files() == once


def test_nothing_is_written_where_only_shown(bells: Importing) -> None:
    before = bells.files()
    said = bells("bells.txt", "notes.json", "--dry-run")
    assert said.status == 0
    assert "+++ on-bells/bells.md" in said.out
    assert "+## rang again" in said.out
    assert bells.files() == before


def test_into_an_edition_that_is_there(bells: Importing) -> None:
    bells.write(
        "mine/edition.toml", 'title = "Mine"\r\n\r\n[[text]]\r\nfile = "mine.md"\r\n[[layer]]\r\nid = "ours"\r\n'
    )
    bells.write("mine/mine.md", "# Mine\n\nMy own words.\n")
    bells.write("notes.json", notes("rang again", "own words"))
    said = bells("bells.txt", "notes.json", "--into", "mine", "--layer", "guests")
    assert said.status == 0
    assert bells.read("mine/edition.toml").startswith('title = "Mine"\r\n\r\n[[text]]\r\nfile = "mine.md"\r\n')
    assert 'file = "bells.md"' in bells.read("mine/edition.toml")
    assert 'id = "guests"' in bells.read("mine/edition.toml")
    assert "## own words" in bells.read("mine/mine.guests.notes.md")
    assert "## rang again" in bells.read("mine/bells.guests.notes.md")
    assert bells.run("check", "mine").status == 0
    once = bells.files()
    assert bells("bells.txt", "notes.json", "--into", "mine", "--layer", "guests").status == 0
    assert bells.files() == once


def test_comments_of_word_and_notes_lie_apart(importing: Importing) -> None:
    word = document()
    line = word.add_paragraph("The bell rang, and ")
    word.add_comment(line.add_run("nobody knew"), "Who?", author="Ann")
    line.add_run(" why.")
    importing.write("bells.docx", saved(word))
    importing.write("notes.json", notes("The bell rang"))
    assert importing("bells.docx", "notes.json", "--layer", "word").status == 1
    assert importing("bells.docx", "notes.json", "--into", "bells").status == 0
    assert "## nobody knew" in importing.read("bells/bells.word.notes.md")
    assert "## The bell rang" in importing.read("bells/bells.notes.md")
    once = importing.files()
    assert importing("bells.docx", "notes.json", "--into", "bells").status == 0
    assert importing.files() == once


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (("bells.txt", "broken.json"), "G144"),
        (("bells.txt", "none.json"), "none.json"),
        (("bells.txt", "notes.json", "none.txt"), "none.txt"),
        (("bells.txt", "refused.json"), "G145"),
        (("bells.txt", "notes.json", "--text", "a", "--text", "b"), "2 names are given"),
        (("bells.txt", "notes.json", "--layer", "../x"), "no name for a layer"),
    ],
)
def test_all_or_nothing(bells: Importing, files: tuple[str, ...], said: str) -> None:
    bells.write("broken.json", "{")
    bells.write("refused.json", json.dumps({"type": "Annotation", "id": "urn:x", "body": "urn:y"}))
    before = bells.files()
    told = bells(*files)
    assert told.status in (1, 2)
    assert said in told.err
    assert bells.files() == before
