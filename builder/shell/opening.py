"""A site's folder on disk -> all that the pipeline asks for: what stands in it, its settings, its theme's files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from builder.parse.site import parse_outline
from builder.pipeline import check, levelled
from builder.shell.read import read_folder
from builder.shell.themes import read_theme

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import EditionSettings, Folder
    from builder.model.theme import ThemeFiles
    from builder.parse.site import Outline
    from builder.pipeline import Making


@dataclass(frozen=True, slots=True)
class Opened:
    """A site that can be built, and what was found wrong with it so far."""

    folder: Folder
    outline: Outline
    theme: ThemeFiles
    told: tuple[Diagnostic, ...]


def open_site(root: Path, before: Making | None = None) -> Opened | tuple[Diagnostic, ...]:
    """The site in a folder; where its settings or its theme don't allow to go on, what is wrong with it instead.

    What an earlier build came to saves reading again what is as it was.

    SiteError where there is no site, MachineError where the system refuses to read it.
    """
    folder, slips = read_folder(root)
    outline, told = parse_outline(folder, partial(_known, before) if before is not None else _nothing)
    if outline is None:
        return levelled([*slips, *told], {})
    settings = outline.settings
    theme, missing = read_theme(settings.theme, root, place=settings.place_of("theme"))
    if theme is None:
        return levelled([*slips, *told, *missing], settings.quality)
    return Opened(folder, outline, theme, levelled([*slips, *told], settings.quality))


def _known(before: Making, edition: str) -> tuple[str, EditionSettings] | None:
    known = before.editions.get(edition)
    return (known.flawless, known.settings) if known is not None else None


def _nothing(_: str) -> None:
    return None


def check_site(root: Path) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the site in a folder, in order, each once."""
    opened = open_site(root)
    if not isinstance(opened, Opened):
        return opened
    told = check(opened.folder, opened.outline, opened.theme)
    return levelled([*opened.told, *told], opened.outline.settings.quality)
