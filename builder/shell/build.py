"""A folder and what was asked -> the site published (or withheld), and every diagnostic at the level it now has."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder import pipeline
from builder.model.diagnostic import Diagnostic, Severity, SiteError
from builder.model.note import Audience
from builder.shell.files import blaming, read_regular
from builder.shell.opening import Opened, open_site
from builder.shell.write import LostError, Published, publish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.site import Copy, Kept, Page
    from builder.pipeline import Making
    from builder.shell.progress import Report

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


def build_site(order: Order, before: Making | None = None, *, report: Report | None = None) -> Outcome:
    """Build the site and publish it whole, or withhold it whole and say why.

    An error with which a whole site can be made (a lost note is shown with its edition) is told as a warning. With
    `before`, what the last published build came to, only what is out of date is made. `report` hears of every edition.
    """
    gc.set_threshold(ALLOCATIONS)
    output = order.output if order.output is not None else beside(order.root)
    opened = open_site(order.root)
    if not isinstance(opened, Opened):
        return Outcome(output, None, opened)
    _keep_apart(order, opened)
    while True:
        told = set(opened.told)
        work = _Build(opened, order, output, before, told, report)
        try:
            published = work.publish()
            break
        except LostError:
            assert before is not None
            before = None
    levels = sorted((_as_told(one, order) for one in told), key=Diagnostic.sort_key)
    return Outcome(output, published, tuple(levels), work.making if published else before)


def beside(root: Path) -> Path:
    """The default output: a folder of that name beside the site's."""
    parent = root.parent if root.name not in {"", os.pardir} else Path(os.path.realpath(root)).parent
    return parent / "output"


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
    report: Report | None
    making: Making | None = None

    def publish(self) -> Published | None:
        """Publish what is made, None where that is withheld. LostError where something kept isn't there."""
        with suppress(_WithheldError):
            return publish(self._items(), self.output, site=self.order.root)
        return None

    def _items(self) -> Iterator[Page | Copy | Kept]:
        """What is to be written, until a diagnostic says that nothing is; the diagnostics are told to the last."""
        withheld = any(_stops(one, self.order) for one in self.told)
        pending = {one.id for one in self.opened.outline.editions if not one.draft}
        editions = len(pending)
        opened, options = self.opened, pipeline.Options(audience=self.order.audience)
        made = pipeline.build(
            opened.folder, opened.outline, opened.theme, options, before=self.before, read=self._read
        )
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
                if self.report is not None and (folder := item.path.partition("/")[0]) in pending:
                    pending.remove(folder)
                    self.report(editions - len(pending), editions)
        if withheld:
            raise _WithheldError

    def _read(self, path: str) -> bytes | None:
        """A file of the last build's."""
        with blaming(str(self.output)):
            return read_regular(os.path.join(self.output, path), _LARGEST)


def _stops(one: Diagnostic, order: Order) -> bool:
    return pipeline.stops_build(one) or (Severity.WARNING in order.failing and one.severity in order.failing)


def _as_told(one: Diagnostic, order: Order) -> Diagnostic:
    if one.severity is Severity.ERROR and not _stops(one, order):
        return replace(one, severity=Severity.WARNING)
    return one
