"""A site's folder on disk -> the regular files in it that a build may use, and what stands there besides."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Diagnostic, MachineError, Place, SiteError
from builder.model.value import value_class
from builder.parse.misnamed import meant
from builder.shell.files import blaming, is_inside, is_passing, is_plain, shown
from builder.shell.manifest import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

THEME_FOLDER = "theme"
"""The site's own theme files, read by `read_theme`: no edition."""

SITE_FILES = ("site.toml", "edition.toml")
"""One of them makes a folder a site."""
_FILES = (".md", ".toml", ".json")
"""How files are called that are read: a folder of such a name was meant for one, or hides one."""
_LONG = 100
"""Letters of a name that could not be meant for one of these."""


@value_class(frozen=True, slots=True)
class File:
    """A regular file: its path relative to the site's folder, the path to open, what the system knows of it."""

    name: str
    path: str
    status: os.stat_result
    linked: bool = False
    """Whether a link leads to it."""


def require_site(root: Path, top: str) -> None:
    """Refuse a folder that is no site before anything in it is read: it may be the whole disk."""
    if _is_site(top):
        return
    if os.path.isdir(top):
        if any(os.path.lexists(os.path.join(top, name)) for name in SITE_FILES):
            return  # it is no file: that is told as of all others
        what = "holds neither site.toml nor edition.toml"
    else:
        what = "is not a folder" if os.path.exists(top) else "there is no such folder"
    near = (os.path.join(root, "content"), os.path.dirname(root) or os.curdir)
    meant = next((f"; did you mean {shown(os.path.normpath(folder))}?" for folder in near if _is_site(folder)), "")
    for file, name in _misnamed(top):
        meant = f"; {file} in it must be called {name}"
        break
    raise SiteError(f"{shown(root)}: {what}{meant}")


def _misnamed(top: str) -> Iterator[tuple[str, str]]:
    """Files in a folder that have nearly the name of one that a site needs, and that name."""
    if os.path.isdir(top):
        with blaming(top), os.scandir(top) as entries:
            for file in sorted(entry.name for entry in entries if len(entry.name) < _LONG and entry.is_file()):
                if (name := meant(file, ())) in SITE_FILES:
                    yield file, name


def _is_site(folder: str) -> bool:
    return any(os.path.isfile(os.path.join(folder, name)) for name in SITE_FILES)


def walk(top: str, slips: list[Diagnostic], refused: list[str]) -> Iterator[File]:
    """Every regular file, in no order; slips for what is none. Nothing through a link that leaves the folder.

    `refused` takes in what the system says of folders that it doesn't let us read.

    Hidden files, editors' leftovers, the output of a build and the site's `theme/` are passed over.
    """
    pending = [(top, "")]
    while pending:
        folder, prefix = pending.pop()
        try:
            with blaming(folder), os.scandir(folder) as entries:
                found = list(entries)
        except MachineError as fault:
            refused.append(str(fault))
            continue
        if prefix and any(entry.name == MARKER for entry in found):
            continue  # the output of a build
        for entry in found:
            name = prefix + entry.name
            if is_passing(entry.name) or name == THEME_FOLDER:
                continue
            if not is_plain(entry.name):
                slips.append(diagnose("G110", Place(shown(name)), "this file's name is no readable text"))
            elif entry.is_symlink():
                yield from _follow(entry, name, top, slips)
            elif entry.is_dir() and entry.name.endswith(_FILES):
                slips.append(diagnose("G109", Place(name), "a folder has the name of a file", "rename the folder"))
            elif entry.is_dir():
                pending.append((entry.path, name + "/"))
            elif entry.is_file():
                yield File(name, entry.path, entry.stat(follow_symlinks=False))
            else:
                slips.append(irregular(name))


def _follow(entry: os.DirEntry[str], name: str, top: str, slips: list[Diagnostic]) -> Iterator[File]:
    """A link to a file of this site is that file; every other link is a slip."""
    target = os.path.realpath(entry.path)
    if not is_inside(target, top):
        slips.append(diagnose("G109", Place(name), "this link leads out of the site", "put the file itself here"))
    elif os.path.isdir(target):
        slips.append(diagnose("G109", Place(name), "this link leads to a folder", "put the folder itself here"))
    elif os.path.isfile(target):
        yield File(name, target, os.stat(target), linked=True)
    else:
        slips.append(diagnose("G109", Place(name), "this link leads to no file", "put the file itself here"))


def irregular(name: str) -> Diagnostic:
    """What is said of a thing that can't be read as a file."""
    return diagnose("G109", Place(name), "this is no regular file", "take it out of the site's folder")
