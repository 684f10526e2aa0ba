"""Whatever is typed and whatever is woven into it: a whole page, no link in a link, every mark once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.diagnostic import Place
from builder.model.prose import Prose, Span
from builder.model.site import TextSettings
from builder.model.text import RawHtmlPolicy
from builder.parse.markdown import parse_text
from builder.render import html, plain
from builder.render.decoration import Decoration, MarkPoint, TermSpan
from builder.render.weave import weave
from tests.weave.bare import BARE
from tests.weave.test_laws import unmarked
from tests.weave.test_marks import note, term, tie

TYPED = ["a", "b c", "*", "**", "_", "`", "[", "]", "(", ")", "!", "![", "](x.png)", "](y)", "{.x}", "[^1]", "[[", "]]",
         "<b>", "</b>", "<a href='x'>", "</a>", "<i>", "<div>", "<!--", "-->", "&amp;", "\\", "[@k", "; @l", '"', "'",
         "--", ".", ")", "é", "\n", "\n\n", "  ", "    ", "\t", "- ", "1. ", "> ", "# ", "| ", "\n|---|---|\n", ": ",
         "\n[^1]: ", "~~~", "===", "---"]  # fmt: skip
SOURCES = st.lists(st.sampled_from(TYPED), max_size=40).map("".join)
SPOTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from([note, term, "tie"])), max_size=5)
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*?(/?)>")


def decorated(prose: Prose, spots: list[tuple[int, int, object]]) -> list[Decoration]:
    end = prose.main.end
    made: list[Decoration] = []
    for number, (one, other, make) in enumerate(spots):
        span = Span(*sorted((min(one, end), min(other, end))))
        if make is note:
            made.append(note(span, number))
        elif make is term:
            made.append(term(span, number))
        else:
            made.append(tie(span, chr(ord("A") + number)))
    return made


def nesting(page: str) -> None:
    """Every tag is closed in turn, and no link stands in a link."""
    still_open: list[str] = []
    for closing, name, alone in _TAG.findall(page):
        if closing:
            assert still_open, page
            assert still_open.pop() == name, page
        elif not alone and name not in ("br", "img"):
            assert name != "a" or "a" not in still_open, page
            still_open.append(name)
    assert still_open == [], page


@pytest.mark.parametrize("policy", [RawHtmlPolicy.CLEAN, RawHtmlPolicy.ESCAPE])
@given(source=SOURCES, spots=SPOTS)
@settings(max_examples=250, deadline=None)
def test_the_page_is_whole(policy: RawHtmlPolicy, source: str, spots: list[tuple[int, int, object]]) -> None:
    asked = TextSettings("x.md", Place("x.md"), typography=True, references=True, dek=True, raw_html=policy)
    prose, _ = parse_text(source, path="x.md", settings=asked)
    decorations = decorated(prose, spots)
    woven = weave(prose, prose.frame, decorations)
    page = html.write(woven, prose, BARE)
    nesting(page)
    assert unmarked(page) == unmarked(html.write(prose.frame, prose, BARE))
    assert plain.write(woven, prose) == prose.words(prose.main)
    marks = sorted(event.decoration.mark_id for event in woven if isinstance(event, MarkPoint))
    assert marks == sorted(one.mark_id for one in decorations if not isinstance(one, TermSpan))
