"""A site's folder, and every change in it -> the site built again, on the disk and in the preview."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.coding import CodingError
from builder.model.diagnostic import GlossatorError
from builder.model.value import value_class
from builder.pipeline import Locks
from builder.shell.build import Handouts, Outcome, beside, build_site
from builder.shell.drafts import Drafts
from builder.shell.listen import Listener, passed_over
from builder.shell.memory import recall
from builder.shell.once import asked_of, keep_for_later
from builder.shell.themes import places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builder.shell.build import Order
    from builder.shell.generation import Generation

    Report = Callable[["Round"], tuple[str, ...]]


MANY = 200
"""Paths in one batch above which all is looked at: where so much happens at once, some may not have been heard."""


QUIET = 0.8
"""Seconds without a change after which handouts are set."""


@value_class(frozen=True, slots=True)
class Round:
    """What one build came to: its outcome, or why there is none."""

    outcome: Outcome | None
    fault: str = ""


class Workshop:
    """Builds once, then at every change, for as long as it is let; no slip of an author's ends it."""

    def __init__(self, order: Order, *, generation: Generation | None, report: Report) -> None:
        """`report` tells the terminal of a round and gives the lines that the preview is to show."""
        self._order = replace(order, output=order.output or beside(order.root), locks=Locks.LATER)
        self._generation = generation
        self._report = report
        self._left = recall(os.fspath(self.output), asked_of(self._order))
        self._owed: frozenset[str] | None = None
        """Resolved paths at which something may have changed since a build last read them; None: anywhere."""
        self._drafts = Drafts(self._order.audience, self.output)
        self._vain = False
        """Whether handouts were to be set and could not be: then that waits for the next change."""
        self.builds = False
        """Whether a build is going on: that may be interrupted anywhere."""

    @property
    def output(self) -> Path:
        """Where the site goes."""
        assert self._order.output is not None
        return self._order.output

    def listener(self) -> Listener:
        """What hears of changes in the site's folder and in its themes."""
        top, output = os.path.realpath(self._order.root), os.path.realpath(self.output)
        folders = [top, *(os.path.realpath(place) for place in places(self._order.root) if os.path.isdir(place))]

        def nothing(path: str) -> bool:
            home = next((folder for folder in folders if path.startswith(folder + os.sep)), top)
            return passed_over(path, home, output)

        return Listener(folders, nothing)

    def run(self, listener: Listener) -> None:
        """Build at every batch of changes until the listener is stopped, or a build is."""
        while (batch := listener.batch(QUIET if self._owes else None)) is not None:
            handouts = Handouts.LATER if batch else Handouts.NOW
            gc.disable()  # cycles are looked for when the change is there to be seen
            try:
                if (batch or self._owes) and self.make(batch if len(batch) <= MANY else None, handouts) is None:
                    return
            finally:
                gc.enable()

    @property
    def _owes(self) -> bool:
        """Whether there are handouts still to be set, and that was not in vain the last time."""
        making = self._left.making
        return not self._vain and making is not None and any(one.owed for one in making.editions.values())

    def remember(self) -> None:
        """Keep what was made for a later run of the program, where something was. What can't be kept is made anew."""
        if self._owes or self._vain:
            return
        with suppress(OSError, CodingError):
            keep_for_later(self._order, self._left)

    def make(self, changed: frozenset[str] | None = None, handouts: Handouts = Handouts.LATER) -> Round | None:
        """Build once, after changes at some resolved paths (None: anywhere).

        Pages come first: handouts are set when nothing has changed for a while.

        Whatever is wrong is reported; the last good site stays where none can be made. None where Ctrl-C came in the
        middle.
        """
        self._owed = self._owed | changed if self._owed is not None and changed is not None else None
        self.builds = True
        try:
            made = Round(build_site(replace(self._order, handouts=handouts), self._left, self._owed))
        except GlossatorError as fault:
            made = Round(None, str(fault))
        except KeyboardInterrupt:
            return None
        finally:
            self.builds = False
        self._vain = handouts is Handouts.NOW and (made.outcome is None or made.outcome.published is None)
        if made.outcome is not None:
            self._left, self._owed = made.outcome.left, frozenset()
        told = self._report(made)
        if self._generation is not None:
            self._show(made, self._generation, told)
        return made

    def _show(self, made: Round, generation: Generation, told: tuple[str, ...]) -> None:
        published = made.outcome.published if made.outcome else None
        if published is None or self._left.opened is None:
            generation.swap({}, told)
            return
        written = {*published.written, *published.removed}
        pages, changed = self._drafts.after(self._left.opened, written)
        generation.swap(pages, told, changed=changed | written)
