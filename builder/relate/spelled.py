"""Words of a prose × a glossary -> its hits: where terms are spelled, leftmost first, then longest.

Of all the spellings that begin with a word only those are tried that the words after it go on with, the longest first,
and none within what is taken: a thousand terms may begin with the same words, and each of them be the next one's end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from itertools import accumulate
from typing import TYPE_CHECKING

from builder.model.prose import Span
from builder.relate import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.relate.ground import Ground
    from builder.relate.inflect import Spelling
    from builder.relate.lexicon import Branch, Claim, Lexicon
    from builder.relate.normal import Normal

Hit = tuple[int, int, int, int]
"""Start in the content, minus the length, rank of the spelling, index of the term: smallest first is the order in
which hits are taken (leftmost, then longest, then as listed, then the earlier entry)."""


class Spelled:
    """The hits of one prose. `own` is the term whose entry it is: that one isn't sought in it."""

    def __init__(self, normal: Normal, lexicon: Lexicon, ground: Ground, own: int | None) -> None:
        self._normal = normal
        self._lexicon = lexicon
        self._ground = ground
        self._own = own
        self._phrases = _Phrases(normal.text, lexicon.never)
        self._done = self._end = 0
        """Where the last hit ends, in the normal form and in the content."""
        self._stop = 0

    def hits(self, at: Iterable[tuple[int, Span]], never: dict[int, Bars]) -> Iterator[Hit]:
        """Those that stay of all that overlap. `at` are passages that count for a term, `never` those that don't."""
        named = deque(sorted((span.start, -len(span), -1, index) for index, span in at))
        text, following = self._normal.text, self._lexicon.forms.following
        tokens, begun = words.placed(text, following)
        for number, place in begun:
            if place < self._done or place >= (stop := self._stop_at(place)):
                continue
            for hit in self._begun(path(following, tokens, number, text, place, stop), place, never):
                while named and named[0] < hit:
                    yield from self._taken(named.popleft())
                if hit[0] >= self._end:
                    yield from self._taken(hit)
                    break
        for hit in named:
            yield from self._taken(hit)

    def _taken(self, hit: Hit) -> Iterator[Hit]:
        if hit[0] >= self._end:
            self._end = hit[0] - hit[1]
            self._done = self._normal.within(Span(hit[0], self._end)).end
            yield hit

    def _stop_at(self, place: int) -> int:
        """Where the block ends in which a character of the normal form stands; before it where it is in none."""
        if place >= self._stop:
            span = self._normal.span(place, place + 1)
            block = self._ground.block_of(span)
            if block is None:
                return place
            self._stop = self._normal.within(Span(block.start, block.end)).end
        return self._stop

    def _begun(self, branches: Sequence[Branch], place: int, never: dict[int, Bars]) -> Iterator[Hit]:
        claims = [claim for branch in branches for claim in branch.claims if claim[1] != self._own]
        if len(claims) > 1:
            claims.sort(key=_order)
        for start, end, spelling, index in standing(self._normal.text, place, claims):
            span = self._normal.span(start, end)
            barred = index in never and never[index].hold(span)
            if not barred and not self._phrases.hold(place, start, end, index) and self._ground.counts(span):
                yield span.start, -len(span), spelling.rank, index


def _order(claim: Claim) -> tuple[int, int, int, int]:
    spelling, index = claim
    return -spelling.offset, -len(spelling.text), spelling.rank, index


class _Phrases:
    """Phrases within which terms don't count, found as far as they are asked for."""

    def __init__(self, text: str, root: Branch) -> None:
        self._text = text
        self._following = root.following
        self._tokens, begun = words.placed(text, root.following) if root.following else ([], [])
        self._begun = deque(begun)
        self._found: dict[int, tuple[list[int], list[int]]] = {}
        """By term where they begin and where they end, both rising: what lies in another is left out."""

    def hold(self, place: int, start: int, end: int, index: int) -> bool:
        """Whether a phrase of this term holds what begins with the word at `place`; asked from left to right."""
        while self._begun and self._begun[0][1] <= place:
            self._meet(*self._begun.popleft())
        starts, ends = self._found.get(index, ((), ()))
        at = bisect_left(ends, end)
        return at < len(ends) and starts[at] <= start

    def _meet(self, number: int, place: int) -> None:
        branches = path(self._following, self._tokens, number, self._text, place, len(self._text))
        claims = (claim for branch in reversed(branches) for claim in branch.claims)
        for start, end, _, index in standing(self._text, place, claims):
            starts, ends = self._found.setdefault(index, ([], []))
            if ends and ends[-1] >= end and starts[-1] <= start:
                continue
            while starts and starts[-1] >= start and ends[-1] <= end:
                starts.pop()
                ends.pop()
            starts.append(start)
            ends.append(end)


def path(
    following: dict[str, Branch], tokens: Sequence[str], number: int, text: str, place: int, stop: int
) -> list[Branch]:
    """The branches with a spelling to which the words of a text lead from the one at `place`, none past `stop`."""
    found: list[Branch] = []
    branch = following.get(tokens[number])
    reached = place + len(tokens[number])
    while branch is not None and reached <= stop:
        if branch.claims:
            found.append(branch)
        number += 1
        if not branch.following or number == len(tokens):
            break
        word = tokens[number]
        branch = branch.following.get(word)
        if branch is not None:
            for between in branch.between:
                if text.startswith(between + word, reached):
                    reached += len(between) + len(word)
                    break
            else:
                break
    return found


def standing(text: str, place: int, claims: Iterable[Claim]) -> Iterator[tuple[int, int, Spelling, int]]:
    """Those of the spellings that stand as whole words in a text, their first word at `place`."""
    for spelling, index in claims:
        start = place - spelling.offset
        if start >= 0 and text.startswith(spelling.text, start):
            end = start + len(spelling.text)
            if words.whole(text, start, end) and not _contracted(text, end):
                yield start, end, spelling, index


def _contracted(text: str, end: int) -> bool:
    """Whether an apostrophe goes on with anything but a possessive s: can't, we're."""
    if text[end : end + 1] != "'" or not text[end + 1 : end + 2].isalpha():
        return False
    return text[end + 1] not in "sS" or words.wordish(text[end + 2 : end + 3] or " ")


class Bars:
    """Spans within which a term doesn't count."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._reach = list(accumulate((span.end for span in ordered), max))

    def hold(self, span: Span) -> bool:
        """Whether one of them holds this span."""
        index = bisect_right(self._starts, span.start) - 1
        return index >= 0 and self._reach[index] >= span.end
