"""Decorations and a frame's runs -> where each begins, ends and has its mark, in the characters that can be covered."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.prose import Open, Run, Span
from builder.render.decoration import NoteSpan, TermSpan, TieSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.prose import Frame, Prose
    from builder.render.decoration import Decoration


class Warp:
    """What a loom is set up with: the decorations that lie in one frame, and their edges in order."""

    def __init__(self, prose: Prose, frame: Frame, decorations: Sequence[Decoration]) -> None:
        runs = [event.span for event in frame if type(event) is Run and len(event.span)]
        self._starts = [run.start for run in runs]
        self._stops = [run.end for run in runs]
        self._empty = _empty_blocks(prose, frame)
        reach = Span(0, prose.main.end) if frame is prose.frame else self._reach()
        self.covers: list[NoteSpan | TieSpan] = []
        """Notes and cross-references, in no order: the numbers below are places in this list."""
        self.terms: list[TermSpan] = []
        """In order; none meets another."""
        for decoration in decorations:
            if not reach.holds(decoration.span):
                continue
            if isinstance(decoration, TermSpan):
                self.terms.append(decoration)
            else:
                self.covers.append(decoration)
        self.terms = _apart(self.terms)
        self.opens: list[tuple[int, int]] = []
        """(offset, cover) of each cover's first character, in order."""
        self.closes: list[tuple[int, int]] = []
        """(offset, cover) of each cover's end, or of the spot of one that covers no character."""
        self.ends: dict[int, int] = {}
        """Cover -> the end of its last character."""
        self.pictured: dict[int, list[NoteSpan | TieSpan]] = defaultdict(list)
        """Block without words -> those that are about it: their marks stand at its end."""
        self.left: list[NoteSpan | TieSpan] = []
        """Those for which the frame has no spot at all."""
        for index, cover in enumerate(self.covers):
            self._place(index, cover)
        self.opens.sort()
        self.closes.sort()

    def tie(self, index: int) -> TieSpan:
        """The cover of this number, known to be a cross-reference's."""
        cover = self.covers[index]
        assert isinstance(cover, TieSpan)
        return cover

    def _reach(self) -> Span:
        return Span(self._starts[0], self._stops[-1]) if self._starts else Span(0, -1)

    def _place(self, index: int, cover: NoteSpan | TieSpan) -> None:
        span = cover.span
        first = bisect_right(self._stops, span.start)
        last = bisect_left(self._starts, span.end) - 1
        if first <= last and len(span):
            self.opens.append((max(span.start, self._starts[first]), index))
            self.ends[index] = min(span.end, self._stops[last])
            self.closes.append((self.ends[index], index))
        elif span.start in self._empty:
            self.pictured[self._empty[span.start]].append(cover)
        elif self._stops:
            near = min(bisect_left(self._stops, span.start), len(self._stops) - 1)
            self.closes.append((min(max(span.start, self._starts[near]), self._stops[near]), index))
        else:
            self.left.append(cover)


def _empty_blocks(prose: Prose, frame: Frame) -> dict[int, int]:
    """Offset -> the first block of the frame that stands there and has no words: a figure, as a rule."""
    found: dict[int, int] = {}
    for event in frame:
        if type(event) is Open and event.block is not None:
            span = prose.blocks[event.block].span
            if not len(span):
                found.setdefault(span.start, event.block)
    return found


def _apart(terms: list[TermSpan]) -> list[TermSpan]:
    """The terms in order, without those that meet one before them and those that cover nothing."""
    kept: list[TermSpan] = []
    for term in sorted(terms, key=lambda term: (term.span.start, -term.span.end, term.mark_id)):
        if len(term.span) and (not kept or kept[-1].span.end <= term.span.start):
            kept.append(term)
    return kept
