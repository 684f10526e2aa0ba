"""What a command does -> its exit status; every failure that isn't our own bug is told in one line."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

FINE, AUTHORS, MACHINES, STOPPED = 0, 1, 2, 130
"""Exit statuses; the last is a shell's own for a program stopped by Ctrl-C."""


def ended(command: Callable[[], int]) -> int:
    """Carry out a command. The exit status."""
    try:
        status = command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return STOPPED
    except BrokenPipeError:
        _let_nothing_out()  # whoever read our output has enough of it
        return FINE
    except Exception as fault:
        return _failed(fault)
    return status


def _failed(fault: Exception) -> int:
    """Say why a command came to nothing, a line for each cause. The exit status; all else is our own bug."""
    from builder.model.diagnostic import GlossatorError, RefusedError, SiteError
    from builder.shell.files import refusal
    from builder.shell.terminal import say

    if isinstance(fault, GlossatorError):
        why = str(fault)
    elif isinstance(fault, MemoryError):
        why = "this machine has too little memory for it; close other programs, or try --jobs 1"
    elif isinstance(fault, OSError):
        why = refusal(fault, "standard output")  # all else that is written names its file
        _let_nothing_out()
    else:
        raise fault
    with suppress(OSError):  # there may be no room for that either
        for each in fault.each if isinstance(fault, RefusedError) else (why,):
            say(f"glossator: {each}")
    return AUTHORS if isinstance(fault, SiteError) else MACHINES


def _let_nothing_out() -> None:
    """Where standard output takes nothing any more, Python would complain once more when it flushes at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
