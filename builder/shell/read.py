"""A site's folder on disk -> its sources and its other files, with what can't be read as diagnostics.

A file that is known, and was not touched since, is not read again: its size and its times say so. Who stays and hears
of changes looks at the changed files alone.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import field
from operator import attrgetter
from typing import TYPE_CHECKING

from builder.model.diagnostic import MachineError, RefusedError
from builder.model.lock import LOCK
from builder.model.site import Folder, Source
from builder.model.value import value_class
from builder.parse.picture_files import DRAWN, TOO_LARGE, is_picture, picture_fault
from builder.shell.files import (
    NotRegularError,
    TooLargeError,
    blaming,
    digest_of,
    is_inside,
    is_passing,
    is_plain,
    read_regular,
)
from builder.shell.manifest import MARKER
from builder.shell.sources import Pictures, Sources
from builder.shell.texts import read_source
from builder.shell.walk import SITE_FILES, THEME_FOLDER, File, irregular, require_site, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from builder.model.diagnostic import Diagnostic

LOOKED_INTO = 32 * 1024 * 1024
"""Bytes of the largest picture that is looked into, whether it can be shown."""

TEXT_SUFFIXES = (".md", ".toml", ".json", ".lock")

YOUNG = 2_000_000_000
"""Nanoseconds within which a file's times are not believed: it may change again without another time. Some systems
count in steps of two seconds."""


@value_class(frozen=True, slots=True)
class Seen:
    """A source as it was when it was read: by this it is known again. Times are in nanoseconds since the epoch."""

    size: int
    modified: int
    """-1 where its times are not to be believed."""
    changed: int
    digest: str
    """Of its words."""
    slips: bool = False
    """Whether something in it could not be read: then it is read again, to be told of."""

    def is_still(self, status: os.stat_result) -> bool:
        """Whether a file is the one that was read, as far as its size and times tell."""
        times = (self.size, self.modified, self.changed)
        return times == (status.st_size, status.st_mtime_ns, status.st_ctime_ns) and not self.slips


@value_class(frozen=True, slots=True)
class Contents:
    """What stands in a site's folder: for the build, for the author, and to know it again by."""

    folder: Folder
    slips: tuple[Diagnostic, ...]
    seen: Mapping[str, Seen]
    """Every source, in the order of their paths."""
    held: Mapping[str, Source] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, Seen] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, Seen]:
        """All that need not be read again while it is what it was."""
        return {**self.seen, **self.pictures}


def with_sources(contents: Contents, top: str, fresh: Mapping[str, Seen]) -> Contents:
    """The contents of a folder, by its resolved path, in which some sources were written since: as they are now."""
    seen = {**contents.seen, **fresh}
    before = contents.folder.assets, contents.slips, contents.held, contents.links, contents.pictures
    return contents_of(top, seen, *before, contents.folder.faults)


def read_folder(root: Path) -> tuple[Folder, tuple[Diagnostic, ...]]:
    """`read_contents` without what is known of a folder: what stands in it, and what is wrong there."""
    contents = read_contents(root)
    return contents.folder, contents.slips


def read_contents(root: Path, known: Mapping[str, Seen] | None = None) -> Contents:
    """Everything in a site's folder that a build may use, in the order of its paths.

    Regular files only; nothing through a link that leaves the folder; hidden files, editors' leftovers, our own
    output and the site's `theme/` are passed over. SiteError where the folder is no site, MachineError where the
    system refuses to read. A file with a slip still stands in the result, as well as it could be read. Of a file that
    is in `known` and was not touched since, the digest is believed.
    """
    top = os.path.realpath(root)
    require_site(root, top)
    intake = _Intake(top, known or {})
    for file in sorted(walk(top, intake.slips, intake.refused), key=attrgetter("name")):
        intake.take(file)
    return intake.contents()


def contents_of(
    top: str,
    seen: Mapping[str, Seen],
    assets: Mapping[str, int],
    slips: tuple[Diagnostic, ...] = (),
    held: Mapping[str, Source] | None = None,
    links: Mapping[str, str] | None = None,
    pictures: Mapping[str, Seen] | None = None,
    faults: Mapping[str, str] | None = None,
) -> Contents:
    """The contents of a folder of which everything is known."""
    seen = {name: seen[name] for name in sorted(seen)}
    digests = {name: one.digest for name, one in seen.items()}
    sources = Sources(top, digests, held or {}, links or {})
    pictures = {name: pictures[name] for name in sorted(pictures or {})} if pictures else {}
    prints = {name: one.digest for name, one in pictures.items()}
    folder = Folder(
        sources=sources,
        assets={name: assets[name] for name in sorted(assets)},
        name=os.path.basename(top),
        digests=digests,
        contents=Pictures(top, prints),
        prints=prints,
        faults=faults or {},
    )
    return Contents(folder, slips, seen, held or {}, links or {}, pictures)


def refreshed(contents: Contents, root: Path, paths: Iterable[str]) -> Contents:
    """What `read_contents` would give, when nothing changed but at some resolved paths: files or folders.

    Only these are looked at, unless one of them is more than a file that came, went or changed.
    """
    top = os.path.realpath(root)
    intake = _Intake(top, {}, contents)
    odd = contents.links or any(one.code in ("G109", "G110") for one in contents.slips)
    if odd or not all(_refresh(path, intake) for path in paths):
        return read_contents(root, contents.known)
    return intake.contents()


