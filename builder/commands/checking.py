"""`glossator check`: a site -> all that is wrong with it; with `--fix` what is sure is mended first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.commands.arguments import FOLDER, STRICT, print_document
from builder.commands.ending import AUTHORS, FINE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from builder.model.diagnostic import Diagnostic, Place
    from builder.shell.fixing import Fixes


@click.command("check")
@FOLDER
@click.option("--fix", is_flag=True, help="First rewrite headings where it is sure what is meant; show the diff.")
@click.option("--dry-run", is_flag=True, help="With --fix: show the diff, write nothing.")
@click.option("--external", is_flag=True, help="Also ask the web whether the addresses linked to still answer.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text")
@STRICT
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but diagnostics.")
def command(folder: Path, fix: bool, dry_run: bool, external: bool, form: str, strict: bool, quiet: bool) -> int:
    """Tell all that is wrong in FOLDER; write nothing, unless --fix asks for it."""
    from builder.model.diagnostic import Severity
    from builder.shell import reports
    from builder.shell.alone import say_its_site
    from builder.shell.opening import check_site
    from builder.shell.terminal import say, summary, tell
    from builder.shell.whence import from_here

    if dry_run and not fix:
        raise click.UsageError("--dry-run goes with --fix")
    if fix:
        _fix(folder, form, write=not dry_run, quiet=quiet)
    if not quiet:
        say_its_site(folder)
    told = from_here(check_site(folder, _asking(quiet) if external else None), folder)
    if form == "text":
        tell(told)
        if not quiet:
            say(summary(told) or "nothing to mend")
    else:
        print_document({"json": reports.as_json, "sarif": reports.as_sarif, "github": reports.as_github}[form](told))
    levels = {one.severity for one in told}
    return AUTHORS if Severity.ERROR in levels or (strict and Severity.WARNING in levels) else FINE


def _asking(quiet: bool) -> Callable[[Mapping[str, Place]], tuple[Diagnostic, ...]]:
    """What asks the web, and says before that it does: it may take minutes."""
    from builder.shell.abroad import Manner, ask_abroad, default_cache
    from builder.shell.terminal import say

    def ask(addresses: Mapping[str, Place]) -> tuple[Diagnostic, ...]:
        if not quiet:
            say(f"asking for {len(addresses)} addresses on the web")
        return ask_abroad(addresses, Manner(default_cache()))

    return ask


def _fix(folder: Path, form: str, *, write: bool, quiet: bool) -> None:
    """Show what is to change, then change it. Where a document is asked for, the difference goes with what is said."""
    from builder.shell.differing import show
    from builder.shell.fixing import find_fixes, write_fixes
    from builder.shell.terminal import say
    from builder.shell.whence import prefix_of

    fixes = find_fixes(folder)
    show((one.diff for one in fixes.revisions), prefix_of(folder), aside=form != "text")
    for line in write_fixes(folder, fixes) if write else ():
        say(line)
    if not quiet:
        for line in _reasons(fixes, prefix_of(folder), written=write):
            say(line)


def _reasons(fixes: Fixes, prefix: str, *, written: bool) -> list[str]:
    """A line for each mend: where, what for what, and why it is sure; and how many there are."""
    from builder.shell.fixing import takes

    slash = f"{prefix}/" if prefix else ""
    taken = [mend for mends in fixes.taken.values() for mend in mends]
    lines = [f"{slash}{one.sought.selector.place}: {one.reason}" for one in fixes.done]
    lines += [f"{slash}{one.sought.selector.place}: taken as it stands: {one.reason}" for one in taken if takes()]
    lines += [
        f"{slash}{one.sought.selector.place}: left as it is: its heading can't be written so that it says what is meant"
        for one in fixes.refused
    ]
    counts = [_count(fixes.headings, "heading")] if fixes.headings else []
    counts += [_count(fixes.references, "line") + " with references"] if fixes.references else []
    said = [f"{' and '.join(counts)} {'rewritten' if written else 'would be rewritten'}"] if counts else []
    if taken and takes():
        said.append(f"{_count(len(taken), 'passage')} {'taken' if written else 'would be taken'} as now")
    elif taken:
        lines.append(f"{_count(len(taken), 'passage')} can't be taken as now: where CI is set nothing is remembered")
    if not said:
        return [*lines, "no heading that it would be sure to rewrite"]
    return [*lines, "; ".join(said if written else (*said, "nothing is written"))]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
