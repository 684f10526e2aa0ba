"""Some words <-> a line of anchors.lock that holds them, with tabs between: an inverse pair."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGEST = re.compile(r"[0-9a-f]{12}")
_UNSAFE = re.compile("[\\\\\n\t\r\f\u2028\u2029\ufeff]")
"""What would end a field or a line, here or in an editor. No text as read holds other control characters."""
_LINE = re.compile("[^\\\\\n\r\f\u2028\u2029\ufeff]*")
"""A line in which nothing is unsafe, if all tabs in it stand between fields."""
_ALL = re.compile("[^\\\\\r\f\u2028\u2029\ufeff]*")
"""Lines in which nothing is unsafe, if all tabs stand between fields and all line breaks at their ends."""
TOGETHER = 128
"""Lines that are looked at together: hardly any has anything unsafe in it."""
_ESCAPED = re.compile(r"\\(?:([\\nt])|x([0-9a-f]{1,4});|)")
_SHORT = {"\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_LONG = {"\\": "\\", "n": "\n", "t": "\t"}


def written(*fields: str) -> str:
    """Fields with tabs between them; what would end a field or a line is escaped."""
    line = "\t".join(fields)
    if _LINE.fullmatch(line) and line.count("\t") == len(fields) - 1:
        return line
    return "\t".join(_UNSAFE.sub(_escape, one) for one in fields)


def all_written(rows: Sequence[tuple[str, ...]]) -> str:
    """The lines of some rows of fields, each with its end."""
    return "".join([_together(rows[at : at + TOGETHER]) for at in range(0, len(rows), TOGETHER)])


def _together(rows: Sequence[tuple[str, ...]]) -> str:
    """Lines looked at as one; one by one where there is anything unsafe in them."""
    text = "".join(["\t".join(row) + "\n" for row in rows])
    between = sum(map(len, rows)) - len(rows)
    if text.count("\n") == len(rows) and text.count("\t") == between and _ALL.fullmatch(text):
        return text
    return "".join([written(*row) + "\n" for row in rows])


def plain(field: str) -> str:
    """A field as it was; ValueError for an escape that none is."""
    return _ESCAPED.sub(_unescape, field) if "\\" in field else field


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\x{ord(found[0]):x};"


def _unescape(found: re.Match[str]) -> str:
    if found[1]:
        return _LONG[found[1]]
    character = chr(int(found[2] or "0", 16))
    if not _UNSAFE.fullmatch(character):
        raise ValueError(found[0])
    return character
