"""A theme by its name or its folder -> all that is wrong with it, tried on the site that a beginner gets."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model.diagnostic import Place, SiteError
from builder.model.site import HandoutSettings
from builder.pipeline import levelled
from builder.shell.opening import Opened, check_opened, open_site
from builder.shell.starter import make_site
from builder.shell.themes import read_theme, theme_folder
from builder.shell.walk import THEME_FOLDER
from builder.shell.whence import from_here

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic

BESIDE = "themes"
_HANDOUT = HandoutSettings("tried", Place("edition.toml"))
SOMEWHERE = "https://example.org/"
"""Where the site will be hosted on which a theme is tried: else nobody would set its 404.html."""


def check_theme(theme: str, site: Path) -> tuple[tuple[Diagnostic, ...], str]:
    """Everything that is wrong with a theme, in order, and the folder in which it lies, "" where it isn't there.

    A name is looked for beside `site`, as a build would.

    SiteError for a folder that stands where no build would look for it.
    """
    name, root = _named(theme, site)
    files, told = read_theme(name, root, place=Place(f"{BESIDE}/{name}"))
    if files is None:
        return told, ""
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder, "content")
        make_site(sample)
        opened = open_site(sample)
        assert isinstance(opened, Opened), "the starter is a sound site"
        settings = replace(opened.outline.settings, theme=name, base_url=SOMEWHERE)
        editions = tuple(replace(one, handouts=(_HANDOUT,)) for one in opened.outline.editions)
        tried = replace(opened, outline=replace(opened.outline, settings=settings, editions=editions), theme=files)
        found = levelled((*told, *check_opened(tried, sample, templates=True).told), {})
        own = [one for one in found if one.place.path.startswith(f"{THEME_FOLDER}/")]
        return (*(one for one in found if one not in own), *from_here(own, root)), theme_folder(name, root)


def _named(theme: str, site: Path) -> tuple[str, Path]:
    """The name of a theme, and the folder of a site that would find it."""
    if not os.path.isdir(theme) or os.sep not in os.path.normpath(theme):
        return theme, site
    folder = os.path.realpath(theme)
    above, name = os.path.split(folder)
    if os.path.basename(above) != BESIDE:
        raise SiteError(f"{theme}: a theme stands in a folder “{BESIDE}”, beside the site's folder: {BESIDE}/{name}")
    return name, Path(os.path.dirname(above), "content")
