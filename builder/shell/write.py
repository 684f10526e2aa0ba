"""Pages and pictures to copy -> the output folder, whole: the new site stands there, or the last one still does.

What changes is laid out beside the output. Where that is little it is put in file by file; else the files that did not
change are linked to it, and the two folders change places. Only files of our own are ever removed: the manifest inside
the output says which these are.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field, replace
from itertools import filterfalse
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.model.site import Kept, Page
from builder.model.value import value_class
from builder.shell.amend import Amendment, Beside, amend, complete
from builder.shell.archive import Archive, write_archive
from builder.shell.aside import clear_away, require_clear, require_free, require_own
from builder.shell.exchange import exchange, mend
from builder.shell.files import blaming, is_inside, shown
from builder.shell.flow import flow, weigh
from builder.shell.lock import PATIENCE, alone
from builder.shell.look import Insides, Look, amended, look
from builder.shell.manifest import MARKER, Manifest, Mark, mark_of, read_manifest, write_manifest
from builder.shell.names import Names, fold, joined, names_of, stands_in_the_way
from builder.shell.permit import mounted, permit_output
from builder.shell.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from builder.model.site import Copy

    Made = Page | Copy | Kept

FEW = 8
"""Where no more than one in so many files changes, the output is amended: of 2,000 files 5 took a tenth, 250 a half of
what it takes to lay all out anew, 1,000 as much. A larger change had better be seen all at once."""

_OF_MOUNTS = frozenset({errno.EBUSY, errno.EXDEV})
"""How a folder refuses to be replaced that is mounted from the same disk: by its number it can't be told before."""


class LostError(Exception):
    """A file that was to be kept isn't there as it was left: the whole site must be made."""


@value_class(frozen=True, slots=True)
class Standing:
    """An output as a build left it, so that the next one need not look at all of it again."""

    mark: Mark | None
    """Which build: what it left is believed as long as no other one has put its manifest there."""
    manifest: Manifest | None = None
    """None: it is to be read."""
    lines: dict[str, str] = field(default_factory=dict)
    names: Names | None = None
    insides: Insides | None = None
    still: bool = False
    """Whether its files are known to stand as that build left them, and no others with them."""


