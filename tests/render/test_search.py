"""The index of the search: all that a reader may see is in it, under an address that leads there; nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from builder.model.note import Audience
from builder.model.site import Page
from builder.pipeline import Drafts, Options, build
from builder.render import search
from builder.shell.opening import Opened, open_site
from tests.render.test_pages import FILES, TWO

ROOT = Path(__file__).parents[2]
GROUPS = ("text", "note", "term", "crossref", "question")
_CALL = re.compile(r"glossatorFind\((.*)\);\n", re.DOTALL)
_ID = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True)
class Found:
    """A row of the index, its addresses written out."""

    edition: str
    group: str
    href: str
    place: str
    head: str
    words: str
    text: str
    language: str
    more: Any


def made(folder: Path, options: Options | None = None) -> dict[str, str]:
    """Path -> content of every page and script of a site."""
    opened = open_site(folder)
    assert isinstance(opened, Opened), opened
    made = build(opened.folder, opened.outline, opened.theme, options or Options())
    pages = [one for one in made if isinstance(one, Page)]
    return {page.path: page.content.decode() for page in pages if page.path.endswith((".html", ".js"))}


def written(folder: Path, files: dict[str, str], options: Options | None = None) -> dict[str, str]:
    for name, words in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    return made(folder, options)


def given(script: str) -> Any:
    """What a script of the index hands over."""
    called = _CALL.fullmatch(script)
    assert called, script[:80]
    return json.loads(called[1])


def rows(pages: dict[str, str]) -> list[Found]:
    """All rows, part after part as the manifest names them."""
    found = []
    for file, editions in given(pages["assets/search.js"])["parts"]:
        records = given(pages[f"assets/{file}"])["editions"]
        assert {record["id"] for record in records} == set(editions)
        for record in records:
            for group, page, name, place, head, words, text, *more in record["rows"]:
                title, language = record["texts"][text]
                kinds = record["kinds"]
                said = kinds[more[0]][0] if GROUPS[group] == "note" else more[0] if more else None
                href = f"{record['pages'][page]}#{name}"
                found.append(Found(record["id"], GROUPS[group], href, place, head, words, title, language, said))
    return found


def two(folder: Path, pages: str = "one") -> dict[str, str]:
    return written(folder / "two", {**FILES, "edition.toml": TWO.format(pages=pages)})


@pytest.mark.parametrize("pages", ["one", "each"])
def test_every_address_leads_to_an_id(tmp_path: Path, pages: str) -> None:
    site = two(tmp_path, pages)
    assert_addressed(site)
    if pages == "each":
        assert {row.href.partition("#")[0] for row in rows(site) if row.group == "note"} == {"two/fox.html"}


@pytest.mark.parametrize("folder", ["content", "tests/golden/every-form/site"])
def test_every_address_of_a_real_site_leads_to_an_id(folder: str) -> None:
    assert_addressed(made(ROOT / folder))


def assert_addressed(site: dict[str, str]) -> None:
    ids = {path: set(_ID.findall(words)) for path, words in site.items()}
    found = rows(site)
    assert found
    assert len({row.href for row in found}) == len(found)
    for row in found:
        page, _, name = row.href.partition("#")
        assert name in ids[page], row


CASES = [
    ("text", "two/index.html#fox-title", "A title", "The fox", ""),
    ("text", "two/index.html#fox-p1", "A ¶1", "", "A fox leapt, a fox fell. Begin again."),
    ("text", "two/index.html#fox-p2", "A ¶2", "", "Grapes, see."),
    ("text", "two/index.html#fox-fn1", "A footnote 1", "", "Vulpes in the footnote."),
    ("text", "two/index.html#crow", "B title", "crow", ""),
    ("text", "two/index.html#crow-p1", "B ¶1", "", "The crow sang of grapes."),
    ("note", "two/index.html#note-leap", "note 2 on A ¶1", "leapt", None),
    ("note", "two/index.html#note-whole", "note 1 on A", "", "On all of it."),
    ("note", "two/index.html#note-lost", "Lost its passage", "stolen by nobody", "LOSTBODY"),
    ("note", "two/index.html#note-below", None, "Grapes", "HIGHLIT."),
    ("term", "two/glossary.html#term-grape", "", "grape", "A fruit of foxes. More of the fox. SHORTNOTE."),
    ("crossref", "two/index.html#xref-fox-leapt", "tie B", "A ¶1 answers B ¶1", "“leapt” “sang” Both of grapes."),
    ("question", "two/index.html#question-why-grapes", "question 1", "", "Why grapes?"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case[1]))
def test_what_can_be_found(tmp_path: Path, case: tuple[str | None, ...]) -> None:
    """None: whatever it is. An address alone is enough to know the row."""
    found = [(row.group, row.href, row.place, row.head, row.words) for row in rows(two(tmp_path))]

    def agrees(row: tuple[str, ...]) -> bool:
        return all(wanted is None or wanted == there for wanted, there in zip(case, row, strict=True))

    assert any(map(agrees, found)), [row for row in found if row[0] == case[0]]


def test_all_that_is_written_is_found_and_nothing_twice(tmp_path: Path) -> None:
    words = " ".join(row.words for row in rows(two(tmp_path)))
    for one in ("NESTED", "ANNOTATED", "LOSTBODY", "ANSWER", "ONCEMORE", "HIGHLIT", "SHORTNOTE"):
        assert words.count(one) == 1, one


def test_a_highlight_has_nothing_to_be_found(tmp_path: Path) -> None:
    assert not [row for row in rows(two(tmp_path)) if row.href.endswith("#note-mark")]


def test_references_and_citations_read_as_on_the_page(tmp_path: Path) -> None:
    issued = '"issued": {"date-parts": [[1990]]}'
    work = f'[{{"id": "a", "type": "book", "title": "Foxes", "author": [{{"family": "Ames"}}], {issued}}}]'
    files = {
        "edition.toml": 'title = "T"\n[[text]]\nfile = "text.md"\n',
        "text.md": "A fox and a crow.\n",
        "text.notes.md": "## fox\nSo [@a, p. 3; @a]. See [[text ¶1 | above]].\n",
        "sources.json": work,
    }
    note = next(row for row in rows(written(tmp_path, files)) if row.group == "note")
    assert note.words == "So (Ames 1990, p. 3; Ames 1990). See above."


def test_languages_and_kinds_travel_along(tmp_path: Path) -> None:
    text = 'title = "T"\nlanguage = "de"\n[[text]]\nfile = "text.md"\nlanguage = "he"\n'
    text += '[[layer]]\nid = "a"\nlanguage = "fr"\n'
    files = {
        "site.toml": 'title = "Site"\n',
        "t/edition.toml": text,
        "t/text.md": "שלום רב.\n",
        "t/text.notes.md": "## שלום {.context}\nPaix.\n",
    }
    site = written(tmp_path, files)
    assert [row.language for row in rows(site)] == ["he", "he", "fr"]
    assert [row.more for row in rows(site) if row.group == "note"] == ["context"]
    assert set(given(site["assets/search.js"])["words"]) == {"", "de"}


TEACHERS = {
    "edition.toml": 'title = "T"\n[[text]]\nfile = "text.md"\n[[text]]\nfile = "other.md"\n',
    "text.md": "A fox and a crow.\n",
    "other.md": "A crow.\n",
    "text.notes.md": '## fox\nOPEN.\n\n## crow {audience="teacher"}\nSECRETNOTE.\n',
    "glossary.md": '## fox\nOPENTERM.\n\n## crow {audience="teacher" also="SECRETFORM"}\nSECRETTERM.\n',
    "crossrefs.md": '## text “crow” → other “crow” {audience="teacher"}\nSECRETTIE.\n',
    "questions.md": '## Why a fox?\nSECRETANSWER.\n\n## Why SECRETLY? {audience="teacher"}\n',
}


def test_no_word_of_the_teacher_is_in_a_students_index(tmp_path: Path) -> None:
    index = "".join(script for path, script in written(tmp_path, TEACHERS).items() if path.startswith("assets/search"))
    assert "OPENTERM" in index
    assert "SECRET" not in index


def test_the_teacher_finds_them(tmp_path: Path) -> None:
    index = rows(written(tmp_path, TEACHERS, Options(audience=Audience.TEACHER)))
    words = " ".join(f"{row.words} {row.more}" for row in index)
    for one in ("SECRETNOTE", "SECRETTERM", "SECRETFORM", "SECRETTIE", "SECRETANSWER", "SECRETLY"):
        assert one in words, one


ONE = 'title = "{}"\n{}\n[[text]]\nfile = "text.md"\n'
LIBRARY = {
    "site.toml": 'title = "Site"\n',
    "glossary.md": "## fox\nSHARED by both.\n\n## crow\nONLY in one.\n",
    "a/edition.toml": ONE.format("A", ""),
    "a/text.md": "A fox.\n",
    "b/edition.toml": ONE.format("B", ""),
    "b/text.md": "A fox and a crow.\n",
    "b/glossary.md": "## a\nOWN.\n",
    "c/edition.toml": ONE.format("C", "draft = true"),
    "c/text.md": "DRAFTED.\n",
}


def test_a_shared_term_is_found_once_and_where_all_its_uses_are(tmp_path: Path) -> None:
    site = written(tmp_path, LIBRARY)
    assert_addressed(site)
    terms = {row.head: (row.edition, row.href) for row in rows(site) if row.group == "term"}
    assert terms == {
        "fox": ("", "glossary.html#term-fox"),
        "crow": ("b", "b/glossary.html#term-crow"),
        "a": ("b", "b/glossary.html#term-a"),
    }


def test_drafts_are_found_only_where_they_are_shown(tmp_path: Path) -> None:
    assert "DRAFTED." not in {row.words for row in rows(written(tmp_path, LIBRARY))}
    assert "DRAFTED." in {row.words for row in rows(made(tmp_path, Options(drafts=Drafts.SHOWN)))}


def test_several_editions_are_told_from_one(tmp_path: Path) -> None:
    assert given(written(tmp_path / "many", LIBRARY)["assets/search.js"])["several"] is True
    assert given(two(tmp_path / "one")["assets/search.js"])["several"] is False


def test_without_an_edition_there_is_no_search(tmp_path: Path) -> None:
    files = {name: words for name, words in LIBRARY.items() if name == "site.toml" or name.startswith("c/")}
    site = written(tmp_path, files)
    assert not [path for path in site if path.startswith("assets/search")]
    assert "_b-find" not in site["index.html"]


def test_parts_leave_as_they_are_full_and_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rows(written(tmp_path, LIBRARY))
    monkeypatch.setattr(search, "PART", 1)
    site = made(tmp_path)
    parts = given(site["assets/search.js"])["parts"]
    assert [editions for _, editions in parts] == [["a"], ["b"], ["b", ""]]
    assert sorted(map(repr, rows(site))) == sorted(map(repr, whole))


def test_the_same_site_has_the_same_index(tmp_path: Path) -> None:
    one, other = written(tmp_path / "one", LIBRARY), written(tmp_path / "other", LIBRARY)
    indexes = [
        {path: words for path, words in site.items() if path.startswith("assets/search")} for site in (one, other)
    ]
    assert indexes[0] == indexes[1]
    assert len(indexes[0]) == 3  # its list, the part of both editions, the terms that they share


def test_words_that_would_end_a_script_are_harmless(tmp_path: Path) -> None:
    files = {"edition.toml": ONE.format("T", ""), "text.md": "`</script>` and\u2028more.\n"}
    site = written(tmp_path, files)
    index = "".join(words for path, words in site.items() if path.startswith("assets/search"))
    assert "<" not in index
    assert "\u2028" not in index
    assert [row.words for row in rows(site)][1] == "</script> and more."
