"""Words of a theme in an encoding that no repository would keep."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    (folder / "fox.md").write_text("A fox saw grapes.\n", encoding="utf-8")
    (folder / "theme" / "words").mkdir(parents=True)
    (folder / "theme" / "words" / "de.toml").write_bytes('\n\n\ncontents = "Überblick"\n'.encode("latin-1"))
