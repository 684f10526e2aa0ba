"""The commands that stay: a workshop that builds at every change, with a preview server before it or without."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING

from builder.shell.build import Order, beside
from builder.shell.generation import Generation
from builder.shell.serve import LOOPBACK, Preview
from builder.shell.terminal import lines, say, summary, tell
from builder.shell.walk import require_site
from builder.shell.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.model.diagnostic import Diagnostic
    from builder.shell.workshop import Round

    Placed = Callable[[Iterable[Diagnostic]], list[Diagnostic]]
    """Gives diagnostics the paths that the author would type."""


def serve_site(order: Order, *, placed: Placed, host: str, port: int, opens: bool) -> None:
    """Build and show the site until somebody presses Ctrl-C.

    SiteError where the folder is no site, MachineError where the port can't be had.
    """
    _require_site(order)
    target = order.output if order.output is not None else beside(order.root)
    generation = Generation(str(target))
    preview = Preview(generation, host=host, port=port)
    preview.start()
    try:
        if host not in (LOOPBACK, "localhost"):
            say(f"warning: everybody in your network can read this site, unfinished as it is, on port {preview.port}")

        def ready() -> None:
            sys.stdout.write(f"{preview.address}\n")
            sys.stdout.flush()
            if opens:
                import webbrowser

                webbrowser.open(preview.address)

        _stay(Workshop(order, generation=generation, report=Reporter(placed)), ready)
    finally:
        preview.stop()


def watch_site(order: Order, *, placed: Placed) -> None:
    """Build at every change until somebody presses Ctrl-C. SiteError where the folder is no site."""
    _require_site(order)
    _stay(Workshop(order, generation=None, report=Reporter(placed)), lambda: say("watching; Ctrl-C ends it"))


def _require_site(order: Order) -> None:
    """What a build would refuse is refused before anybody listens: where no folder is, no change is ever heard of.

    Most likely its name is a slip; and to listen to a folder that is no site may be to listen to the whole disk.
    """
    require_site(order.root, os.path.realpath(order.root))


def _stay(workshop: Workshop, ready: Callable[[], None]) -> None:
    """Listen first, then build: what changes meanwhile is not missed. Ctrl-C ends it, in the middle of a build too."""
    listener = workshop.listener()

    def end(*_: object) -> None:
        # An exception that comes anywhere can leave a lock shut. So nobody is interrupted but a build, which has none.
        if workshop.builds:
            raise KeyboardInterrupt
        listener.end()

    signal.signal(signal.SIGINT, end)
    listener.start()
    try:
        if workshop.make() is not None:
            # What the first build left stays. To look through it for cycles again and again takes as long as a save.
            gc.collect()
            gc.freeze()
            ready()
            workshop.run(listener)
            workshop.remember()
    finally:
        listener.stop()


class Reporter:
    """Tells the terminal of each round: what is wrong when that has changed, and what was written."""

    def __init__(self, placed: Placed) -> None:
        self._placed = placed
        self._last: tuple[str, ...] = ()

    def __call__(self, made: Round) -> tuple[str, ...]:
        """What is wrong now, line by line, as the terminal has it."""
        outcome = made.outcome
        if outcome is None:
            told: tuple[str, ...] = (f"glossator: {made.fault}",)
            if told != self._last:
                say(told[0])
            self._last = told
            return told
        found = self._placed(outcome.told)
        told = tuple(line for one in found for line in lines(one))
        if told != self._last:
            tell(found)
        if outcome.published is None:
            say(f"nothing written: {summary(found)}")
        elif outcome.published.written or outcome.published.removed:
            done = outcome.published
            mended = "" if told or not self._last else "; nothing left to mend"
            say(f"{len(done.written)} written, {len(done.removed)} removed{mended}")
        elif self._last and not told:  # what stood there before the slip stands there again
            say("nothing left to mend")
        self._last = told
        return told
