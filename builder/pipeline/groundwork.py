"""An edition under a view -> what writing its annotations needs besides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.view import Groundwork
from builder.parse.markdown import parse_body
from builder.pipeline.outgoing import outgoing
from builder.relate.quote import quotations

if TYPE_CHECKING:
    from builder.model.prose import Prose
    from builder.model.view import Anchored


def groundwork(anchored: Anchored) -> Groundwork:
    """How its passages are told to others, what stands there, and how Markdown is read."""
    told = outgoing(anchored)
    return Groundwork(told, quotations(told), _read)


def _read(markdown: str) -> Prose:
    return parse_body(markdown, path="", line=1)[0]
