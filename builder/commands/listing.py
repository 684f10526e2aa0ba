"""`glossator anchors`: a site -> where each note, each end of a cross-reference and each question stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.commands.arguments import FOLDER, print_document
from builder.commands.ending import AUTHORS, FINE

if TYPE_CHECKING:
    from pathlib import Path


@click.command("anchors")
@FOLDER
@click.option("--edition", metavar="ID", help="This edition alone.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(folder: Path, edition: str | None, form: str) -> int:
    """Tell where each note, cross-reference and question stands."""
    from builder.model.diagnostic import Diagnostic, SiteError
    from builder.pipeline import stops_build
    from builder.pipeline.checking import anchored_editions
    from builder.shell import listing
    from builder.shell.read import read_folder
    from builder.shell.terminal import tell
    from builder.shell.whence import from_here, prefix_of

    content, slips = read_folder(folder)
    told = set(slips)
    rows: list[listing.Row] = []
    seen: list[str] = []
    for item in anchored_editions(content):
        if isinstance(item, Diagnostic):
            told.add(item)
        else:
            seen.append(item.anchored.edition.id)
            if edition in (None, seen[-1]):
                rows.extend(listing.rows(item, folder=prefix_of(folder)))
    tell(one for one in from_here(told, folder) if stops_build(one))
    if edition is not None and edition not in seen:
        raise SiteError(f"there is no edition “{edition}”; there are: {', '.join(seen) or 'none'}")
    print_document(listing.as_json(rows) if form == "json" else listing.as_text(rows))
    return AUTHORS if any(stops_build(one) for one in told) else FINE
