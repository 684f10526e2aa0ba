"""A file of notes beside which no text has its name -> what is told of it: whose notes these may be, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.parse.misnamed import call_it
from builder.parse.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Collection

    from builder.model.diagnostic import Diagnostic, Place
    from builder.model.site import Source

NOTES = ".notes.md"
_ENDINGS = ("txt", "text", "docx", "doc", "odt", "rtf", "pages")
"""Under which a text may have been saved."""


def textless(
    place: Place,
    text: str,
    layer: str,
    *,
    names: Collection[str],
    files: Collection[str],
    others: Collection[str],
    source: Source | None,
) -> Diagnostic:
    """Of notes of a `layer` ("" for the first) on a `text` that isn't among the `names`.

    `files` lie beside them, and `others`, which are no sources: their text may be one of these.
    """
    unlisted = f"{text}.md" in files
    message = f"these notes belong to no text: {'edition.toml lists' if unlisted else 'there is'} no “{text}.md”"
    count = _count(source) if source is not None else 0
    if count:
        message += f"; {count} {'note is' if count == 1 else 'notes are'} not published"
    saved = next((f"{text}.{ending}" for ending in _ENDINGS if f"{text}.{ending}" in others), "")
    if unlisted:
        hint = "list that text as a [[text]]"
    elif saved:
        hint = f"beside it lies “{saved}”: {call_it(saved, f'{text}.md', files)}"
    else:
        hint = _hint(text, layer, names, files)
    return diagnose("G112", place, message, hint)


def _hint(text: str, layer: str, names: Collection[str], files: Collection[str]) -> str:
    near = nearest(text, names)
    called = _called(near, layer)
    if near and called not in files:
        return f"did you mean “{called}”?"
    free = [_called(name, layer) for name in names if _called(name, layer) not in files]
    if len(free) == 1:
        return f"call it “{free[0]}”"
    if near:  # to give it that name would replace the other
        return f"put its notes into “{called}”, which is there, and take this file away"
    if not names:
        return f"put their text beside them, by the name “{text}.md”"
    return f"its name must begin with a text's: {', '.join(names)}"


def _called(text: str, layer: str) -> str:
    return f"{text}.{layer}{NOTES}" if layer else f"{text}{NOTES}"


def _count(source: Source) -> int:
    """How many notes a file holds."""
    from builder.parse.entries import parse_entries
    from builder.parse.notes import grouped

    return len(grouped(parse_entries(source)[0].entries))
