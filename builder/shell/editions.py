"""The folder of an edition -> the site that it belongs to, and its id there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.shell.files import shown

if TYPE_CHECKING:
    from builder.parse.site import Outline


def site_of(folder: Path) -> Path:
    """The site's folder: the nearest one with a site.toml, from the edition's upwards.

    An edition lies directly in its site's folder; one that doesn't is alone, and a site of its own. Where a relative
    path was typed it is one too: diagnostics tell it.

    SiteError where there is no such folder.
    """
    if not os.path.isdir(folder):  # whatever may be amiss with the name
        raise SiteError(f"there is no folder {shown(folder)}")
    whole = folder.resolve()
    sites = [place for place in (whole, *whole.parents) if (place / "site.toml").is_file()]
    alone = (whole / "edition.toml").is_file() and whole.parent not in sites[:1]
    if not sites or alone or sites[0] == whole:
        return folder
    return sites[0] if folder.is_absolute() else Path(os.path.relpath(sites[0]))


def edition_in(folder: Path, site: Path, outline: Outline) -> str:
    """The id of the edition that a folder of the site is. SiteError where it is none."""
    inner = os.path.relpath(folder.resolve(), site.resolve())
    wanted = "" if inner == os.curdir else inner.replace(os.sep, "/")
    for settings in outline.editions:
        if settings.folder == wanted:
            return settings.id
    known = ", ".join(settings.folder for settings in outline.editions if settings.folder) or "none"
    raise SiteError(f"{folder} isn't the folder of an edition; those of this site are: {known}")
