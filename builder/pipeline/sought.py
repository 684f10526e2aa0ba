"""An anchored edition -> every selector in it that an author can write anew, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.parse.passages import read_passage
from builder.parse.rewrite import Change, Sort
from builder.relate.anchor import anchor
from builder.relate.haystack import haystack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.crossref import Question
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
    """One selector: a passage of a note, an end of a cross-reference, an item of a question's `about`."""

    sort: Sort
    id: str
    index: int
    text: str
    """The text in which it is sought."""
    found: Found
    body: Prose
    """What is said of the passage."""

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.sort.value, self.id, self.index

    @property
    def selector(self) -> Selector:
        """As it was read."""
        return self.found.selector

    def change(self, wanted: Selector) -> Change:
        """What is to be written so that it says something else. The id goes with it where it was made of the words."""
        made_of = {Sort.NOTE: wanted.heading != self.selector.heading, Sort.CROSSREF: True, Sort.QUESTION: False}
        kept = self.id if self.index == 0 and made_of[self.sort] else ""
        return Change(self.sort, self.selector.place.line, 0 if self.sort is Sort.NOTE else self.index, wanted, kept)


def sought(anchored: Anchored, stacks: Stacks) -> Iterator[Sought]:
    """All of them: those of the notes in their order, of the cross-references, of the questions."""
    edition = anchored.edition
    for note in edition.notes:
        for index, found in enumerate(anchored.notes.get(note.id, ())):
            yield Sought(Sort.NOTE, note.id, index, note.text, found, note.body)
    for tie in edition.crossrefs:
        for index, found in enumerate(anchored.crossrefs.get(tie.id, ())):
            yield Sought(Sort.CROSSREF, tie.id, index, (tie.one, tie.other)[index].text, found, tie.body)
    for question in edition.questions:
        yield from _about(question, stacks)


def _about(question: Question, stacks: Stacks) -> Iterator[Sought]:
    """The passages of this edition's texts that a question names."""
    for index, typed in enumerate(question.about):
        passage = read_passage(typed)
        within = stacks.of(passage.name.removeprefix("text:")) if passage is not None else None
        if passage is not None and within is not None:
            found, _ = anchor(passage.end(question.place).selector, within)
            yield Sought(Sort.QUESTION, question.id, index, within.name, found, question.asked)
