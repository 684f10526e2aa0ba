"""The author's own HTML among a frame's events -> which of its tags belong together, and which to nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model.prose import Close, Open, RawHtml
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SPACE = r"\t\n\f\r "
"""What HTML takes for white space: no other space parts a tag's attributes."""
_PIECE = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*>?"
    rf"|<(?P<ends>/?)(?P<name>[a-z][^{SPACE}/>]{{0,99}})",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
"""Of a tag its beginning alone."""
_TAG = re.compile(rf"<(?P<ends>/?)(?P<name>[a-z][^{SPACE}/>]{{0,99}}).*", re.IGNORECASE | re.DOTALL | re.ASCII)
_NAME_END = re.compile(rf"[{SPACE}/>]|\Z")
_ATTRIBUTE = re.compile(
    rf"""[{SPACE}/]*+(?P<name>[^{SPACE}/>][^{SPACE}/>=]*+)
    (?:[{SPACE}]*+=[{SPACE}]*+(?P<value>"[^"]*+"|'[^']*+'|(?!["'])[^{SPACE}>]*+|(?P<open>["'])))?""",
    re.VERBOSE,
)
"""An attribute as browsers read it: a quotation mark is one of its name's letters, unless it follows the =."""
_CLOSE = re.compile(rf"[{SPACE}/]*+(>)?")
_APART = re.compile(r"[\s\"']")
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_ENDS_BY_ITSELF = frozenset(
    {"p", "li", "dt", "dd", "option", "optgroup", "rp", "rt", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"}
)
"""Elements that HTML lets end with what holds them."""
FOLLOWED = _ENDS_BY_ITSELF - {"option", "optgroup", "rp", "rt"}
"""Those of them in which another of their kind never begins: it ends them, wherever it stands."""
WORDS_ALONE = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements in which nothing but their own end is a tag."""
_FOREIGN = frozenset({"svg", "math"})
"""Elements in which a tag may close itself."""
_BORDERS = _FOREIGN | {"foreignobject", "desc", "title", "annotation-xml"}
"""And those within them that hold HTML again."""
_END_OF = {name: re.compile(f"</{name}(?=[{SPACE}/>])", re.IGNORECASE | re.ASCII) for name in WORDS_ALONE}


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
            elif not self._is_whole(piece):
                self._open.append(_Opened(index, piece["name"].lower()))

    def _is_whole(self, opening: re.Match[str]) -> bool:
        """Whether an opening tag needs no closing one: of drawings and formulas each that ends in a slash."""
        name = opening["name"].lower()
        if name in VOID or not _ends_in_slash(opening[0]):
            return name in VOID
        around = next((one.name for one in reversed(self._open) if not one.name or one.name in _BORDERS), "")
        return name in _FOREIGN or around in _FOREIGN

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


def _ends_in_slash(tag: str) -> bool:
    """Whether a tag closes itself: the slash isn't the end of a value without quotation marks."""
    if not tag.endswith("/>"):
        return False
    last = _APART.split(tag[:-2])[-1]
    return "=" not in last and not tag[: len(tag) - 2 - len(last)].rstrip().endswith("=")


def tags(html: str) -> Iterator[re.Match[str]]:
    """Tags, comments and the like, but for what stands in scripts and other elements that hold words alone."""
    return (piece for piece in pieces_of(html) if not isinstance(piece, int))


def pieces_of(html: str) -> Iterator[re.Match[str] | int]:
    """The same, and among them the place of each `<` that begins a tag which nothing ends."""
    reached, ends = 0, _Ends(html)
    while (found := _PIECE.search(html, reached)) is not None:
        piece = found if found["name"] is None else ends.tag(found)
        if piece is None:
            yield found.start()
            reached = found.start() + 1
            continue
        yield piece
        reached = piece.end()
        name = (piece["name"] or "").lower()
        if name in WORDS_ALONE and not piece["ends"] and not (name == "title" and _ends_in_slash(piece[0])):
            end = _END_OF[name].search(html, reached)
            reached = end.start() if end is not None else len(html)


def attributes(tag: str) -> Iterator[re.Match[str]]:
    """The attributes of an opening tag: each with its `name` and `value`, and the spaces before it."""
    begun = _NAME_END.search(tag, 1)
    found = _ATTRIBUTE.match(tag, begun.start(), len(tag) - 1) if begun is not None else None
    while found is not None:
        yield found
        found = _ATTRIBUTE.match(tag, found.end(), len(tag) - 1)


class _Ends:
    """Where the tags of some HTML end, asked from its beginning to its end: no attribute is looked at twice."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._last = html.rfind(">")
        self._known: dict[int, int] = {}
        """Where an attribute may begin -> where the tag ends in which it stands, -1 where nothing ends it."""
        self._from, self._named = 0, -1
        """No name ends between these; that last asked for ends at the second."""

    def tag(self, begun: re.Match[str]) -> re.Match[str] | None:
        """The tag that is begun here, None where nothing ends it."""
        end = self._after(self._name_end(begun.end())) if begun.end() <= self._last else -1
        return _TAG.fullmatch(self._html, begun.start(), end) if end >= 0 else None

    def _after(self, at: int) -> int:
        html, end = self._html, -1
        passed: list[int] = []
        while at not in self._known:
            passed.append(at)
            closed = _CLOSE.match(html, at)
            if closed is not None and closed[1]:
                end = closed.end()
                break
            found = _ATTRIBUTE.match(html, at)
            if found is None or found["open"]:
                break
            at = found.end()
        else:
            end = self._known[at]
        self._known.update(dict.fromkeys(passed, end))
        return end

    def _name_end(self, at: int) -> int:
        if not self._from <= at <= self._named:
            found = _NAME_END.search(self._html, at)
            assert found is not None  # at the end of all
            self._from, self._named = at, found.start()
        return self._named


def ending(piece: str) -> str:
    """What ends a comment or the like that isn't ended."""
    if piece.startswith("<!--"):
        return "" if piece in ("<!-->", "<!--->") or piece[4:].endswith(("-->", "--!>")) else "-->"
    end = "]]>" if piece.startswith("<![CDATA[") else ">"
    return "" if piece.endswith(end) else end
