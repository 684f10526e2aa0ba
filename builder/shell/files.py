"""A path -> the bytes of a regular file, or a plain word on what the machine refused."""

from __future__ import annotations

import errno
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


LACKS = {
    errno.ENOSPC: "make room on that disk",
    errno.EDQUOT: "your share of that disk is used up; make room there",
    errno.EROFS: "nothing can be written there; choose another place",
    errno.EACCES: "you may not do this there; ask whose it is, or choose another place",
    errno.EPERM: "you may not do this there; ask whose it is, or choose another place",
    errno.EMFILE: "too many files are open at once; close other programs",
    errno.ENFILE: "too many files are open at once; close other programs",
    errno.ENAMETOOLONG: "choose a shorter name, or a folder higher up",
    errno.EIO: "that disk may be failing; keep a copy of what is on it",
}
"""What the machine lacks, as far as somebody can give it that."""


_SHUT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
"""What a folder says into which nothing may be put."""


def refusal(fault: OSError, path: str) -> str:
    """One line: which path, the system's own word for what went wrong, and what would help.

    What we lay out beside a file says nothing to anybody: where that is refused it is its folder that is named.
    """
    at = fault.filename if isinstance(fault.filename, str) and fault.filename else path
    folder, name = os.path.split(at)
    where = shown(at)
    if fault.errno in _SHUT and (".glossator-" in name or name.endswith("~")):
        needs = os.path.basename(path) if path != at and os.path.dirname(path) == folder else name.removesuffix("~")
        needs = "" if needs.startswith(".") else f", which {shown(needs)} needs"
        where = f"{shown(folder or os.curdir)}: no file can be put there{needs}"
    said = f"{where}: {fault.strerror or type(fault).__name__}"
    helps = LACKS.get(fault.errno or 0)
    return f"{said}; {helps}" if helps else said


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


def open_regular(path: str, more: int = 0, within: int | None = None) -> tuple[int, int]:
    """A descriptor of a regular file, and its size. NotRegularError for anything else, at once: no FIFO is awaited.

    `more` are further flags; `within` is the descriptor of the folder that the path starts from.
    """
    at = {} if within is None else {"dir_fd": within}  # not every system knows of it
    descriptor = os.open(path, _OPEN_FLAGS | more, **at)
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
    return _all_of(*open_regular(path), bound)


def read_below(top: str, path: str, bound: int) -> bytes:
    """All bytes of a regular file by its path from a folder, as `read_regular`.

    No link on the way is followed, not even one that was put there a moment ago: each folder is opened within the
    last. Where a system can't do that, the path is looked at first. OSError for a link.
    """
    *folders, name = path.split("/")
    if os.open not in os.supports_dir_fd:
        full = os.path.join(top, *folders, name)
        if os.path.realpath(full) != os.path.join(os.path.realpath(top), *folders, name):
            raise NotRegularError(full)
        return read_regular(full, bound)
    at = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            at, above = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at), at
            os.close(above)
        found = open_regular(name, os.O_NOFOLLOW, at)
    finally:
        os.close(at)
    return _all_of(*found, bound)


def _all_of(descriptor: int, size: int, bound: int) -> bytes:
    """What can be read from a descriptor, which is closed. TooLargeError for more than `bound` bytes."""
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
