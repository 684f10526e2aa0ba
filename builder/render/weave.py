"""A frame and the spans over it -> woven events: the only place where overlapping spans become a flat sequence.

What comes out is the frame's own events with four kinds added: segments (stretches of a run that the same notes and
cross-references cover), terms (which enclose segments), and mark points (where a number or letter stands).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, TypeVar

from builder.model.prose import Close, Element, FootnoteMark, Open, RawHtml, Run, Span
from builder.render.decoration import (
    Cover,
    MarkPoint,
    NoteSpan,
    SegmentClose,
    SegmentOpen,
    TermClose,
    TermOpen,
    TermSpan,
    TieSpan,
)
from builder.render.warp import Warp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.prose import Event, Frame, Prose
    from builder.render.decoration import Decoration, Woven

_Row = TypeVar("_Row", int, tuple[int, str, int])

LANES = 3
"""Underlines that can be told apart under one line of text; a fourth note over the same words gets none."""

CLOSING = frozenset(".,;:!?…)]}’”»'\"›")
"""Punctuation after which a reference mark stands when it directly follows the words."""


_NOTES_END, _TIES_END = SegmentClose(ties_only=False), SegmentClose(ties_only=True)


def weave(prose: Prose, frame: Frame, decorations: Sequence[Decoration]) -> tuple[Woven, ...]:
    """Add the decorations to a frame (the prose's own, a footnote's, or a part of either).

    Only decorations that lie in the frame's characters are woven. Every one of those that isn't a term has exactly
    one mark point. O((n + k) log k) for n events and k decorations, plus the names of what covers each segment.
    """
    if not decorations:
        return frame
    return _Loom(prose, frame, decorations).woven


def lanes(notes: Sequence[NoteSpan]) -> dict[NoteSpan, int]:
    """Note -> its lane, the same over all its segments: greedy colouring of intervals in order of their start."""
    assigned: dict[NoteSpan, int] = {}
    ends = [0] * LANES
    for note in sorted(notes, key=lambda note: (note.span.start, -note.span.end, note.mark_id)):
        lane = next((lane for lane in range(LANES) if ends[lane] <= note.span.start), None)
        assigned[note] = 0 if lane is None else lane + 1
        if lane is not None:
            ends[lane] = note.span.end
    return assigned


class _Loom:
    """One weaving: the frame is walked once while what covers, and the marks that wait for their place, are kept."""

    def __init__(self, prose: Prose, frame: Frame, decorations: Sequence[Decoration]) -> None:
        self._content = prose.content
        self._warp = Warp(prose, frame, decorations)
        covers = self._warp.covers
        lane_of = lanes([cover for cover in covers if isinstance(cover, NoteSpan)])
        self._plain = [
            Cover(cover, lane_of[cover], begins=False, ends=False) if isinstance(cover, NoteSpan) else None
            for cover in covers
        ]
        self._notes: list[tuple[int, str, int]] = []
        self._ties: list[int] = []
        self._fresh: set[int] = set()
        self._waiting: list[NoteSpan | TieSpan] = []
        self._opened = self._closed = self._termed = 0
        self._term: TermSpan | None = None
        self._links = self._raw_links = 0
        self._blocks: list[int | None] = []
        self._out: list[Woven] = []
        self._look_ahead()
        for event in frame:
            if type(event) is Run:
                self._run(event)
            else:
                self._take(event)
        self._finish()
        self.woven = tuple(self._out)

    def _take(self, event: Event) -> None:
        if isinstance(event, Open):
            self._open(event)
        elif isinstance(event, Close):
            self._close(event)
        else:
            if isinstance(event, RawHtml) and not event.block:
                self._raw(event.html[:3].lower())
            elif not isinstance(event, FootnoteMark):
                self._release()
            self._out.append(event)

    def _open(self, event: Open) -> None:
        self._release()
        if event.element is Element.LINK:
            self._links += 1
        elif not event.element.inline:
            self._blocks.append(event.block)
        self._out.append(event)

    def _close(self, event: Close) -> None:
        """Marks wait past the end of inline markup; at the end of a block they stand, and those of its picture."""
        if event.element.inline:
            self._links -= event.element is Element.LINK
        else:
            self._raw_links = 0
            block = self._blocks.pop()
            if block is not None:
                self._waiting.extend(self._warp.pictured.pop(block, ()))
            self._release()
        self._out.append(event)

    def _raw(self, tag: str) -> None:
        """A link that the author typed as HTML is a link; a mark doesn't stand before what closes."""
        if not tag.startswith("</"):
            self._release()
        if tag in ("<a ", "<a\n", "<a>"):
            self._raw_links += 1
        elif tag == "</a":
            self._raw_links = max(0, self._raw_links - 1)

    def _run(self, run: Run) -> None:
        position, end = run.span.start, run.span.end
        while True:
            if position >= self._ending:
                self._put_down(position)
            if position >= end:
                return
            stop = end
            if self._waiting:
                stop = self._after_punctuation(position, end)
                if stop == position or self._term_starts == position:
                    self._release()
                    stop = end
            if position >= self._beginning:
                self._take_up(position, run.span)
            upto = min(stop, self._ending, self._beginning)
            if self._notes or self._ties:
                self._segment(Span(position, upto))
            else:
                self._out.append(run if upto - position == end - run.span.start else Run(Span(position, upto)))
            position = upto

    def _look_ahead(self) -> None:
        """Where something next ends or begins; past the text where nothing does."""
        warp, past = self._warp, len(self._content) + 1
        opens, closes, terms = warp.opens, warp.closes, warp.terms
        self._term_starts = terms[self._termed].span.start if self._termed < len(terms) else past
        opening = opens[self._opened][0] if self._opened < len(opens) else past
        self._beginning = min(opening, self._term_starts)
        closing = closes[self._closed][0] if self._closed < len(closes) else past
        self._ending = min(closing, self._term.span.end) if self._term is not None else closing

    def _after_punctuation(self, position: int, end: int) -> int:
        """Where the marks that wait may stand: after what closes, where it directly follows the words."""
        if self._inside_link:
            return end
        content = self._content
        if position and not content[position - 1].isspace():
            while position < end and content[position] in CLOSING:
                position += 1
        return position

    @property
    def _inside_link(self) -> bool:
        return self._links > 0 or self._raw_links > 0 or self._term is not None

    def _put_down(self, position: int) -> None:
        """What ends here covers no longer, and its mark waits for its place."""
        closes = self._warp.closes
        while self._closed < len(closes) and closes[self._closed][0] <= position:
            index = closes[self._closed][1]
            self._closed += 1
            cover = self._warp.covers[index]
            self._waiting.append(cover)
            if len(cover.span):
                self._uncover(index)
        if self._term is not None and self._term.span.end == position:
            self._out.append(TermClose())
            self._term = None
        self._look_ahead()

    def _uncover(self, index: int) -> None:
        cover = self._plain[index]
        if cover is None:
            _take_out(self._ties, index)
        else:
            _take_out(self._notes, (cover.lane or LANES + 1, cover.note.mark_id, index))

    def _take_up(self, position: int, run: Span) -> None:
        """What begins here covers from now on; a term does where it lies whole in this run and in no other link."""
        opens = self._warp.opens
        while self._opened < len(opens) and opens[self._opened][0] <= position:
            index = opens[self._opened][1]
            self._opened += 1
            cover = self._plain[index]
            if cover is None:
                insort(self._ties, index)
            else:
                insort(self._notes, (cover.lane or LANES + 1, cover.note.mark_id, index))
                self._fresh.add(index)
        terms = self._warp.terms
        while self._termed < len(terms) and terms[self._termed].span.start <= position:
            term = terms[self._termed]
            self._termed += 1
            if term.span.start == position and run.holds(term.span) and not self._inside_link:
                self._out.append(TermOpen(term))
                self._term = term
        self._look_ahead()

    def _segment(self, span: Span) -> None:
        covers = [self._cover(index, span) for _, _, index in self._notes]
        ties = tuple(self._warp.tie(index) for index in self._ties)
        anchors = tuple(cover.note.anchor for cover in covers if cover.begins and cover.note.anchor)
        self._fresh.clear()
        self._out.append(SegmentOpen(tuple(covers), ties, anchors))
        self._out.append(Run(span))
        self._out.append(_NOTES_END if covers else _TIES_END)

    def _cover(self, index: int, span: Span) -> Cover:
        plain = self._plain[index]
        assert plain is not None
        begins, ends = index in self._fresh, self._warp.ends[index] == span.end
        return Cover(plain.note, plain.lane, begins, ends) if begins or ends else plain

    def _release(self) -> None:
        """Let the waiting marks stand here, unless this is inside a link."""
        if self._waiting and not self._inside_link:
            self._out.extend(MarkPoint(cover) for cover in sorted(self._waiting, key=_mark_order))
            self._waiting.clear()

    def _finish(self) -> None:
        """Marks for which the frame has no spot stand at the end of its last block."""
        self._waiting.extend(self._warp.left)
        at = len(self._out)
        while at and isinstance(last := self._out[at - 1], Close) and not last.element.inline:
            at -= 1
        self._out[at:at] = [MarkPoint(cover) for cover in sorted(self._waiting, key=_mark_order)]


def _mark_order(cover: NoteSpan | TieSpan) -> tuple[int, int, str]:
    if isinstance(cover, NoteSpan):
        return (0, int(cover.number) if cover.number.isdigit() else 0, cover.mark_id)
    return (1, len(cover.letter), cover.letter)


def _take_out(rows: list[_Row], one: _Row) -> None:
    """Take one out of an ordered list; what lay between two runs was never taken up."""
    at = bisect_left(rows, one)
    if at < len(rows) and rows[at] == one:
        del rows[at]
