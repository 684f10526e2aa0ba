"""A command -> what it cost, with all the processes that it started; and what a process that stays is doing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LAUNCH = Path(__file__).with_name("launch.py")
SAMPLED = 0.02
"""Seconds between two looks at the memory of the whole tree. A peak that is shorter is missed."""
LIMIT = 1800.0
"""Seconds after which a build is killed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One run. `memory` is the peak of the largest process, `tree` the largest sampled sum of all, both in MB.

    In the sum, pages that processes share are counted for each. `load` is the machine's when the run ended, `ok` says
    that it ended well and that its result was found right.
    """

    wall: float
    cpu: float
    memory: float
    tree: float
    load: float
    ok: bool


def environment(further: Mapping[str, str]) -> dict[str, str]:
    """Ours, without what makes Python start in other ways than a user's does."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | dict(further)


def run(command: Sequence[str], folder: Path, said: Path, *, further: Mapping[str, str] | None = None) -> Cost:
    """Run a command in a folder to its end; what it says is added to the file `said`."""
    reading, writing = os.pipe()
    launched = subprocess.Popen(
        [sys.executable, "-I", "-S", str(LAUNCH), str(writing), str(LIMIT), str(said), *command],
        cwd=folder,
        env=environment(further or {}),
        pass_fds=[writing],
    )
    os.close(writing)
    peak = 0.0
    while True:
        try:
            launched.wait(SAMPLED)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, sum(memory(one) for one in list(tree(launched.pid))[1:]))
    with os.fdopen(reading) as line:
        wall, cpu, kilobytes, status = line.read().split()
    largest = float(kilobytes) / 1024
    return Cost(float(wall), float(cpu), largest, max(peak, largest), os.getloadavg()[0], status == "0")


def tree(process: int) -> Iterator[int]:
    """A process and all that it started. Where there is no /proc, or it has just ended, the process alone."""
    yield process
    try:
        tasks = os.listdir(f"/proc/{process}/task")
    except OSError:
        return
    for task in tasks:
        try:
            children = Path(f"/proc/{process}/task/{task}/children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from tree(int(child))


def memory(process: int) -> float:
    """What a process holds now, in MB; 0 where that isn't known or it is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def ticks(process: int) -> int:
    """CPU time of a process and all that it started, in the system's ticks."""
    total = 0
    for one in tree(process):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total


def settle(process: int, quiet: float, *, limit: float) -> None:
    """Wait until a process and its children have done next to nothing for `quiet` seconds, `limit` seconds at most."""
    begun = since = time.perf_counter()
    last = -1
    while time.perf_counter() - begun < limit and time.perf_counter() - since < quiet:
        if (now := ticks(process)) - last > 1:
            last, since = now, time.perf_counter()
        time.sleep(0.05)
