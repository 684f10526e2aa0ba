"""The author's own HTML never crosses our wrappers: what a piece opens it closes, and it closes nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import raw_html
from builder.model.prose import Close, Element, Open, RawHtml, Run, Span
from builder.model.raw_html import nesting, pieces_of
from builder.render.raw_pieces import settled, top_level

ATTRIBUTE = raw_html._ATTRIBUTE
TAGS = ("<div>", "</div>", "<b>", "</b>", "<section class='a>b'>", "</section>", "<br>", "<!-- </div> -->", "<p>")


@st.composite
def frames(draw: st.DrawFn) -> list[object]:
    """Elements of Markdown in one another, with tags of the author's strewn among them."""
    events: list[object] = []
    depth = 0
    for choice in draw(st.lists(st.sampled_from([*TAGS, "open", "close", "words"]), max_size=24)):
        if choice == "open":
            depth += 1
            events.append(Open(Element.QUOTATION))
        elif choice == "close":
            if depth:
                depth -= 1
                events.append(Close(Element.QUOTATION))
        elif choice == "words":
            events.append(Run(Span(0, 1)))
        else:
            events.append(RawHtml(choice, block=depth == 0))
    return events + [Close(Element.QUOTATION)] * depth


@given(frames())
def test_each_piece_is_whole(events: list[object]) -> None:
    for piece in top_level(events):  # type: ignore[arg-type]
        found = nesting(piece)
        assert not found.unclosed
        assert not found.stray
        depth = 0
        for event in piece:
            depth += isinstance(event, Open) - isinstance(event, Close)
            assert depth >= 0
        assert depth == 0


@given(frames())
def test_nothing_else_is_changed(events: list[object]) -> None:
    pieces = [event for piece in top_level(events) for event in piece]  # type: ignore[arg-type]
    assert pieces == list(settled(events)[0])  # type: ignore[arg-type]
    assert [e for e in pieces if not isinstance(e, RawHtml)] == [e for e in events if not isinstance(e, RawHtml)]
    kept = [event.html for event in pieces if isinstance(event, RawHtml)]
    typed = [event.html for event in events if isinstance(event, RawHtml)]
    for html in typed:
        if not html.startswith("</"):
            assert kept.count(html) == typed.count(html)


@given(frames())
def test_twice_is_once(events: list[object]) -> None:
    once, _ = settled(events)  # type: ignore[arg-type]
    assert settled(once)[0] == once


@pytest.mark.parametrize(
    ("html", "left", "stray"),
    [
        ("<div>", ["</div>"], []),
        ("<div></div>", [], []),
        ("</div>", [], ["</div>"]),
        ("<ul><li>one<li>two</ul>", [], []),
        ("<div title='</div>'>x</div>", [], []),
        ('<div title="a>b"></div >', [], []),
        ("<DIV></div>", [], []),
        ("<img><br/><hr />", [], []),
        ("<div/>", ["</div>"], []),
        ("<script>if (a < b) '</div>'</script>", [], []),
        ("<script>1", ["</script>"], []),
        ("<!-- <div> -->", [], []),
        ("<!-- <div>", ["-->"], []),
        ("<!-->", [], []),
        ("<![CDATA[ <div> ]]>", [], []),
        ("<?php <div>", [], []),
        ("<div><b>x</div>", ["</b>"], []),
        ("a < b", [], []),
    ],
)
def test_one_block(html: str, left: list[str], stray: list[str]) -> None:
    found = nesting([RawHtml(html, block=True)])
    assert [one.closing for one in found.unclosed] == left
    assert [html[one.start : one.end] for one in found.stray] == stray


@pytest.mark.parametrize(("rest", "looked"), [("", 0), (' c="', 3), (' c="<d e=" f=\'', 5)])
def test_what_never_ends_is_sought_once(rest: str, looked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many tags are begun before it: each by itself would look through all that follows."""
    html, asked = "<a <b <c" + rest, []

    class Attribute:
        def match(self, words: str, at: int) -> object:
            asked.append(at)
            return ATTRIBUTE.match(words, at)

    monkeypatch.setattr(raw_html, "_ATTRIBUTE", Attribute())
    list(pieces_of(html + (">" if rest else "")))
    assert len(asked) == len(set(asked)) == looked


@pytest.mark.parametrize(
    ("html", "closing"),
    [
        ('<svg viewBox="0 0 1 1"><use href="#a"/><animate dur=1s /><path d/></svg>', []),
        ("<math><mspace width='1em'/></math><svg/>", []),
        ("<svg><foreignObject><div/></foreignObject></svg>", ["</div>"]),
        ("<svg><a href=b/></svg>", ["</a>"]),
        ("<svg><a href= b/></svg>", ["</a>"]),
        ("<div/>", ["</div>"]),
        ("<svg></svg><i/>", ["</i>"]),
    ],
)
def test_in_drawings_a_tag_may_close_itself(html: str, closing: list[str]) -> None:
    assert [one.closing for one in nesting([RawHtml(html, block=True)]).unclosed] == closing
