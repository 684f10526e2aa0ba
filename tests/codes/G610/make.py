"""A picture that is heavier than a page may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path) -> None:
    """Write it."""
    (folder / "images").mkdir()
    (folder / "images" / "fox.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(3_000_000))
