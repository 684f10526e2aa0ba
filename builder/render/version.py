"""An edition's notes, terms and ties -> the version of its notes, so that a citation says which were read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model.glossary import Term
    from builder.model.site import Edition


def version_of(edition: Edition, terms: Iterable[Term]) -> str:
    """The edition's own `version`, else a short digest of all that is said in it, "" for nothing.

    `terms` are those that belong to it.
    """
    if edition.settings.version:
        return edition.settings.version
    said = [
        *(
            "\n".join((note.id, note.kind, *(selector.heading for selector in note.selectors), note.body.content))
            for note in edition.notes
        ),
        *(f"{term.id}\n{term.headword}\n{term.entry.content}" for term in terms),
        *(f"{tie.id}\n{tie.relation}\n{tie.body.content}" for tie in edition.crossrefs),
    ]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:7] if said else ""
