"""A span of a text -> its words with as much of what stands before and after as makes them the only ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.note import Anchor, Quotation
from builder.relate.finder import Finder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.note import Found
    from builder.model.prose import Span
    from builder.model.view import Anchored

AROUND = 32
"""Characters on either side: what readers of annotations use to find words that changed. More where it takes more."""


def quotations(anchored: Anchored) -> Mapping[tuple[str, Span], Quotation]:
    """What stands at every passage of an edition's notes and cross-references that was found by its words."""
    quoters = {text.id: _Quoter(text.prose.content, Finder(text.prose.content)) for text in anchored.edition.texts}
    made: dict[tuple[str, Span], Quotation] = {}
    for text, found in _found(anchored):
        if isinstance(found, Anchor) and not found.selector.blocks and text in quoters:
            made[text, found.span] = quoters[text].quote(found.span)
    return made


def _found(anchored: Anchored) -> Iterator[tuple[str, Found]]:
    for note in anchored.edition.notes:
        yield from ((note.text, found) for found in anchored.notes[note.id])
    for tie in anchored.edition.crossrefs:
        yield from zip((tie.one.text, tie.other.text), anchored.crossrefs[tie.id], strict=True)


@dataclass(slots=True)
class _Quoter:
    """One text's passages."""

    content: str
    finder: Finder
    known: dict[tuple[str, int], Counter[tuple[str, str]]] = field(default_factory=dict)
    """What stands around words, by these words and how far it is looked: how often."""

    def quote(self, span: Span) -> Quotation:
        """The words of a span with their surroundings, cut at words' edges."""
        exact = self.content[span.start : span.end]
        size = AROUND
        while size < len(self.content) and self._around(exact, size)[self._beside(span.start, exact, size)] > 1:
            size *= 2
        start, end = max(0, span.start - size), min(len(self.content), span.end + size)
        while start > 0 and start > span.start - 2 * size and not self.content[start - 1].isspace():
            start -= 1
        while end < len(self.content) and end < span.end + 2 * size and not self.content[end].isspace():
            end += 1
        return Quotation(exact, self.content[start : span.start], self.content[span.end : end])

    def _around(self, exact: str, size: int) -> Counter[tuple[str, str]]:
        if (exact, size) not in self.known:
            places = self.finder.places(exact)
            self.known[exact, size] = Counter(self._beside(place, exact, size) for place in places)
        return self.known[exact, size]

    def _beside(self, place: int, exact: str, size: int) -> tuple[str, str]:
        end = place + len(exact)
        return self.content[max(0, place - size) : place], self.content[end : end + size]
