"""HTML that is kept: without comments and what may never work; what has no effect is told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from builder.model.diagnostic import Place, Severity
from builder.model.prose import RawHtml
from builder.model.site import TextSettings
from builder.model.text import RawHtmlPolicy
from builder.parse.inert import kept, open_comment
from builder.parse.markdown import parse_body, parse_text

CASES = tomllib.loads((Path(__file__).parent / "tables" / "kept.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_what_is_kept(case: dict[str, Any]) -> None:
    html, told = kept(case["html"])
    assert html == case["kept"]
    assert (open_comment(case["html"]) < 0) == case.get("closed", True)
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


@pytest.mark.parametrize("policy", [RawHtmlPolicy.KEEP, RawHtmlPolicy.CLEAN])
def test_an_open_comment_of_a_text_is_an_error(policy: RawHtmlPolicy) -> None:
    """Else all that follows would be lost with a warning."""
    manner = TextSettings("f", Place("f"), raw_html=policy)
    _, told = parse_text(
        "a\n\n- <!-- b\n\n  c\n\n<p>d <!-- e\n\n  <!-- f -->\n\n <!-- g\n\nh\n", path="f", settings=manner
    )
    shown = [(one.severity, one.code, one.place.line, one.place.column, one.message[-26:]) for one in told]
    assert shown == [
        (Severity.ERROR, "G139", 3, 3, "it, to line 5, would be shown"[-26:]),
        (Severity.ERROR, "G139", 7, 6, "it, to line 7, would be shown"[-26:]),
        (Severity.ERROR, "G139", 11, 2, "text (line 13), would be shown"[-26:]),
    ]


@pytest.mark.parametrize(
    ("body", "codes"),
    [("a\n\n<!-- b\n\nc", []), ("- <!-- b\n- c", ["G139"]), ("- a\n\n  <!-- b\n\nc -->", ["G139"])],
)
def test_an_open_comment_of_an_entry_is_told_once(body: str, codes: list[str]) -> None:
    """Whoever reads entries tells of one that begins a line and swallows the rest of the file."""
    _, told = parse_body(body, path="f", line=1)
    assert [one.code for one in told] == codes


def test_a_tag_without_its_other_is_told_where_it_stands() -> None:
    source = "a b </title> c\n\n> d\n> e <i> f\n\n  <div>\n"
    _, told = parse_body(source, path="f", line=1, raw_html=RawHtmlPolicy.KEEP)
    found = [(one.code, one.place.line, one.place.column) for one in told]
    assert sorted(found) == [("G141", 1, 5), ("G141", 4, 5), ("G141", 6, 3)]


def test_what_is_removed_is_told_where_it_stands() -> None:
    source = "a <b>b</b>\nc <script>d</script> <iframe>\n\n> e <object>\n\n  <div>\n  <script>f</script></div>\n"
    _, told = parse_body(source, path="f", line=1)
    assert [(one.code, one.place.line, one.place.column) for one in told] == [
        ("G130", 2, 3),
        ("G130", 4, 5),
        ("G130", 6, 3),
    ]
