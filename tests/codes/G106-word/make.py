"""A Word document by the name of a text, of which a term and handouts would speak."""

import io
import zipfile
from pathlib import Path

EDITION = 'title = "The fox"\n\n[[text]]\nfile = "fox.md"\n\n[[handout]]\nid = "student"\n'


def make(folder: Path) -> None:
    (folder / "edition.toml").write_text(EDITION, encoding="utf-8")
    (folder / "glossary.md").write_text("## grapes\nWhat the fox sees.\n", encoding="utf-8")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("word/document.xml", "<document>A fox saw grapes. </document>")
    (folder / "fox.md").write_bytes(held.getvalue())
