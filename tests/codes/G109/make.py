"""A link that leads out of the site: its target differs from machine to machine."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    outside = folder.parent / "fox.md"
    outside.write_text("A fox saw grapes.\n", encoding="utf-8")
    (folder / "fox.md").symlink_to(outside)
