"""An edition under one view -> a document in a form that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.render import csv_notes, tei
from builder.render.matter import gather
from builder.render.words import words_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.model.site import Settings, Work
    from builder.model.theme import Theme
    from builder.model.view import Referred
    from builder.render.matter import Matter

FORMS: Mapping[str, Callable[[Matter, Settings], bytes]] = {"csv": csv_notes.table, "tei": tei.document}
"""What `glossator export --as` may ask for."""


def exported(referred: Referred, form: str, *, works: Mapping[str, Work], settings: Settings, theme: Theme) -> bytes:
    """The document. Kinds and relations are called as the site's pages call them."""
    words = words_for(referred.anchored.edition.settings.language, settings.language, theme.words)
    kinds, relations = tuple(map(words.kind, settings.kinds)), tuple(map(words.relation, settings.relations))
    return FORMS[form](gather(referred, works=works, kinds=kinds, relations=relations), settings)
