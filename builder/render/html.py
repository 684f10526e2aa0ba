"""Woven events -> HTML. The only place that knows HTML's tags, besides the theme's templates.

With nothing woven, what comes out is markdown-it's own rendering, byte for byte; but for the alignment of table cells,
which is a class here, since the pages' Content-Security-Policy allows no style attribute.
"""

from __future__ import annotations

from bisect import bisect_left
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
from builder.render.citations import is_citation
from builder.render.decoration import MarkPoint, NoteSpan, Parting, SegmentClose, SegmentOpen, TermClose, TermOpen
from builder.render.html_marks import (
    CLASSES,
    TAGS,
    alias_spots,
    begins_words,
    cues,
    escape,
    footnote_mark,
    lowered,
    note_mark,
    spot_mark,
    term_opening,
    tie_mark,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.prose import Block, Fields, Prose, Span
    from builder.render.decoration import Woven
    from builder.render.ink import Ink


def write(woven: Sequence[Woven], prose: Prose, ink: Ink) -> str:
    """Woven events as HTML. The outermost element's own block has its id and number on the wrapper, not here.

    Where the author's own HTML is outermost, the blocks in it carry theirs themselves.
    """
    return _Writer(woven, prose, ink).html


class _Writer:
    def __init__(self, woven: Sequence[Woven], prose: Prose, ink: Ink) -> None:
        self._woven = woven
        self._prose = prose
        self._ink = ink
        self._out: list[str] = []
        self._stack: list[tuple[str, bool]] = []
        self._after_hidden = False
        self._links = 0
        self._open_segment = ""
        self._wrapped = bool(woven) and isinstance(woven[0], Open)
        content = prose.content
        out = self._out
        for index, event in enumerate(woven):
            if type(event) is Run:
                start = self._spotted(event.span) if ink.spots else event.span.start
                out.append(escape(content[start : event.span.end]))
                self._after_hidden = False
            else:
                _WRITE[type(event)](self, event, index)  # type: ignore[operator]
        self.html = "".join(out)

    def _spotted(self, span: Span) -> int:
        """The words of a run up to the last spot in it, each spot with its mark; where that is."""
        spots, reached = self._ink.spots, span.start
        for spot in spots[bisect_left(spots, span.start) : bisect_left(spots, span.end)]:
            self._out.append(escape(self._prose.content[reached:spot]))
            self._out.append(spot_mark(f"{self._ink.prefix}at-{spot}"))
            reached = spot
        return reached

    def _open(self, event: Open, index: int) -> None:
        element = event.element
        if element.inline:
            self._open_inline(event)
            return
        block = self._block(event)
        if element is Element.PARAGRAPH and event.field("tight"):
            self._stack.append(("", True))
            self._after_hidden = True
            spots = alias_spots(block, self._ink.prefix) if block is not None else ""
            self._out.append(self._number(block, with_id=True) + self._spot(event) + spots)
            return
        if element is Element.CODE_BLOCK:
            self._open_code(event, block)
            return
        tag = self._heading(event) if element is Element.HEADING else TAGS[element]
        newline = "\n" if self._after_hidden else ""
        self._after_hidden = False
        self._stack.append((tag, False))
        following = next(iter(self._woven[index + 1 : index + 2]), None)
        empty = isinstance(following, Close) and following.element is element
        breaks = not empty and not begins_words(following)
        number = self._number(block, with_id=False) if element is not Element.HEADING else ""
        before = ""
        if block is not None:
            number += self._spot(event)
            spots = alias_spots(block, self._ink.prefix)
            before, number = (spots, number) if element is Element.TABLE else ("", number + spots)
        ends = ">\n" if breaks and not number else ">"
        self._out.append(f"{newline}{before}<{tag}{self._attributes(event, block)}{ends}{number}")

    def _heading(self, event: Open) -> str:
        level = int(event.field("level") or 1)
        return f"h{lowered(self._prose, level, self._ink.highest) if self._ink.highest else level}"

    def _block(self, event: Open) -> Block | None:
        if event.block is None or not self._ink.blocks or (self._wrapped and not self._stack):
            return None
        return self._prose.blocks[event.block]

    def _number(self, block: Block | None, *, with_id: bool) -> str:
        if block is None or block.number is None:
            return ""
        label, cite = self._ink.block_label(block)
        name = f"{self._ink.prefix}{block.id}"
        own = f' id="{name}"' if with_id else ""
        return (
            f'<a class="pn"{own} href="#{name}" data-cite="{escape(cite)}" aria-label="{escape(label)}">'
            f"<span>{block.number}</span></a>"
        )

    def _attributes(self, event: Open, block: Block | None) -> str:
        if not event.fields and block is None and event.element not in CLASSES:
            return ""
        parts = [f' id="{self._ink.prefix}{block.id}"'] if block else []
        classes = [CLASSES[event.element]] if event.element in CLASSES else []
        for name, value in event.fields:
            if name == "align":
                classes.append(f"a-{value}")
            elif name == "class":
                classes.append(value)
            elif name == "id":
                if block is None:
                    parts.append(f' id="{self._own_id(value)}"')
            elif name in ("start", "href", "title"):
                parts.append(f' {name}="{self._href(value) if name == "href" else escape(value)}"')
        if classes:
            parts.append(f' class="{escape(" ".join(classes))}"')
        return "".join(parts)

    def _href(self, value: str) -> str:
        """A link of the author's own; one to an id of the author's own leads where that now is."""
        name = unquote(value[1:]) if value.startswith("#") else ""
        return f"#{self._own_id(name)}" if name and name in self._ink.own(self._prose) else escape(value)

    def _spot(self, event: Open) -> str:
        """A spot for the author's own id, where the element has its block's or stands for nothing itself."""
        return f'<span id="{self._own_id(own)}"></span>' if (own := event.field("id")) else ""

    def _own_id(self, value: str) -> str:
        return f"{self._ink.prefix}x-{escape(value)}" if self._ink.prefix else escape(value)

    def _open_code(self, event: Open, block: Block | None) -> None:
        self._after_hidden = False
        classes, parts = [], []
        own = f' id="{self._ink.prefix}{block.id}"' if block else ""
        for name, value in event.fields:
            if name == "class":
                classes.append(value)
            elif name == "id":
                parts.append(f' id="{self._own_id(value)}"')
        info = (event.field("info") or "").split()
        classes += [f"language-{info[0]}"] if info else []
        if classes:
            parts.append(f' class="{escape(" ".join(classes))}"')
        spots = alias_spots(block, self._ink.prefix) if block is not None else ""
        self._out.append(f"<pre{own}>{self._number(block, with_id=False)}{spots}<code{''.join(parts)}>")
        self._stack.append(("pre", False))

    def _open_inline(self, event: Open) -> None:
        self._after_hidden = False
        if event.element is Element.TOKEN:
            self._out.append(f'<span class="tok-{event.field("kind")}">')
            return
        self._links += event.element is Element.LINK
        self._out.append(f"<{TAGS[event.element]}{self._attributes(event, None)}>")

    def _close(self, event: Close, _: int) -> None:
        if event.element.inline:
            self._links -= event.element is Element.LINK
            self._out.append(f"</{TAGS[event.element]}>")
            return
        tag, self._after_hidden = self._stack.pop()
        if tag == "pre":
            self._out.append("</code></pre>\n")
        elif tag:
            self._out.append(f"</{tag}>\n")

    def _break(self, _: Break, __: int) -> None:
        self._out.append("<br />\n")

    def _rule(self, event: Rule, _: int) -> None:
        rest = self._rest(event.fields)
        self._out.append(f"\n<hr{rest} />\n" if self._after_hidden else f"<hr{rest} />\n")
        self._after_hidden = False

    def _image(self, event: Image, _: int) -> None:
        title = f' title="{escape(event.title)}"' if event.title is not None else ""
        shown, rest = self._ink.image(event.src), self._rest(event.fields)
        if shown is None:
            self._out.append(escape(event.alt or event.src))
            return
        self._out.append(f'<img src="{escape(shown)}" alt="{escape(event.alt)}"{title}{rest} />')

    def _rest(self, fields: Fields) -> str:
        """The author's own id and class on what has no other attributes of these names."""
        return "".join(f' {name}="{self._own_id(value) if name == "id" else escape(value)}"' for name, value in fields)

    def _raw(self, event: RawHtml, _: int) -> None:
        self._after_hidden = False
        self._out.append(self._ink.raw(event.html))

    def _footnote(self, event: FootnoteMark, _: int) -> None:
        self._out.append(footnote_mark(*self._ink.footnote(event.index, event.occurrence)))

    def _reference(self, event: Reference, index: int) -> None:
        href, words, locator = self._ink.link(event)
        if event.kind is ReferenceKind.PASSAGE:
            self._out.append(self._anchor("xr", href, words, ""))
            return
        before = self._woven[index - 1] if index else None
        after = self._woven[index + 1] if index + 1 < len(self._woven) else None
        opens = "; " if is_citation(before) else "("
        closes = "" if is_citation(after) else ")"
        shown = self._anchor("cite", href, words, ' role="doc-biblioref"')
        self._out.append(f"{opens}{shown}{f', {escape(locator)}' if locator else ''}{closes}")

    def _anchor(self, name: str, href: str, words: str, role: str) -> str:
        if not href or self._links:
            return f'<span class="{name}">{escape(words)}</span>'
        return f'<a class="{name}"{role} href="{escape(href)}">{escape(words)}</a>'

    def _segment(self, event: SegmentOpen, _: int) -> None:
        ties = f' data-x="{" ".join(dict.fromkeys(tie.key for tie in event.ties))}"' if event.ties else ""
        if not event.notes:
            self._out.append(f'<span class="tp"{ties}>')
            return
        keys = " ".join(dict.fromkeys(cover.note.key for cover in event.notes))
        first, *rest = event.notes
        laned = [cover for cover in rest if cover.lane]
        depth = f' data-d="{len(event.notes)}"' if rest else ""
        anchors = f' data-a="{" ".join(event.anchors)}"' if event.anchors else ""
        tied = " tp" if event.ties else ""
        more = " more" if len(laned) < len(rest) else ""
        self._out.append(f'<mark class="hl {cues(first)}{tied}{more}" data-n="{keys}"{depth}{anchors}{ties}>')
        self._out.extend(f'<span class="{cues(cover)}">' for cover in laned)
        self._open_segment = "</span>" * len(laned) + "</mark>"

    def _segment_end(self, event: SegmentClose, _: int) -> None:
        self._out.append("</span>" if event.ties_only else self._open_segment)

    def _term(self, event: TermOpen, _: int) -> None:
        self._out.append(term_opening(event.term))

    def _term_end(self, _: TermClose, __: int) -> None:
        self._out.append("</a>")

    def _point(self, event: MarkPoint, _: int) -> None:
        mark = event.decoration
        self._out.append(note_mark(mark) if isinstance(mark, NoteSpan) else tie_mark(mark))

    def _parting(self, event: Parting, _: int) -> None:
        self._out.append(event.mark)


_WRITE = {
    Open: _Writer._open,
    Close: _Writer._close,
    Break: _Writer._break,
    Rule: _Writer._rule,
    Image: _Writer._image,
    RawHtml: _Writer._raw,
    FootnoteMark: _Writer._footnote,
    Reference: _Writer._reference,
    SegmentOpen: _Writer._segment,
    SegmentClose: _Writer._segment_end,
    TermOpen: _Writer._term,
    TermClose: _Writer._term_end,
    MarkPoint: _Writer._point,
    Parting: _Writer._parting,
}
