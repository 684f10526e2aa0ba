"""Words that stood, words that stand there now -> the share that was kept, and where one stretch ends in the other."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from builder.relate.normal import normalized, plain
from builder.relate.words import TOKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECE = re.compile(rf"{TOKEN.pattern}|[^\w\s]")
"""A word, or a sign that stands for itself: what texts are compared by. A text of emoji alone has words too."""

SPELLING = 0.6
"""Two words at least so alike are one word misspelt, mended or bent; “act” and “axe” are."""

BENT = 0.9
"""What a word counts that only changed its capitals, as where two sentences became one."""

PAIRED = 12
"""So many words left over on either side are still compared with each other; of more it isn't worth the time."""

SPLIT = 60
"""In a gap of so many words each place is tried where one part may end; in a longer one the middle is taken."""


class Piece(NamedTuple):
    """A word or sign in normal form, and where it stands in a text as read."""

    word: str
    start: int
    end: int


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """The words and signs of [start, end), each with the marks that belong to it."""
    normal = normalized(text[start:end])
    found: list[Piece] = []
    for match in PIECE.finditer(normal.text):
        if len(normal.starts) == 1 and not normal.widths[0]:
            found.append(Piece(match[0], start + match.start(), start + match.end()))
        else:
            span = normal.span(match.start(), match.end())
            found.append(Piece(match[0], start + span.start, start + span.end))
    return found


def share(old: str, new: str) -> float:
    """How much of the words `old`, by their letters, is still among the words `new`: 1 for all, in any order."""
    if plain(old) == plain(new):
        return 1.0
    return kept(PIECE.findall(plain(old)), PIECE.findall(plain(new)))


def kept(old: Sequence[str], new: Sequence[str]) -> float:
    """The share of `old` that `new` holds. Words spelt otherwise count by how alike they are; signs hardly count."""
    weight = sum(map(_weight, old))
    if not weight:
        return 1.0
    here, there = Counter(old), Counter(new)
    common = here & there
    found = sum(_weight(word) * count for word, count in common.items())
    left, other = list((here - common).elements()), list((there - common).elements())
    if 0 < len(left) <= PAIRED and 0 < len(other) <= PAIRED:
        found += _respelt(left, other)
    return min(1.0, found / weight)


def _weight(word: str) -> float:
    return len(word) if word[0].isalnum() or word > "\u2fff" else 0.25


def _respelt(left: Sequence[str], other: Sequence[str]) -> float:
    """What the best pairs of words that are spelt alike are worth."""
    every = ((index, index_two) for index in range(len(left)) for index_two in range(len(other)))
    pairs = sorted(
        ((likeness(left[index], other[index_two]), index, index_two) for index, index_two in every),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    done: tuple[set[int], set[int]] = (set(), set())
    found = 0.0
    for alike, index, index_two in pairs:
        if alike < SPELLING:
            break
        if index not in done[0] and index_two not in done[1]:
            done[0].add(index)
            done[1].add(index_two)
            found += alike * _weight(left[index])
    return found


def likeness(one: str, other: str) -> float:
    """How alike two words are, 1 for the same."""
    if one == other:
        return 1.0
    if one.casefold() == other.casefold():
        return BENT
    if min(len(one), len(other)) < 2 or max(len(one), len(other)) < 3:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def reaching(wanted: Sequence[str], found: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Which of the words found stand for those wanted: [first, last), and what that lacks and is just beside it.

    Two words that changed places across its edge leave the one a word away from the other.
    """
    lacking = Counter(word for word in wanted if _weight(word) >= 1) - Counter(found[first:last])
    for step in (1, 2, 1, 2):
        if first >= step and lacking[found[first - step]] > 0:
            lacking[found[first - step]] -= 1
            first -= step
        if last + step <= len(found) and lacking[found[last + step - 1]] > 0:
            lacking[found[last + step - 1]] -= 1
            last += step
    return first, last


def split(parts: tuple[Sequence[str], Sequence[str]], new: Sequence[str]) -> int:
    """Two neighbouring stretches of old words, of which `new` stands now -> how many of it belong to the first.

    Where the words say nothing, as many as the first had among all.
    """
    first, second = parts
    even = round(len(new) * len(first) / max(1, len(first) + len(second)))
    if len(new) > SPLIT or len(first) + len(second) > SPLIT:
        return even
    weights = sum(map(_weight, first)), sum(map(_weight, second))

    def worth(cut: int) -> tuple[float, int]:
        held = kept(first, new[:cut]) * weights[0] + kept(second, new[cut:]) * weights[1]
        return round(held, 3), -abs(cut - even)

    return max(range(len(new) + 1), key=worth)


def bare_of_others(inside: Sequence[str], shown: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """A stretch without what was put in beside it: where it still ends, or begins, with the passage's own word."""
    own = set(inside)
    if inside[-1] in shown[first:last]:
        while shown[last - 1] not in own:
            last -= 1
    if inside[0] in shown[first:last]:
        while shown[first] not in own:
            first += 1
    return first, last
