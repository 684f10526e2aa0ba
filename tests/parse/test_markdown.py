"""Markdown -> Prose: blocks and words as read, references in their places, typography, HTML, bounds."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.diagnostic import Place
from builder.model.prose import Break, Close, FootnoteMark, Image, Open, Reference, Run
from builder.model.site import TextSettings
from builder.model.text import RawHtmlPolicy
from builder.parse.markdown import local_pictures, parse_body, parse_inline, parse_text, plain_words
from builder.render import html, plain
from tests.parse.tables import cases
from tests.weave.bare import BARE

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.prose import Prose

PATH = "fox.md"


def text(source: str, **kept: Any) -> tuple[Prose, tuple[Diagnostic, ...]]:
    return parse_text(source, path=PATH, settings=TextSettings(PATH, Place(PATH), **kept))


@pytest.mark.parametrize("case", cases("prose"))
def test_a_text(case: dict[str, Any]) -> None:
    prose, told = text(case["source"], dek=case.get("dek", False))
    assert prose.content == case["content"]
    assert prose.words(prose.main) == case.get("main", case["content"])
    shown = [f"{one.id} {one.kind.value} {one.line} {prose.words(one.span)}" for one in prose.blocks]
    assert shown == case["blocks"]
    notes = [f"{one.label} {one.block.id} {one.block.line} {prose.words(one.block.span)}" for one in prose.footnotes]
    assert notes == case.get("footnotes", [])
    assert [f"{one.code} {one.place.line}" for one in told] == case.get("told", [])


@pytest.mark.parametrize("case", cases("references"))
def test_references(case: dict[str, Any]) -> None:
    prose, told = parse_body(case["source"], path=PATH, line=10, column=3)
    found = [event for event in prose.frame if isinstance(event, Reference)]
    shown = [f"{one.kind.value}|{one.target}|{one.words or ''}|{one.line}|{one.column}" for one in found]
    assert shown == case["references"]
    assert prose.content == case["content"]
    assert told == ()


@pytest.mark.parametrize("case", cases("typography"))
def test_typography(case: dict[str, Any]) -> None:
    prose, _ = text(case["source"], typography=True)
    assert prose.content == case["content"]


@pytest.mark.parametrize("case", cases("html"))
def test_cleaned_html(case: dict[str, Any]) -> None:
    prose, told = text(case["source"], raw_html=RawHtmlPolicy.CLEAN)
    assert html.write(prose.frame, prose, BARE) == case["page"]
    removed = [one.message.removeprefix("HTML was removed: ") for one in told]
    assert removed == ([case["removed"]] if "removed" in case else [])


def test_escaped_html_is_words() -> None:
    prose, _ = text("<b>a</b>", raw_html=RawHtmlPolicy.ESCAPE)
    assert prose.content == "<b>a</b>"


def test_references_only_where_a_text_asks_for_them() -> None:
    assert text("See [[a]].")[0].content == "See [[a]]."
    assert text("See [[a]].", references=True)[0].content == "See ."


def test_a_line_is_one_paragraph() -> None:
    for source in ("- a", "# a", "> a", "1. a", "    a", "| a |"):
        prose, _ = parse_inline(source, path=PATH, line=4)
        assert [type(event) for event in prose.frame] == [Open, Run, Close]
        assert prose.content.split() == source.split()


@given(st.text("aé漢9 .,:;!?'\"()-—|~^#=+@$%>}/\u0301\u00ad", max_size=30).map("A{}".format))
def test_words_alone_are_read_as_markdown_reads_them(words: str) -> None:
    """With a line's end after them they are no words alone, and Markdown is asked."""
    assert parse_body(words, path="x.md", line=3) == parse_body(f"{words}\n", path="x.md", line=3)


STARRED = ("a", "é ", "漢", "9", " ", "*", "*", " *b*", "(*c d*)", "*.", "’", "…", "–", "-", "?", "$", "\u0301", "1.")


@given(st.lists(st.sampled_from(STARRED), max_size=12).map(lambda parts: f"A{''.join(parts)}"))
@settings(max_examples=500, deadline=None)
def test_words_between_stars_are_read_as_markdown_reads_them(words: str) -> None:
    assert parse_body(words, path="x.md", line=3) == parse_body(f"{words}\n", path="x.md", line=3)


