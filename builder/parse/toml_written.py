"""Names and values -> TOML, as an author would type it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NOT_IN_COMMENTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def toml_text(words: str) -> str:
    """Words in quotation marks, on one line."""
    inside = _ESCAPED.sub(lambda found: _SHORT.get(found[0]) or rf"\u{ord(found[0]):04X}", words)
    return f'"{inside}"'


def toml_value(value: object) -> str:
    """What tomllib reads, written so that it reads the same again."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return toml_text(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(_pair(name, one) for name, one in value.items())}}}"
    return str(value)


def toml_table(header: str, pairs: Iterable[tuple[str, object]], remarks: Iterable[str] = ()) -> str:
    """A table with a line for each name and value, then a comment for each of the remarks' lines."""
    lines = [header] if header else []
    lines += [f"{name} = {toml_value(value)}" for name, value in pairs]
    lines += [f"# {_NOT_IN_COMMENTS.sub(' ', line)}".rstrip() for remark in remarks for line in remark.split("\n")]
    return "".join(f"{line}\n" for line in lines)


def _pair(name: str, value: object) -> str:
    return f"{name if _BARE.fullmatch(name) else toml_text(name)} = {toml_value(value)}"
