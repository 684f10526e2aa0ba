"""`glossator theme check`: a theme -> all that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.commands.arguments import PATH, STRICT
from builder.commands.ending import AUTHORS, FINE

if TYPE_CHECKING:
    from pathlib import Path


@click.group("theme")
def command() -> None:
    """Look a theme over."""


@command.command("check")
@click.argument("theme")
@click.option("--site", type=PATH, default="content", help="The site's folder, beside which themes are looked for.")
@STRICT
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but diagnostics.")
def check(theme: str, site: Path, strict: bool, quiet: bool) -> int:
    """Tell all that is wrong with THEME, a name or a folder in themes/, and where it lies; tried on a small site."""
    from builder.model.diagnostic import Severity
    from builder.shell.terminal import say, summary, tell
    from builder.shell.theme_check import check_theme

    told, folder = check_theme(theme, site)
    tell(told)
    if not quiet:
        say((summary(told) or "nothing to mend") + (f" in {folder}" if folder else ""))
    levels = {one.severity for one in told}
    return AUTHORS if Severity.ERROR in levels or (strict and Severity.WARNING in levels) else FINE
