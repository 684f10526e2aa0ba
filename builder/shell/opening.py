"""A site's folder on disk -> all that the pipeline asks for: what stands in it, its settings, its theme's files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.pipeline import check, levelled, site_settings
from builder.shell.read import read_folder
from builder.shell.themes import read_theme

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Folder, Settings
    from builder.model.theme import ThemeFiles


@dataclass(frozen=True, slots=True)
class Opened:
    """A site that can be built, and what was found wrong with it so far."""

    folder: Folder
    settings: Settings
    theme: ThemeFiles
    told: tuple[Diagnostic, ...]


def open_site(root: Path) -> Opened | tuple[Diagnostic, ...]:
    """The site in a folder; where its settings or its theme don't allow to go on, what is wrong with it instead.

    SiteError where there is no site, MachineError where the system refuses to read it.
    """
    folder, slips = read_folder(root)
    settings, told = site_settings(folder)
    if settings is None:
        return levelled([*slips, *told], {})
    theme, missing = read_theme(settings.theme, root, place=settings.place_of("theme"))
    if theme is None:
        return levelled([*slips, *told, *missing], settings.quality)
    return Opened(folder, settings, theme, levelled([*slips, *told], settings.quality))


def check_site(root: Path) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the site in a folder, in order, each once."""
    opened = open_site(root)
    if not isinstance(opened, Opened):
        return opened
    return levelled([*opened.told, *check(opened.folder, opened.theme)], opened.settings.quality)
