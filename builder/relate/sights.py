"""A quotation and what stood around it -> the places where it may stand now, each weighed.

Wording and surroundings are weighed together. The habit is that of fuzzy text-quote matchers (candidates, weights).
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from builder.model.prose import Span
from builder.model.value import value_class
from builder.relate.contexts import CHUNK, agreement
from builder.relate.fitting import LIKE, LONGEST, REPLACED, fitted, own, trimmed
from builder.relate.kept import PIECE, kept
from builder.relate.nearest import fewest_errors
from builder.relate.normal import plain
from builder.relate.words import letters, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.relate.haystack import Haystack

CONTEXT = 48
"""Characters of context that are weighed on a side: half as many again as annotations usually carry (32)."""

WEIGHED = 16
"""Less context than this, on both sides together, says nothing: what an author types to choose a place must hold."""

WORDING = 2.0
"""What the words weigh against one side of the context (1): as much as both sides together, no more."""

PLACES = 40
"""So many places of the very words are weighed; more can't be told apart in reasonable time."""

ROOM = 240
"""Characters that may stand at home besides twice the quotation: a sentence put in."""

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
        return rare(self.quotation)


def rare(words: str) -> bool:
    """Whether words are so many that they hardly stand twice by chance."""
    return letters(words) >= ALONE and len(PIECE.findall(words)) >= WORDS


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

    @property
    def whole(self) -> bool:
        """Whether all that stood around the words stands around it, on both sides."""
        return self.before == self.after == 1


def candidates(
    one: Sought, haystack: Haystack, votes: tuple[Sequence[int], Sequence[int]], homes: Sequence[Span]
) -> set[Span]:
    """Where it may stand. `votes` are where it would begin and end by its context, `homes` where both agree."""
    starts, ends = votes
    return {*_exact(one, haystack), *_near(one, haystack, starts, ends), *_between(one, haystack, homes)}


def _exact(one: Sought, haystack: Haystack) -> Iterator[Span]:
    standing = haystack.standing(one.quotation)
    yield from (standing.uncut or standing.allowed)[:PLACES]


def _near(one: Sought, haystack: Haystack, starts: Sequence[int], ends: Sequence[int]) -> Iterator[Span]:
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


def _between(one: Sought, haystack: Haystack, homes: Sequence[Span]) -> Iterator[Span]:
    """What stands between the two sides of the context, where it holds the words in whatever order, or with others."""
    text = haystack.normal.text
    wanted = PIECE.findall(one.quotation)
    for home in homes:
        found = list(PIECE.finditer(text, home.start, home.end))
        first, last = own(wanted, [match[0] for match in found], replaced=REPLACED)
        if first < last and kept(wanted, [match[0] for match in found[first:last]]) >= LIKE:
            yield Span(found[first].start(), found[last - 1].end())


def parted(one: Sought, haystack: Haystack, starts: Sequence[int], ends: Sequence[int]) -> Iterator[Span]:
    """The first words or the last ones, half at least, where what stood before or after tells, if they stand once.

    So it is where a quotation ran over two paragraphs of which one was moved away.
    """
    text, words = haystack.normal.text, one.quotation
    for start in starts:
        size = _alike(text[start : start + len(words)], words)
        while size and not whole(words, 0, size):
            size -= 1
        yield from _part(words[:size].rstrip(), start, one, haystack)
    for end in ends:
        past = end - text.endswith(" ", 0, end)
        size = _alike(text[max(0, past - len(words)) : past][::-1], words[::-1])
        while size and not whole(words, len(words) - size, len(words)):
            size -= 1
        part = words[len(words) - size :].lstrip(" .,;:!?")
        yield from _part(part, past - len(part), one, haystack)


def _part(part: str, start: int, one: Sought, haystack: Haystack) -> Iterator[Span]:
    once = part != one.quotation and rare(part) and len(haystack.standing(part).allowed) == 1
    if once and 2 * letters(part) >= letters(one.quotation):
        yield Span(start, start + len(part))


def _alike(here: str, there: str) -> int:
    """How many characters two strings begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))


def ranked(one: Sought, haystack: Haystack, places: Iterable[Span]) -> tuple[Sight, ...]:
    """Places weighed, best first; of those that overlap only the very words, else the best."""
    sights = sorted(
        (_sight(one, haystack, place) for place in places),
        key=lambda one: (one.wording < 1, -one.score, one.span),
    )
    apart: list[Sight] = []
    for sight in sights:
        if not any(sight.span.meets(other.span) for other in apart):
            apart.append(sight)
    return tuple(sorted(apart, key=lambda one: (-one.score, one.span)))


def _sight(one: Sought, haystack: Haystack, place: Span) -> Sight:
    text = haystack.normal.text
    wording = likeness(one.quotation, text[place.start : place.end])
    before, after = agreement(one.prefix, text, place.start, -1), agreement(one.suffix, text, place.end, 1)
    sides = bool(one.prefix) + bool(one.suffix)
    if not one.prefix and one.suffix and place.start == 0:
        before, sides = 1.0, 2  # nothing stood before it, and nothing does
    if not one.suffix and one.prefix and place.end == len(text):
        after, sides = 1.0, 2
    # A side that isn't known weighs as the other one does.
    around = 2 * (before + after) / sides if sides else 0.0
    return Sight(place, wording, before, after, (WORDING * wording + around) / (WORDING + 2))


def likeness(quotation: str, found: str) -> float:
    """How alike words are: letter by letter, or word by word in any order, whichever says more."""
    if quotation == found:
        return 1.0
    if not found or not quotation:
        return 0.0
    head, other = quotation[:LONGEST], found[:LONGEST]
    errors, _ = fewest_errors(head, other)
    longer = max(0, len(other) - len(head) - errors)
    lettered = 1 - (errors + longer / 2) / len(head)
    words = kept(PIECE.findall(quotation), PIECE.findall(found))
    # The very words with others among them are not the very words.
    return max(0.0, min(0.97, max(lettered, 0.95 * words)))


def along(one: Sought, haystack: Haystack, place: Span) -> int:
    """How many characters just beside a place are those that stood beside the words."""
    text = haystack.normal.text
    before = text[max(0, place.start - CONTEXT - 1) : place.start].rstrip()[::-1], one.prefix[::-1]
    after = text[place.end : place.end + CONTEXT + 1].lstrip(), one.suffix
    return _alike(*before) + _alike(*after)


def afar(one: Sought, haystack: Haystack, place: Span) -> float:
    """How much of what stood around the words stands within a sentence of a place, each part on its side."""
    text = haystack.normal.text
    before, after = text[max(0, place.start - ROOM) : place.start], text[place.end : place.end + ROOM]
    there = [piece[::-1] in before for piece in _chunks(one.prefix[::-1])]
    there += [piece in after for piece in _chunks(one.suffix)]
    return sum(there) / len(there) if there else 0.0


def _chunks(context: str) -> list[str]:
    """Its pieces of `CHUNK` characters, from the words on."""
    return [context[at : at + CHUNK] for at in range(0, len(context) - CHUNK + 1, CHUNK)]
