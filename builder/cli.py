"""The command: words typed in a shell -> a built site, a list of what is wrong with it, and an exit status.

0: fine; 1: the author can mend it; 2: the machine is at fault. Heavy modules are imported where a command needs them,
so that `glossator --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from builder import __version__
from builder.commands.table import Commands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import NoReturn

    from builder.shell.seal import Seal

FINE, AUTHORS, MACHINES, STOPPED = 0, 1, 2, 130
"""Exit statuses; the last is a shell's own for a program stopped by Ctrl-C."""

_COMPLETE = "_GLOSSATOR_COMPLETE"
"""Set by a shell that wants to complete a command line: see docs/installing.md."""
_EPILOG = "Exit status: 0 fine, 1 the author can mend it, 2 the machine is at fault."


class _PathType(click.ParamType):  # type: ignore[type-arg] # generic since 8.4 only
    """A path as typed. click's own asks for pathlib when the options are declared, this one when a path is given."""

    name = "path"

    def convert(self, value: str, _param: object, _context: object) -> Path:
        """A word of the command line as a path."""
        from pathlib import Path

        return Path(value)


_PATH = _PathType()
_FOLDER = click.argument("folder", type=_PATH, default="content")
_STRICT = click.option("--strict", is_flag=True, help="Fail on warnings too.")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.version_option(__version__, prog_name="glossator", message="%(prog)s %(version)s")
def command() -> None:
    """From plain files to an annotated reading.

    FOLDER is where site.toml (or a lone edition.toml) stands; without one it is `content`.
    """


@command.command()
@_FOLDER
@click.option("--output", type=_PATH, help="Where the site goes; default: `output` beside FOLDER.")
@_STRICT
@click.option("--audience", type=click.Choice(["student", "teacher"]), help="For whom; default: as site.toml says.")
@click.option("--why", is_flag=True, help="Tell what was out of date, and why.")
@click.option("--clean", is_flag=True, help="Make everything anew, whatever the last build remembered.")
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
    jobs: int | None,
    only: tuple[str, ...],
    quiet: bool,
) -> int:
    """Build the site in FOLDER, whole or not at all."""
    from builder.shell.seal import default_output, look_at_seal, request

    target = os.fspath(output) if output is not None else default_output(os.fspath(folder))
    asked = request(os.fspath(folder), target, audience or "", strict=strict)
    seen = None if clean or only else look_at_seal(target, asked)
    if seen is not None and seen.unbroken:
        return _nothing_to_do(seen, target, folder, why=why, quiet=quiet)
    from builder.model.note import Audience
    from builder.pipeline.outputs import outputs_named
    from builder.shell.build import ERRORS, WARNINGS_TOO, Order, build_site
    from builder.shell.once import build_once
    from builder.shell.progress import progress
    from builder.shell.terminal import say, summary, tell
    from builder.shell.whence import from_here

    view = Audience(audience) if audience else None
    failing = WARNINGS_TOO if strict else ERRORS
    with progress() as report:
        order = Order(folder, output, view, failing, jobs or 0, outputs_named(only), None if quiet else report)
        outcome = build_site(order) if only else build_once(order, seen, clean=clean)
    told = from_here(outcome.told, folder)
    tell(told)
    found = summary(told)
    if outcome.published is None:
        say(f"nothing written: {found}")
        return AUTHORS
    if why and outcome.left.making is not None:
        from builder.shell.telling import reasons

        for line in reasons(outcome.left.making):
            say(line)
    done = outcome.published
    if not quiet and not done.unchanged and not done.removed and "index.html" in done.written:
        if found:
            say(found)
        say(f"open {outcome.output / 'index.html'}")
    elif not quiet:
        counts = f"{len(done.written)} written, {len(done.unchanged)} unchanged, {len(done.removed)} removed"
        say(f"{outcome.output}: {counts}{found and '; '}{found}")
    return FINE


