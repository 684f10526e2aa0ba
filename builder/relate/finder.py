"""A text and words in it -> every place where they stand, fast however many quotations are sought.

The first few are sought by going through the text. Then an index is made of how its words begin, so that for each
further quotation only the places of its rarest beginning are looked at; for those in which no word begins, one of all
grams.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GRAM = 4
"""Characters in a gram: with fewer, each has too many places; words shorter than this are sought without."""

RARE = 3
"""A gram with no more places is not asked to be rarer."""

FEW = 200
"""How many quotations are cheaper to seek than an index of how words begin is to make."""

FEW_WORDS = 500
"""The same of quotations in which no word begins, for these need an index of all grams."""

DEAR = 16
"""How many times the letters of a text may be compared for one quotation, before going through it is cheaper."""


@dataclass(slots=True, eq=False)
class Finder:
    """All places of any words in one text. What was found is remembered: the same words are sought again and again."""

    text: str
    found: dict[str, tuple[int, ...]] = field(default_factory=dict)
    grams: dict[str, list[int]] | None = None
    openings: dict[str, list[int]] | None = None
    """How the words after a space begin, with all places of each."""
    single: int = 0
    """How many quotations were sought in which no word begins."""

    def places(self, words: str, most: int | None = None) -> tuple[int, ...]:
        """Where `words` begin, in order, overlapping places too; the first `most` if told. None for no words."""
        if words not in self.found:
            self.found[words] = tuple(islice(self._sought(words), most)) if words else ()
        return self.found[words]

    def _sought(self, words: str) -> Iterator[int]:
        index, offsets = self._index(words)
        if index is None:
            yield from occurrences(self.text, words)
            return
        rarest: list[int] | None = None
        offset = 0
        for one in offsets:
            gram = index.get(words[one : one + GRAM], [])
            if rarest is None or len(gram) < len(rarest):
                rarest, offset = gram, one
                if len(gram) <= RARE:
                    break
        if rarest and len(rarest) * len(words) > DEAR * len(self.text):
            yield from occurrences(self.text, words)
            return
        yield from (place - offset for place in rarest or () if self.text.startswith(words, place - offset))

    def _index(self, words: str) -> tuple[dict[str, list[int]] | None, Iterable[int]]:
        """In which index words are to be sought, and which of their grams it has; none where it wouldn't pay."""
        if len(self.found) < FEW or len(words) < GRAM:
            return None, ()
        begins = [one.end() for one in _SPACE.finditer(words, 0, len(words) - GRAM)]
        if begins:
            if self.openings is None:
                self.openings = openings_of(self.text, GRAM)
            return self.openings, begins
        self.single += 1
        if self.single > FEW_WORDS and self.grams is None:
            self.grams = grams_of(self.text, GRAM)
        return self.grams, range(len(words) - GRAM + 1)


_SPACE = re.compile(" ")


def occurrences(text: str, words: str) -> Iterator[int]:
    """Where words begin in a text, in order, overlapping places too: in time that grows with the text alone.

    Where two places overlap by half, the words repeat themselves at that step, and further places follow at no other
    as long as the text goes on so; after that none is nearer than half of their length.
    """
    place = text.find(words)
    while place >= 0:
        yield place
        following = text.find(words, place + 1)
        step = following - place
        if 0 < step <= len(words) // 2:
            again = words[-step:]
            yield following
            while text.startswith(again, following + len(words)):
                following += step
                yield following
            following = text.find(words, following + 1)
        place = following


def openings_of(text: str, length: int) -> dict[str, list[int]]:
    """So many characters after each space, with all their places in order."""
    found: dict[str, list[int]] = {}
    for space in _SPACE.finditer(text):
        place = space.end()
        found.setdefault(text[place : place + length], []).append(place)
    return found


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
