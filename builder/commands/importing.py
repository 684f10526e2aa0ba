"""`glossator import`: files from outside become texts of an edition."""

from __future__ import annotations

import sys

import click


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--into", metavar="FOLDER", default="", help="The edition's folder; default: a new one.")
@click.option("--text", "names", metavar="ID", multiple=True, help="The text's name; once for each text.")
@click.option("--layer", metavar="ID", default="word", help="The layer for comments of a Word file; default: word.")
@click.option("--split-before", "parting", metavar="WORDS", multiple=True, help="Where a .txt file's next text begins.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
def command(
    files: tuple[str, ...], into: str, names: tuple[str, ...], layer: str, parting: tuple[str, ...], dry_run: bool
) -> int:
    """Make texts of an edition from FILE…: .txt, .md, .html or .docx.

    A file of the edition that has other words already is never overwritten.
    """
    from builder.shell.importing import Request, carry_out, differences, plan
    from builder.shell.terminal import say

    made = plan(Request(files, into.rstrip("/") or into, names, layer, parting))
    for path, remark in made.remarks:
        say(f"{path}:{remark.line}: {remark.words}" if remark.line else f"{path}: {remark.words}")
    if not made.files and not made.pictures:
        say(f"{made.folder}: nothing to do")
    elif dry_run:
        sys.stdout.flush()
        sys.stdout.buffer.write("".join(differences(made)).encode("utf-8", "backslashreplace"))
    else:
        for path in carry_out(made):
            click.echo(path)
    return 0
