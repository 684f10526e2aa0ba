"""Selectors -> Anchor or Orphan, with what is to be said of those that were not found, or not once.

Words are sought from certain to doubtful: where they stood when nothing was changed; where a comparison with the old
text carries them; where they stand as they are; where something like them stands and what surrounds it agrees. What is
found in a way that leaves a doubt says so by its state, at each build, until the author has settled it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from builder.model.diagnostic import Diagnostic
from builder.model.note import Orphan
from builder.model.view import Anchored
from builder.relate.elsewhere import Elsewhere
from builder.relate.exact import named_blocks, quoted
from builder.relate.haystack import haystack
from builder.relate.lexicon import check_terms, placed
from builder.relate.lost import orphan
from builder.relate.match import Fault, Match
from builder.relate.recall import recall
from builder.relate.surmise import surmise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.crossref import CrossReference
    from builder.model.lock import Remembered
    from builder.model.note import Found, Note, Selector
    from builder.model.site import Edition
    from builder.model.text import Text
    from builder.relate.haystack import Haystack

UNREADABLE = "\ufffd"
"""What stands for characters that couldn't be read."""

Outcome = tuple["Found", tuple[Diagnostic, ...]]

Key = tuple[str, str, int]
"""Of one selector: "note" or "crossref", the id, and its index."""


def anchor(selector: Selector, within: Haystack, memory: Remembered | None = None) -> Outcome:
    """Where a selector's words stand in a text, or an orphan with its nearest candidates.

    What is remembered of a selector that was written otherwise then is not asked, not even to choose among several
    places: what an author types must say by itself which words are meant, with the lock or without it.
    """
    if memory is not None and memory.same:
        known = recall(selector, within, memory)
        if known is not None:
            return known
    if selector.blocks:
        return named_blocks(selector, within)
    found = quoted(selector, within)
    if not isinstance(found, Match):
        return found
    if found.fault in (Fault.NOWHERE, Fault.ELSEWHERE):
        guess = surmise(selector, within)
        if guess is not None:
            return guess
    return orphan(selector, within, found)


@dataclass(slots=True)
class _Seeker:
    """One edition's texts made ready, and what was said of what was sought in them."""

    edition: Edition
    memories: Mapping[Key, Remembered]
    texts: dict[str, Haystack] = field(default_factory=dict)
    told: list[Diagnostic] = field(default_factory=list)
    elsewhere: Elsewhere = field(default_factory=lambda: Elsewhere(lambda sought, within: anchor(sought, within)[0]))

    def seek(self, text: str, selector: Selector, key: Key | None = None) -> Found:
        """Seek in a text by its id. A text that the edition doesn't have was told when the file was read.

        Nothing is told of what is lost in a text that couldn't be read, or of words that couldn't: that was told.
        """
        known = self.edition.text(text)
        if known is None:
            return Orphan(selector, State.NEVER_FOUND)
        within = self._ready(known)
        found, told = anchor(selector, within, self.memories.get(key) if key is not None else None)
        if known.unread or (told and UNREADABLE in selector.heading):
            return found
        self.told.extend(self._advised(one, found, within) for one in told)
        return found

    def _ready(self, text: Text) -> Haystack:
        if text.id not in self.texts:
            self.texts[text.id] = haystack(text.prose, text.id)
        return self.texts[text.id]

    def _advised(self, one: Diagnostic, found: Found, within: Haystack) -> Diagnostic:
        """The diagnostic with a better hint, where the words stand nowhere in their text as they are written."""
        astray = isinstance(found, Orphan) and one.code == "G201" and all(near.score < 1 for near in found.nearest)
        if not astray:
            return one
        others = (self._ready(text) for text in self.edition.texts if text.id != within.name)
        hint = self.elsewhere.hint(found.selector, within, others)
        return replace(one, hint=hint) if hint else one

    def note(self, note: Note) -> tuple[Found, ...]:
        """What becomes of each of a note's passages."""
        return tuple(self.seek(note.text, one, ("note", note.id, index)) for index, one in enumerate(note.selectors))

    def ends(self, tie: CrossReference) -> tuple[Found, Found]:
        """What becomes of both ends of a cross-reference."""
        one, other = tie.one, tie.other
        return (
            self.seek(one.text, one.selector, ("crossref", tie.id, 0)),
            self.seek(other.text, other.selector, ("crossref", tie.id, 1)),
        )

    def named(self, places: tuple[tuple[str, Selector], ...]) -> tuple[tuple[str, Found], ...]:
        """The passages that an entry of a glossary names, those in this edition's texts."""
        here = [place for place in places if self.edition.text(place[0]) is not None]
        return tuple((text, self.seek(text, selector)) for text, selector in here)


def anchor_edition(
    edition: Edition, memories: Mapping[Key, Remembered] | None = None
) -> tuple[Anchored, tuple[Diagnostic, ...]]:
    """An edition with every selector sought once: of notes, of both ends of cross-references, of glossary entries.

    `memories` holds what is known of the selectors of notes and cross-references from the last good build.

    What is wrong with the glossary itself is told here too. A passage that an entry shared by all editions names in
    a text that this one doesn't have is left out without a word.
    """
    seeker = _Seeker(edition, memories or {})
    anchored = Anchored(
        edition=edition,
        notes={note.id: seeker.note(note) for note in edition.notes},
        crossrefs={tie.id: seeker.ends(tie) for tie in edition.crossrefs},
        terms_at={term.id: seeker.named(term.at) for term in placed(edition.terms) if term.at},
        terms_never_at={term.id: seeker.named(term.never_at) for term in placed(edition.terms) if term.never_at},
    )
    told = (*seeker.told, *check_terms(edition.terms))
    return anchored, tuple(sorted(told, key=Diagnostic.sort_key))