@value_class(frozen=True, slots=True)
class Published:
    """What a build did to its output folder: paths relative to it, sorted."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    foreign: bool = field(default=False, compare=False)
    """Whether others keep files there too."""
    exchanged: bool = field(default=False, compare=False)
    """Whether the folder is another one now, and each file in it another link."""
    standing: Standing | None = field(default=None, compare=False, repr=False)


def publish(
    items: Iterable[Made],
    output: Path,
    *,
    site: Path,
    patience: float = PATIENCE,
    standing: Standing | None = None,
    archive: Archive | None = None,
) -> Published:
    """Put `items` in the place of the site that stands in `output`; all of them, or nothing changes.

    `site` is the folder that copies are taken from; `standing` is what the last build left; `archive` is a
    zip of all, where one is wanted. Whatever `items` raises
    ends the build and leaves the last good site. SiteError where the output folder isn't ours to replace, or where two
    files claim one name; MachineError, naming the path, where the system refuses. Files in the output that no build put
    there stay. LostError where a file is to be kept that doesn't stand there as the last build left it.
    """
    target = os.path.realpath(output)
    top = os.path.realpath(site)
    permit_output(target, site=top)
    at = Beside.of(target)
    with blaming(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        require_own(at)
        ours = False
        with alone(at.lock, patience=patience, cleared=lambda: not ours or is_clear(target)) as left:
            if not left:
                require_free(at)
            ours = True
            complete(at)
            mend(target, at.new, at.old)
            permit_output(target, site=top)  # it may have changed while we waited
            _clear(at.old, at.new, at.was)
            require_clear(at)
            try:
                return _replace(items, at, top, standing, archive)
            except OSError as fault:
                if fault.errno in _OF_MOUNTS:
                    raise mounted(target) from fault
                raise
            finally:
                if not os.path.lexists(at.journal):
                    _clear(at.new, at.old, at.was)


def _replace(
    items: Iterable[Made], at: Beside, site: str, standing: Standing | None, archive: Archive | None
) -> Published:
    mark = mark_of(at.output)
    ours = standing is None or standing.mark == mark
    still = ours and standing is not None and standing.still
    if standing is None or not ours or standing.manifest is None:
        standing = Standing(mark, read_manifest(at.output))
    seen = Look() if still else look(at.output, standing.manifest or {}, standing.insides)
    change = _Change(at, site, standing, seen, Stage(at.new))
    for item in items:
        if isinstance(item, Kept):
            if not ours:
                raise LostError(MARKER)
            change.keep(item.paths)
        else:
            change.take(item)
    if archive:
        change.bind(archive)
    return change.publish()


@dataclass(slots=True)
class _Change:
    """One build's change to the output: what is taken in is laid out beside it, then all is published."""

    at: Beside
    site: str
    before: Standing
    seen: Look
    stage: Stage
    taken: Manifest = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    named: int = 0
    """How many files were said to stay; more than `kept` has where one was named twice."""

    @property
    def known(self) -> Manifest:
        """The files that are ours so far."""
        return self.before.manifest or {}

    def keep(self, paths: tuple[str, ...]) -> None:
        """Let files stay. What `look` found of them is believed."""
        self.kept.update(paths)
        self.named += len(paths)

    def take(self, item: Page | Copy) -> None:
        """Lay a file out, unless the output holds it as it is."""
        self.stage.claim(item.path)
        content = item.content if isinstance(item, Page) else _find(item, self.site)
        entry = weigh(content)
        self.taken[item.path] = entry
        stands = self.known.get(item.path) == entry and item.path not in self.seen.lost
        if not (stands and weigh(os.path.join(self.at.output, item.path)) == entry):
            self.written.add(item.path)
            self.stage.write(item.path, flow(content))

    def bind(self, archive: Archive) -> None:
        """Lay out a zip of all that was taken in and kept, unless one stands there and none of that is another."""
        (manifest, gone), name = self._manifest(), archive.name
        if not self.written and set(gone) <= {name} and name in self.known.keys() - self.seen.lost:
            self.keep((name,))
            return
        self.stage.claim(name)
        inside = manifest.keys() - archive.without
        place, at = os.path.join(self.at.new, name), self.at
        write_archive(place, {p: os.path.join(at.new if p in self.written else at.output, p) for p in inside})
        self.taken[name] = weigh(place)
        self.written.add(name)

    def publish(self) -> Published:
        """Bring the output to what was taken in and kept."""
        manifest, gone = self._manifest()
        written = tuple(sorted(self.written))
        unchanged = tuple(filterfalse(self.written.__contains__, manifest))
        names, apart = self._names(manifest, gone)
        if in_the_way := stands_in_the_way(self.seen.foreign, names or {}):
            raise SiteError(
                f"{shown(os.path.join(self.at.output, in_the_way))}: no build put this there, and a page is to stand "
                "in its place; move it away"
            )
        standing, exchanged = replace(self.before, names=names, insides=self.seen.insides), False
        if written or gone or self.before.manifest is None:
            lines = dict(self.before.lines)
            for path in (*written, *gone):
                lines.pop(path, None)
            self.stage.write(MARKER, [write_manifest(manifest, lines)])
            insides = None
            exchanged = not (apart and FEW * (len(written) + len(gone)) <= len(manifest))
            if not exchanged:
                insides = self._amend(gone)
            else:
                self._exchange(unchanged)
            standing = Standing(mark_of(self.at.output), manifest, lines, names, insides)
        return Published(written, unchanged, gone, bool(self.seen.foreign), exchanged, standing)

    def _manifest(self) -> tuple[Manifest, tuple[str, ...]]:
        """All files of the new site, sorted, and those of the old one that are gone.

        LostError where one is to stay that isn't there as it was left.
        """
        if missing := (self.kept - self.known.keys()) | (self.kept & self.seen.lost):
            raise LostError(min(missing))
        if self.named > len(self.kept) or not self.kept.isdisjoint(self.taken):
            raise SiteError("a file that stays is wanted for two pages")
        gone = self.known.keys() - self.kept - self.taken.keys()
        manifest = {**self.known, **self.taken}
        for path in gone:
            del manifest[path]
        order = sorted(manifest)
        return dict(zip(order, map(manifest.__getitem__, order), strict=True)), tuple(sorted(gone))

    def _names(self, manifest: Manifest, gone: tuple[str, ...]) -> tuple[Names | None, bool]:
        """The names of all files where they are needed, and whether new ones and old ones may stand side by side.

        SiteError where two files claim one name.
        """
        if self.before.manifest is None:
            return self.stage.names, False
        added = sorted(path for path in self.taken if path not in self.known)
        names = self.before.names
        if names is None and (added or self.seen.foreign):
            names = names_of(self.known)
        if names is not None and (added or gone):
            names = joined(names, added)
            if names is None:
                return names_of(manifest), False
            for path in gone:
                names.pop(fold(path))
        return names, True

    def _amend(self, gone: tuple[str, ...]) -> Insides:
        """Put what was written into the output: what is new first, since what changes may lead to it."""
        put = sorted(self.written, key=lambda path: (path in self.known, path))
        amend(self.at, Amendment((*put, MARKER), gone))
        return amended(self.seen.insides, {path: self.taken[path].size for path in put}, gone)

    def _exchange(self, unchanged: tuple[str, ...]) -> None:
        """The moment of change; then what came into the old folder while we worked is moved over."""
        at, foreign = self.at, self.seen.foreign
        self.stage.carry(at.output, unchanged, foreign)
        if not os.path.lexists(at.output):
            os.rename(at.new, at.output)
            return
        was = exchange(at.output, at.new, at.old)
        for path in sorted(set(look(was, self.known).foreign) - set(foreign)):
            goal = os.path.join(at.output, path)
            if not os.path.lexists(goal):
                os.makedirs(os.path.dirname(goal), exist_ok=True)
                os.rename(os.path.join(was, path), goal)


def _clear(*leftovers: str) -> None:
    """Remove folders that we (or a killed build) laid out beside the output. What stays is told by the next build."""
    for path in leftovers:
        if os.path.lexists(path):
            clear_away(path)


def is_clear(output: str) -> bool:
    """Whether nothing is left beside an output, by its resolved path, of what a build laid out there."""
    at = Beside.of(output)
    return not any(map(os.path.lexists, (at.new, at.old, at.was)))


def _find(copy: Copy, site: str) -> str:
    """Where the file to copy stands. SiteError for one that a link leads out of the site."""
    path = os.path.realpath(os.path.join(site, copy.source))
    if not is_inside(path, site):
        raise SiteError(f"{shown(copy.source)}: lies outside the site's folder")
    return path
