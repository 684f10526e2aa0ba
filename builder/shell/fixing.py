"""A site's folder -> what of it can be mended for sure: the files as they are and as they are to be, and why."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from builder.model.note import Anchor, State
from builder.model.value import value_class
from builder.parse.rewrite import Sort
from builder.parse.site import parse_outline
from builder.pipeline.mending import mended_editions
from builder.shell.ledger import keep
from builder.shell.locks import are_kept
from builder.shell.read import read_folder
from builder.shell.renumbering import renumber
from builder.shell.rewriting import put, revised

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from builder.pipeline.mending import Mend
    from builder.shell.rewriting import Revision


@value_class(frozen=True, slots=True)
class Fixes:
    """What `check --fix` would do: nothing is written yet."""

    revisions: tuple[Revision, ...]
    """One for each file, with all that is to change in it."""
    done: tuple[Mend, ...]
    """Whose headings are written anew, in the order of their places."""
    refused: tuple[Mend, ...]
    """Mends that are sure, but that couldn't be written so that they say what is meant."""
    taken: Mapping[str, tuple[Mend, ...]]
    """Edition -> those that are taken as they stand now: their headings say what is meant, and so is the lock to."""

    @property
    def headings(self) -> int:
        """How many headings are written anew: one may name several passages."""
        changes = (change for mend in self.done for change in mend.changes)
        return len({(path, one.line) for path, one in changes if one.sort is not Sort.QUOTED})

    @property
    def references(self) -> int:
        """In how many other lines references are."""
        return sum(revision.lines for revision in self.revisions) - self.headings


def find_fixes(root: Path) -> Fixes:
    """Look for all that can be mended. SiteError where there is no site, or where it changes while it is read."""
    folder, _ = read_folder(root)
    outline, _ = parse_outline(folder)
    revisions: dict[str, Revision] = {}
    done: list[Mend] = []
    refused: list[Mend] = []
    taken: dict[str, tuple[Mend, ...]] = {}
    for edition in mended_editions(folder, outline) if outline is not None else ():
        written = [mend for mend in edition.done if mend.writes]
        done.extend(written)
        refused.extend(edition.refused)
        if stand := tuple(mend for mend in edition.done if not mend.writes):
            taken[edition.edition] = stand
        for after in edition.files:
            changes = [change for mend in written for path, change in mend.changes if path == after.path]
            revisions[after.path] = revised(root, folder.sources[after.path], after, changes)
    if outline is not None:
        renumber(root, folder, outline, revisions)
    return Fixes(tuple(revisions[path] for path in sorted(revisions)), _placed(done), _placed(refused), taken)


def write_fixes(root: Path, fixes: Fixes) -> tuple[str, ...]:
    """Write the files, one by one; where one can't be, those before it are written, and each is whole.

    Then the locks of their editions, but where CI is set. Why some of these couldn't be written, a line each.
    """
    for revision in fixes.revisions:
        put(revision)
    taken = {
        edition: {mend.sought.key: Anchor(mend.sought.selector, mend.span, State.EXACT, 1.0) for mend in mends}
        for edition, mends in fixes.taken.items()
    }
    return keep(root, (one.name for one in fixes.revisions), taken)


def takes() -> bool:
    """Whether what is taken as it stands can be remembered: not where CI is set."""
    return are_kept(os.environ)


def _placed(mends: list[Mend]) -> tuple[Mend, ...]:
    return tuple(sorted(mends, key=lambda mend: mend.sought.selector.place))
