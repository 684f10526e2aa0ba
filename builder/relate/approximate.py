"""A quotation and what stood around it -> the places where it may stand now, best first, and whether one is meant.

Wording and surroundings are weighed together, so that nearly the same words at home beat the very words elsewhere.
The habit is that of fuzzy text-quote matchers (candidates, weights, a threshold); the floor, the margin and the veto
are what keeps a note off words that it was not written for.
"""

from __future__ import annotations

from enum import Enum
from itertools import takewhile
from typing import TYPE_CHECKING

from builder.model.prose import Span
from builder.model.value import value_class
from builder.relate.contexts import agreement, votes
from builder.relate.fitting import LIKE, LONGEST, REPLACED, fitted, own, trimmed
from builder.relate.kept import PIECE, kept
from builder.relate.nearest import fewest_errors
from builder.relate.normal import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.relate.haystack import Haystack

CONTEXT = 48
"""Characters of context that are weighed on a side: half as many again as annotations usually carry (32)."""

WEIGHED = 16
"""Less context than this, on both sides together, says nothing: what an author types to choose a place must hold."""

WORDING = 2.0
"""What the words weigh against one side of the context (1): as much as both sides together, no more."""

FLOOR = 0.66
"""The least that is accepted. The very words with nothing around them that agrees come to 0.5, with one side whole to
0.75; half of the words with all around them whole to 0.75."""

FLOOR_OF_FEW = 0.74
"""The least for words so few that they stand elsewhere by chance: the very words with one side whole."""

MARGIN = 0.08
"""By so much the best must lead; one word of context more on one side is worth it."""

STANDS = 0.7
"""From here on a side of the context is taken to stand."""

PLACES = 40
"""So many places of the very words are weighed; more can't be told apart in reasonable time."""

NEXT = 16
"""Characters between words and where they stood, where they only changed places with their neighbours."""

ROOM = 240
"""Characters that may stand at home besides twice the quotation: a sentence put in."""

NEARLY = 0.9
"""From here on many words are nearly the ones sought."""

APART = 0.2
"""By so much less like them everything else must be, where nothing around them agrees."""

ALONG = 8
"""Characters beside the very words that went along with them: a word or two, more than chance leaves there."""

ALONE = 20
"""Letters of a quotation that hardly stands elsewhere by chance, and `WORDS` of it."""

WORDS = 4


@value_class(frozen=True, slots=True)
class Sought:
    """What is sought, in normal form."""

    quotation: str
    prefix: str
    suffix: str

    @property
    def weighable(self) -> bool:
        """Whether there is enough around the words to weigh."""
        return bool(self.quotation) and len(self.prefix) + len(self.suffix) >= WEIGHED

    @property
    def rare(self) -> bool:
        """Whether the words are so many that they hardly stand twice by chance."""
        return len(self.quotation) >= ALONE and len(PIECE.findall(self.quotation)) >= WORDS


def sought(quotation: str, prefix: str, suffix: str) -> Sought:
    """A quotation as typed or kept, and what stood around it, for seeking."""
    return Sought(plain(quotation), plain(prefix)[-CONTEXT:], plain(suffix)[:CONTEXT])


@value_class(frozen=True, slots=True)
class Sight:
    """A place (of the normal form) and how much speaks for it, each part from 0 to 1."""

    span: Span
    wording: float
    before: float
    after: float
    score: float


class Verdict(Enum):
    """What the places come to."""

    FOUND = "found"
    CUT_OUT = "cut out"
    """Its surroundings meet where it stood; the same words stand once elsewhere, alone."""
    ALONG = "along"
    """The very words stand elsewhere, and a part of what stood beside them with them: moved as a whole."""
    UNDECIDED = "undecided"
    GONE = "gone"


