"""Notes whose ids are to be made, and what a lock says of such -> the ids that they had, where they are the same ones.

A note is the same if it is written as it was; if its heading is; if its body is; if it stands between the same notes.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from builder.model.lock import digests_of_note
from builder.parse.ids import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from builder.model.lock import Lock
    from builder.model.note import Note


class _One(NamedTuple):
    """A note, now or then. `name` is what it is known by: "" for one of now whose id is to be made."""

    text: str
    layer: str
    at: int
    name: str
    typed: str
    body: str


_Said = tuple[str, ...]


def kept_ids(notes: Sequence[Note], sides: Sequence[Lock]) -> Mapping[int, str]:
    """For each note that had a made id, by its index, that id. Of two sides of a merge the first counts more."""
    found: dict[int, str] = {}
    if not any(side.notes for side in sides) or all(note.given_id for note in notes):
        return found
    now = [
        _One(note.text, note.layer, at, key(note.id) if note.given_id else "", *digests_of_note(note))
        for at, note in enumerate(notes)
    ]
    for side in sides:
        ids = {key(one.id): (file, one) for file in reversed(side.notes) for one in reversed(file.notes)}
        then = [
            _One(file.text, file.layer, at, name, one.typed, one.body)
            for at, (name, (file, one)) in enumerate(reversed(ids.items()))
        ]
        known = [one._replace(name=key(found[one.at])) if one.at in found else one for one in now]
        pairs = _Pairs(known, then)
        pairs.find()
        found.update((at, ids[one.name][1].id) for at, one in pairs.found.items())
    return found


class _Pairs:
    """Which note of now is which one of then. Each step takes from what those before it left."""

    def __init__(self, now: Sequence[_One], then: Sequence[_One]) -> None:
        self.found: dict[int, _One] = {}
        self._now, self._then = now, then
        taken = {one.name for one in now}
        self._new = {one.at: one for one in now if not one.name}
        self._old = {one.name: one for one in then if one.typed and one.name not in taken}

    def find(self) -> None:
        """Take all pairs, the surest first."""
        self._pair(lambda one: (one.text, one.layer, one.typed, one.body))
        if not self._new:
            return
        self._drop_named()
        self._pair(lambda one: (one.text, one.layer, one.typed), even=True)
        self._pair(lambda one: (one.layer, one.typed, one.body) if one.body else ())
        self._pair(lambda one: (one.text, one.layer, one.body) if one.body else (), even=True)
        self._pair(lambda one: (one.layer, one.body) if one.body else (), even=True)
        self._pair_between()
        self._pair(lambda one: (one.text, one.layer, one.typed))

    def _pair(self, said: Callable[[_One], _Said], *, even: bool = False) -> None:
        """Pair those that say the same, in their order; `even`: only where there are as many now as then."""
        old = _by(said, self._old.values())
        for same, those in _by(said, self._new.values()).items():
            before = old.get(same, [])
            if same and (not even or len(before) == len(those)):
                for one, other in zip(those, before, strict=False):
                    self._take(one, other)

    def _take(self, one: _One, other: _One) -> None:
        self.found[one.at] = other
        del self._new[one.at], self._old[other.name]

    def _drop_named(self) -> None:
        """A note to which its author gave another id meanwhile isn't any other one."""
        named = {(one.layer, one.typed, one.body) for one in self._now if one.name}
        self._old = {name: one for name, one in self._old.items() if (one.layer, one.typed, one.body) not in named}

    def _pair_between(self) -> None:
        """Pair those between the same two notes, or one and an end of the file, where they are as many as they were."""
        here = {one.at: one.name or self._name(one) for one in self._now}
        there = {one.at: "" if one.name in self._old else one.name for one in self._then}
        both = {*here.values()} & {*there.values()}
        before = dict(_gaps(self._then, there, both))
        for ends, those in _gaps(self._now, here, both):
            others = before.get(ends, [])
            if len(others) == len(those) and ends[2:] != ("", ""):
                for one, other in zip(those, others, strict=True):
                    self._take(one, other)

    def _name(self, one: _One) -> str:
        same = self.found.get(one.at)
        return same.name if same else ""


def _gaps(
    those: Sequence[_One], names: Mapping[int, str], both: AbstractSet[str]
) -> Iterator[tuple[_Said, list[_One]]]:
    """Each run of notes without a name, by its file and the names before and after it. Only names in `both` count."""
    for file, members in groupby(those, lambda one: (one.text, one.layer)):
        first = ""
        run: list[_One] = []
        for one in members:
            name = names[one.at]
            if not name:
                run.append(one)
            elif name in both:
                yield (*file, first, name), run
                first, run = name, []
        yield (*file, first, ""), run


def _by(said: Callable[[_One], _Said], those: Iterable[_One]) -> Mapping[_Said, list[_One]]:
    found: defaultdict[_Said, list[_One]] = defaultdict(list)
    for one in those:
        found[said(one)].append(one)
    return found
