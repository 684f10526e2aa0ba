"""The starter that comes with the program -> a folder with a small site that works."""

from __future__ import annotations

import os
import shutil
from importlib import resources
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.shell.files import blaming, require_possible, shown
from builder.shell.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path


def make_site(folder: Path) -> tuple[str, ...]:
    """Lay the starter out in a folder that is new or empty. The paths of its files, sorted.

    The folder appears whole or not at all. SiteError for a folder with anything in it.
    """
    target = os.path.realpath(folder)
    with blaming(target):
        require_possible(target)
        if os.path.lexists(target) and not os.path.isdir(target):
            raise SiteError(f"{shown(folder)}: is a file; choose another name for the new site")
        if os.path.isdir(target) and os.listdir(target):
            raise SiteError(f"{shown(folder)}: is not empty; choose a new folder for the new site")
        parent, name = os.path.split(target)
        os.makedirs(parent, exist_ok=True)
        laid_out = os.path.join(parent, f".{name}.glossator-starter")
        shutil.rmtree(laid_out, ignore_errors=True)
        try:
            return _lay_out(laid_out, target)
        finally:
            shutil.rmtree(laid_out, ignore_errors=True)


def _lay_out(laid_out: str, target: str) -> tuple[str, ...]:
    stage = Stage(laid_out)
    starter = sorted(_files(resources.files("builder") / "starter", ""))
    for path, content in starter:
        stage.write(path, [content])
    if os.path.isdir(target):
        os.rmdir(target)  # refuses if something has come into it
    os.rename(laid_out, target)
    return tuple(path for path, _ in starter)


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_bytes()
