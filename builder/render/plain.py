"""Woven events -> the text as read: the proof that a frame is no HTML in disguise, and what other outputs quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.prose import Break, Close, Element, Open, Reference, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.model.prose import Prose
    from builder.render.decoration import Woven

_BLOCKS = "\n\n"
_BETWEEN = {
    Element.CELL: "\t",
    Element.HEAD_CELL: "\t",
    Element.ROW: "\n",
}


def write(woven: Sequence[Woven], prose: Prose, words_of: Callable[[Reference], str] | None = None) -> str:
    """Blocks joined by a blank line, cells by a tab, rows and breaks as newlines; what stands in the frame's runs.

    `words_of` says what a reference shows; without it references leave nothing.
    """
    out: list[str] = []
    gap = ""
    row_begun = False
    for event in woven:
        if isinstance(event, Run):
            out.append((gap if out else "") + prose.words(event.span))
            gap = ""
        elif isinstance(event, Break):
            out.append((gap if out else "") + "\n")
            gap = ""
        elif isinstance(event, Reference) and words_of is not None:
            out.append((gap if out else "") + words_of(event))
            gap = ""
        elif isinstance(event, Open) and event.element is Element.ROW:
            row_begun = False
            if gap != _BLOCKS and out:
                out.append("\n")
        elif isinstance(event, Open) and event.element in _BETWEEN:
            if row_begun:
                out.append((gap if out else "") + "\t")
                gap = ""
            row_begun = True
        elif isinstance(event, Close) and not event.element.inline and event.element not in _NO_GAP:
            gap = _BLOCKS
    return "".join(out)


_NO_GAP = frozenset({Element.CELL, Element.HEAD_CELL, Element.ROW, Element.TABLE_HEAD, Element.TABLE_BODY})
