"""A folder and what was asked -> the site published (or withheld), and every diagnostic at the level it now has."""

from __future__ import annotations

import gc
import os
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder import pipeline
from builder.model.coding import CodingError
from builder.model.diagnostic import Diagnostic, Remarks, Severity, SiteError
from builder.model.lock import LockFile
from builder.model.note import Audience
from builder.model.site import Kept
from builder.model.value import value_class
from builder.shell.archive import Archive
from builder.shell.files import NotRegularError, TooLargeError, read_regular
from builder.shell.jobs import ALLOCATIONS, spread_out
from builder.shell.locks import Waiting
from builder.shell.manifest import read_manifest
from builder.shell.opening import Opened, open_again, open_site, reopened, typesetter
from builder.shell.seal import default_output
from builder.shell.sources import ChangedError
from builder.shell.write import LostError, Published, Standing, publish

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from contextlib import AbstractContextManager

    from builder.model.site import Copy, Page
    from builder.pipeline import Making
    from builder.shell.locks import Written
    from builder.shell.press import Typesetter
    from builder.shell.progress import Report
    from builder.shell.read import Contents, Seen

ATTEMPTS = 4
"""How often a site is read that changes while it is read."""

_LARGEST = 256 * 1024 * 1024
"""Bytes of a file of the last build's that is read again: a part of the search index has some hundred thousand."""

ERRORS = frozenset({Severity.ERROR})
WARNINGS_TOO = frozenset({Severity.ERROR, Severity.WARNING})


class Handouts(Enum):
    """When handouts are set: that takes longer than all else together."""

    NOW = "now"
    LATER = "later"


@value_class(frozen=True, slots=True)
class Order:
    """What a build was asked for. `failing` are the severities with which nothing is published."""

    root: Path
    output: Path | None = None
    audience: Audience | None = None
    failing: frozenset[Severity] = ERRORS
    locks: pipeline.Locks = pipeline.Locks.LEFT
    """Whether the editions' anchors.lock are to be written."""
    jobs: int = 0
    """How many processes make editions; 0: as many as are worth it."""
    only: frozenset[str] = frozenset()
    """Words of `outputs`: these are made, and what else stands in the output stays. None: the whole site."""
    report: Report | None = None
    """What hears how many editions are made, and of how many."""
    handouts: Handouts = Handouts.NOW


@value_class(frozen=True, slots=True)
class Left:
    """What a build left in memory for the next one: the less is out of date, the less that has to do."""

    opened: Opened | None = None
    """The site as it was read, with what did not change since."""
    making: Making | None = None
    """What the last published build came to."""
    standing: Standing | None = None
    """What it left in the output."""
    seen: Mapping[str, Seen] | None = None
    """The author's files as they were, where the site as it was read is no longer there."""
    contents: Contents | None = None
    """And all of the site's folder, where that can be said of it."""
    afresh: str = "no earlier build is remembered on which this one could build"
    """Why all is made where nothing was left."""


NOTHING = Left()
TOUCHED = "a file of the output isn't as it was left"


@value_class(frozen=True, slots=True)
class Outcome:
    """What became of it. `published` is None where the last good site was left in its place."""

    output: Path
    published: Published | None
    told: tuple[Diagnostic, ...]
    """What is wrong, in order, but for remarks."""
    left: Left
    waiting: Waiting | None = None
    """Locks that are to be written now that the site stands."""
    locks: Written | None = None
    """What became of them."""
    remarks: tuple[str, ...] = ()
    """What only `check` tells, in no order, some of it more than once."""

    @property
    def remarked(self) -> int:
        """How many remarks there are."""
        return len(set(self.remarks))


class _WithheldError(Exception):
    """Something was found with which the site is not to be published."""


def build_site(order: Order, left: Left = NOTHING, changed: Collection[str] | None = None) -> Outcome:
    """Build the site and publish it whole, or withhold it whole and say why.

    An error with which a whole site can be made (a lost note is shown with its edition) is told as a warning. Of what
    the last build `left`, only what is out of date is made again. `changed` are the resolved paths at which something
    may have changed since; None: anywhere.
    """
    gc.set_threshold(ALLOCATIONS)
    for _ in range(ATTEMPTS - 1):
        try:
            return _build_site(order, left, changed)
        except ChangedError:
            changed = None
        except CodingError:  # what was remembered isn't sound
            left, changed = NOTHING, None
    return _build_site(order, left, None)


