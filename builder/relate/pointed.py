"""An edition -> the passages of its own texts that questions are about, and that references quote, as selectors.

Both are typed in the grammar of `[[…]]`. A bare number in a reference is seen to in `numbered`: it quotes no words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.glossary import own_terms
from builder.model.note import Selector
from builder.model.prose import ReferenceKind
from builder.model.remember import remembered
from builder.model.value import value_class
from builder.relate.proses import entry_of, pieces_in
from builder.relate.targets import read_target, split_edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.site import Edition
    from builder.relate.targets import Target

_RANGE = (" … ", " ... ")


@value_class(frozen=True, slots=True)
class Pointed:
    """One passage that is named: how, and where."""

    text: str
    """The text's id."""
    typed: str
    """As it is typed, without the edition."""
    selector: Selector
    places: tuple[Place, ...]
    """Everywhere where it is typed so: a reference is known by what it says."""


@remembered
def asked_about(edition: Edition) -> Mapping[tuple[str, int], Pointed]:
    """What questions are about, by the question's id and the place in its list; texts as such are no passages."""
    found = {}
    for question in edition.questions:
        for index, typed in enumerate(question.about):
            one = _pointed(edition, typed, (question.place_about(index),))
            if one is not None:
                found[question.id, index] = one
    return found


@remembered
def quoted(edition: Edition) -> Mapping[str, Pointed]:
    """What references quote, in all that is said in the edition, by how they are typed."""
    places: dict[str, list[Place]] = {}
    for target, place in _references(edition):
        if read_target(split_edition(target)[1]).quotation:
            places.setdefault(target, []).append(place)
    found: dict[str, Pointed] = {}
    for target, where in places.items():
        one = _pointed(edition, target, tuple(where))
        if one is not None and one.selector.readings:
            known = found.get(one.typed)
            where = [*known.places, *where] if known is not None else where
            found[one.typed] = Pointed(one.text, one.typed, one.selector, tuple(sorted(where)))
    return found


def _references(edition: Edition) -> Iterator[tuple[str, Place]]:
    entries = (entry_of(term) for term in own_terms(edition.terms))
    for piece in (*pieces_in(edition), *entries):
        for one in piece.references():
            if one.kind is ReferenceKind.PASSAGE:
                yield one.target, Place(piece.path, one.line, one.column)


def _pointed(edition: Edition, typed: str, places: tuple[Place, ...]) -> Pointed | None:
    """None for what is no passage of a text of this edition."""
    name, rest = split_edition(typed)
    target = read_target(rest)
    if name not in ("", edition.id) or not (target.blocks or target.quotation) or edition.text(target.name) is None:
        return None
    return Pointed(target.name, target.typed, selector_of_target(target, places[0]), places)


def selector_of_target(target: Target, place: Place) -> Selector:
    """What a target that names a block or quotes words seeks in its text."""
    if target.quotation:
        return Selector(target.quotation, readings_of(target.quotation), place, within=target.blocks)
    return Selector(target.typed.removeprefix(target.name).strip(), (), place, blocks=target.blocks)


def readings_of(quotation: str) -> tuple[tuple[str, ...], ...]:
    """As written; then as a range."""
    pieces = [quotation]
    for dots in _RANGE:
        pieces = [part.strip() for piece in pieces for part in piece.split(dots)]
    return ((quotation,), tuple(pieces)) if len(pieces) > 1 else ((quotation,),)
