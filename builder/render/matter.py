"""An edition under one view -> the indexes from which its pages are composed, made once however many pages it has."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.glossary import by_id, own_terms
from builder.model.value import value_class
from builder.render.numbering import Numbering, number
from builder.render.threads import threaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.model.crossref import Relation
    from builder.model.glossary import Occurrence, Term
    from builder.model.note import Layer, Note
    from builder.model.site import Edition, Kind, Work
    from builder.model.text import Text
    from builder.model.view import Referred, Visit

Target = tuple[str, str]
"""What is spoken of: an address's kind and id."""


@value_class(frozen=True, slots=True)
class Matter:
    """All that is said in an edition under one view, ready to be looked up."""

    referred: Referred
    numbering: Numbering
    works: Mapping[str, Work]
    kinds: Mapping[str, Kind]
    relations: Mapping[str, Relation]
    texts: Mapping[str, Text]
    layers: Mapping[str, Layer]
    """Layer id -> the first of its files, in their order: who speaks in it, and in which tongue, is the same in all."""
    notes: Mapping[str, Note]
    said: Mapping[str, tuple[Note, ...]]
    """Text id -> all notes on it, in the edition's order; none for a text without."""
    terms: Mapping[str, Term]
    occurrences: Mapping[str, tuple[Occurrence, ...]]
    """Prose name -> the terms found in it."""
    mentions: Mapping[Target, tuple[str, ...]]
    """Target -> the proses that speak of it."""
    asked: Mapping[Target, tuple[str, ...]]
    """Target -> the questions that are about it."""
    replies: Mapping[str, tuple[Note, ...]]
    visits: Mapping[Target, tuple[Visit, ...]]
    """Target -> what other editions say of it."""
    filed: tuple[Term, ...]
    """The terms that belong to this edition: its own, and the site's that are used in it, in alphabetical order."""

    @property
    def edition(self) -> Edition:
        """The edition as this view sees it."""
        return self.referred.anchored.edition


def gather(
    referred: Referred,
    *,
    works: Mapping[str, Work],
    kinds: tuple[Kind, ...],
    relations: tuple[Relation, ...],
    visits: tuple[Visit, ...] = (),
) -> Matter:
    """Index an edition for composing. `kinds` and `relations` are the site's, `visits` lead to this edition."""
    referred = threaded(referred)
    edition = referred.anchored.edition
    occurrences: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in referred.occurrences:
        occurrences[occurrence.prose].append(occurrence)
    mentions = _mentions(referred, edition)
    asked = _asked(referred)
    replies: dict[str, list[Note]] = defaultdict(list)
    said: dict[str, list[Note]] = defaultdict(list)
    layers: dict[str, Layer] = {}
    for layer in edition.layers:
        layers.setdefault(layer.id, layer)
    for note in edition.notes:
        said[note.text].append(note)
        if note.answers:
            replies[note.answers].append(note)
    guests: dict[Target, list[Visit]] = defaultdict(list)
    for visit in visits:
        guests[visit.target.kind, visit.target.id].append(visit)
    filed = _filed(edition, referred, (*mentions, *asked))
    return Matter(
        referred=referred,
        numbering=number(referred.anchored),
        works=works,
        kinds={kind.id: kind for kind in kinds},
        relations={relation.id: relation for relation in relations},
        texts={text.id: text for text in edition.texts},
        layers=layers,
        notes={note.id: note for note in edition.notes},
        said={text: tuple(notes) for text, notes in said.items()},
        terms=by_id(edition.terms),
        occurrences={name: tuple(found) for name, found in occurrences.items()},
        mentions={target: tuple(origins) for target, origins in mentions.items()},
        asked={target: tuple(questions) for target, questions in asked.items()},
        visits={target: tuple(found) for target, found in guests.items()},
        filed=filed,
        replies={
            name: tuple(sorted(found, key=lambda note: (note.date, note.place))) for name, found in replies.items()
        },
    )


def _mentions(referred: Referred, edition: Edition) -> dict[Target, list[str]]:
    mentions: dict[Target, dict[str, None]] = defaultdict(dict)
    for mention in referred.mentions:
        if mention.target.edition in (edition.id, ""):
            mentions[mention.target.kind, mention.target.id][mention.origin] = None
    return {target: list(origins) for target, origins in mentions.items()}


def _asked(referred: Referred) -> dict[Target, list[str]]:
    asked: dict[Target, list[str]] = defaultdict(list)
    for question, links in referred.about.items():
        for link in links:
            if link.address is not None:
                asked[link.address.kind, link.address.id].append(question)
    return asked


def _filed(edition: Edition, referred: Referred, spoken_of: Iterable[Target]) -> tuple[Term, ...]:
    used = {occurrence.term for occurrence in referred.occurrences}
    used |= {name for kind, name in spoken_of if kind == "term"}
    known = by_id(edition.terms)
    terms = [*own_terms(edition.terms), *(known[name] for name in used if name in known and not known[name].edition)]
    return tuple(sorted(terms, key=lambda term: (sort_key(term.headword), term.id)))


def sort_key(words: str) -> str:
    """How a headword or a title is filed: without case, accents and leading marks."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", words) if not unicodedata.combining(letter))
    return re.sub(r"^\W+", "", bare).casefold()
