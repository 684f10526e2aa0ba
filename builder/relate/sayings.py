"""An edition -> every saying in it: whose it is, its words as typed, and where they are typed."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.prose import Image, Open, RawHtml, Reference
from builder.model.remember import remembered
from builder.model.value import value_class
from builder.relate.proses import entry_of, pieces_of
from builder.relate.targets import read_target, split_edition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model.glossary import Term
    from builder.model.note import Found
    from builder.model.prose import Prose
    from builder.model.view import Anchored
    from builder.relate.proses import Piece


_PARTED = "\n\n"

_TAG = re.compile(r"<[^>]*(?:>|\Z)")
_VALUE = re.compile(r"=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)')")


@value_class(frozen=True, slots=True)
class Saying:
    """Words that belong together; blocks of them are parted by a blank line."""

    name: str
    """The same in an edition and in what a view shows of it."""
    words: str
    place: Place
    """Of the entry that has them."""


def sayings(anchored: Anchored) -> Iterator[Saying]:
    """All that is said in an edition: bodies, headings, what a question is about, what a reference shows, names."""
    edition = anchored.edition
    settings = edition.settings
    places = _places(anchored)
    for piece in pieces_of(anchored):
        yield from _of_prose(piece, places.get(piece.name, Place(piece.path)))
    yield from _of_terms(edition.terms)
    for note in edition.notes:
        lemma = _PARTED.join(selector.heading for selector in note.selectors)
        yield Saying(f"lemma:{note.id}", lemma, note.place)
        yield Saying(f"about:{note.id}", _PARTED.join((note.by, *note.tags)), note.place)
    for tie in edition.crossrefs:
        ends = (tie.one.selector.heading, tie.other.selector.heading, tie.by, *tie.tags)
        yield Saying(f"ends:{tie.id}", _PARTED.join(ends), tie.place)
    for question in edition.questions:
        about = (_quoted(target) for target in question.about)
        yield Saying(f"asks:{question.id}", _PARTED.join((*about, question.level, *question.tags)), question.place)
    for layer in edition.layers:
        yield Saying(f"voice:{layer.text}.{layer.id}", f"{layer.by}\n\n{layer.title}", settings.place)
    own = (settings.title, settings.summary, settings.by, *settings.tags)
    yield Saying("settings:", _PARTED.join(own), settings.place)
    for text in edition.texts:
        page = text.title_page
        words = _PARTED.join((page.title, page.author, page.rights, page.source))
        yield Saying(f"title:{text.id}", words, text.place)


def shown_besides(anchored: Anchored) -> Iterator[str]:
    """What is shown besides of an edition: targets and surroundings as typed, and words that once stood in a text.

    Nobody wrote these for a reader, and no reader is kept from them: they are as public as what they belong to.
    """
    edition = anchored.edition
    called = (reference.target for piece in pieces_of(anchored) for reference in piece.references())
    for target in chain(called, _called_by(edition.terms)):
        yield target
        if (found := anchored.quoted.get(split_edition(target)[1])) is not None:
            yield from _remembered((found,))
    for question in edition.questions:
        yield from question.about
    for found_ones in (*anchored.notes.values(), *anchored.crossrefs.values()):
        yield from _remembered(found_ones)
    yield from _remembered(anchored.about.values())


def _remembered(found: Iterable[Found]) -> Iterator[str]:
    for one in found:
        yield from (one.selector.prefix, one.selector.suffix)
        if one.was is not None:
            yield f"{one.was.prefix}{one.was.exact}{one.was.suffix}"


def _of_prose(piece: Piece, place: Place) -> Iterator[Saying]:
    """The words of a prose; and what it shows that isn't among its words."""
    yield Saying(piece.name, piece.prose.content, place)
    if besides := _PARTED.join(_besides(piece.prose)):
        yield Saying(f"{piece.name} besides", besides, place)


@remembered
def _of_terms(terms: tuple[Term, ...]) -> tuple[Saying, ...]:
    """Entries and their spellings. Their `at` and `not` are for the program: no page shows them."""
    found: list[Saying] = []
    for term in terms:
        found += _of_prose(entry_of(term), term.place)
        found.append(Saying(f"forms:{term.id}", _PARTED.join(term.forms), term.place))
    return tuple(found)


@remembered
def _called_by(terms: tuple[Term, ...]) -> tuple[str, ...]:
    """The targets of all references in entries."""
    return tuple(reference.target for term in terms for reference in entry_of(term).references())


def _besides(prose: Prose) -> Iterator[str]:
    """What references show, pictures and links say, and what is typed as HTML, of which no comments are left."""
    for reference in prose.events(Reference):
        yield from (reference.words or "", _quoted(reference.target))
    for image in prose.events(Image):
        yield from (image.alt, image.title or "")
    for opened in prose.events(Open):
        if opened.fields:
            yield opened.field("title") or ""
    for typed in prose.events(RawHtml):
        yield _TAG.sub(" ", typed.html)
        yield from (either or other for either, other in _VALUE.findall(typed.html))


def _quoted(target: str) -> str:
    """The words that a target quotes."""
    return read_target(split_edition(target)[1]).quotation


def _places(anchored: Anchored) -> dict[str, Place]:
    edition = anchored.edition
    return {
        **{f"note:{note.id}": note.place for note in edition.notes},
        **{f"xref:{tie.id}": tie.place for tie in edition.crossrefs},
        **{f"question:{question.id}": question.place for question in edition.questions},
        **{f"answer:{question.id}": question.place for question in edition.questions},
    }
