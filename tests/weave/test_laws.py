"""The laws of weaving: nothing woven is markdown-it's own HTML; unmarked it is that again; nothing is lost."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.diagnostic import Place
from builder.model.prose import Prose, Span
from builder.model.site import TextSettings
from builder.model.text import RawHtmlPolicy
from builder.parse.dialect import parser
from builder.parse.markdown import parse_text
from builder.render import html, plain
from builder.render.decoration import Decoration, MarkPoint, NoteSpan, TermSpan, TieSpan
from builder.render.ink import Ink
from builder.render.weave import lanes, weave

BARE = Ink("", False, lambda _: ("", ""), lambda _: ("", "", ""), lambda src: src, lambda _, __: ("", "", "", ""))

PIECES = st.sampled_from(
    [
        "word", "two words", "*em*", "**strong**", "`code`", "[link *with* em](https://example.org)", "a\nbreak",
        "hard  \nbreak", "“quoted.”", "semi;", "(in brackets)", "& < >", "émigré", "😀", "***both***", "x" * 30,
    ]
)  # fmt: skip
LINES = st.lists(PIECES, min_size=1, max_size=6).map(" ".join)
BLOCKS = st.one_of(
    LINES,
    LINES.map(lambda words: f"# {words.replace(chr(10), ' ')}"),
    LINES.map(lambda words: "\n".join(f"> {line}" for line in words.split("\n"))),
    st.lists(LINES.map(lambda words: words.replace("\n", " ")), min_size=1, max_size=3).map(
        lambda items: "\n".join(f"- {item}" for item in items)
    ),
    LINES.map(lambda words: f"| a | b |\n|---|--:|\n| {words.replace(chr(10), ' ').replace('|', '')} | |"),
    LINES.map(lambda words: f"```\n{words}\n```"),
    st.just("![a picture](x.png)"),
    st.just("---"),
)
SOURCES = st.lists(BLOCKS, min_size=1, max_size=6).map("\n\n".join)


def prose_of(source: str) -> Prose:
    prose, _ = parse_text(source, path="x.md", settings=TextSettings("x.md", Place("x")))
    return prose


@st.composite
def woven_sources(draw: st.DrawFn) -> tuple[str, list[Decoration]]:
    source = draw(SOURCES)
    length = prose_of(source).main.end
    decorations: list[Decoration] = []
    spots = st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted)
    for index, (start, end) in enumerate(draw(st.lists(spots, max_size=8))):
        span = Span(start, end)
        name = f"n{index}"
        match draw(st.integers(0, 2)):
            case 0:
                decorations.append(
                    NoteSpan(span, name, f"ref-{name}", f"#note-{name}", str(index), "note", "context", "context",
                             str(index), highlight=False)
                )  # fmt: skip
            case 1:
                decorations.append(TieSpan(span, name, f"xref-{name}-1", f"#xref-{name}-2", "A", "tie"))
            case _:
                decorations.append(TermSpan(span, name, f"occ-{name}-1", f"glossary.html#term-{name}"))
    return source, decorations


def apart(decorations: list[Decoration]) -> list[Decoration]:
    """The decorations with terms that don't overlap: the gloss never gives others."""
    kept: list[Decoration] = []
    reached = 0
    for one in sorted(decorations, key=lambda one: (one.span.start, one.span.end)):
        if isinstance(one, TermSpan):
            if one.span.start < reached or not len(one.span):
                continue
            reached = one.span.end
        kept.append(one)
    return kept


_WOVEN = re.compile(
    r'<mark class="hl[^>]*>|</mark>|<a class="(?:ref|tie)[^>]*>[^<]*</a>|<span class="(?:tp|k-)[^>]*>|'
    r'<a class="term"[^>]*>'
)


def unmarked(page: str) -> str:
    """The page without what weaving adds. Closing tags are matched with what they close."""
    out: list[str] = []
    ours: list[bool] = []
    last = 0
    page = re.sub(r'<a class="(?:ref|tie)[^>]*>[^<]*</a>', "", page)
    for tag in re.finditer(r"<(/?)(mark|span|a)\b([^>]*)>", page):
        out.append(page[last : tag.start()])
        last = tag.end()
        if tag[1]:
            if not ours.pop():
                out.append(tag[0])
            continue
        mine = bool(re.match(r' class="(?:hl|tp|k-|term)', tag[3]))
        ours.append(mine)
        if not mine:
            out.append(tag[0])
    out.append(page[last:])
    return "".join(out)


@given(SOURCES)
@settings(max_examples=150, deadline=None)
def test_nothing_woven_is_markdown_its_own_html(source: str) -> None:
    prose = prose_of(source)
    md = parser(references=False, raw_html=RawHtmlPolicy.KEEP)
    expected = re.sub(r' style="text-align:(\w+)"', r' class="a-\1"', md.render(source))
    assert html.write(weave(prose, prose.frame, ()), prose, BARE) == expected


@given(woven_sources())
@settings(max_examples=300, deadline=None)
def test_unmarked_it_is_the_plain_page_again(case: tuple[str, list[Decoration]]) -> None:
    source, decorations = case
    prose = prose_of(source)
    page = html.write(weave(prose, prose.frame, apart(decorations)), prose, BARE)
    assert unmarked(page) == html.write(prose.frame, prose, BARE)


@given(woven_sources())
@settings(max_examples=200, deadline=None)
def test_the_pages_text_is_the_sources(case: tuple[str, list[Decoration]]) -> None:
    source, decorations = case
    prose = prose_of(source)
    woven = weave(prose, prose.frame, apart(decorations))
    assert plain.write(woven, prose) == prose.words(prose.main)
    page = re.sub(r'<a class="(?:ref|tie)[^>]*>[^<]*</a>', "", html.write(woven, prose, BARE))
    words = unescape(re.sub(r"<[^>]*>", "", page))
    assert "".join(words.split()) == "".join(prose.words(prose.main).split())


@given(woven_sources())
@settings(max_examples=300, deadline=None)
def test_every_mark_stands_once_and_no_link_in_a_link(case: tuple[str, list[Decoration]]) -> None:
    source, decorations = case
    prose = prose_of(source)
    woven = weave(prose, prose.frame, apart(decorations))
    marks = sorted(event.decoration.mark_id for event in woven if isinstance(event, MarkPoint))
    assert marks == sorted(one.mark_id for one in decorations if not isinstance(one, TermSpan))
    page = html.write(woven, prose, BARE)
    depth = 0
    for tag in re.finditer(r"<(/?)a\b", page):
        depth += -1 if tag[1] else 1
        assert depth in (0, 1), page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=12))
def test_a_lane_is_never_shared(places: list[tuple[int, int]]) -> None:
    notes = [
        NoteSpan(Span(start, start + length), f"n{i}", f"ref-n{i}", "", "", "", "", "", "", highlight=False)
        for i, (start, length) in enumerate(places)
    ]
    assigned = lanes(notes)
    for one in notes:
        for other in notes:
            if one is not other and assigned[one] and one.span.meets(other.span):
                assert assigned[one] != assigned[other]
