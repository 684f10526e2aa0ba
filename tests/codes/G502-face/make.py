"""Typefaces for handouts that are none, or not whole."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path) -> None:
    """Write the site."""
    (folder / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n')
    (folder / "fox.md").write_text("# The fox\n\nOne hot day a fox came to a vine.\n")
    faces = folder / "theme" / "faces"
    faces.mkdir(parents=True)
    for name, content in {
        "cut.otf": _face((b"CFF ", 0), (b"cmap", 60)),
        "cut-early.otf": _face((b"CFF ", 0), (b"cmap", 0))[:-1],
        "empty.otf": b"",
        "light/page.ttf": b"<!DOCTYPE html>\n<title>404</title>\n",
        "light/poor.ttf": _face((b"CFF ", 0), (b"head", 0)),
        "several/cut.ttf": _several(9, b""),
        "several/none.ttf": _several(0, b""),
        "several/poor.ttf": _several(1, _face((b"CFF ", 0), (b"head", 0))),
        "licence.txt": b"Free.\n",
    }.items():
        (faces / name).parent.mkdir(exist_ok=True)
        (faces / name).write_bytes(content)


def _face(*tables: tuple[bytes, int]) -> bytes:
    """The beginning of a face with some tables, each with its length."""
    listed = b"".join(struct.pack(">4s3I", name, 0, 12, length) for name, length in tables)
    return b"OTTO" + struct.pack(">4H", len(tables), 0, 0, 0) + listed


def _several(count: int, face: bytes) -> bytes:
    """A collection that says how many faces it holds, with the one that is in it."""
    return b"ttcf" + struct.pack(">3I", 0x10000, count, 16) + face
