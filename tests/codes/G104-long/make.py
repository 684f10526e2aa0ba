"""A handout by whose name no file could be called."""

from pathlib import Path


def make(folder: Path) -> None:
    settings = f'title = "The fox"\n[[text]]\nfile = "fox.md"\n[[handout]]\nid = "{"h" * 245}"\n'
    (folder / "edition.toml").write_text(settings, encoding="utf-8")
    (folder / "fox.md").write_text("A fox saw grapes.\n", encoding="utf-8")
