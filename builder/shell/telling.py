"""What a build came to -> what it says in the terminal, and why it made what it made, for `--why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.pipeline import LISTS
from builder.shell.terminal import say, summary, tell
from builder.shell.whence import from_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builder.pipeline import Making
    from builder.shell.build import Outcome

MANY = 20
"""Editions made for one and the same reason that are told one by one; of more it is said how many."""


def tell_of(outcome: Outcome, folder: Path, *, why: bool, quiet: bool) -> None:
    """Tell what was wrong, and what was done; of remarks how many there are. `folder` is the site's as it was typed."""
    told = from_here(outcome.told, folder)
    tell(told)
    found = summary(told, untold=outcome.remarked)
    if outcome.published is None:
        say(f"nothing written: {found}")
        return
    if outcome.locks is not None and outcome.locks.refused:
        first, *others = outcome.locks.refused
        more = f" (and {len(others)} more)" if others else ""
        say(f"warning: where notes stand is not kept for the next build: {first}{more}")
    if why and outcome.left.making is not None:
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


def reasons(making: Making) -> Iterator[str]:
    """One line for each edition that was made, or for all that were made for one reason; then the lists."""
    made = {name: why for name, why in making.reasons.items() if name != LISTS}
    by_reason: dict[str, list[str]] = {}
    for name, why in sorted(made.items()):
        by_reason.setdefault(why, []).append(name)
    for why, names in by_reason.items():
        if len(names) > MANY:
            yield f"{len(names)} editions: {why}"
        else:
            yield from (f"{name}: {why}" for name in names)
    if LISTS in making.reasons:
        yield f"the lists of the site: {making.reasons[LISTS]}"
    if kept := len(making.editions) - len(made.keys() & making.editions.keys()):
        yield f"{kept} {'edition' if kept == 1 else 'editions'} kept as {'it was' if kept == 1 else 'they were'}"
