"""Selectors -> Anchor or Orphan, with what is to be said of those that were not found, or not once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Diagnostic
from builder.model.note import Anchor, Orphan, Quotation, State
from builder.model.view import Anchored
from builder.relate.doubts import hint_for_reference
from builder.relate.elsewhere import Elsewhere
from builder.relate.found import Around, Fault
from builder.relate.garbled import Garbled
from builder.relate.haystack import haystack
from builder.relate.lexicon import check_terms, placed
from builder.relate.lost import orphan, short
from builder.relate.match import match, to_the_letter
from builder.relate.outside import typed_outside
from builder.relate.pointed import asked_about, quoted
from builder.relate.recall import at_home, guessed, recalled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.lock import Key, Remembered
    from builder.model.note import Found, Selector
    from builder.model.prose import Span
    from builder.model.site import Edition
    from builder.model.text import Text
    from builder.relate.found import Match
    from builder.relate.haystack import Haystack
    from builder.relate.pointed import Pointed

MANY_BLOCKS = 20
"""A range over more blocks than this was more likely meant to end at an earlier place."""

Outcome = tuple["Found", tuple[Diagnostic, ...]]


def anchor(selector: Selector, within: Haystack, memory: Remembered | None = None) -> Outcome:
    """Where a selector's words stand in a text: once and certainly, or an orphan with its nearest candidates.

    `memory` is what is known of it from the last good build.
    """
    if memory is not None and (outcome := recalled(selector, within, memory)) is not None:
        found, told = outcome
        return (found, told) if found.state is State.EXACT else (replace(found, was=_written_on(memory)), told)
    return _blocks(selector, within) or _quoted(selector, within)


def _written_on(memory: Remembered) -> Quotation:
    return Quotation(memory.quotation, memory.prefix, memory.suffix)


def _blocks(selector: Selector, within: Haystack) -> Outcome | None:
    """A heading that names blocks means those blocks themselves."""
    if not selector.blocks:
        return None
    span = within.passage(selector.blocks)
    if span is None:
        return orphan(selector, within, None)
    return Anchor(selector, span, State.EXACT, 1.0), ()


def _quoted(selector: Selector, within: Haystack) -> Outcome:
    """A quotation stands in normal form, and once: the first of its readings that stands wins."""
    area = within.area(selector.within)
    if area is None:
        return orphan(selector, within, None)
    around = Around(area, selector.prefix, selector.suffix)
    telling: Match | None = None
    for reading in selector.readings:
        found = match(reading, within, around)
        if found.fault is None:
            place = found.places[0]
            loose = selector.prefix and selector.suffix and not to_the_letter(within.normal.text, place, around)
            if loose and (nearer := at_home(selector, within, place)) is not None:
                return nearer
            span = within.source(place)
            return Anchor(selector, span, State.EXACT, 1.0), _far(selector, within, span, len(reading))
        if found.fault.stands:
            return orphan(selector, within, found)
        if telling is None or _weight(found) >= _weight(telling):
            telling = found
    return guessed(selector, within) or orphan(selector, within, telling)


def _weight(found: Match) -> int:
    return list(Fault).index(found.fault) if found.fault is not None else 0


def _far(selector: Selector, within: Haystack, span: Span, pieces: int) -> tuple[Diagnostic, ...]:
    blocks = within.blocks_met(span) if pieces > 1 else 0
    if blocks <= MANY_BLOCKS:
        return ()
    found = f"the range runs over {blocks} blocks: “{short(selector.heading)}”"
    return (diagnose("G205", selector.place, found, "are its last words meant where they first follow?"),)


@dataclass(slots=True)
class _Seeker:
    """One edition's texts made ready, and what was said of what was sought in them."""

    edition: Edition
    memories: Mapping[Key, Remembered]
    texts: dict[str, Haystack] = field(default_factory=dict)
    told: list[Diagnostic] = field(default_factory=list)
    garbled: Garbled = field(default_factory=Garbled)
    elsewhere: Elsewhere = field(default_factory=lambda: Elsewhere(lambda sought, within: anchor(sought, within)[0]))

    def seek(self, text: str, selector: Selector, key: Key | None = None) -> Found:
        """Seek in a text of the edition by its id: what names another isn't kept when it is read.

        Nothing is told of what may be lost for characters that couldn't be read, here or there: these were told.
        """
        known = self.edition.text(text)
        assert known is not None
        within = self._ready(known)
        found, told = anchor(selector, within, self.memories.get(key) if key is not None else None)
        if told and self.garbled.may_hide(selector, known, within.normal.text):
            return found
        if key is not None and key[0] != "note":  # those have settings for it
            found = typed_outside(found, within) if isinstance(found, Orphan) else found
            told = tuple(replace(one, hint=hint_for_reference(one, found, within)) for one in told)
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

    def named(self, sort: str, term: str, places: tuple[tuple[str, Selector], ...]) -> tuple[tuple[str, Found], ...]:
        """The passages that an entry of a glossary names, those in this edition's texts."""
        here = [(index, *place) for index, place in enumerate(places) if self.edition.text(place[0]) is not None]
        return tuple((text, self.seek(text, selector, (sort, term, index))) for index, text, selector in here)

    def pointed(self, one: Pointed, key: Key, shown: str) -> Found:
        """A passage that a reference names. Told is what is remembered otherwise; the rest when it is resolved."""
        text = self.edition.text(one.text)
        assert text is not None
        within = self._ready(text)
        found, told = anchor(one.selector, within, self.memories.get(key))
        found = typed_outside(found, within, inner=True) if isinstance(found, Orphan) else found
        if found.was is not None and not text.unread:
            for each in told:
                said, hint = f"{shown}: {each.message}", hint_for_reference(each, found, within)
                self.told.extend(replace(each, place=place, message=said, hint=hint) for place in one.places)
        return found


def anchor_edition(
    edition: Edition, memories: Mapping[Key, Remembered] = MappingProxyType({})
) -> tuple[Anchored, tuple[Diagnostic, ...]]:
    """An edition with every selector sought once: of notes, of both ends of cross-references, of glossary entries.

    So is what questions are about and what references quote; what isn't found of these is told where it is resolved.
    `memories` are what is known of them from the last good build, by sort, id and index.
    What is wrong with the glossary itself is told here too. A passage that an entry shared by all editions names in
    a text that this one doesn't have is left out without a word.
    """
    seeker = _Seeker(edition, memories)
    asked, said = asked_about(edition), quoted(edition)
    anchored = Anchored(
        edition=edition,
        notes={
            note.id: tuple(
                seeker.seek(note.text, one, ("note", note.id, index)) for index, one in enumerate(note.selectors)
            )
            for note in edition.notes
        },
        crossrefs={
            tie.id: (
                seeker.seek(tie.one.text, tie.one.selector, ("crossref", tie.id, 0)),
                seeker.seek(tie.other.text, tie.other.selector, ("crossref", tie.id, 1)),
            )
            for tie in edition.crossrefs
        },
        terms_at={term.id: seeker.named("at", term.id, term.at) for term in placed(edition.terms) if term.at},
        terms_never_at={
            term.id: seeker.named("not-at", term.id, term.never_at) for term in placed(edition.terms) if term.never_at
        },
        about={key: seeker.pointed(one, ("question", *key), f"about “{one.typed}”") for key, one in asked.items()},
        quoted={typed: seeker.pointed(one, ("quoted", typed, 0), f"[[{typed}]]") for typed, one in said.items()},
    )
    told = (*seeker.told, *check_terms(edition.terms))
    return anchored, tuple(sorted(told, key=Diagnostic.sort_key))
