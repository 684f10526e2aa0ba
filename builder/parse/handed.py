"""A body's Markdown, as typed -> as it is handed on to other programs: no comments, and nothing that could run.

Comments are for the author alone, and what was removed from a body on our pages is removed everywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model.diagnostic import Diagnostic

REMOVED = "G130"
"""What is told where HTML was removed from a body."""

_OPENED = r"^\ {0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*"
_FENCE = rf"{_OPENED}(?:\n(?!\ {{0,3}}(?P=fence))[^\n]*)*(?:\n\ {{0,3}}(?P=fence)[`~]*)?"
_CODE = r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!(?<!`)(?P=ticks)(?!`))(?!\n[ \t]*\n).)+(?P=ticks)(?!`)"
_PIECE = re.compile(
    rf"(?P<code>{_FENCE}|\\.|{_CODE})|(?P<comment><!--(?:>|->|.*?(?:-->|\Z)))|(?P<tag><(?=[A-Za-z/!?]))",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)

_INDENT = re.compile(r"\A {1,3}(?=\S)")


def handed_on(source: str, told: Iterable[Diagnostic]) -> str:
    """The Markdown of a body of which `told` was found: the same but for comments, and tags where some were removed."""
    if "<" not in source:
        return source
    unsafe = any(one.code == REMOVED for one in told)

    def keep(piece: re.Match[str]) -> str:
        if piece["comment"]:
            return ""
        return "\\<" if piece["tag"] and unsafe else piece[0]

    return _INDENT.sub("", _PIECE.sub(keep, source).strip("\n").rstrip())


def outside_code(source: str, pattern: re.Pattern[str], instead: str) -> str:
    """A pattern replaced wherever it stands outside code, and not behind a backslash."""
    out: list[str] = []
    reached = 0
    for piece in _PIECE.finditer(source):
        if piece["code"]:
            out += (pattern.sub(instead, source[reached : piece.start()]), piece[0])
            reached = piece.end()
    return "".join((*out, pattern.sub(instead, source[reached:])))
