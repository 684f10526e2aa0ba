"""A quotation and what stood around it -> the places where it may stand now, best first, and whether one is meant.

Wording and surroundings are weighed together, so that nearly the same words at home beat the very words elsewhere.
The habit is that of fuzzy text-quote matchers (candidates, weights, a threshold); the floor, the margin and the veto
are what keeps a note off words that it was not written for.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from builder.model.prose import Span
from builder.model.value import value_class
from builder.relate.align import align
from builder.relate.kept import PIECE, kept
from builder.relate.nearest import fewest_errors
from builder.relate.normal import plain
from builder.relate.words import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.relate.haystack import Haystack

CONTEXT = 48
"""Characters of context that are weighed on a side: half as many again as annotations usually carry (32)."""

WEIGHED = 16
"""Less context than this, on both sides together, says nothing: what an author types to choose a place must hold."""

CHANCE = 0.4
"""About so alike are any two stretches of one language, errors counted: nothing is proved by it."""

WORDING = 2.0
"""What the words weigh against one side of the context (1): as much as both sides together, no more."""

LIKE = 0.5
"""Words less alike than this are other words."""

FLOOR = 0.66
"""The least that is accepted. The very words with nothing around them that agrees come to 0.5, with one side whole to
0.75; half of the words with all around them whole to 0.75."""

MARGIN = 0.08
"""By so much the best must lead; one word of context more on one side is worth it."""

BESIDE = 8
"""Characters beside a lone place of the very words that show it to be more than their twin: a word or two."""

NEARLY = 0.95
"""What a context counts that stands near the words, with others between: a little less than beside them."""

STANDS = 0.7
"""From here on a side of the context is taken to stand."""

CHUNK = 10
"""Characters of context sought as they are, to learn where home is; some chunk outlives most edits."""

CHUNKS = 3
"""How many of them on a side: one changed word mostly spoils one."""

COMMON = 12
"""A chunk that stands in more places than this doesn't tell where home is."""

PLACES = 40
"""So many places of the very words are weighed; more can't be told apart in reasonable time."""

ROOM = 64
"""Characters that may stand at home besides twice the quotation: a sentence put in."""

ALONE = 20
"""Letters of a quotation that hardly stands elsewhere by chance, and `WORDS` of it."""

WORDS = 4

LONGEST = 512
"""Characters of a quotation beyond which only its first and last so many are compared."""


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
    beside: int
    """Characters just beside it that are those which stood beside the words."""
    home: bool
    """Whether something of both sides of the context stands around it."""

    @property
    def firm(self) -> bool:
        """Whether both sides of the context stand around words like those sought."""
        return self.wording >= LIKE and min(self.before, self.after) >= STANDS


class Vote(NamedTuple):
    """Where a piece of the context stands, and how many characters of it lie between the piece and the words."""

    place: int
    passed: int


class Verdict(Enum):
    """What the places come to."""

    FOUND = "found"
    CUT_OUT = "cut out"
    """Its surroundings meet where it stood; the same words stand once elsewhere, alone."""
    UNDECIDED = "undecided"
    GONE = "gone"


def judge(one: Sought, haystack: Haystack, *, allowed: Callable[[Span], bool]) -> tuple[Verdict, tuple[Sight, ...]]:
    """Which place is meant, if one is: the sights, best first, and what they come to.

    `allowed` says of a place whether words may be sought there at all.
    """
    starts, ends = _votes(one, haystack)
    homes = _homes(one, starts, ends)
    places = {*_exact(one, haystack), *_near(one, haystack, starts, ends), *_between(one, haystack, homes)}
    ranked = _ranked(one, haystack, homes, (place for place in places if allowed(place)))
    return (_verdict(one, haystack, homes, ranked) if ranked else Verdict.GONE), ranked


