"""Two sequences of words -> the runs of words that they share, in order: what an editor left as it was.

Grams that stand once in either sequence are matched first and the longest chain of them is kept (Cohen's patience
diff); what lies between them is compared by Myers' greedy O(ND) algorithm (1986), within a bound. Then edits are moved
to where sentences begin, and words that only happen to recur between two large changes are let go.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GRAMS = (5, 2, 1)
"""Words in a gram, longest first: what is rare for five words together holds more surely than one rare word."""

SMALL = 400
"""A gap of so many pairs of words is compared word by word at once: cheap, and the least change is the right one."""

EDITS = 256
"""So many words taken out or put in are traced in one go; the cost grows with the square of it."""

TRACES = 8
"""So often a gap in which nothing stands once is traced on; what lies beyond counts as other words."""

CHANCE = 0.5
"""A run that is less than this part of the changes on both its sides only happens to recur: “of the”."""

_ENDS = frozenset(".!?…。！？؟۔।")
_CLOSERS = frozenset("\"')]}»")


class Run(NamedTuple):
    """Words shared: `length` of them, from `old` in one sequence and from `new` in the other."""

    old: int
    new: int
    length: int


class Gap(NamedTuple):
    """What is still to be compared: [old, old_end) and [new, new_end)."""

    old: int
    old_end: int
    new: int
    new_end: int


def align(old: Sequence[str], new: Sequence[str], *, opens: tuple[frozenset[int], frozenset[int]]) -> list[Run]:
    """The runs that both sequences share, in order. `opens` says of each which words begin a paragraph."""
    runs = _joined(sorted(_shared(old, new)))
    return _telling(_slid(runs, (old, new), opens), old, new)


def _shared(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """The runs, not yet in order; neighbours may touch."""
    work = [(Gap(0, len(old), 0, len(new)), 0)]
    while work:
        gap, level = work.pop()
        head, tail = _ends(old, new, gap)
        yield Run(gap.old, gap.new, head)
        yield Run(gap.old_end - tail, gap.new_end - tail, tail)
        gap = Gap(gap.old + head, gap.old_end - tail, gap.new + head, gap.new_end - tail)
        pairs = (gap.old_end - gap.old) * (gap.new_end - gap.new)
        chain: list[Run] = []
        while pairs > SMALL and level < len(GRAMS) and not chain:
            chain = _chain(old, new, gap, GRAMS[level])
            level += not chain
        if chain:
            yield from chain
            work += [(inner, level) for inner in between(chain, gap)]
        elif pairs:
            yield from _traced(old, new, gap)


def between(runs: Sequence[Run], gap: Gap) -> Iterator[Gap]:
    """What lies before, between and after some runs within a gap, where there is something."""
    bounds = [(gap.old, gap.new, 0), *runs, (gap.old_end, gap.new_end, 0)]
    for (old, new, length), (next_old, next_new, _) in pairwise(bounds):
        if old + length < next_old or new + length < next_new:
            yield Gap(old + length, next_old, new + length, next_new)


def _ends(old: Sequence[str], new: Sequence[str], gap: Gap) -> tuple[int, int]:
    """How many words a gap's two sides have in common at their beginning, and then at their end."""
    most = min(gap.old_end - gap.old, gap.new_end - gap.new)
    head = 0
    while head < most and old[gap.old + head] == new[gap.new + head]:
        head += 1
    tail = 0
    while tail < most - head and old[gap.old_end - tail - 1] == new[gap.new_end - tail - 1]:
        tail += 1
    return head, tail


def once(words: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """The grams of [start, end) that stand there once, each with its place, in order."""
    places: dict[tuple[str, ...], int] = {}
    grams = zip(*(words[start + offset : end] for offset in range(length)), strict=False)
    for place, gram in enumerate(grams, start):
        places[gram] = -1 if gram in places else place
    return {gram: place for gram, place in places.items() if place >= 0}


def _chain(old: Sequence[str], new: Sequence[str], gap: Gap, length: int) -> list[Run]:
    """The longest chain of grams that stand once on either side, each grown as far as the words agree."""
    there = once(new, gap.new, gap.new_end, length)
    pairs = [(place, there[gram]) for gram, place in once(old, gap.old, gap.old_end, length).items() if gram in there]
    runs: list[Run] = []
    old_done, new_done = gap.old, gap.new
    for here, other in increasing(pairs):
        if here < old_done or other < new_done:
            continue
        while here > old_done and other > new_done and old[here - 1] == new[other - 1]:
            here, other = here - 1, other - 1
        size = 0
        while here + size < gap.old_end and other + size < gap.new_end and old[here + size] == new[other + size]:
            size += 1
        runs.append(Run(here, other, size))
        old_done, new_done = here + size, other + size
    return runs


def increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs, ordered by their first number, whose second numbers increase too."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        pile = bisect_left(tops, value)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [value]
        piles[pile : pile + 1] = [index]
    chain = []
    index = piles[-1] if piles else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _traced(old: Sequence[str], new: Sequence[str], gap: Gap) -> Iterator[Run]:
    """The runs that the fewest words taken out and put in leave, as far as the bounds allow."""
    for _ in range(TRACES):
        trace, reached = _greedy(old, new, gap)
        yield from _back(trace, reached, gap)
        gap = Gap(gap.old + reached[0], gap.old_end, gap.new + reached[1], gap.new_end)
        if gap.old == gap.old_end or gap.new == gap.new_end:
            return


def _greedy(old: Sequence[str], new: Sequence[str], gap: Gap) -> tuple[list[dict[int, int]], tuple[int, int]]:
    """Myers' furthest reaching points for each number of edits, and the point reached: the end, or the furthest."""
    width, height = gap.old_end - gap.old, gap.new_end - gap.new
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(EDITS, width + height) + 1):
        reached: dict[int, int] = {}
        for diagonal in range(-edits, edits + 1, 2):
            right, down = furthest.get(diagonal - 1, -1) + 1, furthest.get(diagonal + 1, -1)
            x = max(right, down)
            y = x - diagonal
            if x < 0 or x > width or y < 0 or y > height:
                continue
            while x < width and y < height and old[gap.old + x] == new[gap.new + y]:
                x, y = x + 1, y + 1
            reached[diagonal] = x
            if x == width and y == height:
                return [*trace, reached], (x, y)
        trace.append(reached)
        furthest = reached
    diagonal = max(furthest, key=lambda one: (2 * furthest[one] - one, one))
    return trace, (furthest[diagonal], furthest[diagonal] - diagonal)


