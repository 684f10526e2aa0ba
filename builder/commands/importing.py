"""`glossator import`: files from outside become texts of an edition, and notes on them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from builder.shell.importing import Plan


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--into", metavar="FOLDER", default="", help="The edition's folder; default: a new one.")
@click.option("--text", "names", metavar="ID", multiple=True, help="The text's name; once for each text.")
@click.option("--layer", metavar="ID", default="", help="The layer for notes; default for comments of Word: word.")
@click.option("--split-before", "parting", metavar="WORDS", multiple=True, help="Where a .txt file's next text begins.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
def command(
    files: tuple[str, ...], into: str, names: tuple[str, ...], layer: str, parting: tuple[str, ...], dry_run: bool
) -> int:
    """Make texts of an edition from FILE… (.txt, .md, .html, .docx), or notes on its texts (.json, .jsonld).

    A file of the edition that has other words already is never overwritten.
    """
    from builder.shell.adding import finish
    from builder.shell.importing import Request, plan
    from builder.shell.incoming import NOTES, kind_of
    from builder.shell.terminal import say

    into = into.rstrip("/") or into
    if into and not dry_run:
        finish(into)
    if all(kind_of(path) == NOTES for path in files):
        return _notes(files, into, names, layer, parting, dry_run=dry_run)
    made = plan(Request(files, into, names, layer, parting))
    for path, remark in made.remarks:
        say(f"{path}:{remark.line}: {remark.words}" if remark.line else f"{path}: {remark.words}")
    _put(made, dry_run=dry_run)
    return 0


def _notes(
    files: tuple[str, ...], into: str, names: tuple[str, ...], layer: str, parting: tuple[str, ...], *, dry_run: bool
) -> int:
    """Notes of some documents; and how each of them fares. The exit status."""
    from builder.model.diagnostic import SiteError
    from builder.shell.annotating import plan_notes
    from builder.shell.terminal import say, tell
    from builder.shell.whence import from_here

    if len(names) > 1:
        raise SiteError("notes are on one text, or on those that they name: --text once at most")
    if parting:
        raise SiteError("notes can't be parted: --split-before is for a .txt file")
    made = plan_notes(files, into, layer=layer, text=names[0] if names else "")
    tell(from_here(made.told, made.site))
    for line in made.report:
        say(line)
    if made.failed:
        return 1
    _put(made.plan, dry_run=dry_run)
    return 0


def _put(made: Plan, *, dry_run: bool) -> None:
    """Write what is planned, or show it."""
    from builder.shell.importing import carry_out, differences
    from builder.shell.terminal import say

    if not made.files and not made.pictures:
        say(f"{made.folder}: nothing to do")
    elif dry_run:
        sys.stdout.flush()
        sys.stdout.buffer.write("".join(differences(made)).encode("utf-8", "backslashreplace"))
    else:
        for path in carry_out(made):
            click.echo(path)
