"""Prose -> where a term's words count as one piece, and where a link may be woven round them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.prose import Break, Close, Element, Open, Rule, Run
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model.prose import Event, Prose, Span

_CODE = frozenset({Element.CODE, Element.CODE_BLOCK, Element.TOKEN})
_UNLINKED = frozenset({Element.HEADING, Element.LINK})


@value_class(frozen=True, slots=True)
class Stretch:
    """Characters that stand together: for `blocks` the words of one block, for `runs` those that no tag divides."""

    start: int
    end: int
    linkable: bool
    section: int
    """The number of headings before it."""


@dataclass(slots=True)
class Ground:
    """What a prose offers to terms. Stretches are in the order of the content and apart from each other."""

    blocks: list[Stretch] = field(default_factory=list)
    """The words of each paragraph, heading, cell … Code is no part of them: words on either side don't join."""
    runs: list[Stretch] = field(default_factory=list)
    """The frame's own runs: a link lies within one of them."""

    def block_of(self, span: Span) -> Stretch | None:
        """The block in which the span stands, None where a term may not occur there."""
        return _holding(self.blocks, span)

    def counts(self, span: Span) -> bool:
        """Whether a term may occur here: within one block, and not in code."""
        return _holding(self.blocks, span) is not None

    def run_of(self, span: Span) -> Stretch | None:
        """The run that holds the span whole, None where a tag, a mark or a picture divides it."""
        return _holding(self.runs, span)


def _holding(stretches: list[Stretch], span: Span) -> Stretch | None:
    index = bisect_right(stretches, span.start, key=_start) - 1
    return stretches[index] if index >= 0 and span.end <= stretches[index].end else None


def _start(stretch: Stretch) -> int:
    return stretch.start


def ground_of(prose: Prose) -> Ground:
    """The ground of a prose: its main part, then its footnotes."""
    walk = _Walk()
    for frame in (prose.frame, *(note.frame for note in prose.footnotes)):
        walk.over(frame)
    ground = walk.ground
    ground.blocks.sort(key=_start)
    ground.runs.sort(key=_start)
    return ground


@dataclass(slots=True)
class _Walk:
    """One pass over events; `code` and `unlinked` count the open elements of each sort."""

    ground: Ground = field(default_factory=Ground)
    code: int = 0
    unlinked: int = 0
    section: int = 0
    block_open: bool = False

    def over(self, frame: Iterable[Event]) -> None:
        """Take in a frame's events."""
        for event in frame:
            if isinstance(event, Run):
                self._words(event.span)
                if not self.code:
                    self.ground.runs.append(self._stretch(event.span.start, event.span.end))
            elif isinstance(event, Break):
                self._words(event.span)
            elif isinstance(event, Open | Close):
                self._tag(event)
            elif isinstance(event, Rule):
                self.block_open = False
        self.block_open = False

    def _words(self, span: Span) -> None:
        if self.code:
            self.block_open = False
            return
        blocks = self.ground.blocks
        joined = self.block_open and blocks[-1].end == span.start
        start = blocks.pop().start if joined else span.start
        blocks.append(self._stretch(start, span.end))
        self.block_open = True

    def _stretch(self, start: int, end: int) -> Stretch:
        return Stretch(start, end, not self.unlinked, self.section)

    def _tag(self, event: Open | Close) -> None:
        change = 1 if isinstance(event, Open) else -1
        if event.element in _CODE:
            self.code += change
        elif event.element in _UNLINKED:
            self.unlinked += change
            if event.element is Element.HEADING and change > 0:
                self.section += 1
        if not event.element.inline:
            self.block_open = False
