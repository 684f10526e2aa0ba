"""A table saved as UTF-16 without the mark that says so: each of its bytes is a character of UTF-8."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "edition.toml").write_bytes('title = "The fox"\n'.encode("utf-16-le"))
    (folder / "fox.md").write_text("A fox saw grapes.\n", encoding="utf-8")
