"""`Ink`: what the writer of HTML is told of a page besides the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.render.html_marks import own_ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model.prose import Block, Prose, Reference

BODY_HEADING = 3
"""The level of the highest heading in a body: below the text or the list that holds it. An introduction to a layer and
a model answer have a heading of that level over them."""


@value_class(frozen=True, slots=True)
class Ink:
    """All that HTML needs to know besides the words. Every href comes ready for the page."""

    prefix: str
    """Stands before a block's id (`article-`) and before `x-ID` for an id of the author's own."""
    blocks: bool
    """Whether blocks within the outermost element carry their ids and numbers (a text's do, a body's don't)."""
    block_label: Callable[[Block], tuple[str, str]]
    """Block -> what its number is called for a screen reader, and how it is cited."""
    link: Callable[[Reference], tuple[str, str, str]]
    """Reference -> href ("" where the link was lost), words, and for a work cited its locator."""
    image: Callable[[str], str | None]
    """A picture's address as typed -> as seen from the page; None: it can't be shown, and words stand for it."""
    footnote: Callable[[int, int], tuple[str, str, str, str]]
    """Footnote's index and its call's occurrence -> id of the mark, href, number, label."""
    own: Callable[[Prose], frozenset[str]] = own_ids
    """A prose -> the ids that its author gave."""
    highest: int = 0
    """The level that the highest heading of a body has on its page; 0: headings are as they were written."""
    spots: tuple[int, ...] = ()
    """Offsets in the prose, in their order, that get a mark: a printed page may begin there."""
    raw: Callable[[str], str] = str
    """The author's own HTML as typed -> as it stands on the page."""
