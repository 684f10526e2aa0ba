"""A build of its own, between an earlier one and a later: with what that remembered, and remembering for this."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from builder.model.coding import CodingError
from builder.pipeline import as_written, unwritten
from builder.shell import seal
from builder.shell.build import TOUCHED, WARNINGS_TOO, Left, Order, Outcome, beside, build_site
from builder.shell.locks import write_locks
from builder.shell.manifest import MARKER
from builder.shell.memory import identity, recall, remember
from builder.shell.read import with_sources
from builder.shell.said import written_down
from builder.shell.themes import places
from builder.shell.write import is_clear

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.shell.seal import Seal


def build_once(order: Order, seen: Seal | None = None, *, clean: bool = False) -> Outcome:
    """Build the site with what the last build remembered, and remember what this one came to.

    `seen` is what was to be seen at its seal: what it finds unchanged is not looked at again. `clean`: what the last
    build remembered is passed over. That nothing can be remembered (a disk that is full) is no fault of the site's:
    the next build makes all anew.
    """
    start = seen.looked if seen is not None else seal.now()
    asked = asked_of(order)
    output = os.fspath(_output(order))
    left, changed = Left(afresh="all was to be made anew") if clean else recall(output, asked), None
    if seen is not None and left.contents is not None and seen.memory == identity(output):
        left, changed = _with(left, seen)
    else:
        seen = None
    outcome = build_site(order, left, changed)
    if outcome.published is not None:
        outcome = _keep_locks(order, outcome)
        with suppress(OSError, CodingError):
            done = keep_for_later(order, outcome.left) and not _owes_locks(outcome.left)
            if done and is_clear(os.path.realpath(output)):  # else the next build clears away what this one couldn't
                seal.write_seal(output, asked, _sealed(order, outcome, seen, start))
    return outcome


def _keep_locks(order: Order, outcome: Outcome) -> Outcome:
    """Write the locks that wait; what is left for the next build is left as if it had been made from them."""
    left = outcome.left
    if outcome.waiting is None or left.opened is None or left.making is None:
        return outcome
    top = os.path.realpath(order.root)
    written = write_locks(top, outcome.waiting)
    opened = replace(left.opened, contents=with_sources(left.opened.contents, top, written.seen))
    making = as_written(left.making, {path: one.digest for path, one in written.seen.items()})
    return replace(outcome, left=replace(left, opened=opened, making=making), waiting=None, locks=written)


def _owes_locks(left: Left) -> bool:
    """Whether there is a lock that a later build is to write: what is sealed is looked at no more."""
    return left.making is not None and unwritten(left.making)


def keep_for_later(order: Order, left: Left) -> bool:
    """Remember what a build left, for a later run of the program; whether its output still stands. OSError as there."""
    output = os.fspath(_output(order))
    seal.unseal(output)
    return remember(output, asked_of(order), left)


def asked_of(order: Order) -> str:
    """What a build is asked for, as one line."""
    audience = order.audience.value if order.audience is not None else ""
    strict = order.failing == WARNINGS_TOO
    return seal.request(os.fspath(order.root), os.fspath(_output(order)), audience, strict=strict)


def _output(order: Order) -> str | os.PathLike[str]:
    return order.output if order.output is not None else beside(order.root)


def _with(left: Left, seen: Seal) -> tuple[Left, frozenset[str]]:
    """What was left, as far as the seal finds it unchanged, and the paths at which it isn't."""
    read, written = seen.changed()
    if any(not os.path.isdir(path) for path in written):  # somebody changed a page: none of them is believed
        left = replace(left, making=None, afresh=TOUCHED)
    if not written and not seen.foreign and left.standing is not None:
        left = replace(left, standing=replace(left.standing, still=True))
    return left, frozenset(path for one in read for path in _in_detail(one, seen))


def _in_detail(path: str, seen: Seal) -> Iterator[str]:
    """A path that changed; of a folder what is directly in it, since any of that may have come or gone."""
    if not os.path.isdir(path):
        yield path
        return
    top = path + os.sep
    known = {one for one in seen.paths[: seen.inputs] if one.startswith(top) and os.sep not in one[len(top) :]}
    fresh = set(list(seal.tree(path, deep=False))[1:])
    yield from known.symmetric_difference(fresh)
    yield from (one for one in known & fresh if not os.path.isdir(one))


