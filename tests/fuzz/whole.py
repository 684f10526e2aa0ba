"""A target that makes a whole site of whatever its files hold: it is built, or it is told why not."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from builder.model.diagnostic import Place
from builder.model.site import Folder, Page, Source
from builder.parse.site import parse_outline
from builder.pipeline import Options, build
from builder.shell.themes import read_theme

if TYPE_CHECKING:
    from builder.model.theme import ThemeFiles

SITE = 'title = "S"\noutputs = ["site", "offline", "epub", "webanno", "tei"]\n'
EDITION = (
    'title = "F"\n[[text]]\nfile = "fable.md"\ntypography = true\nreferences = true\n[[text]]\nfile = "reply.md"\n'
)
REPLY = "# A reply\n\nThe grapes were ripe, said the fox.\n"


@cache
def folio() -> ThemeFiles:
    files, _ = read_theme("folio", Path("nowhere/content"), place=Place("site.toml"))
    assert files is not None
    return files


def site(one: tuple[str, str, str, str, str]) -> None:
    """A text, notes, terms, cross-references and questions: all pages, and what is XML of them well formed."""
    text, notes, glossary, crossrefs, questions = one
    words = {
        "site.toml": SITE,
        "fox/edition.toml": EDITION,
        "fox/fable.md": text,
        "fox/reply.md": REPLY,
        "fox/fable.notes.md": notes,
        "fox/glossary.md": glossary,
        "fox/crossrefs.md": crossrefs,
        "fox/questions.md": questions,
    }
    folder = Folder({path: Source(path, said, path + said) for path, said in sorted(words.items())}, {}, "content")
    outline, _ = parse_outline(folder)
    assert outline is not None
    for made in build(folder, outline, folio(), Options()):
        if isinstance(made, Page) and made.path.endswith(".xml"):
            etree.fromstring(made.content)
