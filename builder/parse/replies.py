"""The notes of all an edition's files -> the same with ids that are each their own, and replies that lead somewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.parse.ids import Wish, key, settle
from builder.parse.kept_ids import kept_ids
from builder.parse.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.model.diagnostic import Diagnostic, Place
    from builder.model.lock import Lock
    from builder.model.note import Note

_SUGGESTED = 20
"""For how many replies a likely note is looked for: among thousands that would cost more than reading them."""


DEEPEST = 40
"""Replies to replies in a row: no conversation in a margin can be followed so far."""


def settle_notes(notes: Iterable[Note], sides: Sequence[Lock] = ()) -> tuple[tuple[Note, ...], tuple[Diagnostic, ...]]:
    """The notes in their order; a reply that leads nowhere, or round in a circle, is a note of its own.

    `sides` are the edition's locks: ids that were made are kept as they say.
    """
    notes = tuple(notes)
    kept = kept_ids(notes, sides)
    wishes = [
        Wish(note.id, note.given_id, note.place, rival=note.layer, tails=_tails(note), kept=kept.get(index, ""))
        for index, note in enumerate(notes)
    ]
    ids, slips = settle(wishes, "note")
    told = list(slips)
    known: dict[str, str] = {}
    for note, id in zip(notes, ids, strict=True):
        known.setdefault(key(note.id) if note.given_id else key(id), id)
    settled = [
        note if note.id == id and not note.answers else replace(note, id=id, answers=_answered(note, known, told))
        for note, id in zip(notes, ids, strict=True)
    ]
    return _straightened(settled, told), tuple(told)


def _tails(note: Note) -> tuple[str, ...]:
    """Endings of the ids that its further passages have: `#ref-ID-2`."""
    return tuple(f"-{number}" for number in range(2, len(note.selectors) + 1))


def _answered(note: Note, known: dict[str, str], told: list[Diagnostic]) -> str:
    """The id of the note that this one replies to, as that note has it."""
    if not note.answers:
        return ""
    id = known.get(key(note.answers))
    if id is None:
        hint = did_you_mean(note.answers, known.values()) if len(told) < _SUGGESTED else ""
        told.append(diagnose("G133", note.place, f"this edition has no note “{note.answers}” to reply to", hint))
        return ""
    return id


def _straightened(notes: list[Note], told: list[Diagnostic]) -> tuple[Note, ...]:
    """The notes, each circle of replies cut at its first note."""
    places = {note.id: note.place for note in notes}
    answers = {note.id: note.answers for note in notes if note.answers}
    fine: set[str] = set()
    cut: set[str] = set()
    for note in notes:
        path: dict[str, None] = {}
        id = note.id
        while id in answers and id not in fine and id not in path and id not in cut:
            path[id] = None
            id = answers[id]
        if id in path:
            circle = [*list(path)[list(path).index(id) :], id]
            cut.add(id)
            message = f"these replies lead round in a circle: {' → '.join(circle[:8])}"
            told.append(diagnose("G133", places[id], message, "take `re` out of the note that came first"))
        fine.update(path)
    for id in cut:
        del answers[id]
    cut |= _too_deep(answers, places, told)
    return tuple(replace(note, answers="") if note.id in cut else note for note in notes)


def _too_deep(answers: dict[str, str], places: dict[str, Place], told: list[Diagnostic]) -> set[str]:
    """The replies that begin a conversation of their own, since that in which they stand is too long."""
    depths: dict[str, int] = {}
    cut: set[str] = set()
    for start in answers:
        path = [start]
        while path[-1] not in depths and path[-1] in answers:
            path.append(answers[path[-1]])
        depth = depths.get(path[-1], 0)
        for id in reversed(path[:-1]):
            depth += 1
            if depth > DEEPEST:
                message = f"more than {DEEPEST} replies to replies in a row"
                told.append(diagnose("G120", places[id], message, "take `re` out of this note"))
                cut.add(id)
                depth = 0
            depths[id] = depth
    return cut
