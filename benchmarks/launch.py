"""A command -> one line of what it cost: seconds, CPU seconds, kilobytes at the peak of its largest process, status.

A process of its own, which imports next to nothing: the peak of a child reads no lower than the size of the process
that forked it, and that of the benchmark itself is large. In: a descriptor to write the line to, a limit in seconds, a
file for what the command says, then the command. It leads a session of its own, which is killed at the limit.
"""

from __future__ import annotations

import os
import sys
import time
from signal import ITIMER_REAL, SIGALRM, SIGKILL, setitimer, signal


def main() -> None:
    """Run it and wait."""
    line, limit, said, *command = sys.argv[1:]
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.setsid()
        log = os.open(said, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        os.close(int(line))
        try:
            os.execvp(command[0], command)
        finally:
            os._exit(127)
    signal(SIGALRM, lambda *_: os.killpg(child, SIGKILL))
    setitimer(ITIMER_REAL, float(limit))
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    kilobytes = used.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    cpu = used.ru_utime + used.ru_stime
    os.write(int(line), f"{wall} {cpu} {kilobytes} {os.waitstatus_to_exitcode(status)}".encode())


if __name__ == "__main__":
    main()
