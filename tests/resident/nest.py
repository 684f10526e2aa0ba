"""A process that has the program imported and its templates compiled: commands that stay are forked from it.

Each then ends as any program does. To start one anew takes some ten times as long, and what it does is the same; that
one starts at all is tried elsewhere. Asked by lines of JSON, it answers by such.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from builder.__main__ import started
from builder.cli import run
from builder.shell import resident  # noqa: F401

STARTER = Path(__file__).parents[2] / "builder" / "starter"


def ended(number: int, patience: float) -> int | None:
    """The exit status of a child, None where it is still running after so many seconds."""
    until = time.monotonic() + patience
    while True:
        found, status = os.waitpid(number, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= until:
            return None
        time.sleep(0.005)


def settle_in(asked: dict[str, Any]) -> None:
    """Make of a fork what a program is that was started in a folder, with streams of its own."""
    os.chdir(asked["cwd"])
    for name, at in (("/dev/null", 0), (asked["out"], 1), (asked["err"], 2)):
        os.dup2(os.open(name, os.O_RDONLY if at == 0 else os.O_WRONLY), at)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(at, mode, encoding="utf-8") for at, mode in enumerate("rww"))


def main() -> None:
    """Answer until nobody asks any more."""
    with tempfile.TemporaryDirectory() as folder:
        run(["build", str(shutil.copytree(STARTER, Path(folder) / "content")), "--quiet"])
    for line in sys.stdin:
        asked = json.loads(line)
        if "ended" in asked:
            answer = ended(asked["ended"], asked["patience"])
        elif not (answer := os.fork()):
            settle_in(asked)
            sys.exit(started(asked["arguments"]))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
