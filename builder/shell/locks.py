"""Each edition's new anchors.lock -> written into its folder when the site stands: all that a build keeps there.

Each is written aside and renamed, so that at any time the old one stands there or the new one. What can't be written
is told and forgotten: the site was built.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.shell.files import NotRegularError, refusal, shown
from builder.shell.lock import alone_in
from builder.shell.read import Seen
from builder.shell.seal import look_at
from builder.shell.texts import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.lock import LockFile

_AT_HAND = 32 * 1024 * 1024
"""Bytes that wait as they are, what takes no time; of a larger site the rest is compressed, so as to take no room."""


def are_kept(environment: Mapping[str, str]) -> bool:
    """Whether a build may write locks: not where a machine builds for others (CI is set)."""
    return environment.get("CI", "").lower() in ("", "0", "false")


class Waiting:
    """Locks that wait until the site stands."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, str, bytes, bool]] = []
        self._left = _AT_HAND

    def add(self, lock: LockFile) -> None:
        """One more."""
        content = lock.text.encode("utf-8", "surrogatepass")
        self._left -= len(content)
        packed = self._left < 0
        self._rows.append((lock.path, lock.was, zlib.compress(content, 1) if packed else content, packed))

    def each(self) -> Iterator[tuple[str, str, bytes]]:
        """Path, digest of what was read, and bytes of each."""
        for path, was, content, packed in self._rows:
            yield path, was, zlib.decompress(content) if packed else content


@value_class(frozen=True, slots=True)
class Written:
    """What became of them."""

    seen: Mapping[str, Seen]
    """Path -> how the lock that stands there now is known again."""
    rows: Mapping[str, tuple[int, ...]]
    """Path -> size, two times and number of the file, as a seal has them."""
    refused: tuple[str, ...]
    """Why others couldn't be written, a line each."""


@dataclass(slots=True)
class _Writer:
    top: str
    seen: dict[str, Seen] = field(default_factory=dict)
    rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def write(self, path: str, was: str, content: bytes) -> None:
        """One lock, unless the one that stands there is no longer the one that was read."""
        place = os.path.join(self.top, path)
        if os.path.islink(place) or os.path.realpath(os.path.dirname(place)) != os.path.dirname(place):
            self.refused.append(f"{shown(path)}: this is a link, and nothing is written through it")
            return
        try:
            if _digest_at(place, path) != was:
                return
        except NotRegularError:
            self.refused.append(f"{shown(path)}: this is no regular file")
            return
        _put(place, content)
        self.rows[path] = tuple(look_at((place,)))
        size, _, changed, _ = self.rows[path]
        self.seen[path] = Seen(size, -1, changed, hashlib.sha256(content).hexdigest())


def write_locks(top: str, waiting: Waiting) -> Written:
    """Write what waits into a site's folder, by its resolved path. Whatever the system refuses is told in one line."""
    writer = _Writer(top)
    with alone_in(top):
        for path, was, content in waiting.each():
            try:
                writer.write(path, was, content)
            except OSError as fault:
                writer.refused.append(refusal(fault, os.path.join(top, path)))
    return Written(writer.seen, writer.rows, tuple(writer.refused))


def _digest_at(place: str, path: str) -> str:
    """The digest of the lock that stands there, as reading it gives it; "" for none."""
    if not os.path.lexists(place):
        return ""
    return read_source(place, path)[0].digest


def _put(place: str, content: bytes) -> None:
    """A whole file in its place, or nothing. Who may read it, the umask says."""
    aside = f"{place}~"
    with suppress(FileNotFoundError):
        os.unlink(aside)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(aside, flags, 0o666)
        try:
            while content:
                content = content[os.write(descriptor, content) :]
        finally:
            os.close(descriptor)
        os.replace(aside, place)
    except OSError:
        with suppress(OSError):
            os.unlink(aside)
        raise
