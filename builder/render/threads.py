"""Replies that can't stand below the note that they answer -> notes of their own, so that none is dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.note import Anchor

if TYPE_CHECKING:
    from builder.model.note import Note
    from builder.model.view import Anchored, Referred


def threaded(referred: Referred) -> Referred:
    """The edition, in which a reply answers only what the margin shows.

    What lost its passage stands in a list without replies, and a highlight has no note; a highlight is no reply.
    """
    anchored = referred.anchored
    notes = anchored.edition.notes
    if not any(note.answers for note in notes):
        return referred
    below = _below(anchored)
    kept = tuple(note if not note.answers or note.id in below else replace(note, answers="") for note in notes)
    return replace(referred, anchored=replace(anchored, edition=replace(anchored.edition, notes=kept)))


def _below(anchored: Anchored) -> set[str]:
    """The ids of the replies that stand below the note they answer."""
    known = {note.id: note for note in anchored.edition.notes}
    settled: dict[str, bool] = {}
    for note in anchored.edition.notes:
        line = [note]
        while line[-1].id not in settled and line[-1].answers in known:
            line.append(known[line[-1].answers])
        for one in reversed(line):
            if one.id not in settled:
                above = known.get(one.answers)
                settled[one.id] = above is not None and one.kind != "highlight" and _shown(above, settled, anchored)
    return {name for name, below in settled.items() if below}


def _shown(note: Note, settled: dict[str, bool], anchored: Anchored) -> bool:
    """Whether a note stands in the margin: at its passage, or below the one that it answers."""
    placed = any(isinstance(found, Anchor) for found in anchored.notes[note.id])
    return settled[note.id] or (placed and note.kind != "highlight")
