"""Files of a site -> one zip of them, the same bytes for the same files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.shell.files import blaming, chunks, open_regular
from builder.shell.stage import FILE_MODE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipFile


@value_class(frozen=True, slots=True)
class Archive:
    """A zip that is wanted of all that a build publishes, and the paths that don't go into it."""

    name: str
    without: frozenset[str]


_BORN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name: no file in it says when it was made."""


def write_archive(place: str, files: Mapping[str, str]) -> None:
    """A new zip at a place, of files by their names in it; no more than a piece of one is in memory at once.

    MachineError, naming the file, where the system refuses.
    """
    from zipfile import ZIP_DEFLATED, ZipFile

    with blaming(place), open(place, "xb") as made, ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            with blaming(files[name]):
                _add(archive, name, files[name])
    os.chmod(place, FILE_MODE)


def _add(archive: ZipFile, name: str, path: str) -> None:
    from zipfile import ZIP_DEFLATED, ZipInfo

    entry = ZipInfo(name, _BORN)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, FILE_MODE << 16
    descriptor, entry.file_size = open_regular(path)
    try:
        with archive.open(entry, "w") as member:
            for piece in chunks(descriptor):
                member.write(piece)
    finally:
        os.close(descriptor)
