"""What a build came to -> a folder hidden beside the output; and back, for the next build.

It is only believed for the same request, made by the same program, over an output that stands as that build left it.
Whatever is damaged, foreign or older is passed over in silence: then all is made anew.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping

from builder.model.coding import CodingError
from builder.pipeline.memo import Memo, read_memo, write_memo
from builder.shell.build import NOTHING, Left
from builder.shell.files import NotRegularError, TooLargeError, read_regular
from builder.shell.manifest import MARKER, mark_of
from builder.shell.read import Seen
from builder.shell.seal import memory_of, program
from builder.shell.write import Standing

SITE, EDITIONS, GIVENS, SOURCES = "site", "editions", "givens", "sources"
_BOUND = 1024 * 1024 * 1024


def recall(output: str, asked: str) -> Left:
    """What the last build left, where it was asked for the same and its output stands; else nothing.

    Using it may still raise CodingError: some of it is read only when it is asked for.
    """
    folder = memory_of(output)
    try:
        mark = mark_of(output)
        key = _key(output, asked)
        site = _read(folder, SITE, key)
        editions = _Lines(folder, EDITIONS, key)
        seen = _seen(_read(folder, SOURCES, key))
        making = read_memo(Memo(site, editions, _Lines(folder, GIVENS, key))) if len(editions) else None
    except (CodingError, OSError):
        return NOTHING
    return Left(making=making, standing=Standing(mark), seen=seen)


def remember(output: str, asked: str, left: Left) -> None:
    """Write down what a build left whose output stands now. OSError where the system refuses."""
    if left.making is None or left.opened is None:
        return
    folder = memory_of(output)
    os.makedirs(folder, mode=0o755, exist_ok=True)
    memo = write_memo(left.making)
    key = _key(output, asked)
    for name, lines in ((EDITIONS, memo.editions), (GIVENS, memo.givens)):
        _write(folder, name, key, "\n".join(f"{edition}\t{line}" for edition, line in lines.items()))
    _write(folder, SOURCES, key, "\n".join(_row(name, one) for name, one in left.opened.contents.seen.items()))
    _write(folder, SITE, key, memo.site)


def _row(name: str, seen: Seen) -> str:
    return f"{seen.size} {seen.modified} {seen.changed} {seen.digest} {int(seen.slips)} {name}"


def _seen(rows: str) -> dict[str, Seen]:
    """The sources as they were, from a row for each. CodingError for anything else."""
    found: dict[str, Seen] = {}
    try:
        for row in rows.split("\n") if rows else ():
            size, modified, changed, digest, slips, name = row.split(" ", 5)
            found[name] = Seen(int(size), int(modified), int(changed), digest, slips == "1")
    except ValueError as fault:
        raise CodingError("no row of a source") from fault
    return found


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


def _key(output: str, asked: str) -> str:
    """What a memory is good for: this request, this program, this output."""
    digest = hashlib.sha256(asked.encode("utf-8", "surrogateescape"))
    for path in sorted(program()):
        try:
            status = os.stat(path)
        except OSError:
            continue
        digest.update(f"\0{path}\0{status.st_size}\0{status.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    try:
        digest.update(read_regular(os.path.join(output, MARKER), _BOUND))
    except (OSError, NotRegularError, TooLargeError):
        digest.update(b"none")
    return digest.hexdigest()


def _read(folder: str, name: str, key: str) -> str:
    """What one of the files says. CodingError where it isn't there, isn't whole, or was written for something else."""
    try:
        head, _, body = read_regular(os.path.join(folder, name), _BOUND).partition(b"\n")
        if head.decode("ascii", "replace") != f"{key} {zlib.crc32(body)}":
            raise CodingError("another one's")
        return body.decode("utf-8")
    except (OSError, NotRegularError, TooLargeError, UnicodeDecodeError) as fault:
        raise CodingError("not to be read") from fault


def _write(folder: str, name: str, key: str, body: str) -> None:
    content = body.encode("utf-8", "surrogatepass")
    place = os.path.join(folder, name)
    with open(f"{place}~", "wb") as file:
        file.write(f"{key} {zlib.crc32(content)}\n".encode())
        file.write(content)
    os.replace(f"{place}~", place)
