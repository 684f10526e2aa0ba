"""`glossator export`: the folder of an edition -> the edition as TEI or as a table of its notes, on standard output."""

from __future__ import annotations

import sys
from pathlib import Path

import click

FORMS = ("csv", "tei", "webanno")
"""Those of `builder.pipeline.exporting`, which the help doesn't import."""


@click.command()
@click.argument("edition_folder", type=click.Path(path_type=Path))
@click.option(
    "--as", "form", type=click.Choice(FORMS), required=True, help="A table of notes, TEI P5, or W3C annotations."
)
@click.option("--audience", type=click.Choice(["student", "teacher"]), help="For whom; default: as site.toml says.")
def command(edition_folder: Path, form: str, audience: str | None) -> int:
    """Print the edition in EDITION_FOLDER in a form that other programs read."""
    from builder.model.note import Audience
    from builder.pipeline import stops_build
    from builder.pipeline.exporting import export
    from builder.shell.editions import edition_in, site_of
    from builder.shell.opening import Opened, open_site
    from builder.shell.terminal import tell
    from builder.shell.whence import from_here

    site = site_of(edition_folder)
    opened = open_site(site)
    told = opened.told if isinstance(opened, Opened) else opened
    document = None
    if isinstance(opened, Opened) and not any(map(stops_build, told)):
        document, more = export(
            opened.folder,
            opened.outline,
            opened.theme,
            edition=edition_in(edition_folder, site, opened.outline),
            form=form,
            audience=Audience(audience) if audience else None,
        )
        told = (*told, *more)
    stopping = {one for one in told if stops_build(one)}
    tell(from_here(stopping, site))
    if document is None or stopping:
        return 1
    sys.stdout.flush()
    sys.stdout.buffer.write(document)
    return 0
