"""A text, the notes on another and the list of works in encodings that no repository would keep."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "hens.md").write_text("The hens cackled.\n", encoding="utf-16")
    (folder / "fox.notes.md").write_bytes("## a café\nNot there. [@aesop]\n".encode("latin-1"))
    (folder / "sources.json").write_text("[]", encoding="utf-16")
