"""Files one by one -> a folder laid out beside the output, with names that are safe on every system."""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING

from builder.shell.files import blaming
from builder.shell.names import claim
from builder.shell.permit import permit_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.shell.names import Names

# The same for every user, whatever his umask: a web server must be able to read them.
FILE_MODE = 0o644
FOLDER_MODE = 0o755


class Stage:
    """A folder that grows until it takes the output's place. The one thing here that changes; nobody else sees it."""

    def __init__(self, top: str) -> None:
        """Make the folder; OSError where its name is taken."""
        self._top = top
        self.names: Names = {}
        """Every claimed name."""
        self._made: set[str] = set()
        make_folder(top, FOLDER_MODE)

    def claim(self, path: str) -> None:
        """Take a name for a file. SiteError for an unsafe one, or one that another file or folder already has.

        Names that differ only in case, or only in the way a letter is encoded, are one name to some systems.
        """
        permit_path(path)
        claim(path, self.names)

    def write(self, path: str, content: Iterable[bytes]) -> None:
        """Write one file. MachineError, naming it, where the system refuses."""
        full = self._room_for(path)
        with blaming(full):
            descriptor = os.open(full, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), FILE_MODE)
            try:
                for piece in content:
                    _write_all(descriptor, piece)
            finally:
                os.close(descriptor)
            os.chmod(full, FILE_MODE)

    def carry(self, output: str, ours: Iterable[str], foreign: Iterable[str]) -> None:
        """Bring files over from the old output as they are: linked where the system can, else copied, time and all."""
        for path in ours:
            carry(os.path.join(output, path), self._room_for(path))
        for path in foreign:
            full = os.path.join(output, path)
            goal = self._room_for(path, output)
            if os.path.isdir(full) and not os.path.islink(full):
                make_folder(goal, stat.S_IMODE(os.stat(full).st_mode))
            else:
                carry(full, goal)

    def _room_for(self, path: str, like: str | None = None) -> str:
        """The full path of a file whose folders are made, with the modes that they have in the output `like`."""
        folder = path.rpartition("/")[0]
        if folder and folder not in self._made:
            self._room_for(folder, like)
            mode = stat.S_IMODE(os.stat(os.path.join(like, folder)).st_mode) if like else FOLDER_MODE
            make_folder(os.path.join(self._top, folder), mode)
            self._made.add(folder)
        return os.path.join(self._top, path)


def make_folder(path: str, mode: int) -> None:
    """Make a folder, whatever the umask."""
    os.mkdir(path)
    os.chmod(path, mode)


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def carry(source: str, goal: str) -> None:
    """Bring a file or a link over as it is: linked where the system can, else copied, time and all."""
    try:
        os.link(source, goal, follow_symlinks=False)
    except (OSError, NotImplementedError):
        with blaming(source):
            shutil.copy2(source, goal, follow_symlinks=False)
