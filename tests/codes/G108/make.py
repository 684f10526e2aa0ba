"""A text far too large."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    (folder / "fox.md").write_text("A fox saw grapes.\n\n" * 500_000, encoding="utf-8")
