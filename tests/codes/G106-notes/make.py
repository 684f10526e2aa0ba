"""Notes saved as UTF-16, to which a cross-reference leads: first what is wrong, then what follows from it."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text('title = "The fox"\n\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    (folder / "fox.md").write_text("A fox saw grapes.\n", encoding="utf-8")
    (folder / "fox.notes.md").write_bytes("## grapes {#fruit}\nFruit.\n".encode("utf-16"))
    (folder / "crossrefs.md").write_text("## fox “fox” → fox “grapes”\nSee [[#fruit]].\n", encoding="utf-8")