@given(st.lists(st.sampled_from((*STARRED, "\n\n", "# ", "> ", "- ", "| a |\n|-|\n", "!", ":", "|", "~")), max_size=14))
@settings(max_examples=300, deadline=None)
def test_a_block_without_markup_is_read_as_by_all_rules(parts: list[str]) -> None:
    source = "".join(parts)
    quick = text(source, typography=True)
    with patch("builder.parse.effort._MARKUP", str.strip):  # whatever has words has markup
        assert text(source, typography=True) == quick


@pytest.mark.parametrize("words", ["One (*two*).", "A *b c* d *e*"])
def test_markdown_is_not_asked_of_words_between_stars(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.parse.markdown.parser", None)
    prose, _ = parse_body(words, path="x.md", line=3)
    assert prose.content == words.replace("*", "")


def test_plain_words() -> None:
    assert plain_words("the *right* `way` [there](x) \\* ![no](y.png)<b>!</b>") == "the right way there * !"


def test_local_pictures() -> None:
    source = "![](a.png) ![](https://b.org/c.png) ![](//d.org/e.png) ![](a.png)[^1]\n\n[^1]: ![](f/g.png)"
    assert local_pictures(text(source)[0]) == ("a.png", "f/g.png")


LETTERS = st.text(st.sampled_from("ab *_[]()!`<>#-|:{}.^~\\\"'&;\n\t1@"), max_size=60)


@given(LETTERS)
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_ends_in_a_whole_frame(source: str) -> None:
    """Elements close in turn, spans follow one another, blocks lie in the content, and nothing is read twice."""
    for prose in (
        text(source, typography=True, raw_html=RawHtmlPolicy.CLEAN)[0],
        parse_body(source, path="", line=1)[0],
    ):
        reached = 0
        for frame in (prose.frame, *(footnote.frame for footnote in prose.footnotes)):
            still_open = []
            for event in frame:
                if isinstance(event, Open):
                    still_open.append(event.element)
                elif isinstance(event, Close):
                    assert still_open.pop() is event.element
                elif isinstance(event, (Run, Break)):
                    assert reached <= event.span.start < event.span.end <= len(prose.content)
                    assert not prose.content[reached : event.span.start].strip()
                    reached = event.span.end
                elif isinstance(event, FootnoteMark):
                    assert event.index < len(prose.footnotes)
            assert still_open == []
        assert not prose.content[reached:].strip()
        assert [one.number for one in prose.blocks if one.number] == [
            n + 1 for n in range(sum(one.number is not None for one in prose.blocks))
        ]
        assert plain.write(prose.frame, prose) == prose.words(prose.main)


TANGLES = {
    "quotations": ">" * 100_000,
    "lists": "- " * 50_000 + "a",
    "brackets": "[" * 100_000,
    "closed brackets": "[" * 50_000 + "]" * 50_000,
    "pictures": "![" * 100_000,
    "pictures in pictures": "![" * 500 + "](a)" * 500,
    "passages": "[[" * 50_000,
    "citations": "[@a, " * 50_000,
    "lazy lines": ">" * 80 + "a\n" * 20_000,
    "footnote calls": "[^a]: b\n\n" + "[^a" * 50_000,
    "brackets before stars": "[" * 80 + "*" * 100_000,
    "spans": "[" * 5_000 + "]{.a}" * 5_000,
    "emphasis": "*a **a " * 20_000,
    "quotation marks": '"' * 100_000,
    "braces": "{#" * 50_000,
    "tags": "<a " * 50_000,
}


@pytest.mark.parametrize("name", TANGLES)
def test_tangles_end_in_a_page_or_are_told(name: str) -> None:
    started = process_time()
    prose, told = text(TANGLES[name], typography=True, references=True)
    assert prose.content or [one.code for one in told] == ["G120"]
    assert process_time() - started < 10


def test_a_tangled_line_keeps_its_words() -> None:
    prose, told = parse_inline("[" * 100_000, path=PATH, line=3)
    assert [(one.code, one.place.line) for one in told] == [("G120", 3)]
    assert prose.content == "[" * 100_000


def test_pictures_are_kept_where_they_stand() -> None:
    prose, _ = text("a ![b *c*](d.png 'e'){.f}")
    assert [event for event in prose.frame if isinstance(event, Image)] == [
        Image("d.png", "b c", "e", (("class", "f"),))
    ]
