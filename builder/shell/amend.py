"""Some finished files and the names of others -> the output with those put in and these gone, one by one.

For a change of a few files, where to lay out the whole folder anew would take long. Each file is the old or the new
one at any time. The journal beside the output says what is to be done: once it stands there, the next run completes
what a killed one began.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.model.value import value_class
from builder.shell.files import NotRegularError, TooLargeError, blaming, read_regular, shown
from builder.shell.manifest import MARKER
from builder.shell.permit import permit_path
from builder.shell.stage import FOLDER_MODE, carry, make_folder

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_BOUND = 64 * 1024 * 1024


@value_class(frozen=True, slots=True)
class Beside:
    """Resolved paths: an output, and the names beside it that a build uses while it changes it."""

    output: str
    new: str
    """The folder to come, or the files that are to be put into the output."""
    old: str
    """The folder that was, where two can't be exchanged."""
    was: str
    """The files that were, until an amendment is done."""
    journal: str
    lock: str

    @classmethod
    def of(cls, output: str) -> Beside:
        """The names beside an output."""
        parent, name = os.path.split(output)
        return cls(output, *(os.path.join(parent, f".{name}.glossator-{what}") for what in cls.__slots__[1:]))


@value_class(frozen=True, slots=True)
class Amendment:
    """What is to be done to an output: paths in it, in the order in which they change."""

    put: tuple[str, ...]
    drop: tuple[str, ...]


def amend(at: Beside, amendment: Amendment) -> None:
    """Put the files that stand in `at.new` into the output, and drop others. All is done, or all undone.

    OSError where the system refuses. After a crash in here, `complete` with the same names makes the output whole.
    """
    os.mkdir(at.was)
    _commit(at, amendment)
    done: list[str] = []
    try:
        for path in amendment.put:
            done.append(path)
            _put(at, path, was=_was(at, done))
        for path in amendment.drop:
            done.append(path)
            _drop(at, path, was=_was(at, done))
    except OSError:
        while done:
            _undo(at, done[-1], was=_was(at, done), put=amendment.put)
            done.pop()
        os.unlink(at.journal)
        raise
    except BaseException:  # somebody pressed Ctrl-C
        complete(at)
        raise
    _prune(at.output, amendment.drop)
    os.unlink(at.journal)


def complete(at: Beside) -> None:
    """Do what is left of an amendment that was killed. Nothing where there is none."""
    if not os.path.lexists(at.journal):
        return
    amendment = _read(at.journal)
    if os.path.isdir(at.output):
        for path in (*amendment.put, *amendment.drop):
            _refuse_links(at, path)
        for path in amendment.put:
            if os.path.lexists(os.path.join(at.new, path)):
                _put(at, path)
        for path in amendment.drop:
            _drop(at, path)
        _prune(at.output, amendment.drop)
    os.unlink(at.journal)


def _refuse_links(at: Beside, path: str) -> None:
    """SiteError where a folder on the way to a file is a link: a journal of ours leads through none."""
    for folder in ("", *_folders(path)):
        for top in (at.output, at.new):
            if os.path.islink(os.path.join(top, folder) if folder else top):
                raise SiteError(f"{shown(at.journal)}: no build of ours wrote this; remove it, then build again")


def _commit(at: Beside, amendment: Amendment) -> None:
    """Write the journal, whole or not at all."""
    part = os.path.join(at.was, "journal")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
    try:
        content = json.dumps({"put": amendment.put, "drop": amendment.drop}).encode()
        while content:
            content = content[os.write(descriptor, content) :]
    finally:
        os.close(descriptor)
    os.rename(part, at.journal)


def _read(journal: str) -> Amendment:
    """The journal, of which nothing is believed but that it may name files of the output."""
    try:
        with blaming(journal):
            value = json.loads(read_regular(journal, _BOUND))
        amendment = Amendment(*(tuple(map(str, value[name])) for name in ("put", "drop")))
    except (ValueError, TypeError, LookupError, NotRegularError, TooLargeError, RecursionError) as fault:
        raise SiteError(f"{shown(journal)}: this can't be understood; remove it, then build again") from fault
    for path in (*amendment.put, *amendment.drop):
        if path != MARKER:
            permit_path(path)
    return amendment


def _was(at: Beside, done: list[str]) -> str:
    """Where the last file of those done stands as it was."""
    return os.path.join(at.was, str(len(done)))


def _put(at: Beside, path: str, *, was: str = "") -> None:
    """Put a new file in its place; the old one gets the name `was`, where that is given."""
    goal = os.path.join(at.output, path)
    if not os.path.lexists(goal):
        _make_folders(at.output, path)
    elif was:
        carry(goal, was)
    os.replace(os.path.join(at.new, path), goal)


def _drop(at: Beside, path: str, *, was: str = "") -> None:
    goal = os.path.join(at.output, path)
    if os.path.lexists(goal):
        if was:
            carry(goal, was)
        os.unlink(goal)


def _undo(at: Beside, path: str, *, was: str, put: Container[str]) -> None:
    """Take back a `_put` or `_drop`, also one that came to nothing."""
    goal, fresh = os.path.join(at.output, path), os.path.join(at.new, path)
    if os.path.lexists(was):
        if os.path.lexists(goal) and not os.path.lexists(fresh) and path in put:
            _back(goal, fresh)
        os.replace(was, goal)
    elif path in put:
        if os.path.lexists(goal) and not os.path.lexists(fresh):
            os.rename(goal, fresh)
        _prune(at.output, (path,))


def _back(goal: str, fresh: str) -> None:
    """Let a new file stand where it was laid out, for a next run; whole at any time, so it is never copied."""
    try:
        os.link(goal, fresh)
    except (OSError, NotImplementedError):
        os.rename(goal, fresh)


def _make_folders(top: str, path: str) -> None:
    folder = os.path.dirname(path)
    if folder and not os.path.isdir(full := os.path.join(top, folder)):
        _make_folders(top, folder)
        make_folder(full, FOLDER_MODE)


def _prune(output: str, dropped: tuple[str, ...]) -> None:
    """Remove the folders that nothing stands in any more."""
    for folder in sorted({up for path in dropped for up in _folders(path)}, reverse=True):
        with suppress(OSError):
            os.rmdir(os.path.join(output, folder))


def _folders(path: str) -> Iterator[str]:
    while path := os.path.dirname(path):
        yield path
