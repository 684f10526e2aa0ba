"""A selector that stands nowhere in its text -> where its words would stand, if they were sought otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.model.note import Anchor, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.model.note import Found, Selector
    from builder.relate.haystack import Haystack

    Seek = Callable[[Selector, Haystack], Found]

_DOTS = re.compile(r"…|\.\.\.")
_CRAMPED = re.compile(r"\S(?:…|\.\.\.)|(?:…|\.\.\.)\S")


_NOTES = ".notes.md"


def _moved(selector: Selector, text: Haystack) -> str:
    """Into which file a note belongs whose words stand in a text; "" for what is no note."""
    file = selector.place.path.rpartition("/")[2]
    if not file.endswith(_NOTES):
        return ""
    _, dot, layer = file.removesuffix(_NOTES).partition(".")
    return f": move the note to {text.name}{dot}{layer}{_NOTES}"


@dataclass(slots=True)
class Elsewhere:
    """Advice for what is lost, within a budget: among thousands of lost notes it would cost more than the reading."""

    seek: Seek
    left: int = 500
    """How many more times words are sought."""

    def hint(self, selector: Selector, within: Haystack, others: Iterable[Haystack]) -> str:
        """What to say of words that stand as a range, or in another text; "" where they don't."""
        spaced = self._as_range(selector, within)
        if spaced:
            return f"where words are left out, … has a space on either side: {spaced}"
        plain = replace(selector, within="", prefix="", suffix="")
        for other in others:
            place = self._standing(plain, other)
            if place is not None:
                return f"these words stand in {other.name} {other.where(place)}".rstrip() + _moved(selector, other)
        return ""

    def _as_range(self, selector: Selector, within: Haystack) -> str:
        """The heading with spaces around each …, if it stands so; "" if not."""
        if not _CRAMPED.search(selector.heading) or not selector.readings:
            return ""
        longest = tuple(part.strip() for part in _DOTS.split(selector.readings[0][0]) if part.strip())
        if len(longest) < 2 or self._standing(replace(selector, readings=(longest,)), within) is None:
            return ""
        return " … ".join(longest)

    def _standing(self, selector: Selector, within: Haystack) -> int | None:
        """Where a selector stands first, be it once or more often."""
        self.left -= 1
        if self.left < 0:
            return None
        found = self.seek(selector, within)
        if isinstance(found, Anchor):
            return found.span.start
        return found.nearest[0].span.start if found.state is State.AMBIGUOUS and found.nearest else None
