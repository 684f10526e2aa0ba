"""Names of which no file could be made: they would be longer than systems take."""

from pathlib import Path


def make(folder: Path) -> None:
    edition, text = "e" * 250, "t" * 240
    (folder / "site.toml").write_text('title = "Old stories"\n', encoding="utf-8")
    (folder / edition).mkdir()
    settings = f'title = "The fox"\n[[text]]\nfile = "{text}.md"\n'
    (folder / edition / "edition.toml").write_text(settings, encoding="utf-8")
    (folder / edition / f"{text}.md").write_text("A fox saw grapes.\n", encoding="utf-8")
