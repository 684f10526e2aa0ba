"""HTML that is kept: without comments and what may never work; what has no effect is told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from builder.model.prose import RawHtml
from builder.model.text import RawHtmlPolicy
from builder.parse.inert import kept
from builder.parse.markdown import parse_body

CASES = tomllib.loads((Path(__file__).parent / "tables" / "kept.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_what_is_kept(case: dict[str, Any]) -> None:
    html, closed, told = kept(case["html"])
    assert html == case["kept"]
    assert closed == case.get("closed", True)
    assert [f"{line}:{column} {thing}" for line, column, thing in told] == case.get("told", [])


@pytest.mark.parametrize("policy", RawHtmlPolicy)
def test_a_comment_changes_nothing_else(policy: RawHtmlPolicy) -> None:
    """A text is read with its comments as it is without them, but for the places where they stood."""
    prose, told = parse_body("a <!-- b -->c\n\n<!-- d\n\nd -->\n\ne", path="f", line=1, raw_html=policy)
    assert prose.content == "a c\n\ne"
    assert not any(raw.html.strip() for raw in prose.events(RawHtml))
    assert not told


def test_what_is_no_comment_alone_is_shown() -> None:
    """Where HTML is shown, what follows a comment on its line is shown too, and so is a comment that isn't closed."""
    source = "<!-- a --> <b>c\n\n<!--> <i>d</i> -->\n\n`<!-- e -->` <!-- f"
    prose, _ = parse_body(source, path="f", line=1, raw_html=RawHtmlPolicy.ESCAPE)
    assert prose.content == "<b>c\n\n<i>d</i> -->\n\n<!-- e --> <!-- f"
    assert not any(prose.events(RawHtml))


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("- <!-- a\nb -->", ""),  # the second line belongs to the item's words
        ("- <!-- a\n\n  b -->\n  c", "c"),
        ("    <!-- a -->", "<!-- a -->\n"),
        ("a\n<!-- b -->\nc", "a\n\nc"),
    ],
)
def test_comments_where_html_is_shown(source: str, read: str) -> None:
    prose, _ = parse_body(source, path="f", line=1, raw_html=RawHtmlPolicy.ESCAPE)
    assert prose.content == read


def test_an_open_comment_is_told() -> None:
    _, told = parse_body("a\n\n<!-- b\n\nc", path="f", line=1, raw_html=RawHtmlPolicy.KEEP)
    assert [(one.code, one.place.line) for one in told] == [("G141", 3)]


def test_a_tag_without_its_other_is_told_where_it_stands() -> None:
    source = "a b </title> c\n\n> d\n> e <i> f\n\n  <div>\n"
    _, told = parse_body(source, path="f", line=1, raw_html=RawHtmlPolicy.KEEP)
    found = [(one.code, one.place.line, one.place.column) for one in told]
    assert sorted(found) == [("G141", 1, 5), ("G141", 4, 5), ("G141", 6, 3)]
