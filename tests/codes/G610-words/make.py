"""A text that is heavier than a page may be, with a small picture in it."""

from __future__ import annotations

from pathlib import Path

PIXEL = Path(__file__).parents[1] / "G603" / "site" / "images" / "fox.png"


def make(folder: Path) -> None:
    """Write it."""
    (folder / "edition.toml").write_text(
        'title = "The fox"\n\n[[text]]\nfile = "hen.md"\n\n[[text]]\nfile = "fox.md"\n', encoding="utf-8"
    )
    (folder / "hen.md").write_text("A hen.\n", encoding="utf-8")
    words = "A fox saw grapes. " * 5000 + "\n\n"
    (folder / "fox.md").write_text("![A fox](fox.png)\n\n" + words * 34, encoding="utf-8")
    (folder / "fox.png").write_bytes(PIXEL.read_bytes())
