"""How far a build is -> a bar on the terminal, for as long as the build takes, once it takes longer than a second."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Report = Callable[[int, int], None]
    """How many editions are done, and of how many."""

PATIENCE = 1.0
"""Seconds for which nobody needs to be told that something is going on."""


@contextmanager
def progress(clock: Callable[[], float] = time.monotonic) -> Iterator[Report | None]:
    """What a build is to report to; None where nobody looks. When it is left there is no trace of the bar."""
    if not _is_looked_at():
        yield None
        return
    bar = _Bar(clock)
    try:
        yield bar.report
    finally:
        bar.erase()


def _is_looked_at() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


class _Bar:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._due = clock() + PATIENCE
        self._show: Report | None = None
        self._stop: Callable[[], None] | None = None

    def report(self, done: int, of: int) -> None:
        """Take note of how many editions are done."""
        if self._show is None and self._clock() >= self._due:
            self._begin(of)
        if self._show is not None:
            self._show(done, of)

    def erase(self) -> None:
        """Take the bar away."""
        if self._stop is not None:
            self._stop()

    def _begin(self, of: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("building"), BarColumn(), MofNCompleteColumn(), TextColumn("editions"))
        console = Console(stderr=True)
        # Drawn at each report, without a thread of its own: workers may still be forked.
        bar = Progress(*columns, console=console, transient=True, auto_refresh=False, redirect_stdout=False)
        task = bar.add_task("", total=of)
        bar.start()
        self._show = lambda done, of: bar.update(task, completed=done, total=of, refresh=True)
        self._stop = bar.stop
