"""Files one by one -> a folder laid out beside the output, with names that are safe on every system."""

from __future__ import annotations

import os
import shutil
import stat
import unicodedata
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.shell.files import blaming, shown
from builder.shell.manifest import MARKER
from builder.shell.permit import permit_path

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

# The same for every user, whatever his umask: a web server must be able to read them.
_FILE_MODE = 0o644
_FOLDER_MODE = 0o755


class Stage:
    """A folder that grows until it takes the output's place. The one thing here that changes; nobody else sees it."""

    def __init__(self, top: str) -> None:
        """Make the folder; OSError where its name is taken."""
        self._top = top
        self._names: dict[str, tuple[str, bool]] = {}
        """Every claimed name, folded -> (as claimed, whether it is a file)."""
        self._made: set[str] = set()
        _make_folder(top, _FOLDER_MODE)

    def claim(self, path: str) -> None:
        """Take a name for a file. SiteError for an unsafe one, or one that another file or folder already has.

        Names that differ only in case, or only in the way a letter is encoded, are one name to some systems.
        """
        permit_path(path)
        for name, is_file in _ladder(path):
            fresh = (name, is_file)
            known = self._names.get(_folded(name), fresh)
            if known[0] != name:
                raise SiteError(f"“{shown(name)}” and “{shown(known[0])}” are one name to many systems; rename one")
            if known[1] != is_file:
                raise SiteError(f"“{shown(name)}” is wanted for a page and for a folder; rename one")
            if known is not fresh and is_file:
                raise SiteError(f"“{shown(name)}” is wanted for two pages; rename one")
            self._names[_folded(name)] = fresh

    def refuse_collisions(self, foreign: Iterable[str], output: str) -> None:
        """SiteError where a file that isn't ours stands where one of ours is wanted."""
        for path in foreign:
            for name, is_last in _ladder(path):
                known = self._names.get(_folded(name))
                if known is not None and (is_last or known[1]):
                    raise SiteError(
                        f"{shown(os.path.join(output, name))}: no build put this there, and a page is to stand in its "
                        "place; move it away"
                    )

    def write(self, path: str, content: Iterable[bytes]) -> None:
        """Write one file. MachineError, naming it, where the system refuses."""
        full = self._room_for(path)
        with blaming(full):
            descriptor = os.open(full, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _FILE_MODE)
            try:
                for piece in content:
                    _write_all(descriptor, piece)
            finally:
                os.close(descriptor)
            os.chmod(full, _FILE_MODE)

    def carry(self, output: str, ours: Iterable[str], foreign: Iterable[str]) -> None:
        """Bring files over from the old output as they are: linked where the system can, else copied, time and all."""
        for path in ours:
            _carry(os.path.join(output, path), self._room_for(path))
        for path in foreign:
            full = os.path.join(output, path)
            goal = self._room_for(path, output)
            if os.path.isdir(full) and not os.path.islink(full):
                _make_folder(goal, stat.S_IMODE(os.stat(full).st_mode))
            else:
                _carry(full, goal)

    def _room_for(self, path: str, like: str | None = None) -> str:
        """The full path of a file whose folders are made, with the modes that they have in the output `like`."""
        folder = path.rpartition("/")[0]
        if folder and folder not in self._made:
            self._room_for(folder, like)
            mode = stat.S_IMODE(os.stat(os.path.join(like, folder)).st_mode) if like else _FOLDER_MODE
            _make_folder(os.path.join(self._top, folder), mode)
            self._made.add(folder)
        return os.path.join(self._top, path)


def strangers(output: str, known: Container[str]) -> tuple[str, ...]:
    """What stands in an output folder without being ours: files and links by path, and folders that hold nothing."""
    return tuple(sorted(_strangers(output, "", known))) if os.path.isdir(output) else ()


def _strangers(output: str, prefix: str, known: Container[str]) -> Iterator[str]:
    with os.scandir(os.path.join(output, prefix)) as entries:
        found = list(entries)
    if prefix and not found:
        yield prefix[:-1]
    for entry in found:
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _strangers(output, path + "/", known)
        elif path != MARKER and not (path in known and entry.is_file(follow_symlinks=False)):
            yield path


def _ladder(path: str) -> Iterator[tuple[str, bool]]:
    """Each folder on the way to a file, then the file: (path, whether it is the file)."""
    at = path.find("/")
    while at >= 0:
        yield path[:at], False
        at = path.find("/", at + 1)
    yield path, True


def _folded(name: str) -> str:
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _make_folder(path: str, mode: int) -> None:
    os.mkdir(path)
    os.chmod(path, mode)


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _carry(source: str, goal: str) -> None:
    try:
        os.link(source, goal, follow_symlinks=False)
    except (OSError, NotImplementedError):
        with blaming(source):
            shutil.copy2(source, goal, follow_symlinks=False)
