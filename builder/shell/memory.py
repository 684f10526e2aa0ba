"""What a build came to -> a folder hidden beside the output; and back, for the next build.

It is only believed for the same request, made by the same program, over an output that stands as that build left it.
Whatever is damaged, foreign or older is passed over in silence: then all is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from builder.model.coding import CodingError
from builder.pipeline.memo import Memo, read_memo, write_memo
from builder.shell.build import NOTHING, Left
from builder.shell.files import NotRegularError, TooLargeError, read_regular
from builder.shell.manifest import MARKER, mark_of
from builder.shell.read import Contents, Seen, contents_of
from builder.shell.seal import fresh_file, memory_of, program, root_of
from builder.shell.shards import SHARDS, Shards, write_shards
from builder.shell.write import Standing

SITE, EDITIONS, SOURCES, KEPT = "site", "editions", "sources", "kept"
_BOUND = 1024 * 1024 * 1024
AT_ONCE = 128
"""Lines that are written together: those of editions are long."""


def recall(output: str, asked: str) -> Left:
    """What the last build left, where it was asked for the same and its output stands; else nothing.

    Using it may still raise CodingError: some of it is read only when it is asked for.
    """
    folder = memory_of(output)
    try:
        mark = mark_of(output)
        key = _key(output, asked)
        site, _, checks = _read(folder, SITE, key).partition("\n")
        givens = Shards(folder, _checks(checks))
        making = read_memo(Memo(site, _Lines(folder, EDITIONS, key), givens, kept=_Kept(folder, asked)))
        seen, contents = _contents(asked, _read(folder, SOURCES, key))
    except (CodingError, OSError):
        return NOTHING
    return Left(making=making, standing=Standing(mark), seen=seen, contents=contents)


def remember(output: str, asked: str, left: Left) -> bool:
    """Write down what a build left whose output stands now; False where another build's stands there by now.

    OSError where the system refuses. CodingError where what an earlier build wrote, and still holds, can't be read.
    """
    if left.making is None or left.opened is None or left.standing is None or left.standing.mark != mark_of(output):
        return False
    folder = memory_of(output)
    if os.path.islink(folder):
        raise NotADirectoryError(folder)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    memo = write_memo(left.making)
    key = _key(output, asked)
    checks = write_shards(folder, tuple(memo.editions), memo.givens, memo.older, memo.gone)
    _write(folder, EDITIONS, key, (f"{edition}\t{line}" for edition, line in memo.editions.items()))
    _write(folder, SOURCES, key, _rows(left.opened.contents))
    _keep(folder, asked, {**dict.fromkeys(memo.gone, ""), **memo.kept})
    _write(folder, SITE, key, (memo.site, json.dumps(checks)))
    return left.standing.mark == mark_of(output)


def identity(output: str) -> str:
    """By what a memory is known: another after each build. "" where there is none."""
    try:
        with open(os.path.join(memory_of(output), SITE), "rb") as file:
            return file.readline().decode("ascii", "replace").strip()
    except OSError:
        return ""


def _checks(line: str) -> list[int | None]:
    try:
        checks = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise CodingError("no JSON") from fault
    if type(checks) is not list or len(checks) != SHARDS:
        raise CodingError("a list of shards wanted")
    return checks


def _rows(contents: Contents) -> Iterator[str]:
    """A row for each source and picture; of a folder in which nothing is odd also the other files' sizes: all of it."""
    yield "odd" if contents.slips or contents.links or contents.folder.faults else "all"
    for name, one in contents.known.items():
        yield f"{one.size} {one.modified} {one.changed} {one.digest} {int(one.slips)} {name}"
    for name, size in contents.folder.assets.items():
        yield f"{size} - - - - {name}"


def _contents(asked: str, rows: str) -> tuple[dict[str, Seen], Contents | None]:
    """Sources and pictures as they were; and, where they make up all of it, what stood in the folder."""
    found: dict[str, Seen] = {}
    assets: dict[str, int] = {}
    head, *each = rows.split("\n")
    try:
        for row in each:
            size, modified, changed, digest, slips, name = row.split(" ", 5)
            if digest == "-":
                assets[name] = int(size)
            else:
                found[name] = Seen(int(size), int(modified), int(changed), digest, slips == "1")
    except ValueError as fault:
        raise CodingError("no row of a source") from fault
    if head != "all":
        return found, None
    seen = {name: one for name, one in found.items() if name not in assets}
    pictures = {name: one for name, one in found.items() if name in assets}
    return found, contents_of(root_of(asked), seen, assets, pictures=pictures)


