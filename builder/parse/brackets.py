"""The inline rule for `[[target | words]]` and `[@key, locator; @key]`: brackets -> tokens of type `reference`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_PASSAGE = re.compile(r"\[\[(?!\[)((?:(?!\]\]|\[\[).)+?)\]\](?!\])", re.DOTALL)
_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u109f"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
"""What belongs to the letter before it: a letter with an accent may be written as two characters."""
_KEY = rf"@[\w{_MARKS}:.#$%&+?<>~/-]*[\w{_MARKS}/]"
_SOURCE = re.compile(rf"\[({_KEY}(?:,[^\];\[]*)?(?:;\s*{_KEY}(?:,[^\];\[]*)?)*)\](?!\()")
_ONE = re.compile(rf"({_KEY})(?:,\s*([^;]*))?")


def references(md: MarkdownIt) -> None:
    """Teach a parser both forms. They win over CommonMark's own links."""
    md.inline.ruler.before("link", "reference", _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    source, position = state.src, state.pos
    if source[position] != "[" or position + 3 >= state.posMax:
        return False
    second = source[position + 1]
    if second not in "[@":
        return False
    found = (_PASSAGE if second == "[" else _SOURCE).match(source, position, state.posMax)
    if found is None or (second == "[" and not found[1].strip()):
        return False
    if not silent:
        if second == "[":
            _passage(state, found)
        else:
            _sources(state, found)
    state.pos = found.end()
    return True


def _passage(state: StateInline, found: re.Match[str]) -> None:
    target, bar, words = found[1].rpartition(" | ")
    if not bar:
        target, words = found[1], ""
    token = state.push("reference", "", 0)
    token.content = " ".join(target.split())
    token.info = " ".join(words.split())
    token.meta = {"kind": "passage", "at": found.start()}


def _sources(state: StateInline, found: re.Match[str]) -> None:
    for one in _ONE.finditer(found[1]):
        token = state.push("reference", "", 0)
        token.content = unicodedata.normalize("NFC", one[1][1:])
        token.info = " ".join((one[2] or "").split())
        at = found.start(1) + one.start() - (one.start() == 0)
        token.meta = {"kind": "source", "at": at}
