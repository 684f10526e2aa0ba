"""Corners of the parsers that no table comes by: what is rarely typed, and read all the same or told."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from builder.model.diagnostic import Place
from builder.model.lock import Lock, LockedReference
from builder.model.note import Selector
from builder.model.pictures import resolved
from builder.model.site import Source
from builder.parse import effort, entries
from builder.parse.edition import parse_edition_folder
from builder.parse.harmless import is_harmless
from builder.parse.imported import parse_imported
from builder.parse.json_document import LONGEST, DocumentError, TooDeepError, cleaned, read_document, words
from builder.parse.lock import parse_lock, serialize
from builder.parse.markdown import parse_body
from builder.parse.schema import Slip
from builder.parse.shapes import DATE, some_of
from builder.parse.site import parse_outline
from builder.parse.sources import parse_sources
from builder.parse.toml import read_toml, toml_values
from builder.parse.webanno import parse_annotations
from builder.parse.written import written_entry, written_heading
from tests.parse.test_edition import folder, read

NOWHERE = Place("")


def nested(depth: int) -> Any:
    """A list in a list, and so on."""
    made: Any = []
    for _ in range(depth):
        made = [made]
    return made


def told_of(**files: str) -> list[str]:
    made = {"edition.toml": 'title = "F"\n', "fox.md": "# Fox\n\nA fox leapt.\n"}
    return read({**made, **{name.replace("__", ".").replace("_", "/"): text for name, text in files.items()}})[1]


# --- texts ---


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("{.a}\n{.b}\nWords.", "Words."),
        ("> {.a}\n\nWords.", "Words."),
        ("- {.a}\n- b", "b"),
        ("[a ![b\nc](x.png){.d} `d`{.e}]{.f}", "a d"),
        ("a `e`{.f} [*g* `h`](i){.j}", "a e g h"),
        ("[*a* ![[[c]] [@d]](e)](x)", "a"),
        ("*a <a href='b'>* c [d](e)</a> <a>[f](g)</a>", "a  c d f"),
        ("| a\n| b\n\nc\n| d", "a b c d"),
        ("![a ![b](c) `d` <i>e</i>](f)", ""),
        ("* a\n\n  b\n* > c\n\n  d", "a\nb\nc\nd"),
        ("1. ---\n2. a", "a"),
        ("![p](c.png)[{.a}](y) [`b`{.c}](d)", "{.a} b"),
        ("[^1] a[^2\\] *b[^1]*\n\n[^1]: c", " a[^2] b"),
        ("[a]{.b c", "[a]{.b c"),
        ("`a`{.b c", "a{.b c"),
    ],
)
def test_what_is_rarely_typed(typed: str, shown: str) -> None:
    prose, _ = parse_body(typed, path="a.md", line=1)
    assert "".join(prose.content[prose.main.start : prose.main.end].split()) == "".join(shown.split())


def test_a_text_says_what_is_wrong_with_it_wherever_it_stands() -> None:
    typed = "> [x](javascript:a) and [y](htp://b)\n\n<a\nhref='javascript:c'>z</a>\n"
    assert "G146" in {one.code for one in parse_body(typed, path="a.md", line=1)[1]}


def test_pictures_and_addresses() -> None:
    assert resolved("a/../b.png") == "b.png"
    assert not is_harmless("javascript%253A1")
    assert is_harmless("%25252525253A")


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("a\n[b](javascript:c)", (2, 5)),
        ("a\n[b](javascript&colon;c)", (2, 5)),
        ("a\n[b](java&#115;cript:c)", (2, 5)),
    ],
)
def test_a_refused_address_is_told_where_it_stands_as_near_as_can_be_said(typed: str, at: tuple[int, int]) -> None:
    (told,) = parse_body(typed, path="a.md", line=1)[1]
    assert (told.code, told.place.line, told.place.column) == ("G146", *at)


# --- an edition's files ---


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"fox__notes__md": "## fox {.a =b} then\nWords.\n"}, ""),
        ({"crossrefs__md": "## fox “a” → fox\n"}, ""),
        ({"hen_edition__toml": 'title = "H"\n', "hen_hen__md": "x"}, "hen/hen.md:1:G112"),
        ({"fox__A__notes__md": "## fox\nx\n"}, "fox.A.notes.md:1:G110"),
        ({"fox__notes__md": "## leapt\nA [[\n"}, "fox.notes.md:2:G406"),
        ({"fox__notes__md": "## leapt\nA [[ ]] b\n"}, "fox.notes.md:2:G406"),
        ({"site__txt": "x"}, ""),
        ({"fox__md": "# F\n\nA ![b](images/c d.png) here\n"}, "fox.md:3:G121"),
        ({"fox__md": "# F\n\nA ![b(images/c.png) here\n"}, "fox.md:3:G121"),
        (
            {"edition__toml": 'title = "F"\n[[text]]\nfile = "fox.md"\nsource = "javascript:x"\n'},
            "edition.toml:4:G104",
        ),
        ({"edition__toml": 'title = "F"\n[[text]]\nfile = "fox.md"\nsource = "Data: a census"\n'}, ""),
        ({"fox__md": "# F\n\nA ![b](C:\\\\c.png)\n"}, "fox.md:3:G146"),
    ],
)
def test_files_of_an_edition(files: dict[str, str], code: str) -> None:
    told = told_of(**files)
    assert code in told if code else told is not None


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("images\\c.png", "write / for \\: images/c.png"), ("images\\d.png", "put the picture into the edition's folder")],
)
def test_a_picture_named_with_backslashes_is_told_as_it_lies_there(typed: str, hint: str) -> None:
    site = folder({"edition.toml": 'title = "F"\n', "fox.md": f"# Fox\n\n![A fox]({typed})\n"}, ("images/c.png",))
    outline, _ = parse_outline(site)
    assert outline is not None
    _, told = parse_edition_folder(site, outline.editions[0], outline.settings, outline.terms)
    assert [one.hint[: len(hint)] for one in told if one.code == "G121"] == [hint]


def test_a_file_with_more_marks_than_are_read_is_read_up_to_the_entry_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MARKS", 4)
    notes = "## fox\n*one* _two_\n\n## leapt\n[a](b) *three*\n"
    file, told = entries.parse_entries(Source("fox.notes.md", notes, "d"))
    assert [entry.heading for entry in file.entries] == ["fox"]
    assert [(one.code, str(one.place)) for one in told] == [("G108", "fox.notes.md:5:1")]


def test_what_shows_a_picture_typed_is_none_where_it_is_escaped() -> None:
    assert "fox.md:3:G121" not in told_of(fox__md="# F\n\nA \\![b](images/c d.png) here\n")


@pytest.mark.parametrize(
    ("work", "entry"),
    [
        ({"title": "<b>Bold</b> <i>Turned</i>", "volume": "3"}, "Vol. 3"),
        ({"title": "T", "author": ["A Name"], "issued": {"raw": "no year"}}, "A Name"),
        ({"title": "T", "issued": 5}, "T"),
        ({"title": "T", "issued": {"date-parts": [5]}}, "T"),
        ({"title": "T", "issued": {"date-parts": [["May"]]}}, "T"),
        (
            {
                "type": "article-newspaper",
                "title": "T",
                "container-title": "P",
                "issued": {"date-parts": [[2020, 12, 31], [2021, 1, 2]]},
            },
            "31 December",
        ),
    ],
)
def test_works_that_say_little(work: dict[str, object], entry: str) -> None:
    works, _ = parse_sources(Source("sources.json", json.dumps([{"id": "a", "type": "book", **work}]), ""))
    assert entry in "".join(words for words, _ in works[0].entry)


# --- settings ---


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("a = " + "[" * 5000, "G120", "nested too deeply"),
        ("a" + ".b" * 60 + " = 1", "G120", "more than 50 words"),
        ("a = " + "1" * 5000, "G101", "as long as this"),
    ],
    ids=["brackets", "a name", "a number"],
)
def test_toml_that_would_take_too_long(text: str, code: str, why: str) -> None:
    document, told = read_toml(Source("a.toml", text, ""))
    assert (document, [one.code for one in told]) == (None, [code])
    with pytest.raises(ValueError, match=why):
        toml_values(text)


def test_what_toml_says_in_other_ways() -> None:
    document, _ = read_toml(Source("a.toml", "a = 1\n[[b]]\n' c ' = {d = 2}\n", ""))
    assert document is not None
    assert document.table("a") == document.table("a", "b") == {}
    assert document.table("b", 0, " c ") == {"d": 2}
    moment, hour = datetime.datetime(2021, 8, 4, 12, tzinfo=datetime.UTC), datetime.time(12)
    slips = [DATE.read(moment), DATE.read(hour)]
    assert slips == [
        Slip("G103", "must be a date, without a time of day", "write the day alone: 2021-08-04"),
        Slip(
            "G103",
            "must be a date, without a time of day",
            'a year, a month or a day: "2021", "2021-08" or "2021-08-04"',
        ),
    ]
    assert some_of("a").read(3) == some_of("b").read(3)


@pytest.mark.parametrize("table", ['[relation."A b"]\nlabel = "x"\ninverse = "y"\n'])
def test_a_relation_without_a_name(table: str) -> None:
    assert "site.toml:2:G110" in read({"site.toml": f'title = "S"\n{table}', "fox/fox.md": "x"})[1]


# --- what comes from outside ---


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"annotations": []}',
        '{"annotations": {"note:a": 1}}',
        '{"annotations": {"note:a": {"id": "x", "also": 3}}}',
        '{"annotations": {"note:a": {"id": "x", "kept": {"members": []}}}}',
        '{"annotations": {"note:a": {"id": "x", "kept": {"was": {"a": 1}}}}}',
    ],
)
def test_what_no_import_left(text: str) -> None:
    found, told = parse_imported([Source("imported/x.json", text, "")])
    assert (found, [one.code for one in told]) == ({}, ["G143"])


def test_json_that_is_odd() -> None:
    with pytest.raises(DocumentError, match="are read at most"):
        read_document(" " * (LONGEST + 1))
    with pytest.raises(TooDeepError):
        cleaned(nested(60))
    assert cleaned({"a": float("inf")}) == {"a": None}
    assert words([1, {"@value": "x"}]) == "x"


QUOTE = {"type": "TextQuoteSelector", "exact": "fox"}


@pytest.mark.parametrize(
    ("annotation", "says"),
    [
        ([[[[["x"]]]]], ""),
        ([3], "Refused"),
        ({"type": "Annotation", "motivation": "replying", "body": {"value": "x"}, "target": "#xywh=1"}, "Foreign"),
        ({"type": "Annotation", "target": {"type": "List", "items": [{"source": "a", "selector": QUOTE}]}}, "Foreign"),
        (
            {"type": "Annotation", "target": {"source": "a", "selector": ["x", {"refinedBy": 3, "type": "X"}]}},
            "Foreign",
        ),
        ({"type": "Annotation", "target": {"source": "a", "selector": {**QUOTE, "exact": " "}}}, "Foreign"),
        ({"type": "Annotation", "target": "a", "body": {"type": "List", "items": [{"value": " "}]}}, "Foreign"),
        ({"type": "Annotation", "target": [], "motivation": "replying"}, "Refused"),
        (
            {"type": "Annotation", "motivation": "replying", "body": {"value": "x"}, "target": {"source": "b"}},
            "Foreign",
        ),
        ({"type": "Annotation", "target": {"x": nested(60)}}, "Refused"),
        ({"type": "Annotation", "id": "x#note-a", "target": "a", "glossator:passages": [3]}, "Foreign"),
        (
            {
                "type": "Annotation",
                "id": "x#note-a!",
                "target": "a",
                "glossator:passages": [{"glossator:heading": "b"}],
            },
            "Foreign",
        ),
    ],
)
def test_annotations_that_are_odd(annotation: object, says: str) -> None:
    if not says:
        with pytest.raises(DocumentError):
            parse_annotations(json.dumps(annotation))
        return
    assert [type(one).__name__ for one in parse_annotations(json.dumps(annotation))] == [says]


# --- written ---


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"heading": " "}, "a heading holds words"),
        ({"heading": "a", "id": "b c"}, "no heading can hold"),
        ({"heading": "a", "settings": {"b c": "d"}}, "no setting can be called"),
    ],
)
def test_what_no_heading_can_hold(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        written_entry(**given)


def test_a_setting_that_holds_braces() -> None:
    line = written_heading("a", id="", classes=(), settings={"before": "} b {.c"})
    assert line.startswith("## a {before=")


def test_a_selector_of_a_block_shows_the_words_that_stood_there() -> None:
    assert Selector("¶4", (), NOWHERE, "p4", "", "", "").heading == "¶4"


def test_effort_ends_within_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "STEPS_BEFORE", 30)
    monkeypatch.setattr(effort, "STEPS_EACH", 0)
    assert {one.code for one in parse_body("a *b* c " * 40, path="a.md", line=1)[1]} == {"G120"}


def test_effort_ends_in_marks_that_mean_nothing_however_many() -> None:
    """Each of them is looked at in vain: a million took fifteen seconds."""
    assert "G120" in {one.code for one in parse_body("[^a]" * 300_000, path="a.md", line=1)[1]}


def test_a_lock_that_says_a_reference_twice() -> None:
    lock = Lock((), (), (LockedReference("note:a", 0, "fox ¶1", "fox", ("p1",)),), ())
    (line,) = [one for one in serialize(lock).split("\n") if one.startswith("ref")]
    _, told = parse_lock(Source("anchors.lock", serialize(lock) + line.replace("p1", "p2") + "\n", ""))
    assert [one.code for one in told] == ["G212"]
