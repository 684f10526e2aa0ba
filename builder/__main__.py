"""The command as it is started, by its name or by `python -m builder`: its words -> its exit status."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from builder.shell.seal import Seal

COMPLETE = "_GLOSSATOR_COMPLETE"
"""Set by a shell that wants to complete a command line: see docs/installing.md."""
STOPPED = 130
"""A shell's own status for a program stopped by Ctrl-C."""


def started(arguments: Sequence[str]) -> int:
    """Carry out one command line."""
    seen: int | Seal | None = None
    if arguments[:1] == ["build"] and COMPLETE not in os.environ:
        from builder.shell.unchanged import answer

        try:
            seen = answer(arguments)
        except KeyboardInterrupt:
            return STOPPED
    if isinstance(seen, int):
        return seen
    from builder.cli import run

    return run(arguments, seen)


def main() -> NoReturn:
    """What the console script calls."""
    sys.exit(started(sys.argv[1:]))


if __name__ == "__main__":
    main()
