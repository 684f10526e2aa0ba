"""The grammar of entries: headings, settings in braces, bodies."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.model.note import Audience
from builder.model.site import Source
from builder.parse.braces import split_heading
from builder.parse.entries import parse_entries, plain_lines
from builder.parse.entry_settings import split_list
from builder.parse.glossary import parse_glossary
from builder.parse.questions import parse_questions
from tests.parse.tables import cases

PATH = "fox/fox.notes.md"

LINES = st.lists(
    st.sampled_from(
        ["## one", "## two {#a}", "##", " ## x", "```", "~~~~", "<!--", "-->", "# T", "", "  ", "words", "---", "a: b"]
    ),
    max_size=20,
).map("\n".join)


def source(text: str) -> Source:
    return Source(PATH, text, "")


@pytest.mark.parametrize("case", cases("braces"))
def test_braces(case: dict[str, Any]) -> None:
    words, braces, fault = split_heading(case["line"], 1)
    assert words == case["words"]
    assert braces.id == case.get("id", "")
    assert list(braces.classes) == case.get("classes", [])
    assert {name: value.text for name, value in braces.values.items()} == case.get("values", {})
    assert (fault.code if fault else None) == case.get("fault")
    if fault:
        assert fault.column == case["column"]
        assert fault.message


def test_values_know_their_column() -> None:
    line = 'x {#a before="one" in=“¶4”}'
    _, braces, _ = split_heading(line, 4)
    for value in braces.values.values():
        assert line[value.column - 4 :].startswith(value.text)


@pytest.mark.parametrize(
    ("settings", "audience", "codes"),
    [
        ("{.essay .teacher}", Audience.TEACHER, ["G115"]),
        ("{.Students}", Audience.STUDENT, ["G115"]),
        ('{.teacher audience="student"}', Audience.STUDENT, ["G115"]),
        ("{.essay .teaching}", Audience.ALL, []),
    ],
)
def test_a_class_that_names_an_audience_is_told_and_holds(settings: str, audience: Audience, codes: list[str]) -> None:
    for read in (parse_questions, parse_glossary):
        (made,), told = read(source(f"## Who? {settings}\nNobody.\n"))
        assert (made.audience, [one.code for one in told]) == (audience, codes)


@pytest.mark.parametrize("case", cases("entries"))
def test_entries(case: dict[str, Any]) -> None:
    file, told = parse_entries(source(case["file"]))
    read = [[entry.heading, entry.body.split("\n")[0], entry.body_line] for entry in file.entries]
    assert [one for one in read if one[1]] == [one for one in case["entries"] if one[1]]
    assert [one[0] for one in read] == [one[0] for one in case["entries"]]
    assert file.title == case.get("title", "")
    assert file.introduction == case.get("introduction", "")
    if file.introduction:
        assert file.introduction_line == case["introduction_line"]
    assert [f"{one.code}:{one.place.line}:{one.place.column}" for one in told] == case.get("codes", [])
    assert all(one.message and one.hint for one in told)


@given(st.text() | LINES)
@example("## {")
@example("##\x0b## x")
def test_any_file_is_read(text: str) -> None:
    file, _ = parse_entries(source(text))
    lines = plain_lines(text).split("\n")
    for entry in file.entries:
        line = lines[entry.place.line - 1]
        assert line.startswith("##")
        assert line[entry.place.column - 1 :].startswith(entry.heading[:1])
        if entry.body:
            assert lines[entry.body_line - 1].startswith(entry.body.split("\n")[0].rstrip())


@given(LINES)
def test_nothing_is_lost(text: str) -> None:
    """Title, introduction, headings and bodies together hold every line, but for comments, fences left open apart."""
    file, _ = parse_entries(source(text))
    kept = [file.title, *file.introduction.split("\n")]
    for entry in file.entries:
        kept += [entry.heading, *entry.body.split("\n")]
    for word in ("words", " ## x"):
        if "<!--" not in text and not text.startswith("---"):
            assert sum(line == word for line in kept) == text.split("\n").count(word)


@given(st.text(alphabet='x{}#.="“”\\; ab\t'))
def test_any_heading_is_read(line: str) -> None:
    _, braces, fault = split_heading(line.strip(), 1)
    assert fault is None or fault.code in ("G114", "G128")
    if fault is None and braces.id:
        assert f"#{braces.id}" in line


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("a; b ;c", ["a", "b", "c"]),
        ("a;; b;", ["a", "b"]),
        ("comment “one; two”; x", ["comment “one; two”", "x"]),
        ('comment "one; two"; x', ['comment "one; two"', "x"]),
        ("“one; two", ["“one", "two"]),
        ("", []),
    ],
)
def test_lists(words: str, items: list[str]) -> None:
    found = split_list(words)
    assert [item for item, _ in found] == items
    assert all(words[offset:].startswith(item) for item, offset in found)