def judge(one: Sought, haystack: Haystack, *, allowed: Callable[[Span], bool]) -> tuple[Verdict, tuple[Sight, ...]]:
    """Which place is meant, if one is: the sights, best first, and what they come to.

    `allowed` says of a place whether words may be sought there at all.
    """
    room = 2 * len(one.quotation) + ROOM
    starts, ends = votes(one.prefix, one.suffix, haystack, room=room)
    homes = [Span(start, end) for start in starts for end in ends if start <= end <= start + room]
    places = {*_exact(one, haystack), *_near(one, haystack, starts, ends), *_between(one, haystack, homes)}
    ranked = _ranked(one, haystack, (place for place in places if allowed(place)))
    best = ranked[0] if ranked else None
    held = _held(one, haystack, homes, best)
    if best is not None and held is not None and not _beside(best.span, held):
        return _cut_out(one, haystack, held, ranked)
    if best is None or (best.score < (FLOOR if one.rare else FLOOR_OF_FEW) and not _only(one, ranked)):
        if held is not None:
            return _cut_out(one, haystack, held, ranked)
        return (Verdict.ALONG if _accompanied(one, haystack, ranked) else Verdict.GONE), ranked
    second = ranked[1] if len(ranked) > 1 else None
    if second is not None and second.score > best.score - MARGIN and not _decides(best, second):
        return (Verdict.ALONG if _accompanied(one, haystack, ranked) else Verdict.UNDECIDED), ranked
    return Verdict.FOUND, ranked


def _beside(place: Span, held: Span) -> bool:
    """Whether a place meets another, or is a word or two from it: words that changed places."""
    return place.start <= held.end + NEXT and held.start <= place.end + NEXT


def _only(one: Sought, ranked: tuple[Sight, ...]) -> bool:
    """Whether rare words stand once as sought, or many nearly so, or half of many beside one whole side of the context.

    Nothing else may be like them.
    """
    best = ranked[0]
    many = len(one.quotation) >= 2 * ALONE
    nearly = best.wording >= NEARLY or (best.wording >= LIKE and max(best.before, best.after) == 1)
    enough = best.wording == 1 or (many and nearly)
    return one.rare and enough and all(sight.wording < min(1, best.wording - APART) for sight in ranked[1:])


def _decides(best: Sight, second: Sight) -> bool:
    """Whether the context is whole where the words are nearly as sought, and not where they are so too."""
    return min(best.before, best.after) == 1 > min(second.before, second.after)


def _cut_out(
    one: Sought, haystack: Haystack, held: Span, ranked: tuple[Sight, ...]
) -> tuple[Verdict, tuple[Sight, ...]]:
    """What remains where the surroundings stand and the words between them are others: nothing, or words moved."""
    same = [sight for sight in ranked if sight.wording == 1]
    empty = not PIECE.search(haystack.normal.text, held.start, held.end)
    lone = one.rare and len(same) == 1 and same[0] is ranked[0]
    if empty and _accompanied(one, haystack, ranked):
        return Verdict.ALONG, ranked
    return (Verdict.CUT_OUT if empty and lone else Verdict.GONE), ranked


def _accompanied(one: Sought, haystack: Haystack, ranked: tuple[Sight, ...]) -> bool:
    """Whether at the best place the very words have neighbours along with them, and far more than elsewhere.

    So it is where a sentence was moved as a whole: only a part of what surrounded the words went with them.
    """
    same = [sight for sight in ranked if sight.wording == 1]
    if not same or same[0] is not ranked[0]:
        return False
    along, *others = (_along(one, haystack, sight.span) for sight in same)
    return along >= ALONG + max(others, default=0) and along + len(one.quotation) >= ALONE


def _along(one: Sought, haystack: Haystack, place: Span) -> int:
    """How many characters just beside a place are those that stood beside the words."""
    text = haystack.normal.text
    before = text[max(0, place.start - CONTEXT - 1) : place.start].rstrip()[::-1], one.prefix[::-1]
    after = text[place.end : place.end + CONTEXT + 1].lstrip(), one.suffix
    return sum(len(list(takewhile(_alike, zip(*pair, strict=False)))) for pair in (before, after))


