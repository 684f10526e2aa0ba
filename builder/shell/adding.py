"""New files of an edition -> its folder, all or none of them; what stands there stays as it is."""

from __future__ import annotations

import json
import os
import shutil
import stat
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.shell.files import (
    NotRegularError,
    TooLargeError,
    blaming,
    digest_of,
    is_passing,
    read_regular,
    require_possible,
    shown,
)
from builder.shell.lock import alone_in
from builder.shell.names import fold
from builder.shell.permit import permit_path
from builder.shell.stage import Stage, carry
from builder.shell.texts import TEXT_BOUND

if TYPE_CHECKING:
    from collections.abc import Mapping

_ASIDE, _JOURNAL = ".glossator-import", ".journal"


def look_into(folder: str) -> tuple[dict[str, str], list[str]]:
    """The words of an edition's texts, notes and settings by name, and the names of all else that lies there.

    Both are empty for a folder that isn't there. SiteError where the folder or edition.toml is a link, or its words
    can't be read.
    """
    if os.path.islink(folder):
        raise SiteError(f"{shown(folder)}: is a link; name the folder that it leads to")
    if not os.path.lexists(folder):
        return {}, []
    if not os.path.isdir(folder):
        raise SiteError(f"{shown(folder)}: is a file; an edition is a folder")
    words: dict[str, str] = {}
    others: list[str] = []
    with blaming(folder):
        names = sorted(name for name in os.listdir(folder) if not is_passing(name))
    for name in names:
        if name == "edition.toml" or name.endswith(".md"):
            read = _words(os.path.join(folder, name), needed=name == "edition.toml")
            if read is not None:
                words[name] = read
                others += [] if fold(name) == name else [fold(name)]
                continue
        others.append(fold(name))
    return words, others


def _words(path: str, *, needed: bool) -> str | None:
    """A file's words as they stand; None for what is a link, no file, too large or no UTF-8."""
    try:
        if os.path.islink(path):
            raise NotRegularError(path)
        with blaming(path):
            return read_regular(path, TEXT_BOUND).decode("utf-8")
    except (NotRegularError, TooLargeError, UnicodeDecodeError) as fault:
        if needed:
            raise SiteError(f"{shown(path)}: this is no plain UTF-8 file; nothing can be added to it") from fault
        return None


def put_into(folder: str, files: Mapping[str, bytes], before: Mapping[str, str]) -> None:
    """Put files into a folder, which is made where it isn't there. `before` are the words that they had.

    All is done or nothing. SiteError where one of them has changed meanwhile, MachineError where the system refuses.
    """
    with blaming(folder):
        require_possible(folder)
        if not os.path.isdir(folder):
            _make(folder, files)
            return
        with alone_in(folder):
            _add(folder, files, before)


def finish(folder: str) -> None:
    """Bring an import into a folder to its end that was killed half-way. Nothing where there was none.

    It was laid out whole if its journal is: what isn't in its place yet is put there, unless the author has changed
    what was to be changed. MachineError where the system refuses, SiteError where no import can have left this.
    """
    aside = os.path.join(folder, _ASIDE)
    if os.path.islink(folder) or os.path.islink(aside) or not os.path.isdir(aside):
        return
    with blaming(folder), alone_in(folder):
        for name, was in _journal(aside).items():
            permit_path(name)
            fresh, goal = os.path.join(aside, name), os.path.join(folder, name)
            if os.path.realpath(fresh) != os.path.join(os.path.realpath(aside), *name.split("/")):
                raise SiteError(f"{shown(aside)}: no import of ours left this; remove it, then import again")
            if os.path.lexists(fresh) and (digest_of(goal) if os.path.isfile(goal) else "") == was:
                _make_room(folder, os.path.dirname(name))
                os.replace(fresh, goal)
        shutil.rmtree(aside, ignore_errors=True)


def _journal(aside: str) -> dict[str, str]:
    """Name -> digest of what a file was, "" for one that is new; nothing where not all was laid out."""
    try:
        rows = json.loads(read_regular(os.path.join(aside, _JOURNAL), TEXT_BOUND))
    except (OSError, ValueError, RecursionError, NotRegularError, TooLargeError):
        return {}
    return {str(name): str(was) for name, was in rows.items()} if isinstance(rows, dict) else {}


def _make(folder: str, files: Mapping[str, bytes]) -> None:
    """A new folder, laid out beside its place."""
    parent, name = os.path.split(os.path.abspath(folder))
    os.makedirs(parent, exist_ok=True)
    laid_out = os.path.join(parent, f".{name}{_ASIDE}")
    shutil.rmtree(laid_out, ignore_errors=True)
    try:
        stage = Stage(laid_out)
        for path, content in files.items():
            stage.claim(path)
            stage.write(path, [content])
        os.rename(laid_out, folder)
    finally:
        shutil.rmtree(laid_out, ignore_errors=True)


def _add(folder: str, files: Mapping[str, bytes], before: Mapping[str, str]) -> None:
    """Lay all out, write the journal by which the next import finishes what was killed, then put file after file."""
    aside = os.path.join(folder, _ASIDE)
    shutil.rmtree(aside, ignore_errors=True)
    undo: list[tuple[str, str]] = []
    try:
        stage = Stage(aside)
        for name, content in files.items():
            stage.claim(name)
            stage.write(name, [content])
        was = {name: digest_of(os.path.join(folder, name)) if name in before else "" for name in files}
        stage.write(_JOURNAL, [json.dumps(was).encode()])
        for name in sorted(files, key=lambda one: one in before):
            goal, fresh = os.path.join(folder, name), os.path.join(aside, name)
            if name not in before:
                _make_room(folder, os.path.dirname(name))
                _put_new(fresh, goal)
                undo.append((goal, ""))
            else:
                kept = os.path.join(aside, f".was-{len(undo)}")
                carry(goal, kept)
                _exchange(fresh, goal, before[name])
                undo.append((goal, kept))
    except BaseException:
        for goal, kept in reversed(undo):
            if kept:
                os.replace(kept, goal)
            else:
                os.unlink(goal)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _make_room(top: str, folder: str) -> None:
    """Make a folder within another. SiteError where a link or a file is in its place."""
    at = top
    for part in filter(None, folder.split("/")):
        at = os.path.join(at, part)
        if os.path.islink(at) or (os.path.lexists(at) and not os.path.isdir(at)):
            raise SiteError(f"{shown(at)}: a folder is wanted here; move this away")
        os.makedirs(at, exist_ok=True)


def _exchange(fresh: str, goal: str, before: str) -> None:
    """Put a file in the place of another one, if that is still what it was."""
    if os.path.islink(goal) or _words(goal, needed=False) != before:
        raise SiteError(f"{shown(goal)}: changed meanwhile; try again")
    os.chmod(fresh, stat.S_IMODE(os.stat(goal).st_mode))
    os.replace(fresh, goal)


def _put_new(fresh: str, goal: str) -> None:
    """Give a file its name, unless another one has it."""
    try:
        os.link(fresh, goal)
    except FileExistsError as fault:
        raise SiteError(f"{shown(goal)}: came into being meanwhile; try again") from fault
    except (OSError, NotImplementedError):
        if os.path.lexists(goal):
            raise
        os.rename(fresh, goal)
