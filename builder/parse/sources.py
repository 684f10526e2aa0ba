"""sources.json (CSL-JSON) -> Works, set in the house style."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.parse.citation import cited, label_of
from builder.parse.csl import Item, read_item
from builder.parse.json_document import no_json
from builder.parse.schema import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Source, Work

_ID = re.compile(r'"id"\s*:\s*("(?:[^"\\]|\\.)*"|\d+)')


MOST = 20_000
"""Works of one file: more than most libraries of a scholar's own."""


def parse_sources(source: Source) -> tuple[tuple[Work, ...], tuple[Diagnostic, ...]]:
    """The works of a file in its order, each key once. Faults of single works are told and never stop the rest.

    Nothing is told of a file that is no JSON for a byte that is none of a text: that was told where it was read.
    """
    try:
        raw = json.loads(source.text.removeprefix("\ufeff") or "[]")
    except json.JSONDecodeError as fault:
        found = no_json(fault)
        place = Place(source.path, found.line, found.column)
        slip = diagnose("G126", place, f"this is no JSON: {found.why}", found.hint or _EXPORT)
        return (), () if found.line in source.garbled else (slip,)
    except RecursionError:
        message = "this JSON can't be read: lists and objects lie too deep in one another"
        return (), (diagnose("G126", Place(source.path), message, _EXPORT),)
    except ValueError:  # Python reads no number of more than some thousand digits
        message = "this JSON can't be read: it holds a number of thousands of digits"
        return (), (diagnose("G126", Place(source.path), message, _EXPORT),)
    if not isinstance(raw, list):
        message = f"a list of works is expected here, not {spoken(raw)}"
        return (), (diagnose("G126", Place(source.path), message, _EXPORT),)
    if len(raw) > MOST:
        message = f"this file lists {len(raw):,} works; the most that are read are {MOST:,}"
        return (), (diagnose("G108", Place(source.path), message, "export those that are cited"),)
    told: list[Diagnostic] = []
    items = _items(raw, source, told)
    return _works(items), tuple(told)


_EXPORT = "export the list again as CSL JSON, for instance from Zotero, and don't edit it by hand"


def _items(raw: list[object], source: Source, told: list[Diagnostic]) -> list[Item]:
    lines = _lines(source.text)
    items: dict[str, Item] = {}
    for number, value in enumerate(raw, 1):
        key = value.get("id") if isinstance(value, dict) else None
        place = Place(source.path, next(lines.get(str(key), iter(())), 1))
        if not isinstance(value, dict) or not isinstance(key, str | int) or not str(key).strip():
            told.append(diagnose("G127", place, f"entry {number} is no work with an id", _EXPORT))
            continue
        item, slips = read_item(value, place)
        told.extend(slips)
        if item.key in items:
            told.append(diagnose("G128", place, f"the work “{item.key}” is listed twice", "keep one of the two"))
            continue
        items[item.key] = item
    return list(items.values())


def _lines(text: str) -> Mapping[str, Iterator[int]]:
    """Key -> the lines in which works say that it is theirs, in order."""
    lines: dict[str, list[int]] = {}
    line, done = 1, 0
    for match in _ID.finditer(text):
        line += text.count("\n", done, match.start())
        done = match.start()
        lines.setdefault(match[1].strip('"'), []).append(line)
    return {key: iter(found) for key, found in lines.items()}


def _works(items: list[Item]) -> tuple[Work, ...]:
    """The works in their order; those of one author and year are told apart by letters in the order of their titles."""
    alike: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        alike.setdefault((label_of(item), item.year), []).append(item)
    letters: dict[str, str] = {}
    for group in alike.values():
        if len(group) < 2:
            continue
        for index, item in enumerate(sorted(group, key=lambda one: (one.date, one.title.casefold(), one.key))):
            letters[item.key] = _letter(index)
    return tuple(cited(item, letters.get(item.key, "")) for item in items)


def _letter(index: int) -> str:
    """The letters a … z, then aa, ab …, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
