"""What is too much is told where it begins to be; what stands before that is read where it is of use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.model.codes import LONGEST, diagnose
from builder.model.diagnostic import Place
from builder.model.site import LayerSettings, Source, TextSettings
from builder.model.text import RawHtmlPolicy
from builder.parse import effort, entries, highlight, html_effort, sources
from builder.parse.entries import parse_entries
from builder.parse.markdown import parse_body, parse_text
from builder.parse.notes import parse_notes
from builder.parse.replies import DEEPEST, settle_notes
from builder.parse.schema import Slips
from builder.parse.shapes import ITEMS, some_of
from builder.parse.sources import parse_sources
from builder.parse.toml import read_toml

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic


def told(slips: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{one.place.line} {one.code}" for one in slips]


@pytest.mark.parametrize(
    ("limit", "most", "text", "line"),
    [
        ("BLOCKS", 3, "a\n\nb\n\nc\n\nd\n", 7),
        ("BLOCKS", 3, "- a\n- b\n- c\n", 3),
        ("PIECES", 4, "a *b*\n\nc *d* e\n", 3),
        ("PIECES", 4, "plain\n\nplain\n\nplain\n\nplain\n\nplain\n", 9),
        ("PIECES", 4, "a *b* *c* *d*\n", 1),
        ("PIECES", 4, "| a | b | c | d | e |\n|---|---|---|---|---|\n", 1),
        ("LINES", 3, "a\nb\nc\nd\ne\n", 4),
    ],
)
def test_a_text_is_no_longer_than_a_page(
    limit: str, most: int, text: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = TextSettings("x.md", Place("x.md"))
    assert parse_text(text, path="x.md", settings=settings)[1] == ()
    monkeypatch.setattr(effort, limit, most)
    _, slips = parse_text(text, path="x.md", settings=settings)
    assert [one.code for one in slips] == ["G108"]
    assert slips[0].place.line == line
    assert f"more than {most} " in slips[0].message


def test_a_reference_weighs_more_than_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "PIECES", 15)
    assert told(parse_body("a [[b]] *c*", path="x.md", line=7)[1]) == []
    assert told(parse_body("a [[b]] *c* [[d]]", path="x.md", line=7)[1]) == ["7 G108"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a\n\n<div>\n<div>\n<div>\n<div>\n", 6),  # the letters of what is open: 5, 10, 15, 20
        ("<div>\n<div>\n\na\n\n<div>\n<div>\n<div>\n", 8),  # each block by itself
        ("<div>\n</div>\n" * 6, 0),
        ("<p>\n<br>\n" * 99, 0),
    ],
)
def test_html_lies_no_deeper_in_itself_than_can_be_cleaned(
    source: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html_effort, "LETTERS_BEFORE", 30)
    monkeypatch.setattr(html_effort, "LETTERS_EACH", 0)
    _, slips = parse_body(source, path="x.md", line=1, raw_html=RawHtmlPolicy.CLEAN)
    assert [one for one in told(slips) if "G120" in one] == ([f"{line} G120"] if line else [])
    assert "G120" not in str(parse_body(source, path="x.md", line=1, raw_html=RawHtmlPolicy.KEEP)[1])


def test_entries_beyond_the_last_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST", 2)
    file, slips = parse_entries(Source("x.md", "## a\nA.\n\n## b\nB.\n\n## c\nC.\n", ""))
    assert [(one.heading, one.body) for one in file.entries] == [("a", "A."), ("b", "B.")]
    assert told(slips) == ["7 G108"]


def test_a_list_of_more_works_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST", 2)
    works = json.dumps([{"id": name, "title": name} for name in "abc"])
    assert [told(parse_sources(Source("s.json", works, ""))[1]), parse_sources(Source("s.json", works, ""))[0]] == [
        ["1 G108"],
        (),
    ]


def test_a_conversation_goes_on_as_another_one() -> None:
    words = "## a {#r0}\nx\n\n" + "".join(f'## a {{#r{n + 1} re="#r{n}"}}\nx\n\n' for n in range(2 * DEEPEST + 5))
    layer = LayerSettings(id="editor", place=Place("e"), by="", title="", language="en")
    file, _ = parse_notes(Source("x.notes.md", words, ""), text="x", layer=layer, kinds=[])
    for given in (file.notes, file.notes[::-1]):
        notes, slips = settle_notes(given)
        assert [one.code for one in slips] == ["G120", "G120"]
        assert sorted(one.id for one in notes if not one.answers) == ["r0", f"r{DEEPEST + 1}", f"r{2 * DEEPEST + 2}"]


def test_code_beyond_the_budget_has_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "```python\nx = 1\n```\n\n"

    def coloured(source: str) -> int:
        prose, _ = parse_text(source, path="x.md", settings=TextSettings("x.md", Place("x.md")))
        return sum("TOKEN" in str(event) for event in prose.frame)

    one = coloured(code)
    assert one > 0
    assert coloured(code * 3) == 3 * one
    monkeypatch.setattr("builder.parse.frame.IN_ALL", 13)
    assert coloured(code * 3) == 2 * one
    monkeypatch.setattr(highlight, "LONGEST", 5)
    assert coloured(code) == 0


def test_a_message_quotes_no_megabyte() -> None:
    one = diagnose("G201", Place("x.md"), f"begin {'x' * 10 * LONGEST} end", "y" * 10 * LONGEST)
    assert len(one.message) < LONGEST + 10
    assert one.message.startswith("begin ")
    assert one.message.endswith(" end")
    assert len(one.hint) < LONGEST + 10


@pytest.mark.parametrize(("mark", "indent", "most"), [("> ", "", 89), ("- ", "  ", 44)])
def test_how_deep_quotations_and_lists_may_lie(mark: str, indent: str, most: int) -> None:
    """As deep as the message and docs/limits.md say, and no deeper: what lies deeper would be lost."""
    said = (Path(__file__).parents[2] / "docs" / "limits.md").read_text("utf-8")
    assert "| quotations in one another; a list takes two levels | 89 levels |" in said

    def read(depth: int) -> tuple[bool, list[str]]:
        lines = (f"{indent * level}{mark if indent else mark * (level + 1)}a\n\n" for level in range(depth - 1))
        last = f"{indent * (depth - 1)}{mark if indent else mark * depth}deepest\n"
        prose, slips = parse_body("".join((*lines, last)), path="x.md", line=1)
        return "deepest" in prose.content, [one.message for one in slips]

    assert read(most) == (True, [])
    message = "lists and quotations lie more than 89 levels deep in one another; a list takes two"
    assert read(most + 1) == (False, [message])


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        (
            [1] * 23,
            "must be a list of words: its item 1 is a number",
            "must be a list of words: 3 more of its items are none",
        ),
        ([f"w{n}" for n in range(25)], "can't hold “w0”", "can't hold 5 more of its words"),
    ],
)
def test_of_many_words_that_are_none_the_first_are_told(raw: list[object], first: str, last: str) -> None:
    slips = some_of("a", "b").read(raw)
    assert isinstance(slips, Slips)
    assert [slips.each[0].message, slips.each[-1].message, len(slips.each)] == [first, last, ITEMS + 1]


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("a = [[1], [2]]\nb = " + "[" * 5000, (2, 5), "nested too deeply"),
        ('a = [\n  "one"\n  "two"\n]\n', (2, 8), 'a comma is missing between "one" and "two"'),
        ('a = [\n  1\n  "two"\n]\n', (3, 3), "unclosed array"),
    ],
    ids=["brackets after some that close", "two texts", "a number before a text"],
)
def test_where_toml_goes_wrong_within_brackets(text: str, at: tuple[int, int], says: str) -> None:
    _, (told,) = read_toml(Source("a.toml", text, ""))
    assert (told.place.line, told.place.column) == at
    assert says in told.message
