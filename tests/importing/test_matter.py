"""Front matter: what is read of it, and that the rest is kept as it was typed."""

from __future__ import annotations

import datetime
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.incoming import Facts, Incoming, Refused
from builder.parse.incoming.facts import day, tag
from builder.parse.incoming.markdown import read_markdown
from builder.parse.incoming.yaml import read_yaml
from builder.parse.toml_written import toml_table, toml_value

VALUES: list[tuple[str, tuple[str, ...] | None]] = [
    ("word", ("word",)),
    ("two words # and a remark", ("two words",)),
    ("C# and a#b", ("C# and a#b",)),
    ("https://example.org/a#b", ("https://example.org/a#b",)),
    ('"a: b # c"', ("a: b # c",)),
    (r'"tab\t quote\" é"', ('tab\t quote" é',)),
    ("'it''s'", ("it's",)),
    ("", ()),
    ("~", ()),
    ("null", ()),
    ("[a, 'b, c', \"d\"]", ("a", "b, c", "d")),
    ("[]", ()),
    ("\n  - a\n  - 'b: c'", ("a", "b: c")),
    ("\n- a\n- b", ("a", "b")),
    ("|\n  one\n  two", ("one\ntwo",)),
    (">-\n  one\n  two", ("one two",)),
    ("one\n  two", ("one two",)),
    ("2021-08-04", ("2021-08-04",)),
    ("\n  a: b", None),
    ("{a: b}", None),
    ("&x y", None),
    ("*x", None),
    ("!!str y", None),
    ("[a, [b]]", None),
    ("\n  - a: b", None),
    ("a: b", None),
    ('"left open', None),
]


@pytest.mark.parametrize(("typed", "values"), VALUES)
def test_values_of_yaml(typed: str, values: tuple[str, ...] | None) -> None:
    found = read_yaml(f"key: {typed}\nnext: 1".split("\n"), 2)
    assert not isinstance(found, Refused)
    assert [one.key for one in found] == ["key", "next"]
    assert (found[0].values if found[0].read else None) == values
    assert "".join(found[0].typed.split()) == "".join(typed.split())


@pytest.mark.parametrize("lines", [[], ["# a remark", ""]])
def test_front_matter_that_sets_nothing(lines: list[str]) -> None:
    assert read_yaml(lines, 2) == ()


@pytest.mark.parametrize("line", ["no setting", "- item", ": x", "? x", "%YAML 1.2", "{a: b}", "a:b"])
def test_lines_that_are_no_setting_are_refused_with_their_place(line: str) -> None:
    found = read_markdown(f"---\ntitle: x\n{line}\n---\nwords")
    if line == "- item":
        assert isinstance(found, Incoming)
        assert ("title", "x\n- item") in found.homeless or found.facts.title
        return
    assert isinstance(found, Refused)
    assert found.line == 3


FACTS = [
    ("title: A\nheadline: A", Facts(title="A"), ()),
    ("title: A\nheadline: B", Facts(title="A"), (("headline", "B"),)),
    ("headline: B\ntitle: A", Facts(title="A"), (("headline", "B"),)),
    ("date: 4 August 2021", Facts(), (("date", "4 August 2021"),)),
    ("Date: 2021-08", Facts(date="2021-08"), ()),
    ("url: javascript:alert(1)", Facts(), (("url", "javascript:alert(1)"),)),
    ("source: javascript:alert(1)", Facts(), (("source", "javascript:alert(1)"),)),
    ("source: The Daily Bell", Facts(source="The Daily Bell"), ()),
    ("lang: en_GB.UTF-8", Facts(language="en-GB"), ()),
    ("language: English language", Facts(), (("language", "English language"),)),
    (
        "canonical_url: https://e.org/x\nurl: https://e.org/y",
        Facts(source="https://e.org/x"),
        (("url", "https://e.org/y"),),
    ),
    ("empty:\ncategories: [a]", Facts(), (("categories", "[a]"),)),
    ("tags:", Facts(), ()),
    ("tags: {a: b}", Facts(), (("tags", "{a: b}"),)),
]


@pytest.mark.parametrize(("matter", "facts", "homeless"), FACTS)
def test_what_becomes_a_setting(matter: str, facts: Facts, homeless: tuple[tuple[str, str], ...]) -> None:
    found = read_markdown(f"---\n{matter}\n---\n\nWords.\n")
    assert isinstance(found, Incoming)
    assert (found.facts, found.homeless, found.markdown) == (facts, homeless, "Words.\n")


TAGS = [
    ('tags: [fox, "hens, old"]', ("fox", "hens, old")),
    ("tags:\n  - fox\n  - fox", ("fox",)),
    ("Keywords: fox, old hens", ("fox", "old hens")),
    ("tags: fox", ("fox",)),
]


@pytest.mark.parametrize(("matter", "words"), TAGS)
def test_what_becomes_tags(matter: str, words: tuple[str, ...]) -> None:
    found = read_markdown(f"---\n{matter}\n---\n\nWords.\n")
    assert isinstance(found, Incoming)
    assert [one.words for one in found.tags] == [words]
    assert found.homeless == ()


@given(st.text(max_size=200))
def test_front_matter_never_ends_in_a_traceback(matter: str) -> None:
    for fence in ("---", "+++"):
        read_markdown(f"{fence}\na: b\n{matter}\n{fence}\nwords")


PLAIN = st.text(st.characters(exclude_categories=["Cs"]))
TREES = st.recursive(
    st.one_of(PLAIN, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.dates(datetime.date(1, 1, 1))),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(PLAIN, inner, max_size=3)),
    max_leaves=8,
)


@given(TREES)
def test_toml_is_read_as_it_was_written(value: object) -> None:
    assert tomllib.loads(f"x = {toml_value(value)}") == {"x": value}


@given(PLAIN, st.lists(PLAIN.map(lambda one: one.replace("\r", "")), max_size=2))
def test_a_table_is_read_as_it_was_written(value: str, remarks: list[str]) -> None:
    written = toml_table("[[text]]", [("file", value)], remarks)
    assert tomllib.loads(written) == {"text": [{"file": value}]}


DAYS = [("2021", "2021"), ("2021-08-04T10:00:00Z", "2021-08-04"), ("2021-13", ""), ("x", ""), ("20210804", "")]


@pytest.mark.parametrize(("words", "expected"), DAYS)
def test_days(words: str, expected: str) -> None:
    assert day(words) == expected


def test_tags() -> None:
    assert [tag(one) for one in ("en", "en_US", "zh-Hant", "not a tag", "")] == ["en", "en-US", "zh-Hant", "", ""]