def _sealed(order: Order, outcome: Outcome, seen: Seal | None, start: int) -> Seal:
    """A seal on what was read and written. Of what was seen before it was read counts what was seen then."""
    assert outcome.published is not None
    published, output = outcome.published, os.path.realpath(outcome.output)
    locks = outcome.locks.rows if outcome.locks is not None else {}
    lasting = [one for one in outcome.told if one.place.path not in locks]
    memory, told = identity(output), written_down(lasting, outcome.remarked)
    top = os.path.realpath(order.root)
    touched = {place for path in locks for place in (os.path.join(top, path), os.path.dirname(os.path.join(top, path)))}
    files = len(published.written) + len(published.unchanged)
    if seen is not None and not published.exchanged:
        read, _ = seen.changed()
        at = {path: number for number, path in enumerate(seen.paths)}
        named = {one for path in read for one in _in_detail(path, seen)}
        if all(one in at and os.path.lexists(one) for one in (*named, *touched)):
            made = seal.Seal(memory, published.foreign, files, told, seen.paths, seen.inputs)
            made.now = seen.now
            seal.doubt(made.now, (at[path] for path in (*read, *named)), start)
            seal.look_over(made.now, {at[path]: path for path in touched})
            seal.doubt(made.now, (at[path] for path in touched - _ours(outcome, top, made, at)), start)
            put = [os.path.join(output, path) for path in (MARKER, *published.written, *published.removed)]
            seal.look_again(made, {*put, *map(os.path.dirname, put)})
            return made
    inputs = sorted({*_inputs(order, output), *_read(outcome, top)})
    folders = sorted({path.rpartition("/")[0] for path in (*published.written, *published.unchanged)})
    names = (MARKER, *folders, *published.written, *published.unchanged)
    paths = [*inputs, *(os.path.join(output, name) if name else output for name in names)]
    made = seal.Seal(memory, published.foreign, files, told, paths, len(inputs))
    made.now = seal.look_at(paths)
    at = {path: number for number, path in enumerate(inputs)}
    ours = _ours(outcome, top, made, at)
    seal.doubt(made.now, (number for path, number in at.items() if path not in ours), start)
    return made


def _ours(outcome: Outcome, top: str, made: Seal, at: Mapping[str, int]) -> set[str]:
    """What changed while we built and is known all the same: the locks that we wrote, and the folders they lie in.

    A folder counts where all stands in it that was read, and where two changes of it can't bear the same time.
    """
    ours: set[str] = set()
    if outcome.locks is None or outcome.left.opened is None:
        return ours
    inside = _by_folder(outcome.left.opened.contents.seen, outcome.left.opened.folder.assets)
    for path, row in outcome.locks.rows.items():
        place = os.path.join(top, path)
        folder = os.path.dirname(place)
        if place in at and seal.row(made.now, at[place]) == row and seal.is_fine(row):
            ours.add(place)
        if folder in at and seal.is_fine(seal.row(made.now, at[folder])):
            ours.update({folder} if inside[os.path.dirname(path)].issubset(os.listdir(folder)) else ())
    return ours


def _by_folder(*files: Iterable[str]) -> Mapping[str, set[str]]:
    """Folder ("" for the site's own) -> the names in it."""
    inside: dict[str, set[str]] = defaultdict(set)
    for path in chain(*files):
        folder, _, name = path.rpartition("/")
        while name not in inside[folder]:
            inside[folder].add(name)
            folder, _, name = folder.rpartition("/")
            if not name:
                break
    return inside


def _read(outcome: Outcome, top: str) -> Iterator[str]:
    """What was read of the site's folder: some of it may be gone by now."""
    if outcome.left.opened is not None:
        contents = outcome.left.opened.contents
        yield from (os.path.join(top, *path.split("/")) for path in (*contents.seen, *contents.folder.assets))


def _inputs(order: Order, output: str) -> Iterator[str]:
    yield from seal.tree(os.path.realpath(order.root), (output,))
    yield from seal.program()
    for folder in places(order.root):
        yield from seal.tree(os.path.realpath(folder))
