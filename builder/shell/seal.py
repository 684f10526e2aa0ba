"""A build that ended well -> a seal on all that it read and wrote; an unbroken one says that nothing is to be done.

The seal is a list of paths with the size, the times and the number of each: files, and folders, whose own times tell
when a name came or went. To look at them takes as long as asking the disk, and no more: this module imports little,
since it is all that runs where nothing changed. Where something did, it says what.
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
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

FORMAT = "glossator seal 2"
SEAL, ROWS = "seal", "rows"

FINE_TICK, COARSE_TICK = 50_000_000, 2_000_000_000
"""Nanoseconds within which a second change of a file may bear the same time as the first: on most disks, and on those
that count whole seconds (FAT counts two)."""

WIDTH = 4
"""Numbers that tell a file from another: size, two times, its own number."""
UNSURE = (-1, -1, -1, -1)
"""What stands for a file that may change without telling."""


class Seal:
    """What the last build read, wrote and said, and what stands there now."""

    def __init__(self, memory: str, foreign: bool, files: int, told: str, paths: list[str], inputs: int) -> None:
        self.memory = memory
        """What was remembered together with it."""
        self.foreign = foreign
        """Whether others kept files in the output."""
        self.files = files
        self.told = told
        """What was wrong, as JSON; "" for nothing."""
        self.paths = paths
        self.inputs = inputs
        """How many of the paths were read; the others were written."""
        self.asked = ""
        """What that build was asked for."""
        self.looked = 0
        """When it was looked at, in nanoseconds: what changed later may not have been seen."""
        self.then: array[int] = array("q")
        self.now: array[int] = array("q")

    @property
    def unbroken(self) -> bool:
        """Whether nothing of it is another now."""
        return self.then == self.now

    def changed(self) -> tuple[list[str], list[str]]:
        """The paths that are others now: of those that were read, and of those that were written."""
        then, now = self.then.tobytes(), self.now.tobytes()
        size = WIDTH * self.then.itemsize
        broken = [at // size for at in range(0, len(then), size) if then[at : at + size] != now[at : at + size]]
        read = [self.paths[number] for number in broken if number < self.inputs]
        return read, [self.paths[number] for number in broken if number >= self.inputs]


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


def root_of(asked: str) -> str:
    """The resolved folder of the site that a request is about."""
    return asked.split("\t")[3]


def look_at_seal(output: str, asked: str) -> Seal | None:
    """The seal of the last build, where it was asked for the same, and what is to be seen of it now."""
    folder = memory_of(output)
    with suppress(OSError, ValueError):
        if not all(os.path.isfile(os.path.join(folder, name)) for name in (SEAL, ROWS)):
            return None
        with open(os.path.join(folder, SEAL), encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            head, memory, inputs, foreign, files, told, *paths = file.read().split("\n")
        if head != asked:
            return None
        seal = Seal(memory, foreign == "1", int(files), told, paths, int(inputs))
        with open(os.path.join(folder, ROWS), "rb") as rows:
            check = int.from_bytes(rows.read(8), "little")
            seal.then.frombytes(rows.read())
        if check == _check(seal) and len(seal.then) == WIDTH * len(paths):
            seal.asked, seal.looked = asked, now()
            seal.now = look_at_many(paths)
            return seal
    return None


def write_seal(output: str, asked: str, seal: Seal) -> None:
    """Put a seal on an output: of it what stands there `now`. OSError where the system refuses."""
    folder = memory_of(output)
    paths = "\n".join(seal.paths)
    if paths.count("\n") >= max(1, len(seal.paths)):  # a name with a line break in it
        return
    head = (asked, seal.memory, str(seal.inputs), "1" if seal.foreign else "", str(seal.files), seal.told)
    seal.then = seal.now
    put_file(os.path.join(folder, ROWS), _check(seal).to_bytes(8, "little") + seal.now.tobytes())
    put_file(os.path.join(folder, SEAL), "\n".join((*head, paths)).encode("utf-8", "surrogateescape"))


def unseal(output: str) -> None:
    """Break the seal of an output."""
    with suppress(OSError):
        os.unlink(os.path.join(memory_of(output), SEAL))


def look_at(paths: Iterable[str]) -> array[int]:
    """What tells each file from another, one after the other."""
    stat, rows = os.stat, array("q")
    for path in paths:
        try:
            status = stat(path)
        except OSError:
            rows.extend((0, 0, 0, 0))
            continue
        rows.extend((status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    return rows


def look_at_many(paths: list[str]) -> array[int]:
    """The same, half of it by a second process where there are many: to ask the disk is all that takes time here."""
    if len(paths) < MANY or not _may_fork():
        return look_at(paths)
    half = len(paths) // 2
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:  # as many processes as somebody allows
        os.close(reading)
        os.close(writing)
        return look_at(paths)
    if not child:
        try:
            with os.fdopen(writing, "wb") as answer:
                answer.write(look_at(paths[half:]).tobytes())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        rows = look_at(paths[:half])
        other = answer.read()
    os.waitpid(child, 0)
    if len(other) == (len(paths) - half) * WIDTH * rows.itemsize:
        rows.frombytes(other)
    else:  # it was ended from outside
        rows.extend(look_at(paths[half:]))
    return rows


MANY = 4000
"""Paths from which on a second process is worth its start: two milliseconds, in which one looks at some hundreds."""


def _may_fork() -> bool:
    """Whether a second process has a processor, and no other thread of this one may hold a lock now."""
    threads = sys.modules.get("threading")
    alone = threads is None or (threads.active_count() == 1 and threads.current_thread() is threads.main_thread())
    return alone and hasattr(os, "fork") and processors() > 1


def processors() -> int:
    """How many processors there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def look_again(seal: Seal, written: set[str]) -> None:
    """Put what is to be seen now of some paths that were written, or went, in the place of what was seen before."""
    fresh = sorted(path for path in written if os.path.lexists(path))
    rows = seal.now[: seal.inputs * WIDTH]
    paths = seal.paths[: seal.inputs]
    for number in range(seal.inputs, len(seal.paths)):
        if seal.paths[number] not in written:
            paths.append(seal.paths[number])
            rows.extend(seal.now[number * WIDTH : (number + 1) * WIDTH])
    rows.extend(look_at(fresh))
    seal.paths, seal.now = [*paths, *fresh], rows


