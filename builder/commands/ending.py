"""What a command does -> its exit status; every failure that isn't our own bug is told in one line."""

from __future__ import annotations

import os
import sys

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
        # Whoever read our output has enough of it. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception as fault:
        from builder.model.diagnostic import GlossatorError, SiteError
        from builder.shell.terminal import say

        if not isinstance(fault, GlossatorError):
            raise
        say(f"glossator: {fault}")
        return AUTHORS if isinstance(fault, SiteError) else MACHINES
    return status
