"""Files of entries as notes, terms and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.crossref import USUAL_LINES
from builder.model.diagnostic import Place
from builder.model.glossary import Policy
from builder.model.note import Audience
from builder.model.site import LayerSettings, Source
from builder.parse.glossary import parse_glossary, together
from builder.parse.notes import parse_notes
from builder.parse.questions import parse_questions
from builder.parse.replies import settle_notes
from tests.parse.tables import cases

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic

LAYER = LayerSettings("class", Place("edition.toml"), by="The class", title="In class")
KINDS = ("context", "source", "question", "challenge", "language", "law")
TEXTS = ("article", "comment")

FILES = st.lists(
    st.sampled_from(
        [
            "## one", "## ¶4 {.question}", '## x {re="#one" in="¶2"}', "## one {.highlight}", "## “a” … b {#one}",
            '## t {also="a; b" at="article “x”"}', "Words.", "", "# T", "> q", "```",
        ]
    )
).map("\n".join)  # fmt: skip


def source(text: str, path: str = "fox/fox.class.notes.md") -> Source:
    return Source(path, text, "")


def places(told: tuple[Diagnostic, ...]) -> list[str]:
    return sorted(f"{one.code}:{one.place.line}:{one.place.column}" for one in told)


@pytest.mark.parametrize("case", cases("notes"))
def test_notes(case: dict[str, Any]) -> None:
    file, told = parse_notes(source("\n" + case["file"]), text="fox", layer=LAYER, kinds=KINDS)
    notes, more = settle_notes(file.notes)
    read = [[note.id, note.kind, *(selector.heading for selector in note.selectors)] for note in notes]
    assert read == case["notes"]
    assert places((*told, *more)) == sorted(case.get("codes", []))
    assert all(one.message and one.hint for one in (*told, *more))
    assert {note.id: note.answers for note in notes if note.answers} == case.get("answers", {})
    assert {(note.text, note.layer) for note in notes} <= {("fox", "class")}


def test_a_note_and_its_layer() -> None:
    text = '# In *class*\n\nFor us.\n\n## x {#a .law by="Ada" date="2021" audience="teacher" tags="a; b"}\nOne.\n'
    file, told = parse_notes(source(text), text="fox", layer=LAYER, kinds=KINDS)
    assert not told
    assert (file.layer.id, file.layer.text, file.layer.by, file.layer.title) == (
        "class",
        "fox",
        "The class",
        "In class",
    )
    assert file.layer.introduction.content == "For us."
    note = file.notes[0]
    assert (note.by, note.date, note.audience, note.tags) == ("Ada", "2021", Audience.TEACHER, ("a", "b"))
    assert note.body.content == "One."
    assert note.given_id


def test_a_layer_keeps_the_title_of_edition_toml() -> None:
    file, _ = parse_notes(source("## x\nOne."), text="fox", layer=LAYER, kinds=KINDS)
    assert file.layer.title == "In class"
    assert not file.notes[0].given_id


@pytest.mark.parametrize("case", cases("terms"))
def test_terms(case: dict[str, Any]) -> None:
    terms, told = parse_glossary(source("\n" + case["file"]), edition="fox", texts=TEXTS)
    assert [[term.id, list(term.forms), term.kind, len(term.at)] for term in terms] == case["terms"]
    assert places(told) == sorted(case.get("codes", []))


def test_short_and_whole() -> None:
    text = 'ignored\n\n## a {link="all" not="in a; b" not-at="article ¶4"}\nShort\nstill.\n\nMore.\n'
    (term,), told = parse_glossary(source(text), edition="fox", texts=TEXTS)
    assert not told
    assert term.short.content == "Short\nstill."
    assert term.entry.content == "Short\nstill.\n\nMore."
    assert term.policy is Policy.ALL
    assert term.never == ("in a", "b")
    assert [(name, selector.blocks) for name, selector in term.never_at] == [("article", "p4")]
    assert term.edition == "fox"


@pytest.mark.parametrize(
    ("body", "short"),
    [
        ("One *two*.", "One two."),
        ("One.\n\nTwo.", "One."),
        ("<!-- a -->\n\nOne.\n\nTwo.", "One."),
        ("- one\n- two\n\nThree.", "one\n\ntwo"),
        ("    code\n\nTwo.", "code"),
        ("---\n\nOne.\n\nTwo.", "One."),
    ],
)
def test_the_short_definition(body: str, short: str) -> None:
    (term,), _ = parse_glossary(source(f"## a\n\n{body}\n"))
    assert term.short.words(term.short.main).strip() == short


def test_a_short_definition_keeps_its_footnotes() -> None:
    (term,), _ = parse_glossary(source("## a\n\nOne.[^1]\n\nTwo.\n\n[^1]: Three.\n"))
    assert term.short.words(term.short.main) == "One."
    assert term.short.words(term.short.footnotes[0].block.span) == "Three."


def test_own_terms_replace_shared_ones() -> None:
    own, _ = parse_glossary(source("## a\nx\n## b {#c}\nx\n"), edition="fox")
    shared, _ = parse_glossary(source('## A {#z}\ny\n## c\ny\n## d {also="a"}\ny\n## e\ny\n'))
    assert [term.id for term in together(own, shared)] == ["a", "c", "z", "e"]


def test_a_site_s_glossary_may_name_any_text() -> None:
    (term,), told = parse_glossary(source('## a {at="essay “x”"}\ny'))
    assert not told
    assert term.at[0][0] == "essay"


def test_questions() -> None:
    about = "article ¶4; #a; comment “x; y”"
    text = f'## What *now*? {{.task about="{about}" level="upper secondary" lines="6"}}\nSo.\n## Why?\n'
    (first, second), told = parse_questions(source(text))
    assert not told
    assert first.asked.content == "What now?"
    assert first.about == ("article ¶4", "#a", "comment “x; y”")
    assert (first.id, first.kind, first.level, first.lines) == ("what-now", "task", "upper secondary", 6)
    assert first.body.content == "So."
    assert second.lines == USUAL_LINES
    assert not second.body.content


@pytest.mark.parametrize("lines", ["61", "-1", "six", "1.5", "٣", "999999999999"])
def test_lines_out_of_bounds(lines: str) -> None:
    _, told = parse_questions(source(f'## Why? {{lines="{lines}"}}\n'))
    assert [one.code for one in told] == ["G116"]


@given(st.text() | FILES)
def test_any_file_is_read(text: str) -> None:
    file, _ = parse_notes(source(text), text="fox", layer=LAYER, kinds=KINDS)
    notes, _ = settle_notes(file.notes)
    assert len({note.id.casefold() for note in notes}) == len(notes)
    known = {note.id for note in notes}
    assert all(note.answers in known for note in notes if note.answers)
    parse_glossary(source(text), edition="fox", texts=TEXTS)
    parse_questions(source(text))
