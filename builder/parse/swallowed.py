"""The tokens of a source and its lines -> what is told of words that no page would show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.parse.inert import open_comment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from builder.model.diagnostic import Diagnostic
    from builder.parse.manner import Manner

_COMMENT = re.compile(r" {0,3}<!--")
_BEFORE_ROW = re.compile(r"[\s>]*+\|?")
_SAID = re.compile(r"[^\s|]")
_CELL = re.compile(r"(?:[^|]|(?<=\\)\|)*+")


def swallowed(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    """Comments that are never closed, and cells of tables past the last column.

    Of a comment that begins a line of an entry and is closed nowhere below, it was told with the entries.
    """
    found = [*_open_comments(tokens)]
    closing = (line for line in reversed(range(len(manner.lines))) if "-->" in manner.lines[line])
    last = next(closing, -1) if found and not manner.numbered else len(manner.lines)
    for line, end in found:
        if line <= last or not _COMMENT.match(manner.lines[line]):
            yield _never_closed(line, end, manner)
    yield from _cells(tokens, manner)


def _open_comments(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The line of each, from 0, and the one before which its block ends."""
    for token in tokens:
        if token.type == "html_block" and token.map and (at := open_comment(token.content)) >= 0:
            yield token.map[0] + token.content.count("\n", 0, at), token.map[1]


def _never_closed(line: int, end: int, manner: Manner) -> Diagnostic:
    whole = not any(words.strip() for words in manner.lines[end:])
    shown = f"line {manner.line + max(at for at in range(line, end) if at == line or manner.lines[at].strip())}"
    last = f"the end of the text ({shown})" if whole else shown
    message = f"this comment is never closed: nothing after it, to {last}, would be shown"
    return diagnose("G139", manner.place(line, manner.lines[line].find("<!--") + 1), message, "close it with -->")


def _cells(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    """Of each row that is longer than its table's head, the first cell that has words and no column."""
    columns = 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns and token.map:
            row = manner.lines[token.map[0]]
            if (at := _past(row, columns)) >= 0:
                words = row[at:].strip().rstrip("|").rstrip()[:80]
                message = f"“{words}” would not be shown: this row has more cells than the table's head ({columns})"
                hint = "give the head and the line of dashes a cell more; a bar that parts no cells is written \\|"
                yield diagnose("G150", manner.place(token.map[0], at + 1), message, hint)


def _past(row: str, columns: int) -> int:
    """Where in a row the words begin that stand past so many cells; -1 for none."""
    at = _BEFORE_ROW.match(row).end()  # type: ignore[union-attr]
    for _ in range(columns):
        at = _CELL.match(row, at).end() + 1  # type: ignore[union-attr]
    said = _SAID.search(row, at)
    return said.start() if said else -1