def _verdict(one: Sought, haystack: Haystack, homes: list[Span], ranked: tuple[Sight, ...]) -> Verdict:
    """What ranked places come to, at least one."""
    best = ranked[0]
    lone = _lone(one, ranked)
    if homes and not best.home and best.score < 1 and not any(sight.home and sight.wording >= LIKE for sight in ranked):
        return Verdict.CUT_OUT if lone and _empty(one, haystack, homes) else Verdict.GONE
    if best.firm and not (len(ranked) > 1 and ranked[1].firm and ranked[1].score > best.score - MARGIN):
        return Verdict.FOUND
    if best.score < FLOOR or (len(ranked) > 1 and ranked[1].score > best.score - MARGIN):
        undecided = Verdict.GONE if best.score < FLOOR else Verdict.UNDECIDED
        return Verdict.CUT_OUT if lone else undecided
    return Verdict.FOUND


def _lone(one: Sought, ranked: tuple[Sight, ...]) -> bool:
    """Whether the best place has the very words, and more of what stood beside them than all others that have them."""
    best, *others = sorted((sight for sight in ranked if sight.wording == 1), key=lambda one: -one.beside) or [None]
    if best is None or best is not ranked[0] or best.beside < BESIDE:
        return False
    if not others:
        return one.rare or len(one.quotation) + best.beside >= ALONE
    return len(one.quotation) + best.beside >= ALONE and best.beside >= others[0].beside + BESIDE


def _empty(one: Sought, haystack: Haystack, homes: list[Span]) -> bool:
    """Whether somewhere nothing stands between the two sides of the context but more of the context."""
    around = PIECE.findall(one.prefix) + PIECE.findall(one.suffix)
    between = [PIECE.findall(haystack.normal.text, home.start, home.end) for home in homes]
    return any(not found or kept(found, around) >= STANDS for found in between)


def _homes(one: Sought, starts: list[Vote], ends: list[Vote]) -> list[Span]:
    """Where something of both sides of the context stands, as near together as the words and an addition allow."""
    room = 2 * len(one.quotation) + ROOM
    return [
        Span(start.place, end.place)
        for start in starts
        for end in ends
        if start.place <= end.place <= start.place + room + start.passed + end.passed
    ]


def _exact(one: Sought, haystack: Haystack) -> Iterator[Span]:
    standing = haystack.standing(one.quotation)
    yield from (standing.uncut or standing.allowed)[:PLACES]


