"""Folders by the names of files: the site's settings, a glossary, a text."""

from pathlib import Path


def make(folder: Path) -> None:
    for name in ("site.toml", "fox/glossary.md", "fox/fox.md"):
        (folder / name).mkdir(parents=True)
    (folder / "fox" / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
