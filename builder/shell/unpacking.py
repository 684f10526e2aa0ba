"""The bytes of a Word file -> its parts of XML, within bounds; and parts -> a file that a library can read."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from builder.model.incoming import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTRIES = 5_000
"""Files within a Word file: a long one with many pictures has some hundreds."""

PART_BOUND = 24 * 1024 * 1024
"""Bytes of all parts of XML, unpacked: a novel takes 5 to 10 MB."""

_OLD = b"\xd0\xcf\x11\xe0"
_NO_WORD = "this is no Word file (.docx)"
_BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error)
"""What reading a damaged, encrypted or strangely packed file may raise. It is read from memory: no disk is asked."""


def unpacked(raw: bytes) -> dict[str, bytes] | Refused:
    """The parts of a Word file that are XML, by their paths in it; pictures and what is embedded stay packed."""
    if raw.startswith(_OLD):
        return Refused("this is a file of an old Word, or one with a password", "save it as .docx without a password")
    try:
        with ZipFile(BytesIO(raw)) as archive:
            return _parts(archive)
    except _BROKEN:
        return Refused(_NO_WORD, "open it in Word or LibreOffice and save it again")


def _parts(archive: ZipFile) -> dict[str, bytes] | Refused:
    names = archive.namelist()
    if len(names) > ENTRIES:
        return Refused(f"this file holds {len(names):,} others; the most that is read is {ENTRIES:,}")
    parts: dict[str, bytes] = {}
    left = PART_BOUND
    for name in dict.fromkeys(names):
        if not name.endswith((".xml", ".rels")) or "embeddings/" in name:
            continue
        with archive.open(name) as part:
            content = part.read(left + 1)
        left -= len(content)
        if left < 0:
            return Refused(f"unpacked, this file is larger than {PART_BOUND:,} bytes", "split it")
        parts[name] = content
    return parts


def packed(parts: Mapping[str, bytes]) -> IO[bytes]:
    """Parts as a file in memory."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    file.seek(0)
    return file
