"""A prose's frame and the points between its characters -> the elements of TEI that hold its words.

What TEI's `body` holds as characters is the text as read: pictures have their words in `figDesc`, footnotes theirs in
`note`, tags that an author typed as HTML leave nothing, and a whole block of HTML leaves a `gap`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.model.prose import (
    Break,
    Close,
    Element,
    FootnoteMark,
    Image,
    Open,
    RawHtml,
    Reference,
    ReferenceKind,
    Rule,
    Run,
)
from builder.model.value import value_class
from builder.render.citations import is_citation
from builder.render.html_marks import own_ids
from builder.render.tei_plan import occurrence_id
from builder.render.tei_tags import ALWAYS, HOLDS_BLOCKS, TAGS, UNMARKED
from builder.render.xml import uri, xml_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.prose import Block, Event, Fields, Prose
    from builder.render.tei_plan import Plan
    from builder.render.tei_points import Points
    from builder.render.xml import Xml


@value_class(frozen=True, slots=True)
class Hand:
    """What one prose is written with."""

    xml: Xml
    plan: Plan
    prose: Prose
    points: Points
    owner: str
    """Whose prose it is, as an NCName: `letter`, `note-ferry`."""
    joint: str
    """What stands between that and the id of a block or a footnote: `letter-p4`, `note-ferry.fn1`."""
    called: set[int]
    """The footnotes that stand already, by their indexes."""

    def id_of(self, block: Block) -> str:
        """The id of one of its blocks, or of a footnote."""
        return f"{self.owner}{self.joint}{block.id}"


def hand(xml: Xml, plan: Plan, prose: Prose, name: str, owner: str) -> Hand:
    """What the prose of this name is written with; `owner` is whose it is."""
    joint = "-" if name.startswith("text:") else "."
    return Hand(xml, plan, prose, plan.points(prose, name), xml_name(owner), joint, set())


class FrameWriter:
    """Writes events of one frame, whole elements at a time."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._xml = hand.xml
        self._inline: list[tuple[str, dict[str, str]]] = []
        self._labelled: list[bool] = []
        """Of each open list of definitions, whether a word waits for its definition: TEI has label and item in turn."""
        self._verse = self._term = False
        self._bare_code = False
        self._events: Sequence[Event] = ()

    def write(self, events: Sequence[Event]) -> None:
        """Write them."""
        self._events = events
        for index, event in enumerate(events):
            _WRITE[type(event)](self, event, index)  # type: ignore[operator]

    def attributes(self, event: Open) -> dict[str, str]:
        """The block's id and number, the author's own classes, and whether an ordered list begins otherwise."""
        made = dict(ALWAYS.get(event.element, {}))
        if event.block is not None and self._hand.prose.blocks:
            block = self._hand.prose.blocks[event.block]
            made["xml:id"] = self._hand.id_of(block)
            made["n"] = str(block.number or "")
        elif event.element is Element.ORDERED_LIST:
            made["n"] = event.field("start") or ""
        if event.element is Element.CODE_BLOCK:
            made["subtype"] = next(iter((event.field("info") or "").split()), "")
            made["xml:space"] = "preserve"
        if event.element is Element.HEADING:
            made["subtype"] = f"h{event.field('level') or 1}"
        rend = [made.get("rend", ""), event.field("align") or "", *(event.field("class") or "").split()]
        made["rend"] = " ".join(filter(None, rend))
        return made

    def spot(self, event: Open) -> None:
        """The author's own id, where the element has another; the addresses that led to the block before."""
        if own := event.field("id"):
            self._xml.empty("anchor", {"xml:id": self._own(own)})
        if event.block is not None and self._hand.prose.blocks:
            for alias in self._hand.prose.blocks[event.block].aliases:
                self._xml.empty("anchor", {"xml:id": f"{self._hand.owner}{self._hand.joint}{alias}"})

    def _own(self, id: str) -> str:
        return f"{self._hand.owner}.own.{xml_name(id)}"

    def _open(self, event: Open, index: int) -> None:
        element = event.element
        if element in UNMARKED:
            return
        if element.inline:
            self._open_inline(event, index)
            return
        if element is Element.DEFINED:
            self._labelled[-1] = True
        elif element is Element.DEFINITION:
            if not self._labelled[-1]:
                self._xml.empty("label")
            self._labelled[-1] = False
        self._xml.open(TAGS[element], self.attributes(event))
        if element is Element.STANZA:
            self._verse = True
            self._xml.open("l")
        elif element is Element.DEFINITION_LIST:
            self._labelled.append(False)
        self.spot(event)
        if element in HOLDS_BLOCKS:
            self._xml.line()

    def _open_inline(self, event: Open, index: int) -> None:
        tag, made = TAGS[event.element], self.attributes(event)
        if own := event.field("id"):
            made["xml:id"] = self._own(own)
        if event.element is Element.LINK:
            made = {"target": self._target(event.field("href") or ""), **made}
        elif event.element is Element.CODE:
            tag = self._code(index)
            made = {"type": "code", **made} if tag == "seg" else made
        self._xml.open(tag, made)
        self._inline.append((tag, made))

    def _code(self, index: int) -> str:
        """`code` holds characters alone: where a passage begins or ends within, it is a `seg`."""
        following = self._events[index + 1]
        assert isinstance(following, Run)  # Markdown knows no code without characters, and nothing else in it
        span = following.span
        if any(span.start < offset < span.end for offset in self._hand.points.within(span)):
            return "seg"
        self._anchors(self._hand.points.begins.get(span.start, []) if len(span) else [])
        self._bare_code = True
        return "code"

    def _target(self, href: str) -> str:
        """Where a link of the author's own leads; one to an id of the author's own to where that now is."""
        if not href.startswith("#"):
            return uri(href)
        name = unquote(href[1:])
        if name in own_ids(self._hand.prose):
            return f"#{self._own(name)}"
        return self._hand.plan.fragment(name)

    def _close(self, event: Close, index: int) -> None:
        element = event.element
        if element in UNMARKED:
            return
        if element.inline:
            self._inline.pop()
            self._xml.close()
            before = self._events[index - 1]
            if self._bare_code and isinstance(before, Run):
                self._bare_code = False
                self._anchors(self._hand.points.ends.get(before.span.end, []) if len(before.span) else [])
            return
        if element is Element.STANZA:
            self._verse = False
            self._xml.close()
        elif element is Element.DEFINITION_LIST:
            self._labelled.pop()
        self._xml.close()
        self._xml.line()

    def _run(self, event: Run, _: int) -> None:
        span, content, points = event.span, self._hand.prose.content, self._hand.points
        position = span.start
        for offset in () if self._bare_code else points.within(span):
            self._xml.words(content[position:offset])
            position = offset
            if offset > span.start:
                self._end(offset)
            if offset < span.end:
                self._begin(offset)
        self._xml.words(content[position : span.end])

    def _end(self, offset: int) -> None:
        if self._term and offset in self._hand.points.term_ends:
            self._term = False
            self._xml.close()
        self._anchors(self._hand.points.ends.get(offset, []))

    def _begin(self, offset: int) -> None:
        self._anchors(self._hand.points.begins.get(offset, []))
        if (term := self._hand.points.terms.get(offset)) is not None:
            self._term = True
            self._xml.open("term", {"xml:id": occurrence_id(term), "ref": self._hand.plan.to("term", term.term)})

    def _anchors(self, ids: Sequence[str]) -> None:
        for id in ids:
            self._xml.empty("anchor", {"xml:id": id})

    def _break(self, _: Break, __: int) -> None:
        if not self._verse:
            self._xml.empty("lb")
            return
        for _open in (*self._inline, "l"):
            self._xml.close()
        self._xml.open("l")
        for tag, made in self._inline:
            self._xml.open(tag, made)

    def _rule(self, event: Rule, _: int) -> None:
        own = self._given(event.fields)
        rend = " ".join(filter(None, ("rule", own["rend"])))
        self._xml.empty("milestone", {"unit": "section", "rend": rend, "xml:id": own["xml:id"]})
        self._xml.line()

    def _image(self, event: Image, _: int) -> None:
        self._xml.open("figure", self._given(event.fields))
        self._xml.empty("graphic", {"url": uri(event.src)})
        if event.title:
            self._xml.element("head", event.title)
        if event.alt:
            self._xml.element("figDesc", event.alt)
        self._xml.close()

    def _given(self, fields: Fields) -> dict[str, str]:
        """The author's own class and id, "" where there is none."""
        given = dict(fields)
        own = given.get("id", "")
        return {"rend": " ".join(given.get("class", "").split()), "xml:id": own and self._own(own)}

    def _raw(self, event: RawHtml, _: int) -> None:
        if event.block:
            self._xml.empty("gap", {"reason": "html"})
            self._xml.line()

    def _footnote(self, event: FootnoteMark, _: int) -> None:
        footnote = self._hand.prose.footnotes[event.index]
        id = self._hand.id_of(footnote.block)
        if event.index in self._hand.called:
            self._xml.empty("ptr", {"type": "note", "target": f"#{id}"})
            return
        self._hand.called.add(event.index)
        self._xml.open("note", {"xml:id": id, "place": "bottom", "n": str(event.index + 1)})
        self._xml.flow += 1
        FrameWriter(self._hand).write(footnote.frame)
        self._xml.flow -= 1
        self._xml.close()

    def _reference(self, event: Reference, index: int) -> None:
        link = self._hand.plan.matter.referred.links.get(event)
        pointer = self._hand.plan.link(link) if link is not None else ""
        words = link.words if link is not None else event.words or event.target
        if event.kind is ReferenceKind.PASSAGE:
            self._refer(pointer, words, "")
            return
        before, after = self._events[max(0, index - 1)] if index else None, self._events[index + 1 : index + 2]
        self._xml.words("; " if is_citation(before) else "(")
        self._refer(pointer, words, "cite")
        if event.words:
            self._xml.words(f", {event.words}")
        self._xml.words("" if after and is_citation(after[0]) else ")")

    def _refer(self, pointer: str, words: str, type: str) -> None:
        if pointer:
            self._xml.element("ref", words, {"type": type, "target": pointer})
        else:
            self._xml.words(words)


_WRITE = {
    Open: FrameWriter._open,
    Close: FrameWriter._close,
    Run: FrameWriter._run,
    Break: FrameWriter._break,
    Rule: FrameWriter._rule,
    Image: FrameWriter._image,
    RawHtml: FrameWriter._raw,
    FootnoteMark: FrameWriter._footnote,
    Reference: FrameWriter._reference,
}
