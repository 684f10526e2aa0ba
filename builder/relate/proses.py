"""Edition -> all its proses in reading order, by the names under which occurrences and mentions know them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.note import Anchor
from builder.model.prose import Reference
from builder.model.remember import remembered
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.model.glossary import Term
    from builder.model.note import Found, Layer, Note
    from builder.model.prose import Prose
    from builder.model.site import Edition
    from builder.model.text import Text
    from builder.model.view import Anchored

Rank = tuple[int, int, int, str]

LAST = 1 << 60
"""Beyond every offset: where notes come that lost their passage."""

DEEPEST = 20
"""Replies to replies are told apart down to here."""


@value_class(frozen=True, slots=True)
class Piece:
    """One prose.

    Its name is `text:ID`, `layer:TEXT.ID`, `note:ID`, `intro:FILE`, `xref:ID`, `question:ID`, `answer:ID` or `term:ID`.
    """

    name: str
    prose: Prose
    path: str
    """The file in which it was written."""

    def references(self) -> list[Reference]:
        """Every `[[…]]` and `[@…]` in it, footnotes included, as they stand."""
        return self.prose.events(Reference)


@remembered
def pieces_of(anchored: Anchored) -> tuple[Piece, ...]:
    """Each text with what is said on it, then cross-references and questions; without the glossary's entries."""
    edition = anchored.edition
    return tuple(_pieces(edition, _in_order(edition.notes, edition.layers, anchored.notes)))


def pieces_in(edition: Edition) -> Iterator[Piece]:
    """The same of an edition of which nothing was sought yet: the notes on a text in the order of their files."""
    return _pieces(edition, edition.notes)


def _pieces(edition: Edition, ordered: Iterable[Note]) -> Iterator[Piece]:
    notes: dict[str, list[Note]] = defaultdict(list)
    for note in ordered:
        notes[note.text].append(note)
    introduced: dict[str, list[Layer]] = defaultdict(list)
    for layer in edition.layers:
        if layer.introduction.frame:
            introduced[layer.text].append(layer)
    for text in edition.texts:
        yield Piece(f"text:{text.id}", text.prose, text.place.path)
        for layer in introduced[text.id]:
            yield Piece(f"layer:{text.id}.{layer.id}", layer.introduction, _file_of(layer, text, notes[text.id]))
        for note in notes[text.id]:
            yield Piece(f"note:{note.id}", note.body, note.place.path)
    for introduction in edition.introductions:
        yield Piece(f"intro:{introduction.of}", introduction.prose, introduction.path)
    for tie in edition.crossrefs:
        yield Piece(f"xref:{tie.id}", tie.body, tie.place.path)
    for question in edition.questions:
        yield Piece(f"question:{question.id}", question.asked, question.place.path)
        yield Piece(f"answer:{question.id}", question.body, question.place.path)


def entry_of(term: Term) -> Piece:
    """The entry of a term."""
    return Piece(f"term:{term.id}", term.entry, term.place.path)


def _file_of(layer: Layer, text: Text, notes: list[Note]) -> str:
    """The file of a layer: that of its notes, else the one in which the first layer would be."""
    known = (note.place.path for note in notes if note.layer == layer.id)
    return next(known, f"{text.place.path.removesuffix('.md')}.notes.md")


@remembered
def _in_order(
    notes: tuple[Note, ...], of: tuple[Layer, ...], founds: Mapping[str, tuple[Found, ...]]
) -> tuple[Note, ...]:
    """Notes in the order of their passages, the longer one first; each followed by its replies; lost ones last."""
    known = {note.id: note for note in notes}
    layers: dict[str, int] = {}
    for layer in of:
        layers.setdefault(layer.id, len(layers))

    def rank(note: Note) -> Rank:
        spans = [found.span for found in founds[note.id] if isinstance(found, Anchor)]
        first = min(spans, key=lambda span: (span.start, -span.end), default=None)
        place = (first.start, -first.end) if first is not None else (LAST, 0)
        return (*place, layers.get(note.layer, 0), note.id)

    def thread(note: Note) -> tuple[Rank, ...]:
        if not note.answers:
            return (rank(note),)
        line = [note]
        while (above := known.get(line[-1].answers)) is not None and len(line) < DEEPEST:
            line.append(above)
        root, *replies = reversed(line)
        return (rank(root), *((0, 0, 0, f"{reply.date} {reply.id}") for reply in replies))

    return tuple(sorted(notes, key=thread))
