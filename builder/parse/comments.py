"""Comments of HTML where all other HTML is shown as it is typed: they are passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_LAST = "comments"


def comments(md: MarkdownIt) -> None:
    """The parser reads nothing from a comment that is closed; one that isn't is shown."""
    md.block.ruler.before("html_block", "comment", _block)
    md.inline.ruler.before("html_inline", "comment", _inline)


def _inline(state: StateInline, _: bool) -> bool:
    end = _end(state, state.pos)
    if end < 0 or end > state.posMax:
        return False
    while state.pos == 0 and state.src.startswith(" ", end):  # no block begins with white space
        end += 1
    state.pos = end
    return True


def _block(state: StateBlock, start: int, stop: int, _: bool) -> bool:
    """Lines of which nothing but a comment is left. No block is asked whether one would end it."""
    end = _end(state, state.bMarks[start] + state.tShift[start])
    last = start
    while end >= 0 and last < stop and state.eMarks[last] < end:
        last += 1
        if last < stop and not state.isEmpty(last) and state.sCount[last] < state.blkIndent:
            return False
    if end < 0 or last >= stop or state.src[end : state.eMarks[last]].strip():
        return False
    state.line = last + 1
    return True


def _end(state: StateBlock | StateInline, start: int) -> int:
    """Where the comment ends that begins here; -1 for none. One look tells for a whole source where the last one ends.

    Else each of many that aren't closed would be sought an end for.
    """
    if not state.src.startswith("<!--", start):
        return -1
    known = state.env.get(_LAST)
    if known is None or known[0] is not state.src:
        known = state.env[_LAST] = (state.src, state.src.rfind("-->"))
    return state.src.find("-->", start + 2) + 3 if known[1] >= start + 2 else -1
