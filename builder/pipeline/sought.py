"""An anchored edition -> every selector in it that an author can write anew, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.glossary import by_id
from builder.model.prose import EMPTY
from builder.model.value import value_class
from builder.parse.rewrite import LISTS, Change, Sort, retyped
from builder.relate.haystack import haystack
from builder.relate.locking import terms_found
from builder.relate.pointed import asked_about, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Place
    from builder.model.note import Found, Selector
    from builder.model.prose import Prose
    from builder.model.site import Edition
    from builder.model.view import Anchored
    from builder.relate.haystack import Haystack

Key = tuple[str, str, int]
"""Sort, id and index of a selector: by this it is known in `anchors.lock` too."""


@dataclass(slots=True)
class Stacks:
    """The texts of an edition, made ready for seeking when first asked for."""

    edition: Edition
    made: dict[str, Haystack] = field(default_factory=dict)

    def of(self, text: str) -> Haystack | None:
        """A text by its id; None for one that the edition doesn't have, or that couldn't be read."""
        known = self.edition.text(text)
        if known is None or known.unread:
            return None
        if text not in self.made:
            self.made[text] = haystack(known.prose, text)
        return self.made[text]


@value_class(frozen=True, slots=True)
class Sought:
    """One selector: a passage of a note, an end of a cross-reference, an item of a list, words in references."""

    sort: Sort
    id: str
    index: int
    text: str
    """The text in which it is sought."""
    found: Found
    body: Prose
    """What is said of the passage."""
    places: tuple[Place, ...] = ()
    """Of words in references, everywhere where they are typed so; else they stand where the selector does."""

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.sort.value, self.id, self.index

    @property
    def selector(self) -> Selector:
        """As it was read."""
        return self.found.selector

    def changes(self, wanted: Selector) -> Iterator[tuple[str, Change]]:
        """In which file what is to be written so that it says something else: once for each line.

        The id goes with it where it was made of the words.
        """
        if self.sort is Sort.QUOTED:
            for path, line in sorted({(place.path, place.line) for place in self.places}):
                yield path, Change(self.sort, line, 0, wanted, typed=self.id)
            return
        made_of = {Sort.NOTE: wanted.heading != self.selector.heading, Sort.CROSSREF: True}
        kept = self.id if self.index == 0 and made_of.get(self.sort, False) else ""
        place, index = self.selector.place, 0 if self.sort is Sort.NOTE else self.index
        typed = self.selector.heading if self.sort in LISTS else ""
        yield place.path, Change(self.sort, place.line, index, wanted, kept, typed)

    def key_of(self, wanted: Selector) -> Key:
        """What it is known by when that is written: a reference by what it says."""
        return self.key if self.sort is not Sort.QUOTED else (self.sort.value, retyped(self.id, wanted) or "", 0)


def sought(anchored: Anchored) -> Iterator[Sought]:
    """All of them: those of the notes in their order, of the cross-references, of the questions, references, terms."""
    edition = anchored.edition
    for note in edition.notes:
        for index, found in enumerate(anchored.notes.get(note.id, ())):
            yield Sought(Sort.NOTE, note.id, index, note.text, found, note.body)
    for tie in edition.crossrefs:
        for index, found in enumerate(anchored.crossrefs.get(tie.id, ())):
            yield Sought(Sort.CROSSREF, tie.id, index, (tie.one, tie.other)[index].text, found, tie.body)
    asked = {question.id: question.asked for question in edition.questions}
    for (name, index), one in asked_about(edition).items():
        if (name, index) in anchored.about:
            yield Sought(Sort.QUESTION, name, index, one.text, anchored.about[name, index], asked[name])
    for typed, one in quoted(edition).items():
        if typed in anchored.quoted:
            yield Sought(Sort.QUOTED, typed, 0, one.text, anchored.quoted[typed], EMPTY, one.places)
    known = by_id(edition.terms)
    for (sort, term, index), text, found in terms_found(anchored):
        yield Sought(Sort(sort), term, index, text, found, known[term].short)
