"""A build that ended well -> a seal on all that it read and wrote; an unbroken one says that nothing is to be done.

The seal is a list of paths and one digest over the size, the times and the number of each: files, and folders, whose
own times tell when a name came or went. To look at them takes as long as asking the disk, and no more: this module
imports little, since it is all that runs where nothing changed.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from array import array
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMAT = "glossator seal 1"
SEAL = "seal"

FINE_TICK, COARSE_TICK = 50_000_000, 2_000_000_000
"""Nanoseconds within which a second change of a file may bear the same time as the first: on most disks, and on those
that count whole seconds (FAT counts two)."""


class Sealed:
    """What the last build said, and how many files it left."""

    def __init__(self, files: int, told: str) -> None:
        self.files = files
        self.told = told
        """What was wrong, as JSON; "" for nothing."""


def default_output(root: str) -> str:
    """The default output: a folder of that name beside the site's."""
    parent, name = os.path.split(os.path.normpath(root))
    if name in {"", os.pardir, os.curdir}:
        parent = os.path.dirname(os.path.realpath(root))
    return os.path.join(parent, "output")


def memory_of(output: str) -> str:
    """The folder, hidden beside the output, in which a build remembers what it made."""
    parent, name = os.path.split(os.path.realpath(output))
    return os.path.join(parent, f".{name}.glossator-memory")


def request(root: str, output: str, audience: str, *, strict: bool) -> str:
    """What a build was asked for, as one line: another request, another site."""
    places = os.path.abspath(__file__), os.path.realpath(root), os.path.realpath(output)
    return "\t".join((FORMAT, sys.version, *places, audience, "strict" if strict else "")).replace("\n", " ")


def unbroken(output: str, asked: str) -> Sealed | None:
    """What the last build said, where it was asked for the same and nothing that it read or wrote is another now."""
    try:
        with open(os.path.join(memory_of(output), SEAL), encoding="utf-8", errors="surrogateescape") as file:
            head, digest, files, told, *paths = file.read().split("\n")
        if head == asked and int(digest) == _digest(paths):
            return Sealed(int(files), told)
    except (OSError, ValueError):
        pass
    return None


def seal(
    output: str, asked: str, paths: Iterable[str], inputs: Iterable[str], *, told: str, files: int, start: int
) -> bool:
    """Seal a build that began at `start` (nanoseconds): it read `inputs`, folders too, and wrote `paths`.

    False where an input may have changed since: then there is no seal.
    """
    listed = sorted(inputs)
    if any("\n" in path for path in listed) or not all(_is_settled(path, start) for path in listed):
        return False
    everything = [*listed, *paths]
    rows = "\n".join((asked, str(_digest(everything)), str(files), told, *everything))
    place = os.path.join(memory_of(output), SEAL)
    with open(place + "~", "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        file.write(rows)
    os.replace(place + "~", place)
    return True


def unseal(output: str) -> None:
    """Break the seal of an output, before anything in it changes."""
    with suppress(OSError):
        os.unlink(os.path.join(memory_of(output), SEAL))


def tree(top: str, skip: Iterable[str] = ()) -> Iterator[str]:
    """A folder and all that is in it, hidden names but for it; itself alone where it isn't there."""
    left_out = frozenset(skip)
    pending = [top]
    while pending:
        folder = pending.pop()
        yield folder
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.path in left_out:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    yield entry.path


def program() -> Iterator[str]:
    """All that a build runs: the files of this package, and the folders in which packages are installed."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for path in tree(home, (os.path.join(home, "__pycache__"),)):
        if not path.endswith(".pyc") and os.path.basename(path) != "__pycache__":
            yield path
    yield from (path for path in sys.path if path.endswith("-packages"))


def _is_settled(path: str, start: int) -> bool:
    """Whether a file was last changed so long before `start` that it was read as it is now."""
    try:
        status = os.stat(path)
    except OSError:
        return True
    last = max(status.st_mtime_ns, status.st_ctime_ns)
    return last < start - (FINE_TICK if last % 1_000_000 else COARSE_TICK)


def _digest(paths: Iterable[str]) -> int:
    """Size, times and number of each file as one checksum: who would forge it can write the output itself."""
    stat, rows = os.stat, array("q")
    for path in paths:
        try:
            status = stat(path)
        except OSError:
            rows.append(-1)
            continue
        rows.extend((status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    content = rows.tobytes()
    return zlib.crc32(content) << 32 | zlib.adler32(content)


def now() -> int:
    """The time, in nanoseconds, as files bear it."""
    return time.time_ns()
