"""An edition's sheet -> the same with its book bound, once it is known where the pages of its handout begin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.site import Page

if TYPE_CHECKING:
    from builder.pipeline.sheets import Sheet


def bound_in(sheet: Sheet) -> Sheet:
    """With its book among what is to be written, if it has one."""
    if sheet.leaves is None or sheet.made is None:
        return sheet
    from builder.render.epub.book import bound

    book = Page(sheet.leaves.path, bound(sheet.leaves, sheet.made.pages))
    made = replace(sheet.made, paths=(*sheet.made.paths, book.path))
    return replace(sheet, items=(*sheet.items, book), made=made, leaves=None)
