"""Word files as the tests need them: made by python-docx, or changed part by part."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx

if TYPE_CHECKING:
    from collections.abc import Mapping


def document() -> Any:
    """An empty document, with no property but a date."""
    made = docx.Document()
    made.core_properties.author = ""
    made.core_properties.title = ""
    return made


def saved(made: Any, changes: Mapping[str, tuple[str, str]] = {}, added: Mapping[str, bytes] = {}) -> bytes:
    """A document's bytes, with one stretch of some of its parts exchanged and further parts put in."""
    buffer = BytesIO()
    made.save(buffer)
    out = BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                before, after = (words.encode("utf-8") for words in changes[name])
                assert content.count(before) == 1, (name, before, content.count(before))
                content = content.replace(before, after)
            new.writestr(name, content)
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()


def picture() -> BytesIO:
    """A PNG of one pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    made = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    ]
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(made))
