"""What the edition promises its readers: how much there is of each kind, and what must not be got wrong."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
EDITION = CONTENT / "splitting-russia-and-china"
PROMISES: dict[str, Any] = json.loads((HERE / "promises.json").read_text(encoding="utf-8"))

NOTES = {
    "article": ("article.notes.md", "article.class.notes.md"),
    "comment": ("comment.notes.md", "comment.class.notes.md"),
}
ENTRY_FILES = (*NOTES["article"], *NOTES["comment"], "crossrefs.md", "glossary.md", "questions.md")
KINDS = frozenset({"context", "source", "question", "challenge", "language", "highlight"})
RELATIONS = frozenset({"answers", "agrees", "extends", "disputes", "echoes", "illustrates", "quotes"})
PLAIN = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True)
class Entry:
    heading: str
    settings: str
    body: str

    @property
    def id(self) -> str:
        found = re.match(r"\{#([\w-]+)", self.settings)
        return found[1] if found else re.sub(r"[^a-z0-9]+", "-", self.heading.lower().replace("’", "")).strip("-")

    @property
    def classes(self) -> frozenset[str]:
        bare = re.sub(r'"[^"]*"', "", self.settings)
        return frozenset(re.findall(r"[{\s]\.([\w-]+)", bare))

    @property
    def said(self) -> str:
        """Its body without citations, references and quotations: our own words."""
        return re.sub(r"\[@[^\]]*\]|\[\[.*?\]\]|“[^”]*”", "", self.body)


@cache
def entries(file: str) -> tuple[Entry, ...]:
    text = (EDITION / file).read_text(encoding="utf-8")
    made = []
    for piece in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        line, _, body = piece.partition("\n")
        found = re.fullmatch(r"(.*?)(?: (\{[^{}]*\}))?", line)
        assert found is not None
        made.append(Entry(found[1], found[2] or "", body.strip()))
    return tuple(made)


def notes() -> list[Entry]:
    """Every entry that opens a note; further passages of the same note have no id."""
    files = (file for files in NOTES.values() for file in files)
    return [entry for file in files for entry in entries(file) if entry.settings.startswith("{#")]


def normal(words: str) -> str:
    return " ".join(words.translate(PLAIN).split())


def quotes(heading: str, exact: str) -> bool:
    """Whether a heading quotes these words, whole or from the first to the last."""
    first, _, last = normal(heading).partition(" … ")
    return normal(exact).startswith(first) and normal(exact).endswith(last) if last else first == normal(exact)


@pytest.mark.parametrize("promised", PROMISES["tier_1"], ids=lambda one: one["exact"][:32])
def test_every_note_of_the_first_tier_is_there(promised: dict[str, str]) -> None:
    headings = [entry.heading for file in NOTES[promised["text"]] for entry in entries(file)]
    assert any(quotes(heading, promised["exact"]) for heading in headings)


def test_there_are_43_notes_of_the_first_tier_and_more() -> None:
    assert len(PROMISES["tier_1"]) == 43
    assert len(notes()) >= 43


def test_all_terms_are_there() -> None:
    assert sorted(entry.heading for entry in entries("glossary.md")) == sorted(PROMISES["headwords"])
    assert len(PROMISES["headwords"]) == 38


def test_a_term_is_defined_in_short_before_it_is_explained() -> None:
    for entry in entries("glossary.md"):
        short, _, full = entry.body.partition("\n\n")
        assert full, entry.heading
        assert len(short.split()) <= 50, entry.heading


def test_all_cross_references_are_there_and_say_why() -> None:
    ties = entries("crossrefs.md")
    own = tomllib.loads((CONTENT / "site.toml").read_text(encoding="utf-8"))["relation"]
    assert len(ties) == PROMISES["numbers"]["crossrefs"]
    assert all(tie.classes and tie.classes <= RELATIONS | own.keys() for tie in ties)
    assert all(tie.body for tie in ties)


@pytest.mark.parametrize("kind", ["discussion", "short-answer"])
def test_all_questions_are_there_and_have_an_answer(kind: str) -> None:
    asked = [entry for entry in entries("questions.md") if kind in entry.classes]
    assert len(asked) == PROMISES["numbers"][kind]
    for entry in asked:
        assert entry.body, entry.heading
        assert all(f'{name}="' in entry.settings for name in ("about", "level", "lines")), entry.heading


def test_every_note_has_an_id_of_its_own_and_a_kind() -> None:
    ids = [note.id for note in notes()]
    assert len(ids) == len(set(ids))
    assert all(note.classes & KINDS for note in notes())


@pytest.mark.parametrize("promised", PROMISES["said"], ids=lambda one: f"{one['entry']}: {one['promise']}")
def test_what_must_not_be_got_wrong(promised: dict[str, Any]) -> None:
    (entry,) = (entry for entry in entries(promised["file"]) if entry.id == promised["entry"])
    assert [words for words in promised["has"] if words not in entry.body] == []


@pytest.mark.parametrize("file", ENTRY_FILES)
def test_no_word_takes_sides(file: str) -> None:
    for entry in entries(file):
        for word in PROMISES["never"]:
            assert not re.search(rf"\b{word}\b", entry.said, re.IGNORECASE), f"{entry.heading}: {word}"


@pytest.mark.parametrize("file", ENTRY_FILES)
def test_the_essayist_is_named_in_source_notes_alone(file: str) -> None:
    """“The author” could be any of three; the essay is called the essay, and the comment the comment."""
    for entry in entries(file):
        assert not re.search(r"\bthe author\b", entry.said, re.IGNORECASE), entry.heading
        assert "Larison" not in entry.said or "source" in entry.classes, entry.heading


@pytest.mark.parametrize("file", ENTRY_FILES)
def test_nothing_tells_of_2022_without_saying_that_it_is_later(file: str) -> None:
    for entry in entries(file):
        if re.search(r"\b202[2-9]\b", entry.said):
            assert re.search(r"\blater\b|\bhindsight\b", entry.body, re.IGNORECASE), entry.heading


def test_what_the_texts_are_said_never_to_mention_they_never_mention() -> None:
    essay = (EDITION / "article.md").read_text(encoding="utf-8")
    comment = (EDITION / "comment.md").read_text(encoding="utf-8")
    assert not re.search("NATO|Ukrain|Georgia|change in tone", essay)
    assert "sanction" not in comment.lower()


@pytest.mark.parametrize("id", PROMISES["of_teachers"])
def test_teachers_matter_is_for_teachers(id: str) -> None:
    (note,) = (note for note in notes() if note.id == id)
    assert 'audience="teacher"' in note.settings


def test_every_source_that_is_cited_is_listed_and_every_source_listed_is_cited() -> None:
    listed = [work["id"] for work in json.loads((CONTENT / "sources.json").read_text(encoding="utf-8"))]
    bodies = "\n".join(entry.body for file in ENTRY_FILES for entry in entries(file))
    cited = {key for citation in re.findall(r"\[@[^\]]*\]", bodies) for key in re.findall(r"@([\w-]+)", citation)}
    assert sorted(listed) == sorted(cited)
