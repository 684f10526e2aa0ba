"""A text saved in an old Western encoding: no repository would keep it as it is."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    (folder / "fox.md").write_bytes("A fox saw grapes.\n\nHe was in a café.\n".encode("latin-1"))