def look_over(rows: array[int], numbers: Mapping[int, str]) -> None:
    """Put what is to be seen now of some paths, by their numbers, in the place of what was seen before."""
    for number, path in numbers.items():
        rows[number * WIDTH : (number + 1) * WIDTH] = look_at((path,))


def row(rows: array[int], number: int) -> tuple[int, ...]:
    """What was seen of one path."""
    return tuple(rows[number * WIDTH : (number + 1) * WIDTH])


def is_fine(seen: tuple[int, ...]) -> bool:
    """Whether a file lies on a disk that counts in small steps: two changes by different hands bear different times."""
    return max(seen[1], seen[2]) % 1_000_000 != 0


def doubt(rows: array[int], numbers: Iterable[int], start: int) -> None:
    """Make unsure of those files that were last changed so late that a build which began at `start` may have missed it.

    A second change within one tick of the disk's clock bears the same time as the first.
    """
    for number in numbers:
        at = number * WIDTH
        last = max(rows[at + 1], rows[at + 2])
        if last >= start - (FINE_TICK if last % 1_000_000 else COARSE_TICK):
            rows[at : at + WIDTH] = array("q", UNSURE)


def tree(top: str, skip: Sequence[str] = (), *, deep: bool = True) -> Iterator[str]:
    """A folder and all that is in it (`deep`: at any depth), but for hidden names; itself where it isn't there.

    Links are followed: the site's theme may be one.
    """
    pending = [top]
    linked: set[str] = set()
    while pending:
        folder = pending.pop()
        yield folder
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.path in skip:
                    continue
                if entry.is_symlink() and deep and entry.is_dir():
                    real = os.path.realpath(entry.path)
                    if real not in linked and not f"{folder}{os.sep}".startswith(f"{real}{os.sep}"):
                        linked.add(real)
                        pending.append(entry.path)
                elif deep and entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    yield entry.path


def program() -> Iterator[str]:
    """All that a build runs: the files of this package, and the folders in which packages are installed."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for path in tree(home):
        if not path.endswith(".pyc") and os.path.basename(path) != "__pycache__":
            yield path
    yield from (path for path in sys.path if path.endswith("-packages"))


def now() -> int:
    """The time, in nanoseconds, as files bear it."""
    return time.time_ns()


def _check(seal: Seal) -> int:
    """A checksum against damage: who would forge it can write the output itself."""
    head = (seal.memory, str(seal.inputs), str(seal.foreign), str(seal.files), seal.told, *seal.paths)
    return zlib.crc32("\n".join(head).encode("utf-8", "surrogateescape")) << 32 | zlib.crc32(seal.then.tobytes())


def fresh_file(place: str) -> BinaryIO:
    """A new file, to be written and then put in its place. Whatever stands there, also a link, is removed first."""
    with suppress(FileNotFoundError):
        os.unlink(place)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(place, flags, 0o600), "wb")


def put_file(place: str, content: bytes) -> None:
    """Put a whole file in its place, or nothing."""
    with fresh_file(f"{place}~") as file:
        file.write(content)
    os.replace(f"{place}~", place)
