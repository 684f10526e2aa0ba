"""Straight quotation marks and hyphens -> typographic ones, for texts with `typography = true`; one linear pass.

The method is the usual one of "educating" quotes: a mark opens after a space, an opening bracket, a dash or another
opening mark, unless a space follows, and closes anywhere else.
"""

from __future__ import annotations

import re

_MARKS = re.compile("---?|[\"']")
_OPENERS = frozenset("([{<“‘«„—–-/")
_LEFT_OUT = re.compile(r"(?:\d\ds?|tis|twas|til|em|cause|n)\b", re.IGNORECASE)
"""What an apostrophe at the beginning of a word stands for letters of: ’90s, ’tis."""


def educate(words: str, before: str, *, ends: bool = False) -> str:
    """The words with typographic marks. `before` is the character that stands before them, "" for none.

    `ends` says that a line ends with them.
    """
    out: list[str] = []
    last = 0
    opened = False
    for found in _MARKS.finditer(words):
        start = found.start()
        out.append(words[last:start])
        ahead = words[start - 1] if start else before
        follows_mark = start == last and start > 0
        last = found.end()
        mark = found[0]
        if mark[0] == "-":
            out.append("—" if len(mark) == 3 else "–")
            opened = True
            continue
        opened = opened if follows_mark else not ahead or ahead.isspace() or ahead in _OPENERS
        if opened and (
            (words[last : last + 1] or (" " if ends else "x")).isspace()
            or (mark == "'" and _LEFT_OUT.match(words, last))
        ):
            opened = False
        out.append(("“" if opened else "”") if mark == '"' else ("‘" if opened else "’"))
    out.append(words[last:])
    return "".join(out)
