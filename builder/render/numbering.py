"""Which note is 7 and which cross-reference is B: the numbers and letters that are shown (never part of an id)."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from builder.model.note import Anchor, Audience
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.model.crossref import CrossReference
    from builder.model.note import Note
    from builder.model.view import Anchored


@value_class(frozen=True, slots=True)
class Numbering:
    """What is shown for each thing of an edition under one view."""

    notes: Mapping[str, str]
    """Note id -> "7"; replies, highlights and lost notes have none."""
    order: tuple[Note, ...]
    """Every note that stands in its text, in the order of its passage (replies left out)."""
    on: Mapping[str, tuple[Note, ...]]
    """Text id -> those of `order` that stand in it; none for a text without."""
    starts: Mapping[str, int]
    """Where in its text the first passage of each of `order` begins."""
    letters: Mapping[str, str]
    """Cross-reference id -> "B"."""
    crossrefs: tuple[CrossReference, ...]
    """In the order of their letters."""
    ties: Mapping[str, tuple[CrossReference, ...]]
    """Text id -> those that touch it, in the order of their letters; none for a text without."""
    questions: Mapping[str, str]


def number(anchored: Anchored) -> Numbering:
    """Notes by start, longest first; cross-references by where they begin in the first text that they touch.

    Those that only teachers see come after all others, so that C is the same place for students and their teacher.
    """
    edition = anchored.edition
    rank = {text.id: index for index, text in enumerate(edition.texts)}
    layer_rank: dict[str, int] = {}
    for layer in edition.layers:
        layer_rank.setdefault(layer.id, len(layer_rank))

    def place(note: Note) -> tuple[int, int, int, int, str] | None:
        spans = [found.span for found in anchored.notes[note.id] if isinstance(found, Anchor)]
        if not spans:
            return None
        first = min(spans, key=lambda span: (span.start, -span.end)) if len(spans) > 1 else spans[0]
        return (rank[note.text], first.start, -first.end, layer_rank.get(note.layer, 0), note.id)

    placed = [(spot, note) for note in edition.notes if not note.answers and (spot := place(note)) is not None]
    placed.sort(key=lambda pair: pair[0])
    order = tuple(note for _, note in placed)
    numbers: dict[str, str] = {}
    for note in order:
        if note.kind != "highlight":
            numbers[note.id] = str(len(numbers) + 1)
    crossrefs = tuple(sorted(edition.crossrefs, key=lambda crossref: _tie_place(crossref, anchored, rank)))
    return Numbering(
        notes=numbers,
        order=order,
        on={text: tuple(notes) for text, notes in groupby(order, key=lambda note: note.text)},
        starts={note.id: start for (_, start, *_), note in placed},
        letters={crossref.id: letter(index) for index, crossref in enumerate(crossrefs)},
        crossrefs=crossrefs,
        ties=touching(crossrefs),
        questions={question.id: str(index) for index, question in enumerate(edition.questions, 1)},
    )


def touching(crossrefs: Iterable[CrossReference]) -> Mapping[str, tuple[CrossReference, ...]]:
    """Text id -> the cross-references that have an end in it, in the order in which they come."""
    found: dict[str, list[CrossReference]] = defaultdict(list)
    for crossref in crossrefs:
        for text in dict.fromkeys((crossref.one.text, crossref.other.text)):
            found[text].append(crossref)
    return {text: tuple(ties) for text, ties in found.items()}


def _tie_place(
    crossref: CrossReference, anchored: Anchored, rank: Mapping[str, int]
) -> tuple[bool, tuple[tuple[int, int, int], ...], str]:
    ends = []
    for end, found in zip((crossref.one, crossref.other), anchored.crossrefs[crossref.id], strict=True):
        span = (found.span.start, found.span.end) if isinstance(found, Anchor) else (10**9, 10**9)
        ends.append((rank.get(end.text, len(rank)), *span))
    return (crossref.audience is Audience.TEACHER, tuple(sorted(ends)), crossref.id)


WHOLE = "*"
"""The heading of a note on its text as a whole."""


def on_whole(note: Note) -> bool:
    """Whether a note speaks of its text as a whole: it stands before the text, not at a line."""
    return WHOLE in [selector.blocks for selector in note.selectors]


def letter(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA: the way columns of a sheet are lettered."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
