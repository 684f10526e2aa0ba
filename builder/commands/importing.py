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
    """Make texts of an edition from FILE… (.txt, .md, .html, .docx), and notes on its texts (.json, .jsonld).

    Texts come first, whatever the order of the files. A file of the edition that has other words already is never
    overwritten.
    """
    from builder.shell.adding import finish
    from builder.shell.incoming import NOTES, kind_of

    into = into.rstrip("/") or into
    if into and not dry_run:
        finish(into)
    kinds = [kind_of(path) for path in files]
    documents = tuple(path for path, kind in zip(files, kinds, strict=True) if kind == NOTES)
    works = tuple(path for path, kind in zip(files, kinds, strict=True) if kind != NOTES)
    if not documents:
        _put(_texts(works, into, names, layer, parting), dry_run=dry_run)
        return 0
    if not works:
        return _alone(documents, into, names, layer, parting, dry_run=dry_run)
    # The comments in a Word file have a file of their own: by it they are known when they come again.
    texts = _texts(works, into, names, _layer_beside(works, layer), parting)
    return _notes(documents, texts.folder, "", layer, texts, dry_run=dry_run)


def _texts(files: tuple[str, ...], into: str, names: tuple[str, ...], layer: str, parting: tuple[str, ...]) -> Plan:
    """What texts come to; it is told what was guessed, left out, and is to be looked at."""
    from builder.shell.importing import Request, plan
    from builder.shell.terminal import say

    made = plan(Request(files, into, names, layer, parting))
    for path, remark in made.remarks:
        say(f"{path}:{remark.line}: {remark.words}" if remark.line else f"{path}: {remark.words}")
    return made


def _layer_beside(works: tuple[str, ...], layer: str) -> str:
    """The layer of a Word file's comments where `layer` is that of the notes imported with it."""
    from builder.model.diagnostic import SiteError
    from builder.shell.importing import WORD as LAYER
    from builder.shell.incoming import WORD, kind_of

    if layer == LAYER and any(kind_of(path) == WORD for path in works):
        raise SiteError(f"“{layer}” is the layer of a Word file's comments: name another one with --layer")
    return ""


def _alone(
    documents: tuple[str, ...],
    into: str,
    names: tuple[str, ...],
    layer: str,
    parting: tuple[str, ...],
    *,
    dry_run: bool,
) -> int:
    """Notes on texts that are there. The exit status."""
    from builder.model.diagnostic import SiteError

    if len(names) > 1:
        raise SiteError("notes are on one text, or on those that they name: --text once at most")
    if parting:
        raise SiteError("notes can't be parted: --split-before is for a .txt file")
    return _notes(documents, into, names[0] if names else "", layer, None, dry_run=dry_run)


def _notes(documents: tuple[str, ...], into: str, text: str, layer: str, texts: Plan | None, *, dry_run: bool) -> int:
    """Notes of some documents, with the texts that come with them; and how each of them fares. The exit status."""
    from builder.shell.annotating import plan_notes
    from builder.shell.terminal import say, tell

    made = plan_notes(documents, into, layer=layer, text=text, texts=texts)
    tell(made.told)
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
