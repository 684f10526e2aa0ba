"""`Leaves`: a book before it is bound, since where its printed pages begin is known only when a handout is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping

Beginnings = tuple[tuple[int, str, int], ...]
"""Where each page of a handout's text begins, the first page first: its number, a text's id, an offset in its prose."""


@value_class(frozen=True, slots=True)
class Leaves:
    """An edition's book: its files in their order, with a mark at each place where a printed page may begin."""

    path: str
    """Of the book in the output."""
    files: Mapping[str, bytes]
    source: str
    """What the pages are those of, as a book says it."""
    label: str
    """What the list of its pages is called."""
    cover: bytes
    """Of its files the drawing on the cover, which the theme makes."""
