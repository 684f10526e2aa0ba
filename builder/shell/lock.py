"""A name beside the output -> one build at a time: the lock dies with its process, whatever kills it."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from builder.model.diagnostic import MachineError
from builder.shell.files import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 60.0
"""Seconds for which a second build waits for the first: a cold build of a large site takes about as long."""
_PAUSE = 0.05
_BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.EWOULDBLOCK})


@contextmanager
def alone(path: str, *, patience: float = PATIENCE, cleared: Callable[[], bool] = lambda: True) -> Iterator[bool]:
    """Hold the lock file `path` inside, which is told whether one that was killed had left it there.

    It stays where not all is `cleared` afterwards: so the next one knows whose that is. MachineError when another
    process still holds it after `patience` seconds.
    """
    deadline = time.monotonic() + patience
    taken = _take(path)
    while taken is None:
        if time.monotonic() >= deadline:
            raise MachineError(f"{shown(path)}: another build is still writing here; try again when it has ended")
        time.sleep(_PAUSE)
        taken = _take(path)
    descriptor, left = taken
    try:
        yield left
    finally:
        if cleared():
            _give_back(path, descriptor)
        else:
            os.close(descriptor)


@contextmanager
def alone_in(folder: str) -> Iterator[None]:
    """One run at a time writes in a folder of the author's, where the system can lock one: that leaves nothing."""
    descriptor = -1
    with suppress(OSError, ImportError):
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _take(path: str) -> tuple[int, bool] | None:
    """The lock's descriptor, and whether it stood there; None while another has it, or has just thrown it away."""
    flags, left = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), False
    try:
        descriptor = os.open(path, flags | os.O_EXCL, 0o644)
    except FileExistsError:
        descriptor, left = os.open(path, flags, 0o644), True
    try:
        if _lock(descriptor) and _is_still(path, descriptor):
            return descriptor, left
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def _is_still(path: str, descriptor: int) -> bool:
    """Whether the locked file still has its name: its last holder may have removed it before letting go."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as fault:
            if fault.errno in _BUSY:
                return False
            raise
        return True

    def _give_back(path: str, descriptor: int) -> None:
        os.close(descriptor)
        with suppress(OSError):  # the next build may have it open already: then it stays, empty
            os.unlink(path)

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            if fault.errno in _BUSY:
                return False
            raise
        return True

    def _give_back(path: str, descriptor: int) -> None:
        try:
            with suppress(FileNotFoundError):
                os.unlink(path)
        finally:
            os.close(descriptor)
