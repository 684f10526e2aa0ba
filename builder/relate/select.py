"""Edition × view -> what that view may see. What is left out here never reaches a writer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.glossary import by_id
from builder.model.note import Audience
from builder.model.prose import EMPTY
from builder.model.remember import remembered
from builder.relate.inflect import spellings
from builder.relate.lexicon import forms_of
from builder.relate.normal import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.glossary import Term
    from builder.model.note import Layer, Note
    from builder.model.site import Edition
    from builder.model.view import Anchored, View


def select(anchored: Anchored, view: View) -> Anchored:
    """The edition as a view may see it. Selecting once more by the same view changes nothing.

    Only a teacher's view holds teacher's matter and model answers. Layers and kinds choose among the notes; a reply
    to a note that is left out goes with it.
    """
    edition = anchored.edition
    teacher = view.audience is Audience.TEACHER

    def open_to(audience: Audience) -> bool:
        return teacher or audience is not Audience.TEACHER

    notes = _notes(edition, view, {note.id for note in edition.notes if open_to(note.audience)})
    seen = replace(
        edition,
        layers=_the_same(edition.layers, tuple(_speaking(edition, view, notes))),
        notes=notes,
        crossrefs=tuple(tie for tie in edition.crossrefs if open_to(tie.audience)),
        questions=tuple(
            question if teacher else replace(question, body=EMPTY)
            for question in edition.questions
            if open_to(question.audience)
        ),
        terms=edition.terms if teacher else _for_students(edition.terms),
    )
    kept_ties = {tie.id for tie in seen.crossrefs}
    kept_terms = by_id(seen.terms)
    kept_questions = {question.id for question in seen.questions}
    return replace(
        anchored,
        edition=seen,
        notes=anchored.notes if notes is edition.notes else {note.id: anchored.notes[note.id] for note in notes},
        crossrefs={name: found for name, found in anchored.crossrefs.items() if name in kept_ties},
        terms_at={name: found for name, found in anchored.terms_at.items() if name in kept_terms},
        terms_never_at={name: found for name, found in anchored.terms_never_at.items() if name in kept_terms},
        about={key: found for key, found in anchored.about.items() if key[0] in kept_questions},
        left_out=anchored.left_out | _left_out(edition, seen),
    )


def _the_same(every: tuple[Layer, ...], kept: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """What was kept; the very values of before where that is all of them: what is made of these is known."""
    return every if len(kept) == len(every) else kept


@remembered
def _for_students(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms less the teacher's; the same tuple where there are none of these."""
    kept = tuple(term for term in terms if term.audience is not Audience.TEACHER)
    return terms if len(kept) == len(terms) else kept


def _speaking(edition: Edition, view: View, kept: tuple[Note, ...]) -> Iterator[Layer]:
    """The layers of a view: none of which all that it says is left out, for then so are its voice and title."""
    speaking = {(note.text, note.layer) for note in kept}
    teachers = {(note.text, note.layer) for note in edition.notes if note.audience is Audience.TEACHER}
    silent = teachers - speaking
    for layer in edition.layers:
        if (not view.layers or layer.id in view.layers) and (layer.text, layer.id) not in silent:
            yield layer


def _notes(edition: Edition, view: View, open_ones: set[str]) -> tuple[Note, ...]:
    """The notes of a view, in the edition's order: those it may show, whose line of notes answered is whole."""
    if not view.layers and not view.kinds and len(open_ones) == len(edition.notes):
        return edition.notes
    known = {note.id: note for note in edition.notes}
    kept: dict[str, bool] = {}

    def allowed(note: Note) -> bool:
        of_layer = not view.layers or note.layer in view.layers
        of_kind = not view.kinds or note.kind in view.kinds
        return note.id in open_ones and of_layer and of_kind

    def settle(note: Note) -> None:
        line = []
        above: Note | None = note
        while above is not None and above.id not in kept:
            kept[above.id] = allowed(above)
            line.append(above)
            above = known.get(above.answers)
        for one in reversed(line):
            kept[one.id] = kept[one.id] and (one.answers not in known or kept[one.answers])

    for note in edition.notes:
        settle(note)
    every = all(kept.values())
    return edition.notes if every else tuple(note for note in edition.notes if kept[note.id])


def _left_out(edition: Edition, seen: Edition) -> frozenset[str]:
    """The names of what was left out. A term has all its names: references call it by any of them."""
    gone = _names(edition, seen) - _names(seen, edition)
    if seen.terms is edition.terms:
        return frozenset(gone)
    kept = by_id(seen.terms)
    gone.update(f"term:{term.id}" for term in edition.terms if term.id not in kept)
    lost = [form for term in edition.terms if term.id not in kept for form in forms_of(term)]
    spelled = {spelling.text for form in lost for spelling in spellings(form)} | {plain(form) for form in lost}
    return frozenset(gone | {f"form:{words.casefold()}" for words in spelled})


def _names(edition: Edition, other: Edition) -> set[str]:
    """What of an edition has a name; less the notes, where both have the same."""
    notes = edition.notes if edition.notes is not other.notes else ()
    return {
        *(f"note:{note.id}" for note in notes),
        *(f"xref:{tie.id}" for tie in edition.crossrefs),
        *(f"question:{question.id}" for question in edition.questions),
    }
