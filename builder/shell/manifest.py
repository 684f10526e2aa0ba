"""The file that says an output folder is ours, and which of its files are: read and written."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.model.value import value_class
from builder.shell.files import NotRegularError, TooLargeError, blaming, read_regular, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKER = ".glossator"
"""Name of the manifest inside an output folder."""

_VERSION = 1
_BOUND = 256 * 1024 * 1024


@value_class(frozen=True, slots=True)
class Entry:
    """One file that we wrote: its size in bytes and its SHA-256, in hexadecimal digits."""

    size: int
    digest: str


Manifest = dict[str, Entry]
"""Path relative to the output folder -> what was written there."""

Mark = tuple[int, int, int, int]
"""The manifest's file as the system knows it: its number, size and times."""

_quoted = json.encoder.encode_basestring_ascii


def read_manifest(folder: str) -> Manifest | None:
    """The manifest of an output folder; None where there is none.

    SiteError where it can't be understood: then nobody can say which files are ours, so none may be removed.
    """
    path = os.path.join(folder, MARKER)
    if not os.path.lexists(path):
        return None
    try:
        if os.path.islink(path):
            raise NotRegularError(path)
        with blaming(path):
            raw = read_regular(path, _BOUND)
        return _parse(json.loads(raw))
    except (ValueError, TypeError, NotRegularError, TooLargeError, RecursionError) as fault:
        raise SiteError(
            f"{shown(path)}: this list of our own files can't be understood; "
            "remove the folder yourself if nothing in it is yours, then build again"
        ) from fault


def _parse(value: object) -> Manifest:
    if not isinstance(value, dict) or value.get("version") != _VERSION or not isinstance(value.get("files"), dict):
        raise ValueError("no manifest")
    manifest: Manifest = {}
    for path, row in value["files"].items():
        size, digest = row
        if not (isinstance(size, int) and isinstance(digest, str)):
            raise TypeError(path)
        manifest[path] = Entry(size, digest)
    return manifest


def write_manifest(manifest: Mapping[str, Entry], lines: dict[str, str] | None = None) -> bytes:
    """The manifest as bytes: sorted, a line for each file, so that two of them compare well.

    `lines` are those of its files that were written before; it takes in the others.
    """
    lines = {} if lines is None else lines
    for path in manifest.keys() - lines.keys():
        entry = manifest[path]
        lines[path] = f"  {_quoted(path)}: [{entry.size}, {_quoted(entry.digest)}]"
    rows = ",\n".join(map(lines.__getitem__, sorted(manifest)))
    return f'{{"version": {_VERSION}, "files": {{\n{rows}\n}}}}\n'.encode()


def mark_of(folder: str) -> Mark | None:
    """What tells the manifest of an output folder from any that is written later; None where there is none."""
    try:
        status = os.lstat(os.path.join(folder, MARKER))
    except FileNotFoundError:
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
