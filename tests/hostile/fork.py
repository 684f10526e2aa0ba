"""Commands, one line of JSON each, on standard input -> for each a process of its own, and a line of what it cost.

The program is imported once, before the first of them: what a case costs is what its input costs. Each process has no
terminal, a bound on its CPU time and on what it may write, and is killed when it hangs.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
import traceback
from pathlib import Path
from signal import ITIMER_REAL, SIGALRM, SIGKILL, setitimer, signal

from builder.__main__ import main, started
from tests.hostile.trying import DEFAULTS, put

HANGS = 60
"""Seconds on the clock after which a process is killed: the machine may have other things to do, so not the bound."""
WRITES = 200 * 1024 * 1024
"""Bytes of the largest file that a process may write."""


def serve() -> None:
    """Until there are no more lines."""
    _warm()
    for line in sys.stdin:
        asked = json.loads(line)
        start = time.perf_counter()
        child = os.fork()
        if child == 0:
            _carry_out(asked)
        signal(SIGALRM, lambda *_, group=child: os.killpg(group, SIGKILL))
        setitimer(ITIMER_REAL, HANGS)
        _, status, used = os.wait4(child, 0)
        setitimer(ITIMER_REAL, 0)
        seconds = used.ru_utime + used.ru_stime
        cost = [os.waitstatus_to_exitcode(status), seconds, used.ru_maxrss // 1024, time.perf_counter() - start]
        sys.stdout.write(json.dumps(cost) + "\n")
        sys.stdout.flush()


def _warm() -> None:
    """Have all that a build needs imported, and the templates read."""
    with tempfile.TemporaryDirectory() as folder:
        put(Path(folder) / "site", DEFAULTS)
        assert started(["build", f"{folder}/site", "--output", f"{folder}/out", "--quiet"]) == 0


def _carry_out(asked: dict[str, object]) -> None:
    status = 70
    try:
        os.setsid()
        os.chdir(os.fsencode(str(asked["folder"])))
        nothing = os.open(os.devnull, os.O_RDONLY)
        out, err = (os.open(str(asked[name]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644) for name in ("out", "err"))
        for source, target in ((nothing, 0), (out, 1), (err, 2)):
            os.dup2(source, target)
        resource.setrlimit(resource.RLIMIT_CPU, (int(str(asked["seconds"])), int(str(asked["seconds"])) + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (WRITES, WRITES))
        arguments = asked["arguments"]
        assert isinstance(arguments, list)
        sys.argv = ["glossator", *arguments]
        main()  # not only what it begins: how it has Python collect and end is a part of what a command costs
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:  # what Python itself would do, and no further into our own loop
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve()
