"""What a build came to -> why it made what it made, in lines for `--why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.pipeline import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.pipeline import Making

MANY = 20
"""Editions made for one and the same reason that are told one by one; of more it is said how many."""


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
