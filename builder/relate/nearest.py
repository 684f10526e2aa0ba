"""Words that stand nowhere -> the places most like them, sought within a budget.

Grams that the words share with the text say about where (as q-gram filters do); there, the fewest errors
(insertions, deletions, changes) are counted with Myers' bit-vector algorithm, a whole column at a time in one integer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.relate.finder import grams_of
from builder.relate.normal import Normal, fold
from builder.relate.words import wordish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model.prose import Span

GRAM = 3
"""Letters in a gram: short enough that one wrong letter in a name leaves some whole."""

SEEKS = 2000
"""How many different lost quotations of one text are sought: about a second's work. The rest are told without."""

POSTINGS = 400
"""How many places of shared grams are weighed for one quotation, rare grams first."""

HEAD = 96
"""So many letters of a long quotation are compared; the rest is taken to follow."""

LIKENESS = 0.6
"""What is less like the words sought than this would mislead."""

PLACES = 3


@dataclass(slots=True, eq=False)
class Nearest:
    """The search for what is most like some words in one text. Its index is made when first needed."""

    content: str
    folded: Normal | None = None
    grams: dict[str, list[int]] = field(default_factory=dict)
    seeks: int = 0
    known: dict[str, tuple[tuple[Span, float], ...]] = field(default_factory=dict)

    def seek(self, words: str) -> tuple[tuple[Span, float], ...]:
        """The places in the content most like `words`, best first, whole words, each with its likeness below 1."""
        needle = fold(words).text.strip()[:HEAD]
        if len(needle) < GRAM:
            return ()
        if needle not in self.known:
            if self.seeks >= SEEKS:
                return ()
            self.seeks += 1
            rest = max(0, len(fold(words).text.strip()) - HEAD)
            self.known[needle] = self._sought(needle, rest)
        return self.known[needle]

    def _sought(self, needle: str, rest: int) -> tuple[tuple[Span, float], ...]:
        folded = self._index()
        text = folded.text
        slack = max(4, len(needle) // 4)
        found: dict[Span, float] = {}
        for place in self._promising(needle, slack):
            low = max(0, place - slack)
            window = text[low : place + len(needle) + 2 * slack]
            errors, end = fewest_errors(needle, window)
            _, length = fewest_errors(needle[::-1], window[:end][::-1])
            likeness = 1 - max(errors, 0.5) / len(needle)
            if likeness < LIKENESS:
                continue
            start, end = _whole_words(text, low + end - length, min(low + end + rest, len(text)))
            span = folded.span(start, end)
            if not any(span.meets(other) for other in found):
                found[span] = likeness
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return tuple(ranked)

    def _index(self) -> Normal:
        if self.folded is None:
            self.folded = fold(self.content)
            self.grams = grams_of(self.folded.text, GRAM)
        return self.folded

    def _promising(self, needle: str, slack: int) -> Iterable[int]:
        """Where the needle may begin: the places for which most of its rarer grams speak."""
        rare = sorted(
            (len(self.grams[gram]), offset, gram)
            for offset in range(len(needle) - GRAM + 1)
            if (gram := needle[offset : offset + GRAM]) in self.grams
        )
        votes: Counter[int] = Counter()
        left = POSTINGS
        for _, offset, gram in rare:
            places = self.grams[gram][:left]
            for place in places:
                votes[(place - offset) // slack] += 1
            left -= len(places)
            if left <= 0:
                break
        joined = {spot: count + votes.get(spot + 1, 0) for spot, count in votes.items()}
        best = sorted(joined, key=lambda spot: (-joined[spot], spot))[: 2 * PLACES]
        return [max(0, spot * slack) for spot in best][:PLACES]


def fewest_errors(needle: str, text: str) -> tuple[int, int]:
    """The fewest errors with which `needle` ends somewhere in `text`, and the first offset at which it then ends.

    Myers 1999, with Hyyrö's recurrence for matching anywhere. Linear in `text` while `needle` fits a machine word or
    a few.
    """
    if not needle:
        return 0, 0
    full = (1 << len(needle)) - 1
    last = 1 << (len(needle) - 1)
    at = dict.fromkeys(needle, 0)
    for index, letter in enumerate(needle):
        at[letter] |= 1 << index
    more, less = full, 0
    errors = best = len(needle)
    end = 0
    for offset, letter in enumerate(text, 1):
        match = at.get(letter, 0)
        down = (((match & more) + more) ^ more) | match | less
        right_more = less | ~(down | more)
        right_less = more & down
        if right_more & last:
            errors += 1
        elif right_less & last:
            errors -= 1
        right_more = right_more << 1
        more = ((right_less << 1) | ~(down | right_more)) & full
        less = right_more & down & full
        if errors < best:
            best, end = errors, offset
    return best, end


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) widened until it cuts no word, without white space at its ends."""
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    while start > 0 and wordish(text[start - 1]) and wordish(text[start]):
        start -= 1
    while 0 < end < len(text) and wordish(text[end - 1]) and wordish(text[end]):
        end += 1
    return start, end
