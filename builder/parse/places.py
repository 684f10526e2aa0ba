"""What the parser found among a block's words -> line and column at which it was typed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from builder.parse.leads import AT, CELL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from builder.parse.inert import Told
    from builder.parse.leads import Spot
    from builder.parse.manner import Manner


def placed_html(md: MarkdownIt) -> None:
    """Teach a parser to note where tags stand among a block's words, as references do."""
    from markdown_it.rules_inline import html_inline

    def rule(state: StateInline, silent: bool) -> bool:
        begin = state.pos
        if state.src[begin] != "<":  # nor would the rule itself
            return False
        found = html_inline(state, silent)
        if found and not silent:
            tag = state.tokens[-1]
            tag.meta = {"at": begin}
        return found

    md.inline.ruler.at("html_inline", rule)


class Places:
    """Where references, addresses and HTML stand in their file. They are asked for by and large in their order."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._block: Token | None = None
        self._rows: list[int] = []
        self._begins: dict[int, tuple[int, Sequence[int]]] = {}
        self._line = -1
        self._ends: tuple[str, ...] = ()
        self._reached = 0

    def of(self, child: Token, parent: Token) -> tuple[int, int]:
        """Line and column of a reference or a tag among a block's words."""
        return self._at(parent, int(child.meta["at"]))

    def lead(self, child: Token, parent: Token) -> tuple[int, int]:
        """Line and column of the address of a link or a picture."""
        at: int | Spot = child.meta[AT]
        return self._at(parent, at) if isinstance(at, int) else self.spot(at)

    def spot(self, spot: Spot) -> tuple[int, int]:
        """Line and column of an address that may not be followed, or that a label is defined by."""
        if spot.block is not None:
            return self._at(spot.block, spot.at)
        place = self._manner.place(spot.line, spot.at + 1)
        return place.line, place.column

    def _at(self, block: Token, offset: int) -> tuple[int, int]:
        if block is not self._block:
            self._block, self._begins = block, {}
            self._rows = [0, *(found.end() for found in _LINE_END.finditer(block.content))]
        row = bisect_right(self._rows, offset) - 1
        line, within = (block.map[0] if block.map else 0) + row, offset - self._rows[row]
        if line >= len(self._manner.lines):
            return self._manner.line + line, 1
        place = self._manner.place(line, self._column(block, row, line, within) + 1)
        return place.line, place.column

    def _column(self, block: Token, row: int, line: int, within: int) -> int:
        """The column, from 0, of a character of a line of a block's words."""
        if row not in self._begins:
            end = self._rows[row + 1] if row + 1 < len(self._rows) else len(block.content)
            words = block.content[self._rows[row] : end].rstrip()
            if self._line != line:
                source = self._manner.lines[line].rstrip()
                self._line, self._ends, self._reached = line, (source, source.rstrip("#").rstrip()), 0
            self._begins[row] = self._cell(words) if CELL in block.meta else (self._begin(words), ())
        begin, bars = self._begins[row]
        return begin + within + bisect_left(bars, within)

    def _begin(self, words: str) -> int:
        """Where in its line what a block has of it begins: all but the end was taken away, of a heading signs too."""
        ends = (source for source in self._ends if source.endswith(words.lstrip()))
        return len(next(ends, words)) - len(words)

    def _cell(self, words: str) -> tuple[int, Sequence[int]]:
        """Where in its line a cell begins, and the bars in it: these have a backslash there."""
        source, typed = self._ends[0], words.replace("|", "\\|")
        found = source.find(typed, self._reached)
        while found >= 0 and not (_is_edge(source, found - 1, -1) and _is_edge(source, found + len(typed), 1)):
            found = source.find(typed, found + 1)
        self._reached = max(self._reached, found + len(typed))
        return max(found, 0), [bar.start() for bar in _BAR.finditer(words)]

    def begins(self, line: int, words: str) -> tuple[int, int]:
        """Line and column of words that stand whole in a line of the source, counted from 0."""
        manner = self._manner
        source = manner.lines[line] if line < len(manner.lines) else ""
        base = manner.column - 1 if line == 0 else 0
        return manner.line + line, max(source.find(words), 0) + 1 + base

    def inside(self, begin: tuple[int, int], html: str, told: Iterable[Told]) -> Iterator[Told]:
        """What is told of a piece of HTML that begins at a line and column, with line and column in the file."""
        rows: list[str] = []
        for row, column, thing in told:
            rows = rows or html.split("\n")
            line, first = self.begins(begin[0] - self._manner.line + row, rows[row]) if row else begin
            yield line, first + column, thing


def _is_edge(source: str, at: int, step: int) -> bool:
    """Whether nothing but spaces parts a character from a bar, or from an end of the line."""
    while 0 <= at < len(source) and source[at] in " \t":
        at += step
    return not 0 <= at < len(source) or source[at] == "|"


_LINE_END = re.compile("\n")
_BAR = re.compile(r"\|")
