"""The command as it is started, by its name or by `python -m builder`: its words -> its exit status."""

from __future__ import annotations

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
    if sys.argv[1:2] == ["build"]:
        gc.disable()  # it ends before its cycles come to much, unless it makes many editions: see shell/jobs
    sys.exit(started(sys.argv[1:]))


if __name__ == "__main__":
    main()
