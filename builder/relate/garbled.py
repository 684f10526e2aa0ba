"""Words that are sought, a text of which some characters couldn't be read -> whether they are lost only for these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model.diagnostic import UNREADABLE
from builder.relate.normal import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.note import Selector
    from builder.model.text import Text

_EFFORT = 10_000_000
"""Characters that are looked through: of a large book some fifty passages."""
_AT_ONCE = 1000
"""Letters of a passage that are looked for in the time of one."""


@dataclass(slots=True)
class Garbled:
    """What may hide in the garbled words of an edition. Once much was looked through, all may."""

    left: int = _EFFORT

    def may_hide(self, selector: Selector, text: Text, normal: str) -> bool:
        """Whether words that aren't found as they should be may stand in a text, also by its `normal` form, garbled."""
        if UNREADABLE in selector.heading + selector.prefix + selector.suffix:
            return True
        if not text.unread or selector.blocks:
            return text.unread and not text.prose.blocks
        if UNREADABLE not in normal:
            return not text.prose.blocks
        sought = {plain(part) for reading in selector.readings for part in reading}
        sought |= {plain(part) for part in (selector.prefix, selector.suffix)}
        return any(one not in normal and self._may_stand(one, normal) for one in sought)

    def _may_stand(self, sought: str, normal: str) -> bool:
        around = [*_around(normal, len(sought))]
        self.left -= sum(end - start for start, end in around) * (1 + len(sought) // _AT_ONCE)
        return self.left < 0 or any(_stands(sought, normal[start:end]) for start, end in around)


def _around(normal: str, reach: int) -> Iterator[tuple[int, int]]:
    """The stretches in which so many letters may stand with one that couldn't be read among them."""
    start = end = 0
    at = normal.find(UNREADABLE)
    while at >= 0:
        if at - reach >= end:
            yield start, end
            start = at - reach + 1
        end = at + reach
        at = normal.find(UNREADABLE, at + 1)
    yield max(start, 0), end


def _stands(sought: str, words: str) -> bool:
    """Whether some letters stand among words of which each unreadable one may be any. Shift-And: a bit for each letter.

    See R. Baeza-Yates and G. H. Gonnet, A new approach to text searching, 1992.
    """
    bits: dict[str, int] = {}
    for index, letter in enumerate(sought):
        bits[letter] = bits.get(letter, 0) | 1 << index
    bits[UNREADABLE] = (1 << len(sought)) - 1
    last, reached = 1 << len(sought) - 1, 0
    for letter in words:
        reached = (reached << 1 | 1) & bits.get(letter, 0)
        if reached & last:
            return True
    return False
