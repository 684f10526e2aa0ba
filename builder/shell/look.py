"""An output folder -> what stands in it: what isn't ours, and what of ours isn't there as it was left.

A folder whose time of change is still the one at the last look holds the same names: so who stays looks again only
into those that changed. That a file was changed within itself is seen where its folder is looked into, by its size.
"""

from __future__ import annotations

import os
import time
from dataclasses import field, replace
from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.shell.manifest import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.shell.manifest import Entry

YOUNG = 100_000_000
"""Nanoseconds within which a folder's time of change is not believed: it may change again in the same tick."""


@value_class(frozen=True, slots=True)
class Inside:
    """One folder: what stands directly in it."""

    changed: int
    """Its time of change in nanoseconds, -1 where that is not to be believed."""
    folders: tuple[str, ...]
    """Folders by path, a slash behind each."""
    ours: Mapping[str, int]
    """Files of ours by path, with their sizes."""
    foreign: tuple[str, ...]
    """What isn't ours: files and links by path; the folder itself where it holds nothing."""


Insides = dict[str, Inside]
"""Each folder of an output by its path, "" or with a slash behind it."""


@value_class(frozen=True, slots=True)
class Look:
    """What stands in an output folder."""

    insides: Insides = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    """Files of ours that are gone, or have another size than they were left with."""

    @property
    def foreign(self) -> tuple[str, ...]:
        """What isn't ours: files and links by path, and folders that hold nothing; sorted."""
        return tuple(sorted(path for inside in self.insides.values() for path in inside.foreign))


def look(output: str, known: Mapping[str, Entry], before: Insides | None = None) -> Look:
    """What stands in an output, where `known` are the files that are ours. `before` was found by the last look.

    OSError where the system refuses to look.
    """
    insides: Insides = {}
    if not os.path.isdir(output):
        return Look(insides, frozenset(known))
    past = before or {}
    lost: set[str] = set()
    pending = [""]
    stat = os.stat
    while pending:
        prefix = pending.pop()
        seen = past.get(prefix)
        if seen is None or seen.changed != _changed(stat(f"{output}/{prefix}")):
            fresh = _into(output, prefix, known)
            if seen is not None:
                lost.update(path for path, size in seen.ours.items() if fresh.ours.get(path) != size)
            seen = fresh
        insides[prefix] = seen
        if seen.folders:
            pending.extend(seen.folders)
    if before is None:
        there = {path: size for inside in insides.values() for path, size in inside.ours.items()}
        lost = {path for path, entry in known.items() if there.get(path) != entry.size}
    else:
        lost.update(path for prefix, seen in before.items() if prefix not in insides for path in seen.ours)
    return Look(insides, frozenset(lost))


def amended(insides: Insides, put: Mapping[str, int], dropped: Iterable[str]) -> Insides:
    """What stands there after files were put (path -> size) and dropped. The next look will look into their folders."""
    ours: dict[str, dict[str, int]] = {}
    empty = Inside(-1, (), {}, ())

    def inside(path: str) -> dict[str, int]:
        prefix = path[: path.rfind("/") + 1]
        if prefix not in ours:
            ours[prefix] = dict(insides.get(prefix, empty).ours)
        return ours[prefix]

    for path, size in put.items():
        inside(path)[path] = size
    for path in dropped:
        inside(path).pop(path, None)
    changed = {prefix: replace(insides.get(prefix, empty), changed=-1, ours=files) for prefix, files in ours.items()}
    return {**insides, **changed}


def _into(output: str, prefix: str, known: Mapping[str, Entry]) -> Inside:
    full = f"{output}/{prefix}"
    changed = _changed(os.stat(full))
    if time.time_ns() - changed < YOUNG:
        changed = -1
    folders: list[str] = []
    ours: dict[str, int] = {}
    foreign: list[str] = []
    with os.scandir(full) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(f"{path}/")
            elif path in known and entry.is_file(follow_symlinks=False):
                ours[path] = entry.stat(follow_symlinks=False).st_size
            elif path != MARKER:
                foreign.append(path)
    if prefix and not (folders or ours or foreign):
        foreign.append(prefix[:-1])
    return Inside(changed, tuple(folders), ours, tuple(foreign))


def _changed(status: os.stat_result) -> int:
    """When a folder changed last; no copy and no tool for times can make the later of the two go back."""
    modified, changed = status.st_mtime_ns, status.st_ctime_ns
    return modified if modified > changed else changed
