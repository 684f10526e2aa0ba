"""A frame and the spans over it -> woven events: the only place where overlapping spans become a flat sequence.

What comes out is the frame's own events with four kinds added: segments (stretches of a run that the same notes and
cross-references cover), terms (which enclose segments), and mark points (where a number or letter stands).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.prose import Close, Element, Open, Run, Span
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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.prose import Event, Frame, Prose
    from builder.render.decoration import Decoration, Woven

LANES = 3
"""Underlines that can be told apart under one line of text; a fourth note over the same words gets none."""

CLOSING = frozenset(".,;:!?…)]}’”»'\"›")
"""Punctuation after which a reference mark stands when it directly follows the words."""


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
    """One weaving: the frame is walked once while the sets of what covers and what waits are kept up to date."""

    def __init__(self, prose: Prose, frame: Frame, decorations: Sequence[Decoration]) -> None:
        self._content = prose.content
        runs = [event.span for event in frame if isinstance(event, Run)]
        low, high = (runs[0].start, runs[-1].end) if runs else (0, 0)
        whole = frame is prose.frame
        covers: list[NoteSpan | TieSpan] = []
        self._terms: list[TermSpan] = []
        for decoration in decorations:
            if not (low <= decoration.span.start and decoration.span.end <= high) and not (
                whole and decoration.span.end <= prose.main.end
            ):
                continue
            if isinstance(decoration, TermSpan):
                self._terms.append(decoration)
            else:
                covers.append(decoration)
        self._lanes = lanes([cover for cover in covers if isinstance(cover, NoteSpan)])
        self._starts: dict[int, list[NoteSpan | TieSpan]] = defaultdict(list)
        self._ends: dict[int, list[NoteSpan | TieSpan]] = defaultdict(list)
        self._points: dict[int, list[NoteSpan | TieSpan]] = defaultdict(list)
        for cover in covers:
            if len(cover.span):
                self._starts[cover.span.start].append(cover)
                self._ends[cover.span.end].append(cover)
            self._points[self._point(cover.span)].append(cover)
        self._terms.sort(key=lambda term: term.span)
        self._term_starts = [term.span.start for term in self._terms]
        self._cuts = sorted({*self._starts, *self._ends, *self._points})
        self._reached = 0
        self._done = 0
        self._covering: dict[NoteSpan | TieSpan, None] = {}
        self._begun: set[str] = set()
        self._waiting: list[NoteSpan | TieSpan] = []
        self._links = 0
        self._out: list[Woven] = []
        for event in frame:
            self._take(event)
        self._finish()
        self.woven = tuple(self._out)

    def _point(self, span: Span) -> int:
        end = span.end
        content = self._content
        while end < len(content) and content[end] in CLOSING and end > span.start:
            end += 1
        return end

    def _take(self, event: Event) -> None:
        if isinstance(event, Run):
            self._run(event.span)
            return
        if isinstance(event, Open):
            self._links += event.element is Element.LINK
            self._out.append(event)
        elif isinstance(event, Close):
            if event.element is Element.LINK:
                self._links -= 1
                self._out.append(event)
                self._release()
            else:
                if not event.element.inline:
                    self._advance(self._reached)
                    self._release()
                self._out.append(event)
        else:
            self._out.append(event)

    def _run(self, span: Span) -> None:
        first = bisect_left(self._term_starts, span.start)
        last = bisect_left(self._term_starts, span.end)
        terms = [term for term in self._terms[first:last] if term.span.end <= span.end] if not self._links else []
        position = span.start
        self._enter(position)
        for term in terms:
            self._segments(Span(position, term.span.start))
            self._out.append(TermOpen(term))
            self._links += 1
            self._segments(term.span)
            self._links -= 1
            self._out.append(TermClose())
            self._release()
            position = term.span.end
        self._segments(Span(position, span.end))
        self._reached = span.end

    def _segments(self, span: Span) -> None:
        """A stretch of a run without term edges inside, cut where coverage changes or a mark stands."""
        if span.start >= span.end:
            return
        position = span.start
        for cut in self._cuts[bisect_right(self._cuts, span.start) : bisect_left(self._cuts, span.end)]:
            self._segment(Span(position, cut))
            self._advance(cut)
            self._release()
            position = cut
        self._segment(Span(position, span.end))
        self._advance_points(span.end)
        self._release()

    def _segment(self, span: Span) -> None:
        self._enter(span.start)
        if not self._covering:
            self._out.append(Run(span))
            return
        notes = [cover for cover in self._covering if isinstance(cover, NoteSpan)]
        covers = sorted(
            (
                Cover(note, self._lanes[note], note.mark_id not in self._begun, note.span.end == span.end)
                for note in notes
            ),
            key=lambda cover: (cover.lane or LANES + 1, cover.note.mark_id),
        )
        self._begun.update(note.mark_id for note in notes)
        ties = tuple(cover for cover in self._covering if isinstance(cover, TieSpan))
        anchors = tuple(cover.note.anchor for cover in covers if cover.begins and cover.note.anchor)
        self._out.append(SegmentOpen(tuple(covers), ties, anchors))
        self._out.append(Run(span))
        self._out.append(SegmentClose(ties_only=not notes))

    def _enter(self, position: int) -> None:
        """Take up what starts, and put down what ends, at or before a position."""
        while self._done < len(self._cuts) and self._cuts[self._done] <= position:
            cut = self._cuts[self._done]
            self._done += 1
            for cover in self._ends.get(cut, ()):
                self._covering.pop(cover, None)
            for cover in self._starts.get(cut, ()):
                if cover.span.end > position:
                    self._covering[cover] = None
            if cut < position:
                self._waiting.extend(self._points.pop(cut, ()))

    def _advance(self, position: int) -> None:
        self._enter(position)
        self._advance_points(position)

    def _advance_points(self, position: int) -> None:
        self._waiting.extend(self._points.pop(position, ()))

    def _release(self) -> None:
        """Let the waiting marks stand here, unless this is inside a link."""
        if self._waiting and not self._links:
            self._out.extend(MarkPoint(cover) for cover in sorted(self._waiting, key=_mark_order))
            self._waiting.clear()

    def _finish(self) -> None:
        """Marks that found no place (their words hold no run after them) stand at the end of the last block."""
        for cut in sorted(self._points):
            self._waiting.extend(self._points[cut])
        if not self._waiting:
            return
        marks = [MarkPoint(cover) for cover in sorted(self._waiting, key=_mark_order)]
        at = len(self._out)
        while at and isinstance(last := self._out[at - 1], Close) and not last.element.inline:
            at -= 1
        self._out[at:at] = marks


def _mark_order(cover: NoteSpan | TieSpan) -> tuple[int, int, str]:
    if isinstance(cover, NoteSpan):
        return (0, int(cover.number) if cover.number.isdigit() else 0, cover.mark_id)
    return (1, len(cover.letter), cover.letter)
