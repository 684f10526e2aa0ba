"""Names under which nothing is read -> the name that was meant, for files that an editor saved under another ending."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from builder.model.diagnostic import Diagnostic

ENTRIES = frozenset({"crossrefs.md", "glossary.md", "questions.md"})
"""Files of an edition that are neither texts nor notes."""

ASIDE = frozenset({"readme.md", "license.md", "licence.md", "changelog.md", "contributing.md"})
"""What stands beside the content in any repository."""

TABLES = frozenset({"site.toml", "edition.toml", "sources.json"})

_TABLES_STEMS = {name.rpartition(".")[0]: name for name in sorted(TABLES)}
_DOUBLED = re.compile(r"(.+\.(?:md|toml|json))\.(?:txt|text|md|docx?|rtf|odt|pages|html?)", re.IGNORECASE)
_OTHER = re.compile(r"(.+)\.(txt|text|docx?|rtf|odt|pages|markdown|mdown|mkd|md|toml|json)", re.IGNORECASE)
_PLAIN = re.compile(r".+\.(?:txt|text|markdown|mdown|mkd|md|toml|json)", re.IGNORECASE)
_ALIKE = 0.85
"""How alike two names must be (difflib's ratio) to be taken for one that was misspelt."""


def meant(file: str, texts: Collection[str]) -> str:
    """The name that a file was to have, which isn't read under the one it has; "" where none is known.

    `texts` are the files of the edition's texts.
    """
    doubled = _DOUBLED.fullmatch(file)
    if doubled:
        return _settled(doubled[1])
    other = _OTHER.fullmatch(file)
    if other is None:
        return ""
    stem, ending = other[1], other[2].lower()
    if ending in ("toml", "json"):
        return _table(file)
    if ending in ("txt", "text") and stem.lower() in _TABLES_STEMS:
        return _TABLES_STEMS[stem.lower()]
    name = _settled(f"{stem}.md")
    if ending in ("txt", "text"):
        notes = stem.lower().endswith(".notes")
        return name if notes or name in ENTRIES or name in texts else ""
    return name if name != file and name.lower() not in ASIDE else ""


def is_surely_meant(file: str) -> bool:
    """Whether a file that lies outside of all editions was meant to be read, by its name alone."""
    return _DOUBLED.fullmatch(file) is not None or meant(file, ()) in {*TABLES, "glossary.md"}


def misnamed(base: str, files: Iterable[str], texts: Collection[str], there: Collection[str]) -> Iterator[Diagnostic]:
    """Tell of the files of one folder (`base`, with a slash behind it) that nobody reads by the names they have.

    `files` are those that are no sources, and the tables; `there` are the sources. A text that is missing is told of
    elsewhere, with the file that may be meant.
    """
    for file in sorted(files):
        name = meant(file, texts)
        if not name or (name in texts and name not in there):
            continue
        if name in there and not _DOUBLED.fullmatch(file) and not _PLAIN.fullmatch(file):
            continue  # the document from which it was made
        told = diagnose("G112", Place(f"{base}{file}"), "a file of this name isn't read", call_it(file, name, there))
        # Without its table an edition isn't there at all: to publish the site without it is what nobody means.
        yield replace(told, severity=Severity.ERROR) if name == "edition.toml" and name not in there else told


def call_it(file: str, name: str, there: Collection[str]) -> str:
    """What to do about a file that should have another name."""
    if name in there:
        return f"only “{name}” is read: put into that what is to be shown, and take this file away"
    return f"call it “{name}”" if _PLAIN.fullmatch(file) else f"save it as plain text, by the name “{name}”"


def in_small_letters(file: str) -> str:
    """The name of a file of entries or a table that has it in capitals; "" for any other."""
    low = file.lower()
    return low if low != file and low in (ENTRIES | TABLES) else ""


def _settled(name: str) -> str:
    """A name with its ending in small letters, and the whole of one that is always in them."""
    low = in_small_letters(name)
    stem, _, ending = name.rpartition(".")
    return low or f"{stem}.{ending.lower()}"


def _table(file: str) -> str:
    """The table whose name a file nearly has."""
    if file in TABLES:
        return ""
    like = {SequenceMatcher(None, file.lower(), table).ratio(): table for table in sorted(TABLES)}
    return like[max(like)] if max(like) >= _ALIKE else ""
