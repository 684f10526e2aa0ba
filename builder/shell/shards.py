"""Lines by name <-> many small files, so that who needs a few reads a few, and who changes one writes one."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from builder.model.coding import CodingError
from builder.shell.files import NotRegularError, TooLargeError, read_regular
from builder.shell.seal import put_file

SHARDS = 64
_BOUND = 256 * 1024 * 1024


class Shards(Mapping[str, str]):
    """The lines; each file is read when one of its lines is first asked for."""

    def __init__(self, folder: str, checks: Sequence[int | None]) -> None:
        """`checks` are the checksums of the files, None for one that holds nothing."""
        self.folder = folder
        self.checks = tuple(checks)
        self._read: dict[int, dict[str, str]] = {}

    def __getitem__(self, name: str) -> str:
        """The line of a name; CodingError where its file isn't what was written."""
        lines = self._shard(_number(name))
        if name not in lines:
            raise CodingError("a line is missing")
        return lines[name]

    def __iter__(self) -> Iterator[str]:
        return (name for number in range(SHARDS) for name in self._shard(number))

    def __len__(self) -> int:
        return sum(len(self._shard(number)) for number in range(SHARDS))

    def _shard(self, number: int) -> dict[str, str]:
        if number not in self._read:
            self._read[number] = self._lines(number)
        return self._read[number]

    def _lines(self, number: int) -> dict[str, str]:
        check = self.checks[number]
        if check is None:
            return {}
        try:
            body = read_regular(_place(self.folder, number), _BOUND)
            if zlib.crc32(body) != check:
                raise CodingError("another one's")
            rows = body.decode("utf-8").split("\n")
        except (OSError, NotRegularError, TooLargeError, UnicodeDecodeError) as fault:
            raise CodingError("not to be read") from fault
        return {name: line for name, _, line in (row.partition("\t") for row in rows)}


def write_shards(
    folder: str, names: Sequence[str], fresh: Mapping[str, str], older: Mapping[str, str], gone: Iterable[str]
) -> list[int | None]:
    """Write the lines of all names, fresh or older, where they are others than before; the checksums of the files.

    `gone` are names whose older lines are dropped.
    """
    checks: list[int | None] = [None] * SHARDS
    held: list[list[str]] = [[] for _ in range(SHARDS)]
    for name in names:
        held[_number(name)].append(name)
    touched = {_number(name) for name in (*fresh, *gone)}
    for number, mine in enumerate(held):
        if isinstance(older, Shards) and older.folder == folder and number not in touched:
            checks[number] = older.checks[number]
        elif mine:
            rows = (f"{name}\t{fresh[name] if name in fresh else older[name]}" for name in mine)
            checks[number] = _write(_place(folder, number), "\n".join(rows).encode("utf-8", "surrogatepass"))
        else:
            with suppress(FileNotFoundError):
                os.unlink(_place(folder, number))
    return checks


def _number(name: str) -> int:
    return zlib.crc32(name.encode()) % SHARDS


def _place(folder: str, number: int) -> str:
    return os.path.join(folder, f"givens-{number:02}")


def _write(place: str, body: bytes) -> int:
    put_file(place, body)
    return zlib.crc32(body)
