"""Headings written anew: what is meant is said, and every other character stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.diagnostic import Place
from builder.model.note import Selector
from builder.model.site import Source
from builder.parse.entries import parse_entries, plain_lines
from builder.parse.rewrite import Change, Sort, rewrite
from builder.parse.selectors import read_blocks

from .tables import cases


def wanted(words: str, *, within: str = "", prefix: str = "", suffix: str = "") -> Selector:
    blocks = read_blocks(words)
    pieces = tuple(part.strip() for part in words.split(" … "))
    return Selector(words, () if blocks else (pieces,), Place(""), blocks, within, prefix, suffix)


@pytest.mark.parametrize("case", cases("rewrite"))
def test_what_a_line_becomes(case: dict[str, object]) -> None:
    settings = {name: str(case.get(name, "")) for name in ("within", "prefix", "suffix")}
    change = Change(
        Sort(str(case.get("sort", "note"))),
        1,
        int(str(case.get("index", 0))),
        wanted(str(case["words"]), **settings),
        str(case.get("id", "")),
        str(case.get("typed", "")),
    )
    text, refused = rewrite(str(case["line"]), [change])
    assert text == case.get("becomes", case["line"])
    assert bool(refused) is ("becomes" not in case)


def test_two_sides_of_one_heading_and_a_file_as_it_was_typed() -> None:
    typed = "\ufeff## a “one” -> b ¶2 «two» {.answers}  \r\nBody \r\n<!-- ## no\r\n-->\r```\n## nor this\n```\n##\tlast"
    changes = [
        Change(Sort.CROSSREF, 1, 1, wanted("second", within="p3"), "x"),
        Change(Sort.CROSSREF, 1, 0, wanted("first"), "x"),
        Change(Sort.NOTE, 8, 0, wanted("the end"), "last"),
    ]
    text, refused = rewrite(typed, changes)
    assert refused == ()
    assert text == (
        "\ufeff## a “first” -> b ¶3 «second» {#x .answers}  \r\nBody \r\n<!-- ## no\r\n-->\r```\n## nor this\n```\n"
        "##\tthe end {#last}"
    )


LINES = st.lists(
    st.one_of(
        st.sampled_from(["", "text", "```", "<!-- x", "-->", "# A title", "### no", "| a | b |", " ## near", "---"]),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=12),
    ),
    max_size=6,
)
WORDS = st.one_of(
    st.text("abc “”\"'{}#.=¶4p;→|*_\\`[]()…-", min_size=1, max_size=14), st.sampled_from(["title", "¶4", "*", "p4-6"])
)
BRACES = st.sampled_from(["", " {}", " {#x .y}", " {.y in=\"¶4\"  before='a\\'b'}", " {after=“c”}\t", " { #x }  "])


@given(LINES, st.text("ab “”*{}", min_size=1), BRACES, LINES, WORDS, st.sampled_from(["", 'a"b', "c\\d}"]), st.data())
def test_only_the_heading_changes_and_it_says_what_is_meant(
    before: list[str], heading: str, braces: str, after: list[str], words: str, prefix: str, data: st.DataObject
) -> None:
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    typed = end.join([*before, f"## {heading}{braces}", *after]) + data.draw(st.sampled_from(["", end]))
    within = data.draw(st.sampled_from(["", "p5", "fn1"]))
    words = " ".join(words.split()) or "w"
    meant = Selector(words, ((words,),), Place(""), "", within, " ".join(prefix.split()), "")
    old = parse_entries(Source("f", plain_lines(typed), ""))[0].entries
    for index, entry in enumerate(old):
        text, refused = rewrite(typed, [Change(Sort.NOTE, entry.place.line, 0, meant, "made")])
        if refused:
            assert text == typed
            continue
        new = parse_entries(Source("f", plain_lines(text), ""))[0].entries
        assert [*old[:index], *old[index + 1 :]] == [*new[:index], *new[index + 1 :]]
        assert (new[index].body, new[index].classes) == (entry.body, entry.classes)
        assert new[index].id == (entry.id or "made")
        lines, were = text.split(end), typed.split(end)
        assert [pair for pair in enumerate(zip(lines, were, strict=True)) if pair[1][0] != pair[1][1]][1:] == []


def test_a_heading_with_a_fault_is_left_as_it_is() -> None:
    for typed in ("## words {#a #b}", "##", "no heading", "## words {in=¶4}", "## words {.a} more"):
        change = Change(Sort.NOTE, 1, 0, wanted("others"))
        assert rewrite(typed, [change]) == (typed, (change,))
