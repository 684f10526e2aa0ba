"""What is woven into a frame, and what comes out besides the frame's own events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.prose import Event
from builder.model.value import value_class

if TYPE_CHECKING:
    from builder.model.prose import Prose, Span


@value_class(frozen=True, slots=True)
class NoteSpan:
    """A passage of a note, with all that its mark shows."""

    span: Span
    key: str
    mark_id: str
    href: str
    number: str
    label: str
    kind: str
    cue: str
    anchor: str
    highlight: bool
    layer: str = ""
    """The layer it belongs to, "" where that is the edition's first."""


@value_class(frozen=True, slots=True)
class TieSpan:
    """One end of a cross-reference, with all that its letter shows."""

    span: Span
    key: str
    mark_id: str
    href: str
    letter: str
    label: str


@value_class(frozen=True, slots=True)
class TermSpan:
    """An occurrence of a term that is a link."""

    span: Span
    key: str
    mark_id: str
    href: str


Decoration = NoteSpan | TieSpan | TermSpan


def covered(prose: Prose, span: Span) -> Span:
    """A passage without the end of its last line, which code has: its mark would stand alone on a line below."""
    ends = span.end - 1 > span.start and prose.content[span.end - 1] == "\n"
    return replace(span, end=span.end - 1) if ends else span


@value_class(frozen=True, slots=True)
class Cover:
    """A note over a segment. `lane` is 1 to 3, or 0 for one that found no lane free."""

    note: NoteSpan
    lane: int
    begins: bool
    """Whether the note's passage begins with this segment, and whether it ends with it."""
    ends: bool


@value_class(frozen=True, slots=True)
class SegmentOpen:
    """The same notes and ties cover what follows, up to `SegmentClose`; inside stands one run."""

    notes: tuple[Cover, ...]
    """In order of lanes, the laneless last."""
    ties: tuple[TieSpan, ...]
    anchors: tuple[str, ...]
    """The anchor numbers of the notes that begin here."""


@value_class(frozen=True, slots=True)
class SegmentClose:
    """A segment ends."""

    ties_only: bool


@value_class(frozen=True, slots=True)
class TermOpen:
    """A term's link begins."""

    term: TermSpan


@value_class(frozen=True, slots=True)
class TermClose:
    """A term's link ends."""


@value_class(frozen=True, slots=True)
class MarkPoint:
    """Here stands the number of a note or the letter of a cross-reference."""

    decoration: NoteSpan | TieSpan


PARTING = "\0"
"""What stands in HTML around the name of a block behind which there is a parting. No text holds it."""


@value_class(frozen=True, slots=True)
class Parting:
    """Here end the own words of a block within a piece, behind which something may be set."""

    block: str

    @property
    def mark(self) -> str:
        """What stands for it in HTML until this is cut there."""
        return f"{PARTING}{self.block}{PARTING}"


Woven = Event | SegmentOpen | SegmentClose | TermOpen | TermClose | MarkPoint | Parting
