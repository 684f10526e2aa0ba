"""A site's folder, and every change in it -> the site built again, on the disk and in the preview."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder import pipeline
from builder.model.diagnostic import GlossatorError
from builder.model.site import Page
from builder.shell.build import Outcome, beside, build_site
from builder.shell.listen import Listener, passed_over
from builder.shell.opening import Opened, open_site
from builder.shell.themes import places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builder.pipeline import Making
    from builder.shell.build import Order
    from builder.shell.generation import Generation
    from builder.shell.write import Standing

    Report = Callable[["Round"], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Round:
    """What one build came to: its outcome, or why there is none."""

    outcome: Outcome | None
    fault: str = ""


class Workshop:
    """Builds once, then at every change, for as long as it is let; no slip of an author's ends it."""

    def __init__(self, order: Order, *, generation: Generation | None, report: Report) -> None:
        """`report` tells the terminal of a round and gives the lines that the preview is to show."""
        self._order = replace(order, output=order.output or beside(order.root))
        self._generation = generation
        self._report = report
        self._drafts: dict[str, bytes | None] = {}
        self._before: Making | None = None
        self._standing: Standing | None = None
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
        while (batch := listener.batch()) is not None:
            if batch and self.make() is None:
                return

    def make(self) -> Round | None:
        """Build once. Whatever is wrong is reported; the last good site stays where none can be made.

        None where Ctrl-C came in the middle.
        """
        self.builds = True
        try:
            made = Round(build_site(self._order, self._before, self._standing))
        except GlossatorError as fault:
            made = Round(None, str(fault))
        except KeyboardInterrupt:
            return None
        finally:
            self.builds = False
        if made.outcome is not None:
            self._before = made.outcome.making
            if made.outcome.published is not None:
                self._standing = made.outcome.published.standing
        told = self._report(made)
        if self._generation is not None:
            self._show(made, self._generation, told)
        return made

    def _show(self, made: Round, generation: Generation, told: tuple[str, ...]) -> None:
        published = made.outcome.published if made.outcome else None
        if published is None:
            generation.swap({}, told)
            return
        drafts = self._with_drafts()
        changed = {path for path in drafts.keys() | self._drafts.keys() if drafts.get(path) != self._drafts.get(path)}
        gone = dict.fromkeys(self._drafts.keys() - drafts.keys())
        self._drafts = drafts
        generation.swap({**gone, **drafts}, told, changed=changed | {*published.written, *published.removed})

    def _with_drafts(self) -> dict[str, bytes | None]:
        """The pages that are other ones where drafts are shown: the preview's alone, never written to the output."""
        opened = open_site(self._order.root)
        if not isinstance(opened, Opened) or not any(one.draft for one in opened.outline.editions):
            return {}
        options = pipeline.Options(audience=self._order.audience, drafts=pipeline.Drafts.SHOWN)
        made = pipeline.build(opened.folder, opened.outline, opened.theme, options)
        return {page.path: page.content for page in made if isinstance(page, Page) and self._other(page)}

    def _other(self, page: Page) -> bool:
        try:
            with open(os.path.join(self.output, page.path), "rb") as file:
                return file.read() != page.content
        except OSError:
            return True
