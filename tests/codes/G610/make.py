"""A picture that is heavier than a page may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path) -> None:
    """Write it."""
    (folder / "images").mkdir()
    chunks = (b"IHDR", bytes(13)), (b"IDAT", bytes(2_999_951)), (b"IEND", b"")
    made = (len(held).to_bytes(4, "big") + name + held + bytes(4) for name, held in chunks)
    (folder / "images" / "fox.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(made))
