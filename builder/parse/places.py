"""What the parser found among a block's words -> line and column at which it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from builder.parse.inert import Told
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
            tag.meta = {"at": begin, "raw": tag.content}
        return found

    md.inline.ruler.at("html_inline", rule)


class Places:
    """Where references and HTML stand in their file. They are asked for in the order in which they stand."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._counted: tuple[int, int, int] = (-1, 0, 0)
        self._reached: tuple[int, int] = (-1, 0)

    def of(self, child: Token, parent: Token) -> tuple[int, int]:
        """Line and column of a reference or a tag: it is looked up in the source's line, with words that precede."""
        offset, manner = int(child.meta["at"]), self._manner
        line = (parent.map[0] if parent.map else 0) + self._lines_before(parent, offset)
        if line >= len(manner.lines):
            return manner.line + line, 1
        source = manner.lines[line]
        raw = str(child.meta["raw"]).split("\n", 1)[0]
        before = parent.content[max(0, offset - _CONTEXT) : offset].rpartition("\n")[2].lstrip()
        start = self._reached[1] if self._reached[0] == line else 0
        column = -1
        for known, sought in ((before, raw), (_escaped(before), _escaped(raw)), ("", raw), ("", _escaped(raw))):
            found = source.find(known + sought, max(0, start - len(known)))
            if found >= 0:
                column = found + len(known)
                break
        self._reached = (line, max(start, column + 1))
        base = manner.column - 1 if line == 0 else 0
        return manner.line + line, max(column, 0) + 1 + base

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

    def _lines_before(self, parent: Token, offset: int) -> int:
        key, counted, lines = self._counted
        if key != id(parent) or counted > offset:
            counted = lines = 0
        lines += parent.content.count("\n", counted, offset)
        self._counted = (id(parent), offset, lines)
        return lines


def _escaped(words: str) -> str:
    """The words as they stand in a table, whose cells are parted by bars."""
    return words.replace("|", "\\|")


_CONTEXT = 40
"""Characters before a reference that tell it from the same brackets in code on its line."""
