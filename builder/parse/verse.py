"""The block rule for verse: lines that begin with `| ` -> stanzas of lines whose breaks and indents are kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_LINE = re.compile(r"\|(?:[ \t](.*))?$")
INDENT = "\u00a0"
"""What each space of a line's indent becomes, so that it is kept."""


def verse(md: MarkdownIt) -> None:
    """Teach a parser verse. A table, which begins with a bar too, is tried first."""
    md.block.ruler.after("table", "verse", _rule, {"alt": ["paragraph", "reference"]})


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    first = _line(state, start)
    if first is None or not first.strip():
        return False
    if silent:
        return True
    stanzas: list[tuple[int, list[str]]] = []
    line = start
    fresh = True
    while line < end and state.sCount[line] >= state.blkIndent and (words := _line(state, line)) is not None:
        if not words.strip():
            fresh = True
        elif fresh:
            stanzas.append((line, [words]))
            fresh = False
        else:
            stanzas[-1][1].append(words)
        line += 1
    state.line = line
    opened = state.push("verse_open", "div", 1)
    opened.map = [start, line]
    for first_line, lines in stanzas:
        stanza = state.push("stanza_open", "p", 1)
        stanza.map = [first_line, first_line + len(lines)]
        inline = state.push("inline", "", 0)
        inline.content = "\n".join(_indented(words) for words in lines)
        inline.map = [first_line, first_line + len(lines)]
        inline.children = []
        state.push("stanza_close", "p", -1)
    state.push("verse_close", "div", -1)
    return True


def _line(state: StateBlock, line: int) -> str | None:
    """The words after the bar; None for a line that is no verse."""
    found = _LINE.match(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
    return None if found is None else (found[1] or "").rstrip()


def _indented(words: str) -> str:
    bare = words.lstrip(" ")
    return INDENT * (len(words) - len(bare)) + bare
