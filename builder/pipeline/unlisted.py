"""What the editions of a site give to its lists, then and now -> whether the lists are out of date, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.pipeline.overlaid import Overlaid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.pipeline.circumstances import Making
    from builder.pipeline.facts import Change
    from builder.render.given import Given


def unlisted(changed: Change | None, past: Iterable[str], before: Making, given: Mapping[str, Given]) -> str:
    """Why the lists must be made again, "" where all that they list is as it was. `past` are the editions of then."""
    if changed is not None and changed.whole:
        return f"{changed.whole} changed"
    if tuple(past) != tuple(given):
        return "editions came or went"
    other = next((name for name, one in _fresh(given).items() if one != before.givens[name]), "")
    return f"what they list of “{other}” changed" if other else ""


def differ_in_terms(changed: Change | None, past: Iterable[str], before: Making, given: Mapping[str, Given]) -> bool:
    """Whether editions give the same as before but for their terms."""
    if changed is None or changed.whole or tuple(past) != tuple(given):
        return False
    return all(one.lists_alike(before.givens[name]) for name, one in _fresh(given).items())


def _fresh(given: Mapping[str, Given]) -> Mapping[str, Given]:
    return given.fresh if isinstance(given, Overlaid) else given
