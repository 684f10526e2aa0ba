"""Files as an author writes them -> the values that the tests hold to their rules; and the tables of cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder.model.note import Anchor
from builder.model.site import Folder, Source, TextSettings
from builder.model.view import View
from builder.parse.edition import parse_edition_folder
from builder.parse.markdown import parse_text
from builder.parse.site import parse_outline
from builder.relate.anchor import anchor_edition
from builder.relate.gloss import gloss
from builder.relate.haystack import haystack
from builder.relate.proses import entry_of, pieces_of
from builder.relate.refer import refer
from builder.relate.select import select

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.glossary import Occurrence
    from builder.model.note import Audience
    from builder.model.prose import Prose
    from builder.model.view import Anchored, Referred
    from builder.relate.haystack import Haystack

HERE = Path(__file__).parent / "tables"


def cases(name: str) -> list[Any]:
    """The cases of a table, each named by the rule that it holds."""
    table = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["about"]) for case in table["case"]]


def prose_of(source: str, *, dek: bool = False) -> Prose:
    """A text's prose."""
    from builder.model.diagnostic import Place

    prose, _ = parse_text(source, path="fox.md", settings=TextSettings("fox.md", Place("edition.toml"), dek=dek))
    return prose


def stack_of(source: str, *, dek: bool = False) -> Haystack:
    """A text made ready for seeking."""
    return haystack(prose_of(source, dek=dek), "fox")


class Site:
    """A small site of one or more editions. A file `fox.md` lies in the edition `fables`; `other/x.md` in `other`."""

    def __init__(self, files: dict[str, str], *, texts: str = "") -> None:
        placed = {name if "/" in name or name in SITE else f"fables/{name}": text for name, text in files.items()}
        placed.setdefault("site.toml", 'title = "Tales"\n')
        for folder in sorted({name.split("/")[0] for name in placed if "/" in name}):
            placed.setdefault(f"{folder}/edition.toml", _settings(folder, placed, texts))
        self.folder = Folder({name: Source(name, text, name) for name, text in placed.items()}, {})
        outline, told = parse_outline(self.folder)
        assert outline is not None, told
        self.outline = outline
        self.told = list(told)
        self.editions: dict[str, Anchored] = {}
        for settings in outline.editions:
            edition, slips = parse_edition_folder(self.folder, settings, outline.settings, outline.terms)
            self.told += slips
            assert edition is not None, slips
            self.editions[edition.id], slips = anchor_edition(edition)
            self.told += slips

    @property
    def fables(self) -> Anchored:
        """The edition that most tests are about."""
        return self.editions["fables"]

    def seen(self, audience: Audience, **view: Any) -> Anchored:
        """The edition as a view sees it."""
        return select(self.fables, View(audience=audience, **view))

    def referred(self, anchored: Anchored | None = None) -> tuple[Referred, tuple[Diagnostic, ...]]:
        """The edition (or a view of it) with terms and references."""
        anchored = anchored or self.fables
        return refer(
            anchored,
            works=self.outline.works_of("fables"),
            abroad=self.editions.get,
            occurrences=gloss(anchored),
        )


SITE = frozenset({"site.toml", "glossary.md", "sources.json"})
"""Files of the whole site; a glossary of the edition alone is `fables/glossary.md`."""


def _settings(edition: str, placed: dict[str, str], texts: str) -> str:
    lines = ['title = "Fables"']
    for name in sorted(placed):
        folder, _, file = name.rpartition("/")
        own = file.endswith(".md") and file.count(".") == 1
        if folder == edition and own and file not in ("glossary.md", "crossrefs.md", "questions.md"):
            lines += ["[[text]]", f'file = "{file}"', texts]
    return "\n".join(lines)


def quoted(anchored: Anchored, note: str) -> list[str]:
    """The words at which a note stands, "" for a lost passage."""
    text = anchored.edition.text(next(one.text for one in anchored.edition.notes if one.id == note))
    assert text is not None
    return [text.prose.words(one.span) if isinstance(one, Anchor) else "" for one in anchored.notes[note]]


def shown(anchored: Anchored, occurrences: tuple[Occurrence, ...]) -> list[str]:
    """Occurrences as `text:fox grapes` with a `*` after those that are links."""
    proses = {piece.name: piece.prose for piece in pieces_of(anchored)}
    proses |= {f"term:{term.id}": entry_of(term).prose for term in anchored.edition.terms}
    return [f"{one.prose} {proses[one.prose].words(one.span)}{'*' * one.linked}" for one in occurrences]