def _nothing_to_do(seen: Seal, target: str, folder: Path, *, why: bool, quiet: bool) -> int:
    """Nothing that the last build read or wrote is another now: what it said is said again."""
    found = ""
    if seen.told:
        from builder.shell.said import said
        from builder.shell.terminal import summary, tell
        from builder.shell.whence import from_here

        told = from_here(said(seen.told), folder)
        tell(told)
        found = summary(told)
    if why:
        sys.stderr.write("nothing changed since the last build\n")
    if not quiet:
        sys.stderr.write(f"{target}: 0 written, {seen.files} unchanged, 0 removed{found and '; '}{found}\n")
    return FINE


@command.command()
@_FOLDER
@click.option("--output", type=_PATH, help="Where the site goes; default: `output` beside FOLDER.")
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
@_FOLDER
@click.option("--output", type=_PATH, help="Where the site goes; default: `output` beside FOLDER.")
def watch(folder: Path, output: Path | None) -> int:
    """Build, and build again at every change."""
    from builder.shell.build import Order
    from builder.shell.resident import watch_site
    from builder.shell.whence import from_here

    watch_site(Order(folder, output), placed=lambda told: from_here(told, folder))
    return FINE


@command.command()
@_FOLDER
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text")
@_STRICT
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but diagnostics.")
def check(folder: Path, form: str, strict: bool, quiet: bool) -> int:
    """Tell all that is wrong in FOLDER; write nothing."""
    from builder.model.diagnostic import Severity
    from builder.shell import reports
    from builder.shell.opening import check_site
    from builder.shell.terminal import say, summary, tell
    from builder.shell.whence import from_here

    told = from_here(check_site(folder), folder)
    if form == "text":
        tell(told)
        if not quiet:
            say(summary(told) or "nothing to mend")
    else:
        _print({"json": reports.as_json, "sarif": reports.as_sarif, "github": reports.as_github}[form](told))
    levels = {one.severity for one in told}
    return AUTHORS if Severity.ERROR in levels or (strict and Severity.WARNING in levels) else FINE


@command.command()
@_FOLDER
@click.option("--edition", metavar="ID", help="This edition alone.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def anchors(folder: Path, edition: str | None, form: str) -> int:
    """Tell where each note and cross-reference stands."""
    from builder import pipeline
    from builder.model.diagnostic import Diagnostic, SiteError
    from builder.shell import listing
    from builder.shell.read import read_folder
    from builder.shell.terminal import tell
    from builder.shell.whence import from_here, prefix_of

    content, slips = read_folder(folder)
    told = set(slips)
    rows: list[listing.Row] = []
    seen: list[str] = []
    for item in pipeline.anchored_editions(content):
        if isinstance(item, Diagnostic):
            told.add(item)
        else:
            seen.append(item.anchored.edition.id)
            if edition in (None, seen[-1]):
                rows.extend(listing.rows(item, folder=prefix_of(folder)))
    tell(one for one in from_here(told, folder) if pipeline.stops_build(one))
    if edition is not None and edition not in seen:
        raise SiteError(f"there is no edition “{edition}”; there are: {', '.join(seen) or 'none'}")
    _print(listing.as_json(rows) if form == "json" else listing.as_text(rows))
    return AUTHORS if any(pipeline.stops_build(one) for one in told) else FINE


@command.command()
@click.argument("folder", type=_PATH)
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


def _print(document: str) -> None:
    """A document on standard output, in UTF-8 wherever we are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(document.encode("utf-8", "backslashreplace"))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line. The exit status; every failure that isn't our own bug is told in one line."""
    try:
        status = _carry_out(arguments)
        sys.stdout.flush()
    except click.ClickException as fault:
        fault.show()
        return AUTHORS
    except KeyboardInterrupt:
        click.echo(err=True)
        return STOPPED
    except BrokenPipeError:
        # Whoever read our output has enough of it. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception as fault:
        from builder.model.diagnostic import GlossatorError, SiteError
        from builder.shell.terminal import say

        if not isinstance(fault, GlossatorError):
            raise
        say(f"glossator: {fault}")
        return AUTHORS if isinstance(fault, SiteError) else MACHINES
    return status


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


def main() -> NoReturn:
    """What the console script calls."""
    sys.exit(run(sys.argv[1:]))