class _Lines(Mapping[str, str]):
    """The lines of a file by the names before them; the file is read when one is first asked for."""

    def __init__(self, folder: str, name: str, key: str) -> None:
        self._where = folder, name, key
        self._lines: dict[str, str] | None = None

    def __getitem__(self, name: str) -> str:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __contains__(self, name: object) -> bool:
        return name in self._all()

    def _all(self) -> dict[str, str]:
        if self._lines is None:
            rows = _read(*self._where).split("\n")
            self._lines = {name: line for name, _, line in (row.partition("\t") for row in rows if row)}
        return self._lines


class _Kept(Mapping[str, str]):
    """What is kept of large editions, a file for each. What isn't sound is as if it weren't there."""

    def __init__(self, folder: str, asked: str) -> None:
        self._folder, self._asked = folder, asked
        self._last = ("", "")
        """The one that was read last: it is asked for more than once."""

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(os.listdir(self._folder))

    @cached_property
    def _key(self) -> str:
        return _of_program(self._asked).hexdigest()

    def __getitem__(self, name: str) -> str:
        if (file := _file_of(name)) not in self._files:
            raise KeyError(name)
        if self._last[0] != file:
            try:
                self._last = file, _read(self._folder, file, self._key)
            except CodingError as fault:
                raise KeyError(name) from fault
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _file_of(edition: str) -> str:
    return f"{KEPT}.{hashlib.sha256(edition.encode()).hexdigest()[:16]}"


def _keep(folder: str, asked: str, kept: Mapping[str, str]) -> None:
    """Write down what is kept of each edition; of one of which nothing is, what was is taken away."""
    there = frozenset(os.listdir(folder))
    key = _of_program(asked).hexdigest()
    for edition, lines in kept.items():
        name = _file_of(edition)
        if lines:
            _write(folder, name, key, (lines,))
        elif name in there:
            os.unlink(os.path.join(folder, name))


def _key(output: str, asked: str) -> str:
    """What a memory is good for: this request, this program, this output."""
    digest = _of_program(asked)
    try:
        digest.update(read_regular(os.path.join(output, MARKER), _BOUND))
    except (OSError, NotRegularError, TooLargeError):
        digest.update(b"none")
    return digest.hexdigest()


def _of_program(asked: str) -> hashlib._Hash:
    """What of a memory is the same for all builds: this request, this program."""
    digest = hashlib.sha256(asked.encode("utf-8", "surrogateescape"))
    for path in sorted(program()):
        try:
            status = os.stat(path)
        except OSError:
            continue
        digest.update(f"\0{path}\0{status.st_size}\0{status.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return digest


def _read(folder: str, name: str, key: str) -> str:
    """What one of the files says. CodingError where it isn't there, isn't whole, or was written for something else."""
    try:
        head, _, body = read_regular(os.path.join(folder, name), _BOUND).partition(b"\n")
        if head != _head(key, zlib.crc32(body)):
            raise CodingError("another one's")
        return body.decode("utf-8")
    except (OSError, NotRegularError, TooLargeError, UnicodeDecodeError) as fault:
        raise CodingError("not to be read") from fault


def _write(folder: str, name: str, key: str, lines: Iterable[str]) -> None:
    """Write a file some lines at a time: all at once they would be the largest thing that a build holds."""
    place = os.path.join(folder, name)
    check, between, left = 0, "", iter(lines)
    with fresh_file(f"{place}~") as file:
        file.write(_head(key, 0) + b"\n")
        while some := tuple(islice(left, AT_ONCE)):
            content = (between + "\n".join(some)).encode("utf-8", "surrogatepass")
            check, between = zlib.crc32(content, check), "\n"
            file.write(content)
        file.seek(0)
        file.write(_head(key, check))
    os.replace(f"{place}~", place)


def _head(key: str, check: int) -> bytes:
    return f"{key} {check:010}".encode()
