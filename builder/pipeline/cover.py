"""A book as it was made -> whether its cover, which its theme draws, may go into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import FaultError, Place
from builder.parse.drawings import drawing_fault

if TYPE_CHECKING:
    from builder.model.book import Leaves
    from builder.model.theme import Theme

_COVER = "templates/epub/cover.svg"


def require_drawing(leaves: Leaves, theme: Theme) -> None:
    """FaultError, with the theme's file, where the cover that it makes is more than a drawing, or can't be read."""
    if fault := drawing_fault(leaves.cover):
        hint = "a cover draws, and does nothing else: no script, no HTML, no address outside its own file"
        place = Place(theme.origins.get(_COVER, _COVER))
        raise FaultError((diagnose("G509", place, f"the cover that this makes can't go into a book: {fault}", hint),))
