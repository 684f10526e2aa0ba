"""The command as it is started, by its name or by `python -m builder`: its words -> its exit status."""

from __future__ import annotations

import atexit
import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

COMPLETE = "_GLOSSATOR_COMPLETE"
"""Set by a shell that wants to complete a command line: see docs/installing.md."""
STOPPED = 130
"""A shell's own status for a program stopped by Ctrl-C."""


def started(arguments: Sequence[str]) -> int:
    """Carry out one command line."""
    if arguments[:1] == ["build"] and COMPLETE not in os.environ:
        from builder.shell.unchanged import answer

        try:
            asked = answer(arguments)
        except KeyboardInterrupt:
            return STOPPED
        if isinstance(asked, int):
            return asked
        if asked is not None:
            from builder.commands.building import build
            from builder.commands.ending import ended

            return ended(lambda: build(asked))
    from builder.cli import run

    return run(arguments)


def main() -> NoReturn:
    """What the console script calls."""
    if sys.argv[1:2] != ["build"]:
        sys.exit(started(sys.argv[1:]))
    gc.disable()  # it ends before its cycles come to much, unless it makes many editions: see shell/jobs
    _leave(started(sys.argv[1:]))


def _leave(status: int) -> NoReturn:
    """End as Python does, but without taking apart what was built: a tenth of the time of a large edition."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # whoever read our output is gone; or it was never open
        sys.exit(status)
    atexit._run_exitfuncs()
    os._exit(status)


if __name__ == "__main__":
    main()
