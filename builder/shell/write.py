"""Pages and pictures to copy -> the output folder, whole: the new site stands there, or the last one still does.

Everything is laid out beside the output; files that did not change are linked, not written; then the two folders
change places. Only files of our own are ever removed: the manifest inside the output says which these are.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.model.site import Kept, Page
from builder.shell.exchange import exchange, mend
from builder.shell.files import NotRegularError, blaming, chunks, is_inside, open_regular, shown
from builder.shell.lock import PATIENCE, alone
from builder.shell.manifest import MARKER, Entry, Manifest, read_manifest, write_manifest
from builder.shell.permit import permit_output
from builder.shell.stage import Stage, strangers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from builder.model.site import Copy


class LostError(Exception):
    """A file that was to be kept isn't there as it was left: the whole site must be made."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did to its output folder: paths relative to it, sorted."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def publish(
    items: Iterable[Page | Copy | Kept],
    output: Path,
    *,
    site: Path,
    patience: float = PATIENCE,
) -> Published:
    """Put `items` in the place of the site that stands in `output`; all of them, or nothing changes.

    `site` is the folder that copies are taken from. Whatever `items` raises ends the build and leaves the last good
    site. SiteError where the output folder isn't ours to replace, or where two files claim one name; MachineError,
    naming the path, where the system refuses. Files in the output that no build put there are carried over. LostError
    where a file is to be kept that doesn't stand there as the last build left it.
    """
    target = os.path.realpath(output)
    top = os.path.realpath(site)
    permit_output(target, site=top)
    parent, name = os.path.split(target)
    beside = os.path.join(parent, f".{name}.glossator-")
    new, old = beside + "new", beside + "old"
    with blaming(target):
        os.makedirs(parent, exist_ok=True)
        with alone(beside + "lock", patience=patience):
            mend(target, new, old)
            permit_output(target, site=top)  # it may have changed while we waited
            _clear(old, new)
            try:
                return _replace(items, _Places(target, new, old, top))
            finally:
                _clear(new, old)


@dataclass(frozen=True, slots=True)
class _Places:
    """Resolved paths: the output, the names beside it for the folder to come and the one that was, and the site."""

    output: str
    new: str
    old: str
    site: str


def _replace(items: Iterable[Page | Copy | Kept], at: _Places) -> Published:
    before = read_manifest(at.output)
    stage = Stage(at.new)
    manifest: Manifest = {}
    unchanged: list[str] = []
    for item in items:
        stage.claim(item.path)
        if isinstance(item, Kept):
            manifest[item.path] = _kept(item, before, at.output)
            unchanged.append(item.path)
            continue
        content = item.content if isinstance(item, Page) else _find(item, at.site)
        entry = _weigh(content)
        manifest[item.path] = entry
        if before is not None and before.get(item.path) == entry and _stands(at.output, item.path, entry):
            unchanged.append(item.path)
        else:
            stage.write(item.path, _flow(content))
    known = before or {}
    gone = sorted(known.keys() - manifest.keys())
    foreign = strangers(at.output, known)
    stage.refuse_collisions(foreign, at.output)
    if manifest != before or len(unchanged) < len(manifest):
        stage.carry(at.output, unchanged, foreign)
        stage.write(MARKER, [write_manifest(manifest)])
        _exchange(at, known, foreign)
    return Published(tuple(sorted(manifest.keys() - set(unchanged))), tuple(sorted(unchanged)), tuple(gone))


def _kept(item: Kept, before: Manifest | None, output: str) -> Entry:
    """What the manifest says of a file that is to stay. Its size is looked at; its words are believed."""
    entry = before.get(item.path) if before is not None else None
    full = os.path.join(output, item.path)
    try:
        stands = entry is not None and not os.path.islink(full) and os.path.getsize(full) == entry.size
    except OSError:
        stands = False
    if entry is None or not stands:
        raise LostError(item.path)
    return entry


def _exchange(at: _Places, known: Manifest, foreign: tuple[str, ...]) -> None:
    """The moment of change; then what came into the old folder while we worked is moved over."""
    if not os.path.lexists(at.output):
        os.rename(at.new, at.output)
        return
    was = exchange(at.output, at.new, at.old)
    for path in sorted(set(strangers(was, known)) - set(foreign)):
        goal = os.path.join(at.output, path)
        if not os.path.lexists(goal):
            os.makedirs(os.path.dirname(goal), exist_ok=True)
            os.rename(os.path.join(was, path), goal)


def _clear(*leftovers: str) -> None:
    """Remove folders that we (or a killed build) laid out beside the output. What stays is told by the next build."""
    for path in leftovers:
        if os.path.lexists(path):
            shutil.rmtree(path, ignore_errors=True)


def _find(copy: Copy, site: str) -> str:
    """Where the file to copy stands. SiteError for one that a link leads out of the site."""
    path = os.path.realpath(os.path.join(site, copy.source))
    if not is_inside(path, site):
        raise SiteError(f"{shown(copy.source)}: lies outside the site's folder")
    return path


def _flow(content: bytes | str) -> Iterator[bytes]:
    """The bytes of a page, or of the file at a path, piece by piece."""
    if isinstance(content, bytes):
        yield content
        return
    with blaming(content):
        try:
            descriptor, _ = open_regular(content)
        except NotRegularError as fault:
            raise SiteError(f"{shown(content)}: this is no regular file") from fault
        try:
            yield from chunks(descriptor)
        finally:
            os.close(descriptor)


def _weigh(content: bytes | str) -> Entry:
    digest = hashlib.sha256()
    size = 0
    for piece in _flow(content):
        digest.update(piece)
        size += len(piece)
    return Entry(size, digest.hexdigest())


def _stands(output: str, path: str, entry: Entry) -> bool:
    """Whether the output really holds this file as we once wrote it: the manifest alone is not believed."""
    full = os.path.join(output, path)
    if os.path.islink(full) or not os.path.isfile(full) or os.path.getsize(full) != entry.size:
        return False
    return _weigh(full) == entry
