"""An edition's notes, terms and ties -> the version of its notes, so that a citation says which were read.

It is one for all that is made of an edition: who cites the page, the students' handout or the teacher's cites the same.
What only teachers read has no part in it: else students' pages would change with that.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from builder.model.glossary import own_terms
from builder.model.note import Audience

if TYPE_CHECKING:
    from builder.model.site import Edition


def version_of(edition: Edition) -> str:
    """The edition's own `version`, else a short digest of what is said in it to all, "" for nothing."""
    if edition.settings.version:
        return edition.settings.version
    open_to_all = [note for note in edition.notes if note.audience is not Audience.TEACHER]
    terms = [term for term in own_terms(edition.terms) if term.audience is not Audience.TEACHER]
    ties = [tie for tie in edition.crossrefs if tie.audience is not Audience.TEACHER]
    said = [
        *(
            "\n".join((note.id, note.kind, *(selector.heading for selector in note.selectors), note.body.content))
            for note in open_to_all
        ),
        *(f"{term.id}\n{term.headword}\n{term.entry.content}" for term in terms),
        *(f"{tie.id}\n{tie.relation}\n{tie.body.content}" for tie in ties),
    ]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:7] if said else ""
