"""A drawing of more bytes than are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path) -> None:
    """Write the site."""
    (folder / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n')
    (folder / "fox.md").write_text("# The fox\n\n![A vine](vine.svg) and ![a fox](fox.svg)\n")
    for name, count in (("vine.svg", 1_050_000), ("fox.svg", 10)):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{"<g/>" * count}</svg>\n'
        (folder / name).write_text(drawing)
