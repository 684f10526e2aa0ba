"""Woven events -> nodes: what the theme's handout.typ sets. No Typst is written here: everything is data.

A node is a string, or `[name, fields, nodes]`. Names are those of the elements, and `mark`, `tie`, `term`, `cut`,
`stake`, `break`, `rule`, `image`, `footnote`, `reference`, `source`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.prose import (
    BlockKind,
    Break,
    Close,
    Element,
    FootnoteMark,
    Image,
    Open,
    RawHtml,
    Reference,
    ReferenceKind,
    Rule,
    Run,
)
from builder.render.decoration import SegmentClose, SegmentOpen, TermClose, TermOpen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.model.handout import Node
    from builder.model.prose import Prose
    from builder.render.decoration import Woven

Mark = tuple[int, str, int]
"""Offset in the prose; `end`, `stake` or `cut`; number. Sorted so: what ends somewhere ends before what begins."""

_TAG = re.compile(r"<[^>]*>")

BESIDE = frozenset({BlockKind.CODE, BlockKind.TABLE, BlockKind.FIGURE})
"""Blocks without a line of the text: their words are set in their own ways, or they have none."""


def write(
    woven: Sequence[Woven],
    prose: Prose,
    *,
    marks: Sequence[Mark] = (),
    refer: Callable[[Reference], Node] | None = None,
    image: Callable[[Image], Node] | None = None,
) -> list[Node]:
    """Woven events as nodes. `marks`, sorted, are set where their offsets are reached; the last of them at the end.

    `refer` and `image` make the nodes of references and pictures; without them references show their target.
    """
    return _Writer(woven, prose, marks, refer, image).nodes


class _Writer:
    def __init__(
        self,
        woven: Sequence[Woven],
        prose: Prose,
        marks: Sequence[Mark],
        refer: Callable[[Reference], Node] | None,
        image: Callable[[Image], Node] | None,
    ) -> None:
        self._prose, self._marks, self._refer, self._image = prose, marks, refer, image
        self._marked = 0
        self.nodes: list[Node] = []
        self._stack: list[list[Node]] = [self.nodes]
        self._inline: list[tuple[str, dict[str, object]]] = []
        """What is open within a block's words, from the outside in: the innermost of the stack."""
        self._unset: dict[str, object] = {}
        """The fields of a block whose number is still to be set: its first stake takes it."""
        self._levels = [1]
        """The levels of the headings within which the next one stands, from the title down."""
        self._literal = 0
        for event in woven:
            if type(event) is Run:
                self._run(event.span.start, event.span.end)
            else:
                self._take(event)
        self._mark(len(prose.content) + 1)

    def _take(self, event: Woven) -> None:
        if isinstance(event, Open):
            self._open(event)
        elif isinstance(event, Close | SegmentClose | TermClose):
            self._close(event)
        elif isinstance(event, SegmentOpen):
            covers = [[cover.note.kind, cover.lane] for cover in event.notes]
            self._begin("mark", {"notes": covers}, inline=True)
        elif isinstance(event, TermOpen):
            self._begin("term", {"id": event.term.key}, inline=True)
        else:
            self._put(event)

    def _put(self, event: Woven) -> None:
        """What has nothing in it. The mark of a note is left out: a note is cited by its line."""
        here = self._stack[-1]
        if isinstance(event, Break):
            here.append(["break", {}, []])
        elif isinstance(event, Rule):
            here.append(["rule", {}, []])
        elif isinstance(event, Image):
            here.append(self._image(event) if self._image else event.alt)
        elif isinstance(event, FootnoteMark):
            here.append(["footnote", {"number": event.index + 1}, []])
        elif isinstance(event, Reference):
            self._reference(event, here)
        elif isinstance(event, RawHtml):
            words = _worded(event.html) if event.block else ""
            if words:
                here.append(["paragraph", {}, [words]])
            elif not event.block and event.html[:3].lower() == "<br":
                here.append(["break", {}, []])

    def _reference(self, event: Reference, here: list[Node]) -> None:
        """A reference; citations that follow one another share their brackets."""
        node = self._refer(event) if self._refer else event.target
        if event.kind is ReferenceKind.SOURCE and not isinstance(node, str):
            follows = bool(here) and not isinstance(here[-1], str) and here[-1][0] == "source"
            node[1].update(opens=not follows, closes=True)
            if follows:
                here[-1][1]["closes"] = False
        here.append(node)

    def _open(self, event: Open) -> None:
        fields: dict[str, object] = {name: value for name, value in event.fields if name not in ("id", "class")}
        block = self._prose.blocks[event.block] if event.block is not None else None
        if block is not None:
            fields["block"] = block.id
            fields["number"] = block.number
        if event.element is Element.HEADING:
            fields["depth"] = self._depth(int(event.field("level") or 1))
        self._literal += event.element is Element.CODE_BLOCK
        self._begin(event.element.value, fields, inline=event.element.inline)
        if block is not None:
            if block.kind in BESIDE:
                self._unset = {}  # it shows its number itself, beside it
            elif block.number is not None:  # a heading that begins an item has none
                self._unset = fields
            if not len(block.span):
                self._mark(block.span.start + 1)

    def _depth(self, level: int) -> int:
        """How deep a heading stands. In the outline of a PDF no level may be passed over; an author may do so."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return len(self._levels)

    def _begin(self, name: str, fields: dict[str, object], *, inline: bool) -> None:
        kids: list[Node] = []
        self._stack[-1].append([name, fields, kids])
        self._stack.append(kids)
        if inline:
            self._inline.append((name, fields))

    def _close(self, event: Close | SegmentClose | TermClose) -> None:
        self._stack.pop()
        if isinstance(event, Close) and not event.element.inline:
            if self._stack[-1][-1][1] is self._unset:
                self._unset = {}  # what comes after it doesn't take its number
            self._literal -= event.element is Element.CODE_BLOCK
        else:
            self._inline.pop()

    def _run(self, start: int, end: int) -> None:
        self._mark(start + 1)
        while self._marked < len(self._marks) and self._marks[self._marked][0] < end:
            offset = self._marks[self._marked][0]
            self._words(start, offset)
            self._mark(offset + 1)
            start = offset
        self._words(start, end)
        while self._marked < len(self._marks) and self._marks[self._marked][:2] == (end, "end"):
            self._set_mark()

    def _words(self, start: int, end: int) -> None:
        words = self._prose.content[start:end]
        self._stack[-1].append(words if self._literal else words.replace("\n", " "))

    def _mark(self, before: int) -> None:
        """Set the marks whose offsets lie before this one."""
        while self._marked < len(self._marks) and self._marks[self._marked][0] < before:
            self._set_mark()

    def _set_mark(self) -> None:
        _, name, number = self._marks[self._marked]
        self._marked += 1
        if name == "stake":
            self._stake(number)
        else:
            self._stack[-1].append(["cut", {"n": number}, []])

    def _stake(self, number: int) -> None:
        """A stake stands outside what is open within the words: what is set from it isn't underlined with them."""
        inline, self._inline = self._inline, []
        for _ in inline:
            self._stack.pop()
            if not self._stack[-1][-1][2]:
                self._stack[-1].pop()
        fields: dict[str, object] = {"n": number}
        if self._unset:
            fields["number"] = self._unset.pop("number")
        self._unset = {}
        self._stack[-1].append(["stake", fields, []])
        for name, held in inline:
            self._begin(name, held, inline=True)


def _worded(html: str) -> str:
    """The words of a block of HTML; what begins a tag that nothing ends is one of them."""
    ended, end, rest = html.rpartition(">")
    return " ".join(f"{_TAG.sub(' ', ended + end)}{rest}".split())


def words_of(said: Node) -> str:
    """All words in nodes and in what holds them, blocks apart: what can be read of them in print."""
    out: list[str] = []
    _gather(said, out)
    return "".join(out)


def _gather(said: Node, out: list[str]) -> None:
    if isinstance(said, str):
        out.append(said)
    elif isinstance(said, dict):
        for value in said.values():
            out.append(_GAP)
            _gather(value, out)
    elif isinstance(said, list | tuple):
        node = len(said) == 3 and isinstance(said[0], str) and isinstance(said[1], dict)
        if node and said[0] not in _INLINE:
            out.append(_GAP)
        for one in [said[1].get("words", ""), *said[2]] if node else said:
            _gather(one, out)


_GAP = "\n\n"
_INLINE = frozenset({element.value for element in Element if element.inline} | {"mark", "term", "cut", "stake"})
