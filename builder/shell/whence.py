"""A diagnostic's path within its site -> the path as whoever typed the command would type it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model.diagnostic import Diagnostic


def prefix_of(folder: Path) -> str:
    """What stands before the path of a site's file when it is told: the folder as typed, "" for this one."""
    prefix = Path(os.path.normpath(folder)).as_posix()
    return "" if prefix == "." else prefix


def from_here(told: Iterable[Diagnostic], folder: Path) -> list[Diagnostic]:
    """Diagnostics in order, their paths as seen from where the command was typed."""
    prefix = f"{prefix}/" if (prefix := prefix_of(folder)) else ""
    ordered = sorted(told, key=lambda one: one.sort_key())
    return [replace(one, place=replace(one.place, path=_lies(one.place.path, folder, prefix))) for one in ordered]


def _lies(path: str, folder: Path, prefix: str) -> str:
    """Where a file lies, as seen from here: a theme beside the site's folder, where it has one; else in that folder."""
    if path.startswith("themes/") and not (folder / path).exists():
        beside = Path(os.path.normpath(folder / os.pardir / path))
        return beside.as_posix() if beside.exists() else path
    return f"{prefix}{path}"
