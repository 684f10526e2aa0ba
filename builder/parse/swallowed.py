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


def swallowed(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    """Comments that are never closed, in the order of the source.

    Of one that begins a line of an entry and is closed nowhere below, whoever parts its file into entries has told.
    """
    found = [*_open_comments(tokens)]
    closing = (line for line in reversed(range(len(manner.lines))) if "-->" in manner.lines[line])
    last = next(closing, -1) if found and not manner.numbered else len(manner.lines)
    for line, end in found:
        if line <= last or not _COMMENT.match(manner.lines[line]):
            yield _never_closed(line, end, manner)


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
