"""The command: words typed in a shell -> a built site, a list of what is wrong with it, and an exit status.

0: fine; 1: the author can mend it; 2: the machine is at fault. Heavy modules are imported where a command needs them,
so that `glossator --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from builder import __version__
from builder.commands.arguments import AUTHORS, FINE, FOLDER, MACHINES, PATH, STOPPED, STRICT
from builder.commands.table import Commands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from builder.shell.seal import Seal

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
    from builder.shell.seal import default_output, look_at_seal, request
    from builder.shell.unchanged import say_again

    target = os.fspath(output) if output is not None else default_output(os.fspath(folder))
    asked = request(os.fspath(folder), target, audience or "", strict=strict)
    known: Seal | None = click.get_current_context().obj
    if known is None or known.asked != asked:
        known = None if clean else look_at_seal(target, asked)
    seen = None if clean or only else known
    if seen is not None and seen.unbroken:
        with suppress(ValueError):  # what was said can't be read: then it is found out anew
            return say_again(seen, target, os.fspath(folder), why=why, quiet=quiet)
    from builder.model.note import Audience
    from builder.pipeline import Locks
    from builder.pipeline.outputs import outputs_named
    from builder.shell.build import ERRORS, WARNINGS_TOO, Order, build_site
    from builder.shell.locks import are_kept
    from builder.shell.once import build_once
    from builder.shell.progress import progress
    from builder.shell.telling import tell_of

    view = Audience(audience) if audience else None
    failing = WARNINGS_TOO if strict else ERRORS
    locks = Locks.WRITTEN if not locked and are_kept(os.environ) else Locks.LEFT
    with progress() as report:
        some = outputs_named(only)
        order = Order(folder, output, view, failing, locks, jobs or 0, some, None if quiet else report)
        outcome = build_site(order) if only else build_once(order, seen, clean=clean)
    tell_of(outcome, folder, why=why, quiet=quiet)
    return FINE if outcome.published is not None else AUTHORS


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


def run(arguments: Sequence[str], seen: Seal | None = None) -> int:
    """Carry out one command line. The exit status; every failure that isn't our own bug is told in one line.

    `seen` is what was seen of the last build a moment ago, where somebody looked.
    """
    try:
        status = _carry_out(arguments, seen)
        sys.stdout.flush()
    except click.ClickException as fault:
        fault.show()
        return AUTHORS
    except KeyboardInterrupt:
        click.echo(err=True)
        return STOPPED
    except BrokenPipeError:
        _let_nothing_out()  # whoever read our output has enough of it
        return FINE
    except Exception as fault:
        return _failed(fault)
    return status


def _failed(fault: Exception) -> int:
    """Say in one line why a command came to nothing. The exit status; whatever isn't told so is our own bug."""
    from builder.model.diagnostic import GlossatorError, SiteError
    from builder.shell.files import refusal
    from builder.shell.terminal import say

    if isinstance(fault, GlossatorError):
        why = str(fault)
    elif isinstance(fault, MemoryError):
        why = "this machine has too little memory for it; close other programs, or try --jobs 1"
    elif isinstance(fault, OSError):
        why = refusal(fault, "standard output")  # all else that is written names its file
        _let_nothing_out()
    else:
        raise fault
    with suppress(OSError):  # there may be no room for that either
        say(f"glossator: {why}")
    return AUTHORS if isinstance(fault, SiteError) else MACHINES


def _let_nothing_out() -> None:
    """Where standard output takes nothing any more, Python would complain once more when it flushes at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _carry_out(arguments: Sequence[str], seen: Seal | None) -> int:
    # Not `command.main`: it ends with statuses of its own where a reader goes away or somebody presses Ctrl-C.
    if asked := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(command, {}, "glossator", _COMPLETE, asked)
    try:
        with command.make_context("glossator", list(arguments), obj=seen) as context:
            status = command.invoke(context)
    except click.exceptions.Exit as leave:  # --help, --version
        return leave.exit_code
    return status if isinstance(status, int) else FINE
