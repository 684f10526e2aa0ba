"""An edition.toml saved as UTF-16."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text('title = "The fox"\n', encoding="utf-16")
