"""A text with a control character, as some programs leave it: no repository takes it for text."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    (folder / "fox.md").write_bytes(b"A fox saw grapes.\n\nHe leapt\x0b for them.\n")