def _back(trace: Sequence[dict[int, int]], reached: tuple[int, int], gap: Gap) -> Iterator[Run]:
    """The runs on the way back from the point reached."""
    x, y = reached
    for edits in range(len(trace) - 1, -1, -1):
        diagonal = x - y
        if edits == 0:
            start = 0
        else:
            before = trace[edits - 1]
            right, down = before.get(diagonal - 1, -1) + 1, before.get(diagonal + 1, -1)
            start = max(right, down)
        if x > start:
            yield Run(gap.old + start, gap.new + start - diagonal, x - start)
        if edits:
            x = start - 1 if right >= down else start
            y = x - (diagonal - 1 if right >= down else diagonal + 1)


def _joined(runs: Sequence[Run]) -> list[Run]:
    """The same runs, none empty, neighbours made one."""
    joined: list[Run] = []
    for run in runs:
        if not run.length:
            continue
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == run[:2]:
            joined[-1] = Run(last.old, last.new, last.length + run.length)
        else:
            joined.append(run)
    return joined


def _slid(
    runs: list[Run], sides: tuple[Sequence[str], Sequence[str]], opens: tuple[frozenset[int], frozenset[int]]
) -> list[Run]:
    """Where words were only taken out, or only put in, the edit moved to where a paragraph or a sentence begins.

    “One. [Two a. ]Two b.” is what an editor does, not “One. Two [a. Two ]b.”, though both come to the same words.
    """
    slid = [*runs, Run(len(sides[0]), len(sides[1]), 0)]
    for index in range(len(runs)):
        left, right = slid[index], slid[index + 1]
        taken, put = right.old - left.old - left.length, right.new - left.new - left.length
        if bool(taken) == bool(put):
            continue
        side = 0 if taken else 1
        start, end = left[side] + left.length, right[side]
        shift = _shift(sides[side], opens[side], (start, end), (left.length, right.length))
        slid[index] = Run(left.old, left.new, left.length + shift)
        slid[index + 1] = Run(right.old + shift, right.new + shift, right.length - shift)
    return [run for run in slid if run.length]


def _shift(words: Sequence[str], opens: frozenset[int], edit: tuple[int, int], room: tuple[int, int]) -> int:
    """By how many words an edit [start, end) is best moved; it may be as far as the words around it repeat."""
    start, end = edit
    back = 0
    while back < room[0] and words[start - back - 1] == words[end - back - 1]:
        back += 1
    forth = 0
    while forth < room[1] and words[start + forth] == words[end + forth]:
        forth += 1
    if not back and not forth:
        return 0
    return max(
        range(-back, forth + 1),
        key=lambda shift: (_bound(words, opens, start + shift) + _bound(words, opens, end + shift), -abs(shift)),
    )


def _bound(words: Sequence[str], opens: frozenset[int], place: int) -> int:
    """How well something may begin at a place: a paragraph 3, a sentence 2, a part of one 1, elsewhere 0."""
    if place in opens or place >= len(words):
        return 3
    before = words[place - 1] if place else "."
    if before in _CLOSERS and place > 1:
        before = words[place - 2]
    if before in _ENDS:
        return 0 if words[place] in _CLOSERS else 2
    return int(len(before) == 1 and not before.isalnum())


def _telling(runs: list[Run], old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The runs without those that are little beside the changes on both their sides."""
    left = runs
    while True:
        sizes = defaultdict(int)
        bounds = [Run(0, 0, 0), *left, Run(len(old), len(new), 0)]
        for index, (one, other) in enumerate(pairwise(bounds)):
            sizes[index] = max(
                _letters(old, one.old + one.length, other.old), _letters(new, one.new + one.length, other.new)
            )
        kept = [
            run
            for index, run in enumerate(left)
            if _letters(old, run.old, run.old + run.length) > CHANCE * min(sizes[index], sizes[index + 1])
        ]
        if len(kept) == len(left):
            return kept
        left = kept


def _letters(words: Sequence[str], start: int, end: int) -> int:
    return sum(map(len, words[start:end]))
