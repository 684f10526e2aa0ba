"""What a file says of itself, under whatever names -> the settings of its text, and what no setting holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.incoming import Facts
from builder.parse.shapes import is_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMES = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "by", "byline", "creator"),
    "date": ("date", "published", "publishdate", "pubdate", "datepublished", "created"),
    "source": ("source", "canonicalurl", "canonical", "url", "link", "permalink", "original"),
    "rights": ("rights", "licence", "license", "copyright"),
    "language": ("language", "lang", "locale"),
}
"""Setting of `[[text]]` -> the names under which front matter has it, the surest first."""

_SETTING = {name: setting for setting, names in NAMES.items() for name in names}
_DATE = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ].*)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def settled(found: Iterable[tuple[str, Sequence[str], str]]) -> tuple[Facts, tuple[tuple[str, str], ...]]:
    """The facts among (name, values, as typed), and what is left over, as it was typed.

    Of several names for one setting the surest is taken; a value that its setting can't hold is left over.
    """
    taken: dict[str, tuple[int, str, str, str]] = {}
    left: list[tuple[str, str]] = []
    for name, values, typed in found:
        plain = re.sub(r"[\s_-]", "", name).lower()
        setting = _SETTING.get(plain, "")
        value = _fitting(setting, plain, values) if setting else ""
        if not value:
            left.append((name, typed))
            continue
        rank = NAMES[setting].index(plain)
        before = taken.get(setting)
        if before is not None and before[0] <= rank:
            left.extend([(name, typed)] if before[1] != value else [])
            continue
        if before is not None and before[1] != value:
            left.append(before[2:])
        taken[setting] = (rank, value, name, typed)
    return Facts(**{setting: value for setting, (_, value, _, _) in taken.items()}), tuple(
        (name, typed) for name, typed in left if typed.strip()
    )


def day(words: str) -> str:
    """A year, month or day from what may have a time after it; "" for what is none."""
    found = _DATE.fullmatch(words.strip())
    return found[1] if found and is_date(found[1]) else ""


def tag(words: str) -> str:
    """A language's tag; "" for what is none."""
    words = words.strip().replace("_", "-").split(".")[0]
    return words if _LANGUAGE.fullmatch(words) else ""


def address(words: str) -> str:
    """An address on the web; "" for what is none."""
    words = words.strip()
    return words if _WEB.fullmatch(words) else ""


def _fitting(setting: str, name: str, values: Sequence[str]) -> str:
    """The value as its setting takes it; "" where it can't."""
    words = " ".join(", ".join(values).split())
    if setting == "date":
        return day(words)
    if setting == "language":
        return tag(words)
    if setting == "source" and (name != "source" or _SCHEME.match(words)):
        return address(words)
    return words
