"""An output folder, or the path of a page -> nothing, or a SiteError where writing there could do harm."""

from __future__ import annotations

import os
import re

from builder.model.diagnostic import MachineError, SiteError
from builder.shell.files import blaming, is_inside, is_plain, require_possible, shown
from builder.shell.manifest import MARKER

_DRIVE = re.compile(r"[A-Za-z]:")


def permit_output(output: str, *, site: str) -> None:
    """Refuse what no build may replace: the site's folder, the project, the user's home, or a parent of one of them.

    All paths are resolved ones. An existing folder must be empty (hidden files don't count) or carry our marker.
    MachineError for a path that the system can't have, and for one at which something is mounted.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    kept = {
        "the site's own folder": site,
        "your home folder": os.path.realpath(os.path.expanduser("~")),
        "the program's own folder": os.path.realpath(package),
    }
    for what, folder in kept.items():
        if is_inside(folder, output):
            holds = "is" if folder == output else "holds"
            raise SiteError(f"{shown(output)}: {holds} {what}; choose another folder for the output")
    with blaming(output):
        require_possible(output)
    if os.path.lexists(output) and not os.path.isdir(output):
        raise SiteError(f"{shown(output)}: is a file; choose a folder for the output")
    if os.path.ismount(output):
        raise mounted(output)
    if not _is_ours_or_empty(output):
        raise SiteError(
            f"{shown(output)}: holds files that no build put there (it has no {MARKER}); "
            "choose an empty folder for the output, or empty this one yourself"
        )


def mounted(output: str) -> MachineError:
    """What is said of an output that is a mount point: no folder that was laid out beside it can take its place."""
    inside = shown(os.path.join(output, "site"))
    return MachineError(
        f"{shown(output)}: this folder is a mount point, and the system lets none be replaced; "
        f"build into a folder inside it: --output {inside}"
    )


def _is_ours_or_empty(output: str) -> bool:
    if not os.path.isdir(output):
        return True
    if os.path.lexists(os.path.join(output, MARKER)):
        return True
    return all(name.startswith(".") for name in os.listdir(output))


def permit_path(path: str) -> None:
    """Refuse a page's path that is not plainly relative to the output folder, on any system."""
    parts = path.split("/")
    if (
        any(part in {"", ".", ".."} for part in parts)
        or parts[0] == MARKER
        or "\\" in path
        or _DRIVE.match(path)
        or not is_plain(path)
    ):
        raise SiteError(f"{shown(ascii(path))}: no page can be written under this name")
