"""Plain words -> Markdown in which none of them is markup."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\\`*_\[\]<>&{}|~^!$]")
_AT_START = re.compile(r"^(?P<space>[ \t]*)(?:(?P<mark>[#+=:-])|(?P<number>\d{1,9})(?P<stop>[.)]))", re.MULTILINE)


def escaped(words: str) -> str:
    """The words with a backslash before each sign that Markdown, or our references, would read as markup.

    Lines stay lines; spaces at their beginnings go, which would make them code or part of a list.
    """
    marked = _MARKS.sub(lambda sign: f"\\{sign[0]}", words)
    return _AT_START.sub(_harmless, re.sub(r"^[ \t]+", "", marked, flags=re.MULTILINE))


def _harmless(start: re.Match[str]) -> str:
    if start["mark"]:
        return f"\\{start['mark']}"
    return f"{start['number']}\\{start['stop']}"
