"""An edition's notes, terms and ties -> the version of its notes, so that a citation says which were read.

It is one for all that is made of an edition: who cites the page, the students' handout or the teacher's cites the same.
What only teachers read has no part in it: else students' pages would change with that.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from builder.model.glossary import own_terms
from builder.model.note import Audience
from builder.model.remember import remembered

if TYPE_CHECKING:
    from builder.model.note import Note
    from builder.model.site import Edition


@remembered
def _said_in(notes: tuple[Note, ...]) -> tuple[str, ...]:
    """What is said in notes that are open to all: the same while their texts alone are written on."""
    return tuple(
        "\n".join((note.id, note.kind, *(selector.heading for selector in note.selectors), note.body.content))
        for note in notes
        if note.audience is not Audience.TEACHER
    )


def version_of(edition: Edition) -> str:
    """The edition's own `version`, else a short digest of what is said in it to all, "" for nothing."""
    if edition.settings.version:
        return edition.settings.version
    terms = [term for term in own_terms(edition.terms) if term.audience is not Audience.TEACHER]
    ties = [tie for tie in edition.crossrefs if tie.audience is not Audience.TEACHER]
    said = [
        *_said_in(edition.notes),
        *(f"{term.id}\n{term.headword}\n{term.entry.content}" for term in terms),
        *(f"{tie.id}\n{tie.relation}\n{tie.body.content}" for tie in ties),
    ]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:7] if said else ""
