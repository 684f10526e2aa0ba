"""A text under one view -> its plain paragraphs: those whose HTML hangs on themselves and their own notes alone.

Nothing in a plain paragraph or its notes refers to anything, nothing refers to them, and no passage leads out of it.
Its digest is of all else that may change with the words of the texts; what an author typed elsewhere is the ground on
which it stands (see keeping).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.note import Anchor
from builder.model.prose import BlockKind, Close, Element, Open, RawHtml, Run
from builder.model.value import value_class
from builder.render.numbering import on_whole
from builder.render.shelf import refers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.model.note import Note
    from builder.model.prose import Block, Event, Frame, Prose, Span
    from builder.model.text import Text
    from builder.render.matter import Matter

_INLINE = frozenset({Element.EMPHASIS, Element.STRONG})


@value_class(frozen=True, slots=True)
class Plain:
    """A plain paragraph: its id in the page, its digest, its notes in the order of their place."""

    id: str
    digest: str
    notes: tuple[Note, ...]


def plain_pieces(
    matter: Matter, text: Text, cuts: Sequence[tuple[int, Frame]], tied: Iterable[Span]
) -> dict[int, Plain]:
    """The plain ones of a text's pieces, by their index.

    `cuts` are the pieces and the offset at which each begins; `tied` the passages that cross-references have in it.
    """
    if RawHtml in map(type, text.prose.frame):
        return {}
    sorting = _Sorting(matter, text, cuts)
    return dict(sorting.plain()) if sorting.sort(tied) else {}


class _Sorting:
    """What is told of each piece of a text, and which are not plain."""

    def __init__(self, matter: Matter, text: Text, cuts: Sequence[tuple[int, Frame]]) -> None:
        self._matter = matter
        self._text = text
        self._cuts = cuts
        self._starts = [start for start, _ in cuts]
        self._ends = [_end(events, start) for start, events in cuts]
        self._notes: dict[int, list[Note]] = defaultdict(list)
        self._told: dict[int, list[str]] = defaultdict(list)
        self._open: set[int] = set()

    def sort(self, tied: Iterable[Span]) -> bool:
        """Take in all that stands in the text; False where some of it covers no words of any piece."""
        anchored = self._matter.referred.anchored
        for note in self._matter.numbering.on.get(self._text.id, ()):
            if on_whole(note):
                continue
            spans = [found.span for found in anchored.notes[note.id] if isinstance(found, Anchor)]
            alone = len(note.selectors) == len(spans) == 1 and self._is_plain(note)
            piece = self._within(spans[0]) if alone else None
            if piece is not None:
                self._notes[piece].append(note)
                self._told[piece].append(self._said(note, spans[0], self._starts[piece]))
            elif not all(map(self._opened, spans)):
                return False
        if not all(map(self._opened, tied)):
            return False
        self._terms()
        return True

    def plain(self) -> Iterator[tuple[int, Plain]]:
        """The plain ones by their index."""
        prose = self._text.prose
        spoken = {name for kind, name in self._targets() if kind == "block"}
        for index, (start, events) in enumerate(self._cuts):
            block = _paragraph(prose, events) if index not in self._open else None
            shape = _shape(events, start) if block is not None else None
            if block is None or shape is None or (name := f"{self._text.id}-{block.id}") in spoken:
                continue
            words = prose.content[start : self._ends[index]]
            told = "\0".join((words, name, str(block.number), shape, *self._told.get(index, ())))
            digest = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
            yield index, Plain(name, digest, tuple(self._notes.get(index, ())))

    def _targets(self) -> Iterator[tuple[str, str]]:
        yield from self._matter.mentions
        yield from self._matter.asked
        yield from self._matter.visits

    def _is_plain(self, note: Note) -> bool:
        matter, target = self._matter, ("note", note.id)
        spoken = target in matter.mentions or target in matter.asked or target in matter.visits
        return not (spoken or note.id in matter.replies or refers(note.body))

    def _within(self, span: Span) -> int | None:
        """The piece in which a passage lies whole."""
        piece = bisect_right(self._starts, span.start) - 1
        return piece if piece >= 0 and span.start < span.end <= self._ends[piece] else None

    def _opened(self, span: Span) -> bool:
        """Note that the pieces that a passage meets aren't plain; False where that can't be said."""
        if span.start >= self._text.prose.main.end:  # in a footnote: what calls one is not plain
            return True
        first, last = (bisect_right(self._starts, offset) - 1 for offset in (span.start, span.end - 1))
        self._open.update(range(max(0, first), last + 1))
        return first >= 0 and span.start < span.end and span.start < self._ends[first]

    def _said(self, note: Note, span: Span, start: int) -> str:
        """What of a note may change with the texts."""
        number = self._matter.numbering.notes.get(note.id, "")
        said = f"{note.id} {number} {span.start - start} {span.end - start}"
        if terms := self._matter.occurrences.get(f"note:{note.id}"):
            said += repr([(one.term, one.span.start, one.span.end, one.linked, one.number) for one in terms])
        return said

    def _terms(self) -> None:
        for one in self._matter.occurrences.get(f"text:{self._text.id}", ()):
            if one.span.start >= self._text.prose.main.end or not one.linked:
                continue
            piece = bisect_right(self._starts, one.span.start) - 1  # a link ends in the piece in which it begins
            start = self._starts[piece]
            said = f"{one.term} {one.number} {one.span.start - start} {one.span.end - start}"
            self._told[piece].append(f"term {said}")


def _end(events: Frame, start: int) -> int:
    return next((event.span.end for event in reversed(events) if type(event) is Run), start)


def _paragraph(prose: Prose, events: Frame) -> Block | None:
    """The block of a paragraph, None for any other piece."""
    first = events[0]
    if type(first) is not Open or first.element is not Element.PARAGRAPH or first.block is None or first.fields:
        return None
    block = prose.blocks[first.block]
    plain = block.kind is BlockKind.PARAGRAPH and block.number is not None and not block.aliases
    return block if plain else None


def _shape(events: Frame, start: int) -> str | None:
    """Where a paragraph's words are set off, None where there is anything in it but words."""
    if len(events) == 3 and type(events[1]) is Run:
        return ""
    found = [_form(event, start) for event in events[1:-1]]
    return "".join(found) if all(found) else None


def _form(event: Event, start: int) -> str:
    if type(event) is Run:
        return f"{event.span.start - start}-{event.span.end - start} "
    if isinstance(event, (Open, Close)) and event.element in _INLINE and not getattr(event, "fields", ()):
        return f"{'<' if isinstance(event, Open) else '>'}{event.element.value} "
    return ""
