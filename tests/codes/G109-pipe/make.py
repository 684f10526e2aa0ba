"""A named pipe: nothing that a repository can keep."""

import os
from pathlib import Path


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    (folder / "fox.md").write_text("A fox saw grapes.\n", encoding="utf-8")
    os.mkfifo(folder / "fox.notes.md")
