"""A site's folder -> what of it can be mended for sure: the files as they are and as they are to be, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.parse.site import parse_outline
from builder.pipeline.mending import mended_editions
from builder.shell.read import read_folder
from builder.shell.rewriting import put, revised

if TYPE_CHECKING:
    from pathlib import Path

    from builder.pipeline.mending import Mend
    from builder.shell.rewriting import Revision


@value_class(frozen=True, slots=True)
class Fixes:
    """What `check --fix` would do: nothing is written yet."""

    revisions: tuple[Revision, ...]
    done: tuple[Mend, ...]
    """In the order of their places."""
    refused: tuple[Mend, ...]
    """Mends that are sure, but that couldn't be written so that they say what is meant."""


def find_fixes(root: Path) -> Fixes:
    """Look for all that can be mended. SiteError where there is no site, or where it changes while it is read."""
    folder, _ = read_folder(root)
    outline, _ = parse_outline(folder)
    revisions: list[Revision] = []
    done: list[Mend] = []
    refused: list[Mend] = []
    for edition in mended_editions(folder, outline) if outline is not None else ():
        done.extend(edition.done)
        refused.extend(edition.refused)
        for after in edition.files:
            changes = [mend.change for mend in edition.done if mend.path == after.path]
            revisions.append(revised(root, folder.sources[after.path], after, changes))
    return Fixes(tuple(revisions), _placed(done), _placed(refused))


def write_fixes(fixes: Fixes) -> None:
    """Write the files, one by one; where one can't be, those before it are written, and each is whole."""
    for revision in fixes.revisions:
        put(revision)


def _placed(mends: list[Mend]) -> tuple[Mend, ...]:
    return tuple(sorted(mends, key=lambda mend: mend.sought.selector.place))
