"""A folder and what was asked -> the site published (or withheld), and every diagnostic at the level it now has."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder import pipeline
from builder.model.coding import CodingError
from builder.model.diagnostic import Diagnostic, Severity, SiteError
from builder.model.note import Audience
from builder.shell.files import NotRegularError, TooLargeError, read_regular
from builder.shell.jobs import spread_out
from builder.shell.manifest import MARKER
from builder.shell.memory import recall, remember
from builder.shell.opening import Opened, open_site
from builder.shell.said import written_down
from builder.shell.seal import default_output, now, program, seal, tree
from builder.shell.themes import places
from builder.shell.write import LostError, Published, publish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.site import Copy, Kept, Page
    from builder.pipeline import Making

ALLOCATIONS = 50_000
"""Objects made between two searches for cycles. Ours are frozen and form none: with Python's own 700 a tenth of a
build's time went into looking for them."""

_LARGEST = 256 * 1024 * 1024
"""Bytes of a file of the last build's that is read again: a part of the search index has some hundred thousand."""

ERRORS = frozenset({Severity.ERROR})
WARNINGS_TOO = frozenset({Severity.ERROR, Severity.WARNING})


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for. `failing` are the severities with which nothing is published."""

    root: Path
    output: Path | None = None
    audience: Audience | None = None
    failing: frozenset[Severity] = ERRORS
    asked: str = ""
    """All of it as one line, by which a build knows what an earlier one was asked for."""
    clean: bool = False
    """Whether what the last build remembered is to be passed over."""
    jobs: int = 0
    """How many processes make editions; 0: as many as are worth it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. `published` is None where the last good site was left in its place."""

    output: Path
    published: Published | None
    told: tuple[Diagnostic, ...]
    making: Making | None = None
    """What was made, so that the next build makes no more than it has to."""


class _WithheldError(Exception):
    """Something was found with which the site is not to be published."""


def build_site(order: Order, before: Making | None = None) -> Outcome:
    """Build the site and publish it whole, or withhold it whole and say why.

    An error with which a whole site can be made (a lost note is shown with its edition) is told as a warning. With
    `before`, what the last published build came to, only what is out of date is made.
    """
    gc.set_threshold(ALLOCATIONS)
    output = order.output if order.output is not None else beside(order.root)
    if before is not None:
        with suppress(LostError, CodingError):
            return _built(order, output, before)
    return _built(order, output, None)


def _built(order: Order, output: Path, before: Making | None) -> Outcome:
    opened = open_site(order.root, before)
    if not isinstance(opened, Opened):
        return Outcome(output, None, opened)
    _keep_apart(order, opened)
    told = set(opened.told)
    work = _Build(opened, order, output, before, told)
    published = work.publish()
    levels = sorted((_as_told(one, order) for one in told), key=Diagnostic.sort_key)
    return Outcome(output, published, tuple(levels), work.making if published else before)


def build_once(order: Order) -> Outcome:
    """Build the site with what the last build remembered, and remember what this one came to.

    That nothing could be remembered (a disk that is full) is no fault of the site's: the next build makes all anew.
    """
    start = now()
    output = os.fspath(order.output if order.output is not None else beside(order.root))
    outcome = build_site(order, None if order.clean else recall(output, order.asked))
    if outcome.published is not None and outcome.making is not None:
        with suppress(OSError):
            remember(output, order.asked, outcome.making)
            _seal(order, outcome, start)
    return outcome


def _seal(order: Order, outcome: Outcome, start: int) -> None:
    """Seal what was read and written, so that the next build sees at once whether there is anything to do."""
    assert outcome.published is not None
    top, output = os.path.realpath(order.root), os.path.realpath(outcome.output)
    inputs = [*tree(top, (output,)), *program()]
    for folder in places(order.root):
        inputs.extend(tree(os.path.realpath(folder)))
    files = (*outcome.published.written, *outcome.published.unchanged)
    folders = {path.rpartition("/")[0] for path in files}
    written = [os.path.join(output, path) for path in (MARKER, *sorted(folders), *files)]
    told = written_down(outcome.told) if outcome.told else ""
    seal(output, order.asked, written, inputs, told=told, files=len(files), start=start)


def beside(root: Path) -> Path:
    """The default output: a folder of that name beside the site's."""
    return Path(default_output(os.fspath(root)))


def _keep_apart(order: Order, opened: Opened) -> None:
    """The teacher's matter must not take the place of the students' site because a word was left out."""
    published = opened.outline.settings.audience
    if order.audience is Audience.TEACHER and order.output is None and published != order.audience:
        raise SiteError("--audience teacher needs --output DIR: it would replace the students' site with the teacher's")


@dataclass(slots=True)
class _Build:
    """One run of the pipeline; what it told is in `told`, what it came to in `making`."""

    opened: Opened
    order: Order
    output: Path
    before: Making | None
    told: set[Diagnostic]
    making: Making | None = None

    def publish(self) -> Published | None:
        """Publish what is made, None where that is withheld. LostError where something kept isn't there."""
        with suppress(_WithheldError):
            return publish(self._items(), self.output, site=self.order.root)
        return None

    def _items(self) -> Iterator[Page | Copy | Kept]:
        """What is to be written, until a diagnostic says that nothing is; the diagnostics are told to the last."""
        withheld = any(_stops(one, self.order) for one in self.told)
        spread = partial(spread_out, jobs=self.order.jobs)
        opened, options = self.opened, pipeline.Options(audience=self.order.audience)
        around = pipeline.Circumstances(self.before, self._read, spread)
        made = pipeline.build(opened.folder, opened.outline, opened.theme, options, around)
        while True:
            try:
                item = next(made)
            except StopIteration as end:
                self.making = end.value
                break
            if isinstance(item, Diagnostic):
                self.told.add(item)
                withheld = withheld or _stops(item, self.order)
            elif not withheld:
                yield item
        if withheld:
            raise _WithheldError

    def _read(self, path: str) -> bytes | None:
        """A file of the last build's."""
        try:
            return read_regular(os.path.join(self.output, path), _LARGEST)
        except (OSError, NotRegularError, TooLargeError) as fault:
            raise LostError(path) from fault


def _stops(one: Diagnostic, order: Order) -> bool:
    return pipeline.stops_build(one) or (Severity.WARNING in order.failing and one.severity in order.failing)


def _as_told(one: Diagnostic, order: Order) -> Diagnostic:
    if one.severity is Severity.ERROR and not _stops(one, order):
        return replace(one, severity=Severity.WARNING)
    return one
