"""The author's own HTML among a frame's events -> which of its tags belong together, and which to nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model.prose import Close, Open, RawHtml
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIECE = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*>?"
    r"""|<(?P<ends>/?)(?P<name>[a-z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*>""",
    re.IGNORECASE | re.DOTALL,
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_ENDS_BY_ITSELF = frozenset(
    {"p", "li", "dt", "dd", "option", "optgroup", "rp", "rt", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"}
)
"""Elements that HTML lets end with what holds them."""
_WORDS_ALONE = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements in which nothing but their own end is a tag."""


@value_class(frozen=True, slots=True)
class Stray:
    """A closing tag that closes nothing: where it stands in the HTML of one event."""

    event: int
    start: int
    end: int


@value_class(frozen=True, slots=True)
class Unclosed:
    """What is opened in one event and never closed in the element of Markdown that holds it.

    `closing` ends it; it is due before the event `before`.
    """

    event: int
    before: int
    closing: str


@value_class(frozen=True, slots=True)
class RawNesting:
    """How the author's own tags lie in the events (of any kind; only RawHtml, Open and Close count)."""

    pairs: tuple[tuple[int, int], ...]
    """Events of which the later closes what the earlier opens."""
    unclosed: tuple[Unclosed, ...]
    """Innermost first where several are due at one place."""
    stray: tuple[Stray, ...]


NOTHING = RawNesting((), (), ())


def nesting(events: Sequence[object]) -> RawNesting:
    """Match opening and closing tags, each within the element of Markdown in which it stands. Linear but for depth.

    Every element of Markdown's own that opens among the events closes there.
    """
    if RawHtml not in map(type, events):
        return NOTHING
    return _Matching(events).result


@dataclass(slots=True)
class _Opened:
    event: int
    name: str
    """"" for an element of Markdown's own."""


class _Matching:
    def __init__(self, events: Sequence[object]) -> None:
        self._open: list[_Opened] = []
        self._pairs: list[tuple[int, int]] = []
        self._unclosed: list[Unclosed] = []
        self._stray: list[Stray] = []
        for index, event in enumerate(events):
            if isinstance(event, RawHtml):
                self._read(event.html, index)
            elif isinstance(event, Open):
                self._open.append(_Opened(index, ""))
            elif isinstance(event, Close):
                self._end_element(index)
        while self._open:
            opened = self._open.pop()
            self._leave(opened, opened.event + 1)
        self.result = RawNesting(tuple(self._pairs), tuple(self._unclosed), tuple(self._stray))

    def _read(self, html: str, index: int) -> None:
        for piece in tags(html):
            if piece["name"] is None:
                closing = ending(piece[0])
                if closing:
                    self._unclosed.append(Unclosed(index, index + 1, closing))
            elif piece["ends"]:
                self._close(piece["name"].lower(), Stray(index, piece.start(), piece.end()))
            elif piece["name"].lower() not in _VOID:
                self._open.append(_Opened(index, piece["name"].lower()))

    def _close(self, name: str, tag: Stray) -> None:
        for depth in range(len(self._open) - 1, -1, -1):
            opened = self._open[depth]
            if not opened.name:
                break
            if opened.name == name:
                for inner in reversed(self._open[depth + 1 :]):
                    self._leave(inner, max(tag.event, inner.event + 1))
                del self._open[depth:]
                if opened.event != tag.event:
                    self._pairs.append((opened.event, tag.event))
                return
        self._stray.append(tag)

    def _end_element(self, index: int) -> None:
        while (opened := self._open.pop()).name:
            self._leave(opened, index)

    def _leave(self, opened: _Opened, before: int) -> None:
        if opened.name and opened.name not in _ENDS_BY_ITSELF:
            self._unclosed.append(Unclosed(opened.event, before, f"</{opened.name}>"))


def tags(html: str) -> Iterator[re.Match[str]]:
    """Tags, comments and the like, but for what stands in scripts and other elements that hold words alone."""
    reached = 0
    while (found := _PIECE.search(html, reached)) is not None:
        yield found
        reached = found.end()
        name = (found["name"] or "").lower()
        if name in _WORDS_ALONE and not found["ends"]:
            end = html.lower().find(f"</{name}", reached)
            reached = len(html) if end < 0 else end


def ending(piece: str) -> str:
    """What ends a comment or the like that isn't ended."""
    if piece.startswith("<!--"):
        return "" if piece in ("<!-->", "<!--->") or piece[4:].endswith(("-->", "--!>")) else "-->"
    end = "]]>" if piece.startswith("<![CDATA[") else ">"
    return "" if piece.endswith(end) else end
