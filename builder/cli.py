"""The command: words typed in a shell -> a built site, a list of what is wrong with it, and an exit status.

0: fine; 1: the author can mend it; 2: the machine is at fault. Heavy modules are imported where a command needs them,
so that `glossator --help` answers at once.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from builder import __version__
from builder.commands.arguments import FOLDER, PATH, STRICT
from builder.commands.ending import AUTHORS, FINE, ended
from builder.commands.table import Commands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_COMPLETE = "_GLOSSATOR_COMPLETE"
"""Set by a shell that wants to complete a command line: see docs/installing.md."""
_EPILOG = "Exit status: 0 fine, 1 the author can mend it, 2 the machine is at fault."


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.version_option(__version__, prog_name="glossator", message="%(prog)s %(version)s")
def command() -> None:
    """From plain files to an annotated reading.

    FOLDER is where site.toml (or a lone edition.toml) stands; without one it is `content`.
    """


@command.command()
@FOLDER
@click.option("--output", type=PATH, help="Where the site goes; default: `output` beside FOLDER.")
@STRICT
@click.option("--audience", type=click.Choice(["student", "teacher"]), help="For whom; default: as site.toml says.")
@click.option("--why", is_flag=True, help="Tell what was out of date, and why.")
@click.option("--clean", is_flag=True, help="Make everything anew, whatever the last build remembered.")
@click.option("--locked", is_flag=True, help="Leave each anchors.lock as it is; so do all builds where CI is set.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes make pages; default: as many as pay.")
@click.option("--only", multiple=True, metavar="OUTPUT", help="Make this alone: offline, epub … May be given again.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but diagnostics.")
def build(
    folder: Path,
    output: Path | None,
    strict: bool,
    audience: str | None,
    why: bool,
    clean: bool,
    locked: bool,
    jobs: int | None,
    only: tuple[str, ...],
    quiet: bool,
) -> int:
    """Build the site in FOLDER, whole or not at all."""
    from builder.commands import building
    from builder.shell.unchanged import Asked

    asked = Asked()
    asked.folder, asked.output = os.fspath(folder), os.fspath(output) if output is not None else ""
    asked.strict, asked.audience, asked.why, asked.clean = strict, audience or "", why, clean
    asked.locked, asked.jobs, asked.only, asked.quiet = locked, jobs or 0, only, quiet
    return building.build(asked)


@command.command()
@FOLDER
@click.option("--output", type=PATH, help="Where the site goes; default: `output` beside FOLDER.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; default: a free one.")
@click.option("--host", default="127.0.0.1", help="Who may look: 0.0.0.0 opens it to everybody in the network.")
@click.option("--open", "opens", is_flag=True, help="Open it in a browser.")
def serve(folder: Path, output: Path | None, port: int, host: str, opens: bool) -> int:
    """Build, show in a browser, and build again at every change."""
    from builder.shell.build import Order
    from builder.shell.resident import serve_site
    from builder.shell.whence import from_here

    order = Order(folder, output)
    serve_site(order, placed=lambda told: from_here(told, folder), host=host, port=port, opens=opens)
    return FINE


@command.command()
@FOLDER
@click.option("--output", type=PATH, help="Where the site goes; default: `output` beside FOLDER.")
def watch(folder: Path, output: Path | None) -> int:
    """Build, and build again at every change."""
    from builder.shell.build import Order
    from builder.shell.resident import watch_site
    from builder.shell.whence import from_here

    watch_site(Order(folder, output), placed=lambda told: from_here(told, folder))
    return FINE


@command.command()
@click.argument("folder", type=PATH)
def new(folder: Path) -> int:
    """Make a small working site in FOLDER, to start from."""
    from builder.shell.starter import make_site
    from builder.shell.terminal import say

    for path in make_site(folder):
        click.echo(folder / path)
    say(f"to build it: glossator build {folder}")
    return FINE


@command.command()
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """Tell what CODE means; without CODE list them all."""
    from builder.shell.explain import explanation, overview

    click.echo(overview() if code is None else explanation(code), nl=False)
    return FINE


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line. The exit status; every failure that isn't our own bug is told in one line."""
    try:
        return ended(lambda: _carry_out(arguments))
    except click.ClickException as fault:
        fault.show()
        return AUTHORS


def _carry_out(arguments: Sequence[str]) -> int:
    # Not `command.main`: it ends with statuses of its own where a reader goes away or somebody presses Ctrl-C.
    if asked := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(command, {}, "glossator", _COMPLETE, asked)
    try:
        with command.make_context("glossator", list(arguments)) as context:
            status = command.invoke(context)
    except click.exceptions.Exit as leave:  # --help, --version
        return leave.exit_code
    return status if isinstance(status, int) else FINE
