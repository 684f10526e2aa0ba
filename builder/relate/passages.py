"""Two texts as read -> the links between them: what stands in both, at home or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder.relate.align import Gap, Run, align, between, once
from builder.relate.kept import Piece, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOVED_WORDS = 5
"""Fewer words in a row that are found elsewhere were not moved there: they only happen to recur."""

MOVED_LETTERS = 16
"""The same in letters: “of the U.S. to” says nothing. A sign of a script without spaces counts for `SIGN` of them."""

SIGN = 4

STRAY = 12
"""Words taken out between two moved runs up to which both were moved together."""

PUT_IN = 40
"""The same for words put in: a sentence."""

NONE = frozenset[int]()


class Link(NamedTuple):
    """A stretch that stands in both texts, [old, old_end) and [new, new_end)."""

    old: int
    old_end: int
    new: int
    new_end: int
    even: bool
    """Whether it is the same character for character; else one word, the same in normal form."""
    move: int = 0
    """0 at home, in the order of the rest; what was moved together has one number."""


class _Words(NamedTuple):
    """Words that follow each other in one text, but for breaks, where others stand between."""

    text: str
    pieces: list[Piece]
    words: list[str]
    opens: frozenset[int]
    """Which of them begin a paragraph."""


def links(old: str, new: str) -> list[Link]:
    """All links, in the order of the old text, none overlapping another in either text."""
    if old == new:
        return [Link(0, len(old), 0, len(new), even=True)]
    sides = _paragraphs(old), _paragraphs(new)
    texts = [[text[start:end] for start, end in side] for text, side in zip((old, new), sides, strict=True)]
    runs = align(texts[0], texts[1], opens=(NONE, NONE))
    found = [_stretch(run, sides, 0) for run in runs]
    gaps = list(between(runs, Gap(0, len(sides[0]), 0, len(sides[1]))))
    moved = _moved_whole(texts, gaps)
    found += [_stretch(Run(*pair, 1), sides, number) for number, pair in enumerate(moved, 1)]
    left: tuple[list[Piece | None], list[Piece | None]] = ([], [])
    gone, come = {pair[0] for pair in moved}, {pair[1] for pair in moved}
    for gap in gaps:
        before = _words(old, [sides[0][one] for one in range(gap.old, gap.old_end) if one not in gone])
        after = _words(new, [sides[1][one] for one in range(gap.new, gap.new_end) if one not in come])
        shared = align(before.words, after.words, opens=(before.opens, after.opens))
        found += _linked(shared, before, after, 0)
        for inner in between(shared, Gap(0, len(before.words), 0, len(after.words))):
            left[0].extend((*before.pieces[inner.old : inner.old_end], None))
            left[1].extend((*after.pieces[inner.new : inner.new_end], None))
    found += _moved(left, (old, new), len(moved))
    return sorted(found)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """The stretches between blank lines."""
    found = []
    start = 0
    for words in text.split("\n\n"):
        found.append((start, start + len(words)))
        start += len(words) + 2
    return found


def _stretch(run: Run, sides: Sequence[Sequence[tuple[int, int]]], move: int) -> Link:
    """Whole paragraphs in a row, unchanged."""
    old, new = sides
    last = run.length - 1
    return Link(old[run.old][0], old[run.old + last][1], new[run.new][0], new[run.new + last][1], even=True, move=move)


def _moved_whole(texts: Sequence[Sequence[str]], gaps: Sequence[Gap]) -> list[tuple[int, int]]:
    """The paragraphs that stand elsewhere unchanged, once among all those left over on either side.

    Those left over at one place on both sides may stand at home there: their words will say.
    """
    old = [one for gap in gaps for one in range(gap.old, gap.old_end)]
    new = [one for gap in gaps for one in range(gap.new, gap.new_end)]
    at = {one: number for number, gap in enumerate(gaps) for one in range(gap.old, gap.old_end)}
    other = {one: number for number, gap in enumerate(gaps) for one in range(gap.new, gap.new_end)}
    here = once([texts[0][one] for one in old], 0, len(old), 1)
    there = once([texts[1][one] for one in new], 0, len(new), 1)
    return [
        (old[place], new[there[words]])
        for words, place in here.items()
        if words in there
        and at[old[place]] != other[new[there[words]]]
        and _weighty(piece.word for piece in pieces(words[0], 0, min(len(words[0]), 200)))
    ]


def _words(text: str, stretches: Iterable[tuple[int, int]]) -> _Words:
    found: list[Piece] = []
    opens = []
    for start, end in stretches:
        opens.append(len(found))
        found += pieces(text, start, end)
    return _Words(text, found, [piece.word for piece in found], frozenset(opens))


def _linked(runs: Iterable[Run], old: _Words, new: _Words, move: int) -> Iterator[Link]:
    """The links that runs of words come to: one for a stretch that is the same as read, else one for each word."""
    for run in runs:
        here = old.pieces[run.old : run.old + run.length]
        there = new.pieces[run.new : run.new + run.length]
        begun = 0
        for index in range(run.length):
            ends = index + 1 == run.length or not _follows(here, there, index, old.text, new.text)
            if not ends:
                continue
            one, other, last, other_last = here[begun], there[begun], here[index], there[index]
            even = old.text[one.start : last.end] == new.text[other.start : other_last.end]
            yield Link(one.start, last.end, other.start, other_last.end, even, move)
            begun = index + 1


def _follows(here: Sequence[Piece], there: Sequence[Piece], index: int, old: str, new: str) -> bool:
    """Whether a word and the next are one stretch: the same as read, with the same between them."""
    one, two, other, other_two = here[index], here[index + 1], there[index], there[index + 1]
    return old[one.start : two.end] == new[other.start : other_two.end]


def _moved(left: tuple[list[Piece | None], list[Piece | None]], texts: tuple[str, str], count: int) -> Iterator[Link]:
    """What is left over on both sides, sought regardless of order. `count` moves were numbered before."""
    words = [[piece.word if piece else f"\0{place}" for place, piece in enumerate(side)] for side in left]
    old, new = words[0], [word if word[0] != "\0" else "\0" for word in words[1]]
    there = once(new, 0, len(new), MOVED_WORDS)
    runs: list[Run] = []
    done = 0
    used: set[int] = set()
    for gram, place in once(old, 0, len(old), MOVED_WORDS).items():
        if place < done or gram not in there or there[gram] in used:
            continue
        run = _grown(old, new, Run(place, there[gram], MOVED_WORDS), done)
        taken = range(run.new, run.new + run.length)
        if used.isdisjoint(taken) and _weighty(old[run.old : run.old + run.length]):
            runs.append(run)
            done = run.old + run.length
            used.update(taken)
    for number, together in enumerate(_together(runs, old, new), count + 1):
        first, last = together[0], together[-1]
        here = _stretch_of(left[0], first.old, last.old + last.length, texts[0])
        other = _stretch_of(left[1], first.new, last.new + last.length, texts[1])
        yield from _linked(align(here.words, other.words, opens=(NONE, NONE)), here, other, number)


def _stretch_of(side: Sequence[Piece | None], start: int, end: int, text: str) -> _Words:
    found = [piece for piece in side[start:end] if piece is not None]
    return _Words(text, found, [piece.word for piece in found], NONE)


def _grown(old: Sequence[str], new: Sequence[str], run: Run, done: int) -> Run:
    """A run as long as the words agree on both sides; breaks agree with nothing."""
    start, other = run.old, run.new
    while start > done and other > 0 and old[start - 1] == new[other - 1]:
        start, other = start - 1, other - 1
    end, other_end = run.old + run.length, run.new + run.length
    while end < len(old) and other_end < len(new) and old[end] == new[other_end]:
        end, other_end = end + 1, other_end + 1
    return Run(start, other, end - start)


def _weighty(words: Iterable[str]) -> bool:
    """Whether words are so many that they hardly stand twice by chance."""
    lettered = [word for word in words if word[0].isalnum() or word > "\u2fff"]
    letters = sum(len(word) if word < "\u2fff" else SIGN for word in lettered)
    return len(lettered) >= MOVED_WORDS and letters >= MOVED_LETTERS


def _together(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> Iterator[list[Run]]:
    """Runs that were moved together: near to each other, in the same order, on both sides."""
    group: list[Run] = []
    for run in runs:
        if group:
            last = group[-1]
            passed, other = old[last.old + last.length : run.old], new[last.new + last.length : run.new]
            near = run.new >= last.new + last.length and len(passed) <= STRAY and len(other) <= PUT_IN
            if not near or any(word[0] == "\0" for word in (*passed, *other)):
                yield group
                group = []
        group.append(run)
    if group:
        yield group