def _build_site(order: Order, left: Left, changed: Collection[str] | None) -> Outcome:
    output = order.output if order.output is not None else beside(order.root)
    if left.opened is not None and changed is not None:
        opened = reopened(left.opened, order.root, changed, left.making)
    elif left.contents is not None and changed is not None:
        opened = open_again(left.contents, order.root, changed, left.making)
    else:
        seen = left.opened.contents.known if left.opened is not None else left.seen
        opened = open_site(order.root, seen, left.making)
    if not isinstance(opened, Opened):
        told, remarks = pipeline.apart(opened)
        return Outcome(output, None, told, replace(left, opened=None), remarks=remarks)
    _keep_apart(order, opened)
    before, standing, afresh = left.making, left.standing, left.afresh
    while True:
        work = _Build(opened, order, output, before, standing, afresh)
        try:
            published = work.publish()
            break
        except LostError as fault:
            if order.only:
                raise SiteError(f"{fault} isn't as the last build left it: build the whole site first") from fault
            if before is None and standing is None:
                raise
            before, standing, afresh = None, None, TOUCHED
    quality = opened.outline.settings.quality
    levels = tuple(
        sorted((_as_told(one, order, quality) for one in pipeline.heard(work.told)), key=Diagnostic.sort_key)
    )
    remarks = tuple(work.remarks)
    if published is None:
        return Outcome(output, None, levels, Left(opened, before, standing), remarks=remarks)
    left = Left(opened, work.making, published.standing)
    return Outcome(output, published, levels, left, work.waiting, remarks=remarks)


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
    """One run of the pipeline; what it told is in `told` and `remarks`, what it came to in `making`."""

    opened: Opened
    order: Order
    output: Path
    before: Making | None
    standing: Standing | None
    afresh: str
    told: set[Diagnostic] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    making: Making | None = None
    waiting: Waiting | None = None

    def publish(self) -> Published | None:
        """Publish what is made, None where that is withheld. LostError where something kept isn't there."""
        outline = self.opened.outline
        apart = pipeline.for_teachers(outline, self.order.audience)
        wanted = pipeline.ZIP in (self.order.only or outline.settings.outputs)
        archive = Archive(pipeline.ARCHIVE, apart) if wanted else None
        items = self._some() if self.order.only else self._items()
        with suppress(_WithheldError):
            return publish(items, self.output, site=self.order.root, standing=self.standing, archive=archive)
        return None

    def _some(self) -> Iterator[Page | Copy | Kept]:
        """Of what is to be written what was asked for alone; all else stands there still. SiteError for nothing."""
        only, target = self.order.only, os.path.realpath(self.output)
        standing = (read_manifest(target) or {}).keys() - pipeline.left_out(self.opened.outline, self.order.audience)
        rest = tuple(path for path in sorted(standing) if pipeline.output_of(path) not in only)
        made = False
        for item in self._items():
            if not isinstance(item, Kept) and pipeline.output_of(item.path) in only:
                made = True
                yield item
        if not made and not (pipeline.ZIP in only and rest):
            first = ": it holds what stands in the output: build the whole site first" if pipeline.ZIP in only else ""
            raise SiteError(f"nothing is made for {' or '.join(f'“{word}”' for word in sorted(only))}{first}")
        if lost := next((path for path in rest if not os.path.lexists(os.path.join(target, path))), None):
            raise SiteError(f"{lost} isn't in the output any more: build the whole site first")
        yield Kept(rest)

    def _items(self) -> Iterator[Page | Copy | Kept]:
        """What is to be written, until a diagnostic says that nothing is; the diagnostics are told to the last."""
        opened, order = self.opened, self.order
        withheld = True in [self._take(one) for one in opened.told]
        options = pipeline.Options(audience=order.audience, locks=order.locks, only=order.only)
        spread = partial(spread_out, jobs=self.order.jobs)
        with self._typesetter() as press:
            around = pipeline.Circumstances(self.before, self._read, spread, self.order.report, press, self.afresh)
            made = pipeline.build(opened.folder, opened.outline, opened.theme, options, around)
            while True:
                try:
                    item = next(made)
                except StopIteration as end:
                    self.making = end.value
                    break
                if isinstance(item, Diagnostic):
                    withheld = self._take(item) or withheld
                elif isinstance(item, Remarks):
                    self.remarks += item.lines
                elif isinstance(item, LockFile):
                    self._wait(item)
                elif not withheld:
                    yield item
        if withheld:
            raise _WithheldError

    def _take(self, one: Diagnostic) -> bool:
        """Take in what is to be told; whether the site isn't to be published with it."""
        if remark := one.remark:
            self.remarks.append(remark)
            return False
        self.told.add(one)
        return _stops(one, self.order, self.opened.outline.settings.quality)

    def _typesetter(self) -> AbstractContextManager[Typesetter | None]:
        """What sets handouts, where any are to be set now."""
        if self.order.handouts is not Handouts.NOW:
            return nullcontext()
        return typesetter(self.opened, self.order.root)

    def _wait(self, lock: LockFile) -> None:
        if self.order.locks is pipeline.Locks.WRITTEN:
            self.waiting = self.waiting or Waiting()
            self.waiting.add(lock)

    def _read(self, path: str) -> bytes | None:
        """A file of the last build's."""
        try:
            return read_regular(os.path.join(self.output, path), _LARGEST)
        except (OSError, NotRegularError, TooLargeError) as fault:
            raise LostError(path) from fault


def _stops(one: Diagnostic, order: Order, quality: Mapping[str, str]) -> bool:
    """Whether nothing is published with it: as it is, as was asked for, or as site.toml's [quality] weighs it."""
    strict = Severity.WARNING in order.failing and one.severity in order.failing
    return strict or pipeline.stops_build(one, quality)


def _as_told(one: Diagnostic, order: Order, quality: Mapping[str, str]) -> Diagnostic:
    if one.severity is Severity.ERROR and not _stops(one, order, quality):
        return replace(one, severity=Severity.WARNING)
    return one
