"""Editions in memory, out and in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.model.note import Audience
from builder.model.site import Folder, Source
from builder.model.view import View
from builder.parse.edition import parse_edition_folder
from builder.parse.site import parse_outline
from builder.pipeline.annotations import TakenIn, give_out, take_in
from builder.pipeline.reading import Reading
from builder.relate.anchor import anchor_edition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.view import Anchored
    from builder.parse.site import Outline

FOX = """# The Fox

A fox saw grapes. The fox jumped, and the fox fell.

“They are *sour*,” said the fox, and went away 🦊 with a sigh.

> Nobody believed the fox that told it.

A fox saw nothing more: “split” is a word[^1] here.

[^1]: A footnote about foxes.
"""
CROW = """The crow kept her cheese, and said nothing at all.

She had read of foxes.
"""
EDITION = """title = "Fables"
[[text]]
file = "fox.md"
source = "https://example.org/fox/"
[[text]]
file = "crow.md"
[[layer]]
id = "ours"
by = "The editors"
[[layer]]
id = "class"
"""


class Library:
    """A site with one edition, and what an import does to it."""

    def __init__(self, files: Mapping[str, str], *, base: str = "") -> None:
        site = 'title = "Tales"\n' + (f'base_url = "{base}"\n' if base else "")
        self.files = {"site.toml": site, "fables/fox.md": FOX, "fables/crow.md": CROW, "fables/edition.toml": EDITION}
        self.files |= {f"fables/{name}": text for name, text in files.items()}
        self.base = base

    @property
    def folder(self) -> Folder:
        return Folder({name: Source(name, text, name) for name, text in self.files.items()}, {})

    def outline(self) -> Outline:
        outline, told = parse_outline(self.folder)
        assert outline is not None, told
        return outline

    def read(self) -> tuple[Anchored, tuple[Diagnostic, ...]]:
        outline = self.outline()
        edition, told = parse_edition_folder(self.folder, outline.editions[0], outline.settings, outline.terms)
        assert edition is not None, told
        anchored, slips = anchor_edition(edition)
        return anchored, (*told, *slips)

    def reading(self) -> Reading:
        """As a build reads it, with its lock."""
        return Reading(self.folder, self.outline(), View(audience=Audience.TEACHER))

    def out(self, audience: Audience = Audience.STUDENT) -> str:
        document, _ = give_out(self.folder, self.outline(), "fables", audience)
        return document

    def take(self, document: str, **asked: Any) -> TakenIn:
        anchored, _ = self.read()
        taken = take_in(document, anchored, self.folder, self.outline(), **{"name": "guest", **asked})
        self.files |= taken.files
        return taken

    def bare(self) -> Library:
        """The same texts, without a word said of them."""
        made = Library({}, base=self.base)
        return made
