"""A finished folder and a name -> the folder stands under that name, whole; whatever stood there is handed back.

Linux exchanges the two names in one step. Elsewhere there are two renames; what stands beside the output between them
is the journal from which the next run completes what a killed one began.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Swap = Callable[[str, str], bool]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# An old kernel, a file system that can't, a sandbox that forbids the call: each has its own way to say no.
_UNABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})


def swap(one: str, other: str) -> bool:
    """Exchange two names in one step. False where this system can't; OSError where it can but refuses."""
    call = _renameat2()
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), other)


def _renameat2() -> Callable[..., int] | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None
    call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    call.restype = ctypes.c_int
    found: Callable[..., int] = call
    return found


def exchange(output: str, new: str, old: str, *, swapping: Swap = swap) -> str:
    """Put the finished folder `new` in the place of `output`, which exists. Returns where the old one now stands.

    `old` is a free name beside them, for systems that can't exchange. After a crash in here, `mend` with the same
    names makes the output whole.
    """
    if swapping(new, output):
        return new
    os.rename(output, old)
    try:
        os.rename(new, output)
    except OSError:
        os.rename(old, output)
        raise
    return old


def mend(output: str, new: str, old: str) -> None:
    """Complete what a killed `exchange` began. Afterwards whatever has the names `new` and `old` is a leftover.

    Only an exchange takes the output away, and it begins only when the new folder is finished: so where the output
    is gone and the old one stands aside, the new one is whole.
    """
    if os.path.lexists(old) and not os.path.lexists(output):
        os.rename(new if os.path.lexists(new) else old, output)
