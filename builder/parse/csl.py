"""One CSL-JSON value, whatever is in it -> Item: the fields that a citation is set from."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.diagnostic import Diagnostic, Place

_FIELDS = (
    "type", "title", "container-title", "collection-title", "collection-number", "publisher", "publisher-place",
    "volume", "issue", "page", "number", "edition", "genre", "medium", "authority", "archive", "archive_location",
    "section", "event-title", "DOI", "URL", "note", "status",
)  # fmt: skip
_ROLES = ("author", "editor", "translator", "director", "interviewer", "container-author")
_DATES = ("issued", "accessed")

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_WEB = re.compile(r"https?://[^\s/]++\S*+", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{3,9}/\S+)", re.IGNORECASE)
_EXTRA = re.compile(r"[A-Za-z][\w .-]{0,40}: ?\S")
"""A line of Zotero's “Extra” field: `PMID: 123`."""


@value_class(frozen=True, slots=True)
class Name:
    """One person or body."""

    family: str
    """The whole name of a body."""
    given: str = ""
    suffix: str = ""


Part = tuple[int, int, int]
"""Year, month, day; 0 where one isn't known."""


@value_class(frozen=True, slots=True)
class Item:
    """One work."""

    key: str
    fields: Mapping[str, str]
    names: Mapping[str, tuple[Name, ...]]
    dates: Mapping[str, tuple[Part, ...]]
    """From, and where it is a span of time, to."""

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def title(self) -> str:
        """Its title, "" where it has none."""
        return self["title"]

    @property
    def creators(self) -> tuple[Name, ...]:
        """Who is named first: its authors, else its editors, else who else is named."""
        return next((self.names[role] for role in _ROLES if self.names.get(role)), ())

    @property
    def date(self) -> Part:
        """When it was published; zeros where that isn't known."""
        dates = self.dates.get("issued")
        return dates[0] if dates else (0, 0, 0)

    @property
    def year(self) -> str:
        """As shown: 2021, 44 BC, n.d."""
        year = self.date[0]
        if year == 0:
            return "forthcoming" if self["status"] == "forthcoming" else "n.d."
        return str(year) if year > 0 else f"{-year} BC"


def read_item(raw: Mapping[str, object], place: Place) -> tuple[Item, tuple[Diagnostic, ...]]:
    """A work from its CSL-JSON. Fields of a wrong kind are left out, and told of."""
    told: list[Diagnostic] = []
    key = unicodedata.normalize("NFC", _clean(str(raw["id"])))
    fields = {name: _field(name, raw[name], key, place, told) for name in _FIELDS if raw.get(name) is not None}
    names = {role: _names(role, raw[role], key, place, told) for role in _ROLES if raw.get(role) is not None}
    dates = {name: _date(name, raw[name], key, place, told) for name in _DATES if raw.get(name) is not None}
    item = Item(key, fields, names, dates)
    if not item.title:
        hint = "give it one in your list of works; a citation without it can't be looked up"
        told.append(diagnose("G127", place, f"the work “{key}” has no title", hint))
    return item, tuple(told)


def _clean(words: str) -> str:
    return _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", words)).strip()


def _wrong(name: str, key: str, place: Place, expected: str) -> Diagnostic:
    return diagnose("G127", place, f"“{name}” of the work “{key}” is no {expected}", "mend it in your list of works")


def _field(name: str, value: object, key: str, place: Place, told: list[Diagnostic]) -> str:
    if isinstance(value, str):
        if name == "note":
            return " ".join(_clean(line) for line in value.splitlines() if line.strip() and not _EXTRA.match(line))
        text = " ".join(_clean(value).split())
    elif isinstance(value, int | float) and not isinstance(value, bool):
        text = str(value)[:40]
    else:
        told.append(_wrong(name, key, place, "text"))
        return ""
    if name == "URL" and text and not _WEB.fullmatch(text):
        told.append(_wrong(name, key, place, "web address (https://…)"))
        return ""
    if name == "DOI":
        match = _DOI.fullmatch(text)
        if text and not match:
            told.append(_wrong(name, key, place, "DOI (10.1000/182)"))
        return match[1] if match else ""
    return text


def _names(role: str, value: object, key: str, place: Place, told: list[Diagnostic]) -> tuple[Name, ...]:
    names: list[Name] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one.strip():
            names.append(Name(_clean(one)))
            continue
        parts = (
            {name: _clean(part) for name, part in one.items() if isinstance(part, str)} if isinstance(one, dict) else {}
        )
        family = " ".join(part for part in (parts.get("non-dropping-particle"), parts.get("family")) if part)
        given = " ".join(part for part in (parts.get("given"), parts.get("dropping-particle")) if part)
        if parts.get("literal"):
            names.append(Name(parts["literal"]))
        elif family or given:
            names.append(Name(family or given, given if family else "", parts.get("suffix", "")))
        else:
            told.append(_wrong(role, key, place, "list of names"))
    return tuple(names)


def _date(name: str, value: object, key: str, place: Place, told: list[Diagnostic]) -> tuple[Part, ...]:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if isinstance(parts, list):
        read = tuple(part for part in map(_part, parts[:2]) if part is not None)
        if read and len(read) == len(parts[:2]):
            return read
    elif isinstance(value, dict) and isinstance(value.get("raw", value.get("literal")), str):
        year = _YEAR.search(str(value.get("raw", value.get("literal"))))
        return ((int(year[0]), 0, 0),) if year else ()
    told.append(_wrong(name, key, place, "date"))
    return ()


def _part(value: object) -> Part | None:
    """`[2021, 8, 4]` or `["2021"]` as year, month, day; None where it is neither."""
    if not isinstance(value, list) or not 1 <= len(value) <= 3:
        return None
    numbers: list[int] = []
    for one in value:
        text = str(one).strip()
        if isinstance(one, bool) or not re.fullmatch(r"-?\d{1,5}", text, re.ASCII):
            return None
        numbers.append(int(text))
    year, month, day = (*numbers, 0, 0)[:3]
    if not 0 <= month <= 12 or not 0 <= day <= 31 or year == 0:
        return None
    return year, month, day