class _Intake:
    """The contents of a folder in the making: from nothing, or from what they were before."""

    def __init__(self, top: str, known: Mapping[str, Seen], before: Contents | None = None) -> None:
        self.top = top
        self.known = known
        self.now = time.time_ns()
        self.refused: list[str] = []
        """What the system says of each file or folder that it doesn't let us read."""
        self.slips: list[Diagnostic] = list(before.slips) if before else []
        self.seen: dict[str, Seen] = dict(before.seen) if before else {}
        self.assets: dict[str, int] = dict(before.folder.assets) if before else {}
        self.held: dict[str, Source] = dict(before.held) if before else {}
        self.links: dict[str, str] = {}
        self.pictures: dict[str, Seen] = dict(before.pictures) if before else {}
        self.faults: dict[str, str] = dict(before.folder.faults) if before else {}

    def take(self, file: File) -> None:
        """Take a file in; it is read where it isn't known."""
        name = file.name
        if not name.endswith(TEXT_SUFFIXES):
            self.assets[name] = file.status.st_size
            if is_picture(name):  # its bytes count, not only its size
                self._look_at(file)
            return
        if file.linked and name.rpartition("/")[2] == LOCK:
            return  # nothing is written through a link, so nothing is read through it
        if file.linked:
            self.links[name] = file.path
        known = self.known.get(name)
        if known is not None and known.is_still(file.status):
            self.seen[name] = known
            return
        try:
            with blaming(file.path):
                source, slips = read_source(file.path, name)
        except NotRegularError:  # it was one when the folder was looked through
            self.slips.append(irregular(name))
            return
        except MachineError as fault:
            self.refused.append(str(fault))
            return
        if slips:
            self.slips.extend(slips)
            self.held[name] = source
        self.seen[name] = self._seen(file.status, source.digest, bool(slips))

    def _look_at(self, file: File) -> None:
        """Take in what a picture's bytes are, where that isn't known."""
        known = self.known.get(file.name)
        if known is None or not known.is_still(file.status):
            try:
                with blaming(file.path):
                    known = self._seen(file.status, *self._print_of(file))
            except (NotRegularError, TooLargeError):  # it was one when the folder was looked through
                self.slips.append(irregular(file.name))
                return
            except MachineError as fault:
                self.refused.append(str(fault))
                return
        self.pictures[file.name] = known

    def _print_of(self, file: File) -> tuple[str, bool]:
        """The digest of a picture, and whether it can't be shown; of a photograph that is too large only the first."""
        drawn = file.name.lower().endswith(".svg")
        if file.status.st_size > (DRAWN if drawn else LOOKED_INTO):
            if drawn:
                self.faults[file.name] = TOO_LARGE
            return digest_of(file.path), drawn
        content = read_regular(file.path, LOOKED_INTO)
        if fault := picture_fault(file.name, content):
            self.faults[file.name] = fault
        return hashlib.sha256(content).hexdigest(), bool(fault)

    def _seen(self, status: os.stat_result, digest: str, slips: bool) -> Seen:
        young = max(status.st_mtime_ns, status.st_ctime_ns) > self.now - YOUNG
        modified = -1 if young else status.st_mtime_ns
        return Seen(status.st_size, modified, status.st_ctime_ns, digest, slips)

    def drop(self, name: str) -> None:
        """Forget a file."""
        self.seen.pop(name, None)
        self.assets.pop(name, None)
        self.pictures.pop(name, None)
        self.faults.pop(name, None)
        self.held.pop(name, None)
        self.slips = [one for one in self.slips if one.place.path != name]

    def contents(self) -> Contents:
        """What was taken in. RefusedError where the system let us read only some of it."""
        if self.refused:
            raise RefusedError(tuple(sorted(self.refused)))
        held = self.held, self.links, self.pictures, self.faults
        return contents_of(self.top, self.seen, self.assets, tuple(self.slips), *held)


def _refresh(path: str, intake: _Intake) -> bool:
    """Take in what changed at a path. False where more must be looked at to know."""
    if not is_inside(path, intake.top):
        return True
    parts = os.path.relpath(path, intake.top).split(os.sep)
    name = "/".join(parts)
    if any(is_passing(part) for part in parts if part != os.curdir) or parts[0] == THEME_FOLDER:
        return True
    folders = [os.path.join(intake.top, *parts[:depth]) for depth in range(1, len(parts))]
    if not all(map(is_plain, parts)) or any(map(_is_led_away, folders)):
        return False
    try:
        status = os.lstat(path)
    except OSError:
        intake.drop(name)
        inside = f"{name}/"
        gone = any(known.startswith(inside) for files in (intake.seen, intake.assets) for known in files)
        return not gone and name not in SITE_FILES
    if not stat.S_ISREG(status.st_mode):
        return False
    intake.drop(name)
    intake.take(File(name, path, status))
    return name in intake.seen or name in intake.assets


def _is_led_away(folder: str) -> bool:
    """Whether what lies in a folder is passed over: a link leads to it, or it is the output of a build."""
    return os.path.islink(folder) or os.path.lexists(os.path.join(folder, MARKER))
