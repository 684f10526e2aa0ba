"""A name that leads nowhere, and the names that are known -> the nearest of them, for a hint."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

COMPARED = 400
"""Of more names only those with the same first letter are compared, and no more than this."""

NAMED = 3


@dataclass(slots=True, eq=False)
class Advice:
    """Suggestions within a budget: among thousands of slips more of them would cost more than the reading itself."""

    left: int = 100

    def nearest(self, name: str, known: Iterable[str], wrap: str = "“{}”") -> str:
        """The same as `did_you_mean` while the budget lasts, then ""."""
        self.left -= 1
        return did_you_mean(name, known, wrap) if self.left >= 0 else ""


def did_you_mean(name: str, known: Iterable[str], wrap: str = "“{}”") -> str:
    """`did you mean “a” or “b”?`, nearest first; "" where nothing is like it. `wrap` is how each is shown."""
    folded = name.casefold()[:200]
    names = sorted(dict.fromkeys(known))
    if len(names) > COMPARED:
        names = [one for one in names if one[:1].casefold() == folded[:1]][:COMPARED]
    by_folded = {one.casefold(): one for one in reversed(names)}
    near = [by_folded[close] for close in get_close_matches(folded, by_folded, NAMED, 0.6)]
    return f"did you mean {' or '.join(wrap.format(one) for one in near)}?" if near else ""
