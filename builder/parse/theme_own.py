"""The files that a site lays over its theme -> those that replace nothing and that nothing asks for: misspelt names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.parse.nearest import did_you_mean, nearest
from builder.parse.toml import toml_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.theme import ThemeFiles

_OWN = "theme/"
"""Where the site's own files lie."""

_ASKING = (".html", ".css", ".js", ".typ", ".toml", ".svg", ".xml", ".xhtml")
"""How the names of files end that may ask for others."""

_LANGUAGE = re.compile(r"words/[a-z]{2,3}(?:-[A-Za-z0-9]+)*\.toml")
_TAKEN_AS_THEY_ARE = re.compile(r"(?:faces|fonts)/.+|.*(?:\.md|\.txt|/[^./]+)|[^./]+")
"""Typefaces are found by their folder; what is said of files, licences among it, is for people."""

_ADDED_TO = ("kind.", "kinds.", "relations.")
"""Words of what the site adds itself."""


def check_own(read: ThemeFiles) -> Iterator[Diagnostic]:
    """What stands in the site's `theme/` in vain: files, and wordings."""
    own = [path for path, origin in read.origins.items() if origin.startswith(_OWN)]
    if not own:
        return
    for path in own:
        fine = path in read.beneath or _TAKEN_AS_THEY_ARE.fullmatch(path) or _LANGUAGE.fullmatch(path)
        if not (fine or _is_asked_for(path, read.files)):
            message = f"{path} takes the place of no file of the theme, and nothing asks for it"
            near = nearest(path, sorted(one for one in read.beneath if _ending(one) == _ending(path)))
            hint = f"did you mean “{near}”?" if near else "a file is replaced by one of the same path; else take it out"
            yield diagnose("G511", Place(read.origins[path]), message, hint)
    tables = [path for path in own if _LANGUAGE.fullmatch(path)]
    if tables:
        others = (path for path in read.files if path not in own and re.search(r"(?:^|/)words/[^/]+\.toml$", path))
        known = {key for path in others for key in _keys(read.files[path])}
        asking = "\n".join(_words(read.files[path]) for path in own if path.endswith(_ASKING) and path not in tables)
        for path in tables:
            yield from _vain_words(read.files[path], read.origins[path], known, asking)


def place_of(key: str, content: bytes, origin: str) -> Place:
    """Where a table of words has a dotted name, as near as can be said; else the beginning of the file."""
    words = _words(content)
    above, _, last = (re.escape(part) for part in key.rpartition("."))
    header = re.search(rf"^[ \t]*\[{above}\]", words, re.MULTILINE)
    sought = re.compile(rf"^[ \t]*(?:[\w.-]+\.)?[\"']?({last})[\"']?[ \t]*=", re.MULTILINE)
    at = sought.search(words, header.end() if header else 0)
    if at is None:
        return Place(origin)
    return Place(origin, words.count("\n", 0, at.start(1)) + 1, at.start(1) - words.rfind("\n", 0, at.start(1)))


def _ending(path: str) -> str:
    return path.rpartition(".")[2]


def _is_asked_for(path: str, files: Mapping[str, bytes]) -> bool:
    """Whether any other file names this one, or makes up the name of one in its folder."""
    folder, _, name = path.rpartition("/")
    named = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])|(?<![\w-]){re.escape(folder)}/[\"'] *~")
    others = (content for other, content in files.items() if other != path and other.endswith(_ASKING))
    return any(named.search(_words(content)) for content in others)


def _vain_words(content: bytes, origin: str, known: Collection[str], asking: str) -> Iterator[Diagnostic]:
    """Wordings that neither the theme has nor a file of the site's asks for."""
    for key in _keys(content):
        last = re.escape(key.rpartition(".")[2])
        if key in known or key.startswith(_ADDED_TO) or re.search(rf"[.'\"]{last}\b", asking):
            continue
        place = place_of(key, content, origin)
        yield diagnose("G511", place, f"the theme has no words called “{key}”", did_you_mean(key, sorted(known)))


def _keys(content: bytes) -> list[str]:
    """The dotted names of a table's words; none of a table that can't be read: that is told elsewhere."""
    try:
        return list(_dotted(toml_values(content.decode()), ""))
    except ValueError:
        return []


def _dotted(table: Mapping[str, object], prefix: str) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def _words(content: bytes) -> str:
    return content.decode("utf-8", "replace")
