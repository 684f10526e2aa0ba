"""An edited text, a quotation of the old one -> whether its words survive, where they stand, and how a find is judged.

Nothing here looks at words to find them: all is read off the marks that each character carries.

- A quotation's characters (white space aside) that still stand are its survivors. They stand in one or more clusters:
  one ends where more than `APART` other characters of the old text follow before the next survivor.
- Its *words survive* where one cluster holds at least half of all its characters. Where there are as many survivors,
  but no such cluster, the quotation is *torn*; else its words are *gone*.
- A find is *right* where it covers a cluster that holds at least `ENOUGH` of all characters, but for touched words, and
  holds besides it nothing but touched words, punctuation and what was put in between. A word is touched where it
  has a character that was changed or stands beside one that was swapped, replaced or taken out.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from benchmarks.anchoring.layout import words
from benchmarks.anchoring.tracked import NOBODY, Tracked, owner
from builder.model.prose import Span

APART = 40
ENOUGH = 0.4
NEXT = 6
"""So far apart two letters are at most that stand next to each other but for punctuation and white space."""


class Fate(Enum):
    """What became of a quotation's words."""

    SURVIVES = "survives"
    TORN = "torn"
    GONE = "gone"


class Truth(NamedTuple):
    """What became of one quotation."""

    fate: Fate
    places: tuple[Span, ...]
    """Its clusters that hold enough, in the new text, the largest first; where it is gone, any that are left."""
    whole: bool
    """Whether all its characters survive as they were, in order, with nothing between."""


def truth(old: str, new: Tracked, quotation: Span, where: dict[int, int]) -> Truth:
    """What became of a quotation. `where` says of each old character that still stands at which offset it begins."""
    own = [index for index in range(quotation.start, quotation.end) if not old[index].isspace()]
    left = sorted((where[index], index) for index in own if index in where)
    clusters: list[list[tuple[int, int]]] = []
    for place, index in left:
        if not clusters or _others(new, clusters[-1][-1][0] + 1, place, quotation) > APART:
            clusters.append([])
        clusters[-1].append((place, index))
    clusters.sort(key=len, reverse=True)
    most = len(clusters[0]) if clusters else 0
    survives = 2 * most >= len(own)
    fate = Fate.SURVIVES if survives else Fate.TORN if 2 * len(left) >= len(own) else Fate.GONE
    enough = [one for one in clusters if len(one) >= ENOUGH * len(own)] if survives else clusters
    places = tuple(_doubled(new, Span(one[0][0], one[-1][0] + 1)) for one in enough)
    whole = len(left) == len(own) and len(clusters) == 1 and [index for _, index in left] == own
    whole = whole and all(quotation.start <= owner(new.marks[at]) < quotation.end or new.text[at].isspace()
                          for at in range(places[0].start, places[0].end))  # fmt: skip
    return Truth(fate, places, whole)


def _doubled(new: Tracked, place: Span) -> Span:
    """A cluster with the second of a letter at its end that was doubled."""
    end = place.end
    while end < len(new.marks) and new.marks[end] == new.marks[end - 1] >= 0:
        end += 1
    return Span(place.start, end)


def standing(new: Tracked) -> dict[int, int]:
    """Where each mark stands first; those of old characters that still stand are their offsets."""
    return dict(zip(reversed(new.marks), range(len(new.marks) - 1, -1, -1), strict=True))


def is_right(new: Tracked, found: Span, quotation: Span, known: Truth) -> bool:
    """Whether a find is on the quotation's words, and strays by no more than touched ones."""
    return any(_covers(new, found, quotation, place) for place in known.places)


def _covers(new: Tracked, found: Span, quotation: Span, place: Span) -> bool:
    """Whether a find covers a cluster and nothing else. A letter doubled is covered by either of the two."""
    held = {mark for mark in new.marks[found.start : found.end] if mark >= 0}
    first, last = min(found.start, place.start), max(found.end, place.end)
    for word in words(new.text, _widened(new.text, first, last)):
        touched = _touched(new, word)
        for at in range(word.start, word.end):
            mark, inside = new.marks[at], place.start <= at < place.end
            own = quotation.start <= owner(mark) < quotation.end
            if not (found.start <= at < found.end):
                if own and mark >= 0 and mark not in held and inside and not touched:
                    return False
            elif not own and not inside and not touched and not _sign(new.text[at]):
                return False
    return found.meets(place)


def _widened(text: str, start: int, end: int) -> Span:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)


def _touched(new: Tracked, word: Span) -> bool:
    """Whether a word was changed, or stands alone between others than before."""
    marks = new.marks[word.start : word.end]
    if all(mark == NOBODY for mark in marks):
        return False
    if any(mark < 0 for mark in marks) or any(one != two and one + 1 != two for one, two in pairwise(marks)):
        return True
    before, after = _beside(new, word.start, -1), _beside(new, word.end - 1, 1)
    return not 0 < marks[0] - before <= NEXT and not 0 < after - marks[-1] <= NEXT


def _beside(new: Tracked, at: int, step: int) -> int:
    """The mark of the next letter on one side, far off where there is none."""
    at += step
    while 0 <= at < len(new.text) and _sign(new.text[at]):
        at += step
    return new.marks[at] if 0 <= at < len(new.text) else -10


def _sign(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter)[0] in "PZCM"


def _others(new: Tracked, start: int, end: int, quotation: Span) -> int:
    """How many characters of the old text that are none of the quotation's stand in a stretch."""
    marks = new.marks[start:end]
    return sum(1 for mark in marks if mark >= 0 and not quotation.start <= mark < quotation.end)


def has_passed(new: Tracked, place: Span, quotation: Span) -> int:
    """How many characters of the old text stand on the other side of a quotation than before."""
    ahead = sum(1 for mark in new.marks[: place.start] if mark >= quotation.end)
    behind = sum(1 for mark in new.marks[place.end :] if 0 <= mark < quotation.start)
    return max(ahead, behind)
