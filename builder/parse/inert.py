"""HTML that an author typed and that is kept -> the same without what no reader is given, and what won't work in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.raw_html import ending, tags
from builder.parse.harmless import is_harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Told = tuple[int, int, str]
"""Line and column in the HTML, from 0, and the thing that has no effect, a name of `HINTS`."""

_ATTRIBUTE = re.compile(r"""\s*([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")
_ADDRESSES = frozenset({"href", "xlink:href", "action", "formaction", "src", "data", "poster"})
_FETCHING = ("iframe", "frame", "embed", "object", "applet", "video", "audio")
_REMOVED = frozenset({"meta", "base"})

_LINK = "pages let nothing of the kind in: write a link to it"
_CLASS = "pages take style sheets from their theme alone: give it a class, and style that in a theme"
_WORDS = "scripts in a text never run: say it in words"
HINTS = {
    **dict.fromkeys((f"<{name}>" for name in _FETCHING), _LINK),
    **dict.fromkeys(("<style>", "<link>", "style="), _CLASS),
    **dict.fromkeys(("<script>", "on…="), _WORDS),
    "<form>": "pages send nothing: write a link to the page that has the form",
    "<meta>": "it is left out: what holds for a whole page stands in the settings",
    "<base>": "it is left out: write each link whole",
    "an address that is no page": "it is left out: link to a page, or to a file beside the text",
}
"""What may be done instead of each thing that has no effect."""


def kept(html: str) -> tuple[str, bool, tuple[Told, ...]]:
    """What stays of a piece of HTML, whether its last comment is closed, and what has no effect in it.

    Comments go, for no reader is meant by them; so do what would redirect a page, and addresses that are scripts.
    """
    told: list[tuple[int, str]] = []
    parts: list[str] = []
    reached, closed = 0, True
    for piece in tags(html):
        parts.append(html[reached : piece.start()])
        reached = piece.end()
        name = (piece["name"] or "").lower()
        if piece[0].startswith("<!--"):
            closed = not ending(piece[0])
            continue
        if not name or piece["ends"]:
            parts.append("" if name in _REMOVED else piece[0])
            continue
        if f"<{name}>" in HINTS:
            told.append((piece.start(), f"<{name}>"))
        words, things = _tag(piece[0], len(name) + 1)
        told.extend((piece.start() + within, thing) for within, thing in things)
        parts.append("" if name in _REMOVED else words)
    return "".join((*parts, html[reached:])), closed, tuple(_placed(told, html))


def _placed(told: Iterable[tuple[int, str]], html: str) -> Iterator[Told]:
    """What is told at a character, in their order, with its line and column."""
    line = begin = reached = 0
    for at, thing in told:
        line += html.count("\n", reached, at)
        begin = max(begin, html.rfind("\n", reached, at) + 1)
        reached = at
        yield line, at - begin, thing


def _tag(tag: str, begin: int) -> tuple[str, list[tuple[int, str]]]:
    """An opening tag without addresses that may not be followed; what of its attributes has no effect, and where."""
    things: list[tuple[int, str]] = []
    parts = [tag[:begin]]
    reached = begin
    for found in _attributes(tag, begin):
        name, value = found[1].lower(), (found[2] or "").strip("\"'")
        if name in _ADDRESSES and not (is_harmless(value) or (name == "src" and value.startswith("data:image/"))):
            things.append((found.start(1), "an address that is no page"))
            parts.append(tag[reached : found.start()])
            reached = found.end()
        elif name == "style":
            things.append((found.start(1), "style="))
        elif name.startswith("on"):
            things.append((found.start(1), "on…="))
    return "".join((*parts, tag[reached:])), things


def _attributes(tag: str, begin: int) -> Iterator[re.Match[str]]:
    return _ATTRIBUTE.finditer(tag, begin, len(tag) - 1)
