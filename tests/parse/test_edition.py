"""A site's folder as outline and editions."""

from __future__ import annotations

from typing import Any

import pytest

from builder.model.site import Edition, Folder, Source
from builder.parse.edition import parse_edition_folder
from builder.parse.site import parse_outline
from tests.parse.tables import cases


def folder(files: dict[str, str], assets: tuple[str, ...] = ()) -> Folder:
    sources = {path: Source(path, text, "") for path, text in sorted(files.items())}
    return Folder(sources, dict.fromkeys(assets, 1), name="content")


def read(files: dict[str, str], assets: tuple[str, ...] = ()) -> tuple[Edition, list[str]]:
    """The only edition of a site, and what is told of it as PATH:LINE:CODE."""
    site = folder(files, assets)
    outline, told = parse_outline(site)
    assert outline is not None
    edition, more = parse_edition_folder(site, outline.editions[0], outline.settings, outline.terms)
    assert edition is not None
    return edition, [f"{one.place.path}:{one.place.line}:{one.code}" for one in (*told, *more)]


@pytest.mark.parametrize("case", cases("folders"))
def test_folders(case: dict[str, Any]) -> None:
    outline, told = parse_outline(folder(case["files"]))
    assert sorted(f"{one.place.path}:{one.code}" for one in told) == case.get("told", [])
    assert all(one.message for one in told)
    if "editions" not in case:
        assert outline is None or not outline.editions
        return
    assert outline is not None
    found = {one.id: [f"{text.siglum} {text.file}" for text in one.texts] for one in outline.editions}
    assert found == case["editions"]


EDITION = 'title = "F"\n[[text]]\nfile = "fox.md"\nlanguage = "de"\n[[text]]\nfile = "hen.md"\ntitle = "Hen"\n'


def test_an_edition() -> None:
    edition, told = read(
        {
            "edition.toml": EDITION + '[[layer]]\nid = "editor"\nby = "Us"\n[[layer]]\nid = "class"\n',
            "fox.md": "# The *fox*\n\nHe leapt.\n",
            "hen.md": "She watched.\n",
            "fox.notes.md": "## leapt\nA leap.\n",
            "fox.class.notes.md": "## leapt\nWhy?\n",
            "hen.class.notes.md": '## watched {re="#leapt"}\nHow?\n',
            "crossrefs.md": "## hen “watched” → fox “leapt”\n",
            "questions.md": "## Who?\n",
            "glossary.md": "## leap\nA jump.\n",
            "sources.json": "[]",
        }
    )
    assert told == []
    assert [(text.id, text.siglum, text.title_page.title) for text in edition.texts] == [
        ("fox", "A", "The fox"), ("hen", "B", "Hen"),
    ]  # fmt: skip
    assert [text.title_page.language for text in edition.texts] == ["de", "en"]
    assert [(layer.text, layer.id, layer.by) for layer in edition.layers] == [
        ("fox", "editor", "Us"), ("fox", "class", ""), ("hen", "class", ""),
    ]  # fmt: skip
    assert [(note.id, note.text, note.answers) for note in edition.notes] == [
        ("leapt", "fox", ""), ("leapt-class", "fox", ""), ("watched", "hen", "leapt"),
    ]  # fmt: skip
    assert [one.id for one in edition.crossrefs] == ["hen-watched"]
    assert [one.id for one in edition.questions] == ["who"]
    assert [(one.id, one.edition) for one in edition.terms] == [("leap", "content")]


def test_shared_terms_and_works() -> None:
    site = folder(
        {
            "site.toml": 'title = "S"',
            "glossary.md": "## leap\nShared.\n## hen\nShared.\n",
            "sources.json": '[{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]',
            "fox/edition.toml": 'title = "F"',
            "fox/fox.md": "x",
            "fox/glossary.md": "## leap\nOwn.\n",
            "fox/sources.json": '[{"id": "b", "title": "Own"}]',
            "hen/edition.toml": 'title = "H"',
            "hen/hen.md": "x",
        }
    )
    outline, told = parse_outline(site)
    assert outline is not None
    assert not told
    assert outline.works_of("fox")["b"].short.startswith("“Own”")
    assert outline.works_of("hen")["b"].short.startswith("“B”")
    fox, _ = parse_edition_folder(site, outline.editions[0], outline.settings, outline.terms)
    assert fox is not None
    assert [(term.id, term.edition) for term in fox.terms] == [("leap", "fox"), ("hen", "")]


def test_pictures() -> None:
    text = "![a](images/a.png)\n\n![b](images/B.png) ![c](../c.png)\n\n![d](https://example.org/d.png) ![e](/e.png)\n\n"
    note = "## ![a]\n![f](f.png)\n"
    edition, told = read(
        {
            "edition.toml": EDITION.replace('\n[[text]]\nfile = "hen.md"\ntitle = "Hen"', ""),
            "fox.md": text + "![ä](images/ä%20b.png)\n",
            "fox.notes.md": note,
        },
        assets=("images/a.png", "images/b.png", "images/ä b.png"),
    )
    assert edition.texts[0].images == ("images/a.png", "images/ä b.png")
    assert sorted(told) == [
        "fox.md:3:G121", "fox.md:3:G121", "fox.md:5:G121", "fox.md:5:G122", "fox.notes.md:2:G121",
    ]  # fmt: skip


def test_front_matter_of_a_text() -> None:
    _, told = read({"edition.toml": 'title = "F"', "fox.md": "---\ntitle: x\n---\n\nWords.\n"})
    assert told == ["fox.md:1:G113"]


def test_a_text_that_is_gone_leaves_the_others() -> None:
    edition, told = read({"edition.toml": EDITION, "fox.md": "x", "hen.notes.md": "## x\ny\n"})
    assert [text.id for text in edition.texts] == ["fox"]
    assert told == ["edition.toml:5:G111"]


def test_no_text_no_edition() -> None:
    site = folder({"edition.toml": 'title = "F"'})
    outline, _ = parse_outline(site)
    assert outline is not None
    assert parse_edition_folder(site, outline.editions[0], outline.settings, ()) == (None, ())


def test_a_file_that_did_not_change_is_not_parsed_again() -> None:
    files = {
        "edition.toml": EDITION,
        "fox.md": "He leapt.\n",
        "hen.md": "She watched.\n",
        "hen.notes.md": "## watched\nHow?\n",
    }
    before, _ = read(files)
    after, _ = read({**files, "fox.md": "He leapt twice.\n"})
    assert after.texts[0].prose.content == "He leapt twice."
    assert after.texts[1].prose is before.texts[1].prose
    assert after.notes[0].body is before.notes[0].body
    other, _ = read({**files, "hen.notes.md": "## watched\nWhy?\n"})
    assert other.notes[0].body.content == "Why?"