def _alike(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _held(one: Sought, haystack: Haystack, homes: list[Span], best: Sight | None) -> Span | None:
    """Where both sides of the context still stand and other words, or none, stand between them: what vetoes.

    Not where they stand less well than around the best place: what recurs often stands around other words too.
    """
    text = haystack.normal.text
    stands = min(best.before, best.after) if best is not None else 0.0
    for home in homes:
        around = min(agreement(one.prefix, text, home.start, -1), agreement(one.suffix, text, home.end, 1))
        if around < STANDS or around < stands or stands == 1:
            continue
        if _wording(one.quotation, text[home.start : home.end]) < LIKE:
            return home
    return None


def _exact(one: Sought, haystack: Haystack) -> Iterator[Span]:
    standing = haystack.standing(one.quotation)
    yield from (standing.uncut or standing.allowed)[:PLACES]


def _near(one: Sought, haystack: Haystack, starts: list[int], ends: list[int]) -> Iterator[Span]:
    """Where words like those sought stand: near the places that the context tells, and wherever a search finds some."""
    text = haystack.normal.text
    size = min(len(one.quotation), LONGEST)
    slack = max(8, size // 4)
    windows = {(max(0, start - slack), start + size + slack) for start in starts}
    if len(one.quotation) <= LONGEST:
        windows |= {(max(0, end - size - slack), end + slack) for end in ends}
    for start, end in sorted(windows):
        found = fitted(one.quotation, text, start, end)
        if found is not None:
            yield trimmed(one.quotation, text, found)
    for span, _ in haystack.nearest.seek(one.quotation):
        yield trimmed(one.quotation, text, haystack.normal.within(span))


def _between(one: Sought, haystack: Haystack, homes: list[Span]) -> Iterator[Span]:
    """What stands between the two sides of the context, where it holds the words in whatever order, or with others."""
    text = haystack.normal.text
    wanted = PIECE.findall(one.quotation)
    for home in homes:
        found = list(PIECE.finditer(text, home.start, home.end))
        first, last = own(wanted, [match[0] for match in found], replaced=REPLACED)
        if first < last and kept(wanted, [match[0] for match in found[first:last]]) >= LIKE:
            yield Span(found[first].start(), found[last - 1].end())


def _ranked(one: Sought, haystack: Haystack, places: Iterator[Span]) -> tuple[Sight, ...]:
    """Places weighed, best first; of those that overlap only the best."""
    sights = sorted((_sight(one, haystack, place) for place in places), key=lambda one: (-one.score, one.span))
    apart: list[Sight] = []
    for sight in sights:
        if not any(sight.span.meets(other.span) for other in apart):
            apart.append(sight)
    return tuple(apart)


def _sight(one: Sought, haystack: Haystack, place: Span) -> Sight:
    text = haystack.normal.text
    wording = _wording(one.quotation, text[place.start : place.end])
    before, after = agreement(one.prefix, text, place.start, -1), agreement(one.suffix, text, place.end, 1)
    sides = bool(one.prefix) + bool(one.suffix)
    # A side that isn't known weighs as the other one does.
    around = 2 * (before * bool(one.prefix) + after * bool(one.suffix)) / sides if sides else 0.0
    return Sight(place, wording, before, after, (WORDING * wording + around) / (WORDING + 2))


def _wording(quotation: str, found: str) -> float:
    """How alike words are: letter by letter, or word by word in any order, whichever says more."""
    if quotation == found:
        return 1.0
    if not found or not quotation:
        return 0.0
    head, other = quotation[:LONGEST], found[:LONGEST]
    errors, _ = fewest_errors(head, other)
    longer = max(0, len(other) - len(head) - errors)
    letters = 1 - (errors + longer / 2) / len(head)
    words = kept(PIECE.findall(quotation), PIECE.findall(found))
    # The very words with others among them are not the very words.
    return max(0.0, min(0.97, max(letters, 0.95 * words)))
