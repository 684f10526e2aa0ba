"""A text and words in it -> every place where they stand, fast however many quotations are sought.

The first few are sought by going through the text. Then an index is made of all its grams, so that for each further
quotation only the places of its rarest gram are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAM = 4
"""Characters in a gram: with fewer, each has too many places; words shorter than this are sought without."""

FEW = 500
"""How many quotations are cheaper to seek than an index is to make."""


@dataclass(slots=True, eq=False)
class Finder:
    """All places of any words in one text. What was found is remembered: the same words are sought again and again."""

    text: str
    found: dict[str, tuple[int, ...]] = field(default_factory=dict)
    grams: dict[str, list[int]] | None = None

    def places(self, words: str, most: int | None = None) -> tuple[int, ...]:
        """Where `words` begin, in order, overlapping places too; the first `most` if told. None for no words."""
        if words not in self.found:
            self.found[words] = tuple(islice(self._sought(words), most)) if words else ()
        return self.found[words]

    def _sought(self, words: str) -> Iterator[int]:
        if len(self.found) < FEW or len(words) < GRAM:
            place = self.text.find(words)
            while place >= 0:
                yield place
                place = self.text.find(words, place + 1)
            return
        if self.grams is None:
            self.grams = grams_of(self.text, GRAM)
        rarest: list[int] | None = None
        offset = 0
        for index in range(len(words) - GRAM + 1):
            gram = self.grams.get(words[index : index + GRAM], [])
            if rarest is None or len(gram) < len(rarest):
                rarest, offset = gram, index
        yield from (place - offset for place in rarest or () if self.text.startswith(words, place - offset))


def grams_of(text: str, length: int) -> dict[str, list[int]]:
    """Every stretch of so many characters, with all its places in order."""
    grams: dict[str, list[int]] = {}
    for place in range(len(text) - length + 1):
        gram = text[place : place + length]
        if gram in grams:
            grams[gram].append(place)
        else:
            grams[gram] = [place]
    return grams