def _near(one: Sought, haystack: Haystack, starts: list[Vote], ends: list[Vote]) -> Iterator[Span]:
    """Where words like those sought stand: near the places that the context tells, and wherever a search finds some."""
    text = haystack.normal.text
    size = min(len(one.quotation), LONGEST)
    slack = max(8, size // 4)
    begun = {vote.place + vote.passed for vote in starts}
    if len(one.quotation) <= LONGEST:
        begun |= {vote.place - vote.passed - size for vote in ends}
    windows = {(max(0, start - slack), start + size + slack) for start in begun}
    for start, end in sorted(windows):
        found = _fitted(one.quotation, text, start, end)
        if found is not None:
            yield found
    for span, _ in haystack.nearest.seek(one.quotation):
        yield haystack.normal.within(span)


def _fitted(quotation: str, text: str, start: int, end: int) -> Span | None:
    """The stretch of a window most like the quotation, whole words; None where nothing is like it."""
    head = quotation[:LONGEST]
    window = text[start:end]
    errors, last = fewest_errors(head, window)
    if 1 - errors / len(head) < LIKE:
        return None
    _, length = fewest_errors(head[::-1], window[:last][::-1])
    first, past = start + last - length, start + last
    if len(quotation) > LONGEST:
        tail = quotation[-LONGEST:]
        low = max(past, first + len(quotation) // 2)
        errors, last = fewest_errors(tail, text[low : first + 2 * len(quotation)])
        if 1 - errors / len(tail) < LIKE:
            return None
        past = low + last
    while first > 0 and cut(text, first):
        first -= 1
    while past < len(text) and cut(text, past):
        past += 1
    return Span(first, past)


def _between(one: Sought, haystack: Haystack, homes: list[Span]) -> Iterator[Span]:
    """What stands between the two sides of the context, where it holds the words in whatever order, or with others."""
    text = haystack.normal.text
    wanted = PIECE.findall(one.quotation)
    for home in homes:
        found = list(PIECE.finditer(text, home.start, home.end))
        there = [match[0] for match in found]
        if not found or kept(wanted, there) < LIKE:
            continue
        runs = align(wanted, there, opens=(frozenset(), frozenset()))
        if runs:
            # Words before the first that is kept, and after the last, were changed: as many are taken to be theirs.
            first = max(0, runs[0].new - runs[0].old)
            last = min(len(found), runs[-1].new + len(wanted) - runs[-1].old)
            yield Span(found[first].start(), found[last - 1].end())


def _ranked(one: Sought, haystack: Haystack, homes: list[Span], places: Iterator[Span]) -> tuple[Sight, ...]:
    """Places weighed, best first; of those that overlap only the best."""
    sights = sorted((_sight(one, haystack, homes, place) for place in places), key=_rank)
    apart: list[Sight] = []
    for sight in sights:
        if not any(sight.span.meets(other.span) for other in apart):
            apart.append(sight)
    return tuple(apart)


def _rank(sight: Sight) -> tuple[float, int, Span]:
    """What stands at home goes before what is as good elsewhere, or only a little better."""
    return -round(sight.score + MARGIN * sight.firm, 6), -sight.beside, sight.span


def _sight(one: Sought, haystack: Haystack, homes: list[Span], place: Span) -> Sight:
    text = haystack.normal.text
    wording = _wording(one.quotation, text[place.start : place.end])
    before, after = _agreement(one.prefix, text, place.start, -1), _agreement(one.suffix, text, place.end, 1)
    around = [home for home in homes if home.holds(place)]
    for home in around:
        before = max(before, NEARLY * _agreement(one.prefix, text, home.start, -1))
        after = max(after, NEARLY * _agreement(one.suffix, text, home.end, 1))
    sides = bool(one.prefix) + bool(one.suffix)
    # A side that isn't known weighs as the other one does.
    context = 2 * (before * bool(one.prefix) + after * bool(one.suffix)) / sides if sides else 0.0
    return Sight(
        place,
        wording,
        before if one.prefix else after,
        after if one.suffix else before,
        (WORDING * wording + context) / (WORDING + 2),
        beside=_beside(one, text, place),
        home=bool(around),
    )


def _beside(one: Sought, text: str, place: Span) -> int:
    """How many characters just beside a place are those that stood beside the words."""
    before, after = text[: place.start].rstrip()[::-1], text[place.end : place.end + CONTEXT].lstrip()
    both = zip((one.prefix[::-1], one.suffix), (before, after), strict=True)
    return sum(next((n for n, (a, b) in enumerate(zip(*pair)) if a != b), min(map(len, pair))) for pair in both)


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


def _agreement(context: str, text: str, offset: int, step: int) -> float:
    """How much of a context stands on its side of an offset: 1 for all, 0 for no more than any words have."""
    if not context:
        return 0.0
    room = len(context) + len(context) // 4 + 2
    if step < 0:
        near, wanted = text[max(0, offset - room) : offset].rstrip()[::-1], context[::-1]
    else:
        near, wanted = text[offset : offset + room].lstrip(), context
    if near.startswith(wanted):
        return 1.0
    errors, _ = fewest_errors(wanted, near)
    return max(0.0, (1 - errors / len(wanted) - CHANCE) / (1 - CHANCE))


def _votes(one: Sought, haystack: Haystack) -> tuple[list[Vote], list[Vote]]:
    """Where pieces of the context end that stood before the words, and begin that stood after them."""
    starts: list[Vote] = []
    ends: list[Vote] = []
    for number in range(CHUNKS):
        passed = number * CHUNK
        until = len(one.prefix) - passed
        chunk = one.prefix[max(0, until - CHUNK) : max(0, until)]
        starts += [Vote(place + len(chunk), passed) for place in _places(chunk, haystack)]
        ends += [Vote(place, passed) for place in _places(one.suffix[passed : passed + CHUNK], haystack)]
    return starts, ends


def _places(chunk: str, haystack: Haystack) -> tuple[int, ...]:
    if len(chunk) < CHUNK:
        return ()
    found = haystack.finder.places(chunk)
    return found if len(found) <= COMMON else ()
