"""A theme's files -> the typefaces among them that no handout can be set in, since they are damaged.

Typst passes such a file over without a word, and sets everything in another face.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.theme import ThemeFiles

FACE = re.compile(r"faces/.+\.(?:otf|ttf|otc|ttc)", re.IGNORECASE)
"""The files of a theme that handouts are set in."""
_OF_PAGES = re.compile(r"faces/.+\.(?:woff2?|eot|pf[ab]|dfont)", re.IGNORECASE)
"""Typefaces that handouts can't be set in."""
_KINDS = (b"\0\1\0\0", b"OTTO", b"true")
"""How OpenType and TrueType begin."""
_COLLECTION = b"ttcf"
_NEEDED = (b"head", b"hhea", b"maxp", b"hmtx", b"cmap", b"name")
"""Tables without which a face has no name, no measures, no letters."""
_OUTLINES = frozenset({b"glyf", b"CFF ", b"CFF2", b"SVG ", b"CBDT", b"sbix"})


def check_faces(read: ThemeFiles) -> Iterator[Diagnostic]:
    """The faces for handouts that can't be read, or are of a form that the compiler passes over."""
    for path, content in read.files.items():
        place = Place(read.origins.get(path, path))
        if FACE.fullmatch(path) and (fault := fault_of(content)):
            hint = "get the file once more from where it came from, or take it out"
            yield diagnose("G502", place, f"this typeface can't be read: {fault}", hint)
        elif _OF_PAGES.fullmatch(path):
            said = f"handouts aren't set in a typeface of this form (.{path.rpartition('.')[2]})"
            yield diagnose("G502", place, said, "put it here as .otf or .ttf; fonts/ holds those of the pages")


def fault_of(content: bytes) -> str:
    """Why a file is no whole typeface; "" where nothing speaks against it."""
    if not content:
        return "it is empty"
    begins = [0]
    if content.startswith(_COLLECTION):
        count = int.from_bytes(content[8:12], "big")
        if not 0 < count <= len(content) // 4 - 3:
            return "it is cut off"
        begins = list(struct.unpack_from(f">{count}I", content, 12))
    return next((fault for begin in begins if (fault := _face(content, begin))), "")


def _face(content: bytes, begin: int) -> str:
    """Why the face that begins there is none."""
    if content[begin : begin + 4] not in _KINDS:
        return "it is neither OpenType nor TrueType"
    count = int.from_bytes(content[begin + 4 : begin + 6], "big")
    if begin + 12 + 16 * count > len(content):
        return "it is cut off"
    found = set()
    for index in range(count):
        name, _, start, length = struct.unpack_from(">4s3I", content, begin + 12 + 16 * index)
        if start + length > len(content):
            return "it is cut off"
        found.add(name)
    for name in _NEEDED:
        if name not in found:
            return f"it lacks the table “{name.decode()}”"
    return "" if found & _OUTLINES else "it has no outlines"
