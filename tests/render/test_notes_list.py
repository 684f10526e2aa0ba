"""The list of all notes: each once, in the order of its place, with its state; the index leads to every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.render.test_pages import FILES, TWO, astray, pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from selectolax.lexbor import LexborNode

SAID = {
    **FILES,
    "edition.toml": TWO.format(pages="one") + '\n[[layer]]\nid = "editor"\nby = "Us"\n\n[[layer]]\nid = "class"\n',
    "crow.class.notes.md": '## sang {.question tags="song; grapes" date="1911-04"}\nWHY?\n\n'
    '## crow {re="#sang" tags="song"}\nBecause.\n\n## grapes {.question audience="teacher"}\nSECRET\n',
}


def listed(folder: Path, files: dict[str, str]) -> HTMLParser:
    return HTMLParser(pages_of(folder / "two", files)["two/notes.html"])


def first(tree: HTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first element of its kind, which must be there."""
    found = tree.css_first(selector)
    assert found is not None, selector
    return found


def index(tree: HTMLParser, by: str) -> dict[str, list[str]]:
    """What the index says: heading -> the ids that it leads to."""
    lines = tree.css(f'.index[data-by="{by}"] > div')
    return {
        first(line, "dt").text().strip(): [(a.attributes["href"] or "")[1:] for a in line.css("a")] for line in lines
    }


def test_every_note_is_listed_once_in_the_order_of_its_place(tmp_path: Path) -> None:
    tree = listed(tmp_path, SAID)
    names = [item.attributes["id"] for item in tree.css("li.listed")]
    assert names == [
        "note-whole",
        "fox-fn1",
        "fox-fn2",
        "note-leap",
        "note-reply",
        "note-below",
        "note-mark",
        "note-vulpes",
        "note-sang",
        "note-lost",
    ]


def test_a_reply_stands_below_what_it_answers(tmp_path: Path) -> None:
    tree = listed(tmp_path, SAID)
    assert first(tree, "#note-sang .re").attributes["id"] == "note-crow"
    assert tree.css_first("li#note-crow") is None


def test_a_note_that_lost_its_passage_says_so_and_shows_its_words(tmp_path: Path) -> None:
    lost = first(listed(tmp_path, SAID), "#_lost #note-lost")
    words = lost.text()
    assert "stolen by nobody" in words
    assert "never found" in words or "no longer stands" in words
    assert "LOSTBODY" in words


def test_place_voice_date_and_tags_of_a_note(tmp_path: Path) -> None:
    tree = listed(tmp_path, SAID)
    line = first(tree, "#note-sang .qm")
    assert line.text().strip() == "B ¶1 · class · April 1911 · song, grapes"
    assert first(line, "a").attributes["href"] == "index.html#ref-sang"
    tags = [a.attributes["href"] for a in line.css("a.tag")]
    assert tags == ["?tag=song#_t2", "?tag=grapes#_t1"]


def test_the_index_leads_to_every_note_by_kind_voice_and_tag(tmp_path: Path) -> None:
    tree = listed(tmp_path, SAID)
    every = {item.attributes["id"] for item in tree.css("li.listed, .re")}
    kinds, voices, tags = (index(tree, by) for by in ("kind", "layer", "tag"))
    assert {name for names in kinds.values() for name in names} == every
    assert sum(map(len, kinds.values())) == len(every)
    assert set(voices) == {"Us", "class"}
    assert voices["class"] == ["note-sang", "note-crow"]
    assert tags == {"grapes": ["note-sang"], "song": ["note-sang", "note-crow"]}


def test_what_is_the_teacher_s_is_not_listed(tmp_path: Path) -> None:
    assert "SECRET" not in pages_of(tmp_path / "two", SAID)["two/notes.html"]


@pytest.mark.parametrize("pages", ["one", "each"])
def test_the_list_of_an_edition_with_a_page_for_each_text(tmp_path: Path, pages: str) -> None:
    made = pages_of(tmp_path / "two", {**SAID, "edition.toml": SAID["edition.toml"].replace("one", pages)})
    assert astray(made) == []
    page = "fox" if pages == "each" else "index"
    assert f'href="{page}.html#ref-leap"' in made["two/notes.html"]


def test_an_edition_without_notes_has_no_list(tmp_path: Path) -> None:
    made = pages_of(tmp_path / "two", {"edition.toml": TWO.format(pages="one"), "fox.md": "A.\n", "crow.md": "B.\n"})
    assert "two/notes.html" not in made
    assert "notes.html" not in made["two/index.html"]


def test_words_of_another_language_are_marked(tmp_path: Path) -> None:
    edition = TWO.format(pages="one").replace('file = "fox.md"', 'file = "fox.md"\nlanguage = "he"')
    files = {"edition.toml": edition, "fox.md": "שלום רב.\n", "crow.md": "B.\n", "fox.notes.md": "## שלום\nשלום.\n"}
    lemma = first(listed(tmp_path, files), "li.listed .lemma")
    assert lemma.attributes["lang"] == "he"
    assert lemma.attributes["dir"] == "rtl"


def test_layers_cost_an_edition_with_one_of_them_nothing(tmp_path: Path) -> None:
    made = pages_of(tmp_path / "two", {**FILES, "edition.toml": TWO.format(pages="one")})["two/index.html"]
    assert " l-" not in made
    assert "_l-" not in made


def test_only_the_later_layers_have_a_class(tmp_path: Path) -> None:
    tree = HTMLParser(pages_of(tmp_path / "two", SAID)["two/index.html"])
    assert [e.attributes["id"] for e in tree.css(".note.l-class, .re.l-class")] == ["note-sang", "note-crow"]
    assert [e.attributes["id"] for e in tree.css(".ref.l-class")] == ["ref-sang"]
    assert [mark.attributes["data-n"] for mark in tree.css("mark.l-class")] == ["sang"]
    assert [e.attributes["id"] for e in tree.css(".key [name=layers]")] == ["_l-editor", "_l-class"]
