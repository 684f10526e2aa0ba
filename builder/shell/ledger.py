"""What an author says in a review, and what `check --fix` wrote -> the editions' anchors.lock, at once."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from builder.model.lock import LockFile
from builder.model.note import Anchor, Audience, Orphan, State
from builder.model.view import View
from builder.pipeline.levels import stops_build
from builder.pipeline.reading import Reading, lock_path
from builder.relate.locking import found_at
from builder.shell.files import blaming
from builder.shell.locks import Waiting, are_kept, write_locks
from builder.shell.opening import outline_of
from builder.shell.read import read_folder
from builder.shell.reviewing import Settlement, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from builder.model.note import Found
    from builder.model.site import Folder
    from builder.parse.site import Outline
    from builder.pipeline.sought import Key


NONE: Mapping[str, Mapping[Key, Found]] = {}


class LockLedger:
    """Keeps each verdict in the lock of its edition; where CI is set, nothing is written."""

    def __init__(self, root: Path) -> None:
        self.lasting = are_kept(os.environ)
        self.refused: list[str] = []
        self._root = root
        self._before: list[tuple[Settlement, str, str | None]] = []

    def settle(self, settlement: Settlement) -> None:
        """Write a verdict down. SiteError, MachineError where the site can't be read."""
        folder, outline, reading = _read(self._root)
        anchored = reading.anchored(settlement.edition)[0]
        found = found_at(anchored, settlement.key) if anchored is not None else None
        if found is None or not self.lasting:
            return
        path = lock_path(next(one for one in outline.editions if one.id == settlement.edition))
        old = folder.sources[path].text if path in folder.digests else None
        refused = _write(self._root, reading, settlement.edition, {settlement.key: _meant(settlement, found)})
        self.refused += refused
        if not refused:
            self._before.append((settlement, path, old))

    def withdraw(self, settlement: Settlement) -> None:
        """Put the lock back as it was before the last verdict, if that was this one."""
        if not self._before or self._before[-1][0] != settlement:
            return
        _, path, old = self._before.pop()
        top = os.path.realpath(self._root)
        if old is None:  # there was none
            with blaming(path), suppress(FileNotFoundError):
                os.unlink(os.path.join(top, path))
            return
        folder, _, _ = _read(self._root)
        waiting = Waiting()
        waiting.add(LockFile(path, old, folder.digests.get(path, "")))
        self.refused += write_locks(top, waiting).refused


def _meant(settlement: Settlement, found: Found) -> Found:
    if settlement.verdict is Verdict.LOST or settlement.span is None:
        state = State.LOST if found.state in (State.NEVER_FOUND, State.EXACT) else found.state
        return Orphan(found.selector, State.LOST if isinstance(found, Anchor) else state, settled=True)
    return Anchor(found.selector, settlement.span, State.EXACT, 1.0)


def keep(root: Path, paths: Iterable[str], taken: Mapping[str, Mapping[Key, Found]] = NONE) -> tuple[str, ...]:
    """Write the locks of the editions in which some files were written anew; nothing where CI is set.

    `taken` are, by edition, the selectors that are taken as they stand. Why others couldn't be written, a line each.
    """
    changed, refused = tuple(paths), list[str]()
    if not (changed or taken) or not are_kept(os.environ):
        return ()
    _, outline, reading = _read(root)
    for settings in outline.editions:
        inside = f"{settings.folder}/" if settings.folder else ""
        if settings.id in taken or any(path.startswith(inside) for path in changed):
            refused += _write(root, reading, settings.id, taken.get(settings.id, {}))
    return tuple(refused)


def _read(root: Path) -> tuple[Folder, Outline, Reading]:
    folder, _ = read_folder(root)
    outline = outline_of(folder)
    return folder, outline, Reading(folder, outline, View(audience=Audience.TEACHER))


def _write(root: Path, reading: Reading, edition: str, settled: Mapping[Key, Found]) -> tuple[str, ...]:
    """Write an edition's lock, if it is to be another one. Why it couldn't be written."""
    anchored, told = reading.anchored(edition)
    if anchored is not None and any(map(stops_build, told)):  # what can't be read now would be forgotten
        return (f"{lock_path(anchored.edition.settings)}: not written; first mend what stops a build",)
    lock = reading.lock(edition, settled)
    if lock is None or lock.digest == lock.was:
        return ()
    waiting = Waiting()
    waiting.add(lock)
    return write_locks(os.path.realpath(root), waiting).refused
