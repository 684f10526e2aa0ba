"""What is to change in an author's files -> their diff, and the files themselves, every other byte as it was."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.model.value import value_class
from builder.parse.rewrite import rewrite
from builder.shell.files import NotRegularError, TooLargeError, blaming, is_inside, read_regular, shown
from builder.shell.lock import alone_in
from builder.shell.seal import fresh_file
from builder.shell.texts import TEXT_BOUND, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from builder.model.site import Source
    from builder.parse.rewrite import Change

AROUND = 3
"""Lines that a diff shows on either side of what changes."""

_ASIDE = ".glossator~"
"""Ends the name under which a file is laid out: always the same, so that the next run finds what a killed one left."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@value_class(frozen=True, slots=True)
class Revision:
    """One file of the author's, as it is and as it is to be."""

    name: str
    """Its path in the site's folder, as it is told."""
    path: str
    """Where it lies, every link followed."""
    old: bytes
    new: bytes

    @property
    def lines(self) -> int:
        """How many lines change."""
        return sum(was != now for was, now in zip(self.old.split(b"\n"), self.new.split(b"\n"), strict=True))

    @property
    def diff(self) -> str:
        """What changes, in the form that `patch` and `git apply` read."""
        old, new = (_LINE.findall(content.decode("utf-8")) for content in (self.old, self.new))
        lines = [f"--- {self.name}\n", f"+++ {self.name}\n", *_hunks(old, new)]
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """What differs between two files of which each line is the other's or instead of it.

    (difflib, which doesn't know that, takes ten seconds for a file of ten thousand notes.)
    """
    differing = [index for index, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
    groups: list[list[int]] = []
    for index in differing:
        if groups and index - groups[-1][-1] <= 2 * AROUND + 1:
            groups[-1].append(index)
        else:
            groups.append([index])
    for group in groups:
        first, stop = max(0, group[0] - AROUND), min(len(old), group[-1] + AROUND + 1)
        place = f"{first + 1},{stop - first}" if stop - first != 1 else f"{first + 1}"
        yield f"@@ -{place} +{place} @@\n"
        pending: list[str] = []
        for index in range(first, stop):
            if old[index] != new[index]:
                yield f"-{old[index]}"
                pending.append(f"+{new[index]}")
                continue
            yield from pending
            pending = []
            yield f" {old[index]}"
        yield from pending


def revised(root: Path, before: Source, after: Source, changes: Iterable[Change]) -> Revision:
    """The revision of one file, which `before` was read from, by changes that make it read as `after`.

    SiteError where the file isn't what it was any more, or lies outside the site; nothing is written here.
    """
    path, old = as_it_is(root, before)
    text, refused = rewrite(old.decode("utf-8"), changes)
    new = text.encode("utf-8")
    if refused or decode(new, before.path)[0] != after.text:
        raise AssertionError(f"{before.path}: what was tried isn't what would be written")
    return Revision(before.path, path, old, new)


def as_it_is(root: Path, source: Source) -> tuple[str, bytes]:
    """Where a source lies, every link followed, and its bytes. SiteError as for `revised`."""
    top = os.path.realpath(root)
    path = os.path.realpath(os.path.join(top, source.path))
    if not is_inside(path, top):
        raise SiteError(f"{shown(source.path)}: this leads out of the site; nothing is written there")
    old = _read(path, source.path)
    if decode(old, source.path)[0] != source.text:
        raise _meanwhile(source.path)
    return path, old


def put(revision: Revision) -> None:
    """Write a file aside and give it its name. SiteError where it changed meanwhile, MachineError where we mayn't."""
    folder, name = os.path.split(revision.path)
    with blaming(revision.path), alone_in(folder):
        os.close(os.open(revision.path, os.O_WRONLY))  # who may not write the file may not replace it either
        aside = os.path.join(folder, f".{name}{_ASIDE}")
        try:
            with fresh_file(aside) as file:
                file.write(revision.new)
                file.flush()
                os.fsync(file.fileno())
            status = os.stat(revision.path)
            if hasattr(os, "chown"):
                with suppress(OSError):
                    os.chown(aside, status.st_uid, status.st_gid)
            os.chmod(aside, stat.S_IMODE(status.st_mode))
            if _read(revision.path, revision.name) != revision.old:
                raise _meanwhile(revision.name)
            os.replace(aside, revision.path)
        except BaseException:
            with suppress(OSError):
                os.unlink(aside)
            raise


def undone(revision: Revision) -> Revision:
    """The way back."""
    return Revision(revision.name, revision.path, revision.new, revision.old)


def _read(path: str, name: str) -> bytes:
    try:
        return read_regular(path, TEXT_BOUND)
    except (NotRegularError, TooLargeError, FileNotFoundError) as fault:
        raise _meanwhile(name) from fault


def _meanwhile(name: str) -> SiteError:
    return SiteError(f"{shown(name)}: this file changed meanwhile, nothing was written to it; try again")
