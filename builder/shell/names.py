"""Paths of files to be written -> their names as every system takes them, or a SiteError where two are one name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.shell.files import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

Names = dict[str, str]
"""Every file and folder, folded as some systems do -> as it is spelled, a folder with a slash behind it."""


def names_of(paths: Collection[str]) -> Names:
    """The names of files and of their folders, all at once: about 0.5 µs each.

    SiteError where two of them are one name to some system, or one is wanted for a file and for a folder.
    """
    folders = {path.rpartition("/")[0] for path in paths} - {""}
    for folder in tuple(folders):
        while (folder := folder.rpartition("/")[0]) and folder not in folders:
            folders.add(folder)
    every = [*paths, *folders]
    spelled = [*paths, *(f"{folder}/" for folder in folders)]
    names = dict(zip(_all_folded(every), spelled, strict=True))
    if len(names) < len(every):
        claimed: Names = {}
        for path in sorted(paths):
            claim(path, claimed)
    return names


def claim(path: str, names: Names) -> None:
    """Take a name for a file. SiteError where another file or folder has it."""
    for name, is_file in ladder(path):
        folded = fold(name)
        spelled = name if is_file else f"{name}/"
        known = names.get(folded)
        if known is None:
            names[folded] = spelled
            continue
        if known.rstrip("/") != name:
            both = f"“{shown(name)}” and “{shown(known.rstrip('/'))}”"
            raise SiteError(f"{both} are one name to many systems; rename one")
        if known != spelled:
            raise SiteError(f"“{shown(name)}” is wanted for a page and for a folder; rename one")
        if is_file:
            raise SiteError(f"“{shown(name)}” is wanted for two pages; rename one")


def joined(names: Names, added: Iterable[str]) -> Names | None:
    """Names with those of more files; None where one of these clashes with what is there."""
    more = dict(names)
    try:
        for path in added:
            claim(path, more)
    except SiteError:
        return None
    return more


def stands_in_the_way(foreign: Iterable[str], names: Mapping[str, str]) -> str:
    """The first name of a file that isn't ours, or of a folder on the way to it, that is wanted for one of ours."""
    for path in foreign:
        for name, is_last in ladder(path):
            known = names.get(fold(name), "/")
            if not known.endswith("/") or (is_last and known != "/"):
                return name
    return ""


def ladder(path: str) -> Iterator[tuple[str, bool]]:
    """Each folder on the way to a file, then the file: (path, whether it is the file)."""
    at = path.find("/")
    while at >= 0:
        yield path[:at], False
        at = path.find("/", at + 1)
    yield path, True


def fold(name: str) -> str:
    """What is the same for two names that differ only in case, or only in the way a letter is encoded."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _all_folded(names: list[str]) -> list[str]:
    whole = "\0".join(names)
    if whole.isascii() and names:
        return whole.lower().split("\0")
    return [fold(name) for name in names]
