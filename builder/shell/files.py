"""A path -> the bytes of a regular file, or a plain word on what the machine refused."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from builder.model.diagnostic import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 20
# Not every system has them: Windows has no FIFOs to hang on.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_EDITORS_SUFFIXES = ("~", ".swp", ".swo", ".swx", ".tmp", "___jb_tmp___", "___jb_old___")
_EDITORS_NAMES = frozenset({"4913", "Thumbs.db", "desktop.ini", "__pycache__", "node_modules"})


class NotRegularError(Exception):
    """What was to be read is a folder, a FIFO, a socket or a device."""


class TooLargeError(Exception):
    """A file is larger than the reader allows; the only argument is its size in bytes."""


@contextmanager
def blaming(path: str) -> Iterator[None]:
    """Turn whatever the system refuses inside into a MachineError that names the path."""
    try:
        yield
    except OSError as fault:
        raise MachineError(refusal(fault, path)) from fault


def refusal(fault: OSError, path: str) -> str:
    """One line: which path, and the system's own word for what went wrong."""
    return f"{shown(fault.filename or path)}: {fault.strerror or type(fault).__name__}"


def shown(name: object) -> str:
    """A file's name as it can be printed: bytes that are no text are written as escapes."""
    return os.fspath(str(name)).encode("utf-8", "backslashreplace").decode("utf-8")


def is_plain(name: str) -> bool:
    """Whether a name is text on one line: no control characters, no line separators, no undecodable bytes."""
    if name.isascii():
        return name.isprintable()
    return all(unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} for character in name)


def is_passing(name: str) -> bool:
    """Whether a name is hidden, or one that an editor or a system leaves behind for its own use."""
    return (
        name.startswith(".")
        or name.endswith(_EDITORS_SUFFIXES)
        or (name.startswith("#") and name.endswith("#"))
        or name in _EDITORS_NAMES
    )


def open_regular(path: str) -> tuple[int, int]:
    """A descriptor of a regular file, and its size. NotRegularError for anything else, at once: no FIFO is awaited."""
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularError(path)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor, status.st_size


def digest_of(path: str) -> str:
    """The SHA-256 of a regular file's bytes, in hexadecimal digits."""
    descriptor, _ = open_regular(path)
    try:
        digest = hashlib.sha256()
        for piece in chunks(descriptor):
            digest.update(piece)
        return digest.hexdigest()
    finally:
        os.close(descriptor)


def read_regular(path: str, bound: int) -> bytes:
    """All bytes of a regular file. TooLargeError for one of more than `bound` bytes; never reads more than that."""
    descriptor, size = open_regular(path)
    try:
        if size > bound:
            raise TooLargeError(size)
        parts = list(chunks(descriptor, bound + 1))
    finally:
        os.close(descriptor)
    content = parts[0] if len(parts) == 1 else b"".join(parts)
    if len(content) > bound:
        raise TooLargeError(len(content))
    return content


def chunks(descriptor: int, most: int | None = None) -> Iterator[bytes]:
    """What is still to be read from a descriptor, piece by piece, about `most` bytes in all."""
    left = most
    while left is None or left > 0:
        piece = os.read(descriptor, _CHUNK)
        if not piece:
            return
        yield piece
        if left is not None:
            left -= len(piece)


def require_possible(path: str) -> None:
    """OSError where the system can't have a path (it is too long), before half of it is made."""
    with suppress(FileNotFoundError, NotADirectoryError):
        os.lstat(path)


def is_inside(path: str, folder: str) -> bool:
    """Whether one resolved path is the other or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
