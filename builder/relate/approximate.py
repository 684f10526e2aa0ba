"""A quotation and what stood around it -> the places where it may stand now, best first, and whether one is meant.

Nearly the same words at home beat the very words elsewhere. The floor, the margin and the veto are what keeps a note
off words that it was not written for.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from builder.model.prose import Span
from builder.relate.contexts import agreement, votes
from builder.relate.fitting import LIKE
from builder.relate.kept import PIECE
from builder.relate.sights import ALONE, ROOM, Sight, Sought, afar, along, candidates, likeness, parted, ranked, sought
from builder.relate.words import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.relate.haystack import Haystack

__all__ = ["Sight", "Sought", "Verdict", "judge", "sought"]

FLOOR = 0.66
"""The least that is accepted. The very words with nothing around them that agrees come to 0.5, with one side whole to
0.75; half of the words with all around them whole to 0.75."""

FLOOR_OF_FEW = 0.74
"""The least for words so few that they stand elsewhere by chance: the very words with one side whole."""

MARGIN = 0.08
"""By so much the best must lead; one word of context more on one side is worth it."""

STANDS = 0.7
"""From here on a side of the context is taken to stand."""

NEXT = 16
"""Characters between words and where they stood, where they only changed places with their neighbours."""

NEARLY = 0.9
"""From here on many words are nearly the ones sought."""

MOSTLY = 0.75
"""The same for a sentence of twice as many."""

APART = 0.2
"""By so much less like them everything else must be, where nothing around them agrees."""

ALONG = 8
"""Characters beside the very words that went along with them: a word or two, more than chance leaves there."""

NEARLY_ALL = 0.8
"""The share of what stood around the words that must stand about a place, where it decides among several."""

MANY = 2 * ALONE
"""Letters of words that stand nowhere by chance, but where somebody repeated them."""


class Verdict(Enum):
    """What the places come to."""

    FOUND = "found"
    CUT_OUT = "cut out"
    """Its surroundings meet where it stood; the same words stand once elsewhere, alone."""
    ALONG = "along"
    """The very words stand elsewhere, and a part of what stood beside them with them: moved as a whole."""
    UNDECIDED = "undecided"
    GONE = "gone"


_Judged = tuple[Verdict, tuple[Sight, ...]]


def judge(one: Sought, haystack: Haystack, *, allowed: Callable[[Span], bool]) -> _Judged:
    """Which place is meant, if one is: the sights, best first, and what they come to.

    `allowed` says of a place whether words may be sought there at all.
    """
    room = 2 * len(one.quotation) + ROOM
    starts, ends = votes(one.prefix, one.suffix, haystack, room=room)
    homes = [Span(start, end) for start in starts for end in ends if start <= end <= start + room]
    places = candidates(one, haystack, (starts, ends), homes)
    sights = ranked(one, haystack, (place for place in places if allowed(place)))
    at_home = [sight for sight in sights if sight.whole and sight.wording >= LIKE]
    if len(at_home) == 1:
        return Verdict.FOUND, _first(at_home[0], sights)
    verdict, sights = _weighed(one, haystack, homes, sights)
    if verdict is Verdict.GONE or (verdict is Verdict.FOUND and sights[0].score < FLOOR):
        parts = ranked(one, haystack, (place for place in parted(one, haystack, starts, ends) if allowed(place)))
        beside = [part for part in parts if max(part.before, part.after) == 1]
        if beside:
            return Verdict.FOUND, _first(max(beside, key=lambda part: part.wording), sights)
    return verdict, sights


def _weighed(one: Sought, haystack: Haystack, homes: Sequence[Span], sights: tuple[Sight, ...]) -> _Judged:
    """What the sights come to, none of which alone is all that was known."""
    best = sights[0] if sights else None
    held = _held(one, haystack, homes, best)
    if best is not None and held is not None and not _spared(one, haystack, held, sights):
        return _cut_out(one, haystack, held, sights)
    if best is None or (best.score < (FLOOR if one.rare else FLOOR_OF_FEW) and not _only(one, sights)):
        if held is not None:
            return _cut_out(one, haystack, held, sights)
        return (Verdict.ALONG if _accompanied(one, haystack, sights) else Verdict.GONE), sights
    rivals = [sight for sight in sights[1:] if sight.score > best.score - MARGIN and not _decides(best, sight)]
    if not rivals:
        return Verdict.FOUND, sights
    if _accompanied(one, haystack, sights):
        return Verdict.ALONG, sights
    nearer = _nearer(one, haystack, [best, *rivals])
    return (Verdict.FOUND, _first(nearer, sights)) if nearer is not None else (Verdict.UNDECIDED, sights)


def _first(best: Sight, sights: tuple[Sight, ...]) -> tuple[Sight, ...]:
    return (best, *(sight for sight in sights if not sight.span.meets(best.span)))


def _spared(one: Sought, haystack: Haystack, held: Span, sights: tuple[Sight, ...]) -> bool:
    """Whether surroundings that stand elsewhere with other words between say nothing against the best place.

    It is beside them: words that changed places. Or the very words stand there alone with one side of it whole: then
    that side recurs, and it is where it stands around other words that it doesn't belong to them.
    """
    best, text = sights[0], haystack.normal.text
    if best.span.meets(held):
        return True
    if best.span.start <= held.end + NEXT and held.start <= best.span.end + NEXT:
        # Where all around stands as it was, nothing changed places: what is beside was there before.
        sides = agreement(one.prefix, text, held.start, -1), agreement(one.suffix, text, held.end, 1)
        return min(sides) < 1
    alone = sum(sight.wording == 1 for sight in sights) == 1
    return alone and one.rare and best.wording == max(best.before, best.after) == 1


def _only(one: Sought, sights: tuple[Sight, ...]) -> bool:
    """Whether rare words stand once as sought, or many nearly so, or half of many beside one whole side of the context.

    Nothing else may be like them, unless it lacks that side.
    """
    best, size = sights[0], letters(one.quotation)
    beside = max(best.before, best.after) == 1
    nearly = best.wording >= (NEARLY if size < 2 * MANY else MOSTLY) or (best.wording >= LIKE and beside)
    if not one.rare or not (best.wording == 1 or (size >= MANY and nearly)):
        return False
    return all(
        sight.wording < min(1, best.wording - APART)
        or (beside and max(sight.before, sight.after) < 1 and sight.score <= best.score - MARGIN)
        for sight in sights[1:]
    )


def _decides(best: Sight, other: Sight) -> bool:
    """Whether all around stands at the best place and not at another; or the other is the same word doubled."""
    doubled = best.wording == other.wording == 1 and 0 <= other.span.start - best.span.end <= 1
    return (best.whole and not other.whole) or doubled


def _nearer(one: Sought, haystack: Haystack, rivals: Sequence[Sight]) -> Sight | None:
    """Of places among which nothing just beside them decides, the only one that has nearly all a sentence away."""
    shares = [afar(one, haystack, sight.span) for sight in rivals]
    most = max(shares)
    return rivals[shares.index(most)] if most >= NEARLY_ALL and shares.count(most) == 1 else None


def _cut_out(one: Sought, haystack: Haystack, held: Span, sights: tuple[Sight, ...]) -> _Judged:
    """What remains where the surroundings stand and the words between them are others: nothing, or words moved."""
    same = [sight for sight in sights if sight.wording == 1]
    empty = not PIECE.search(haystack.normal.text, held.start, held.end)
    lone = one.rare and len(same) == 1 and same[0] is sights[0]
    if empty and _accompanied(one, haystack, sights):
        return Verdict.ALONG, sights
    return (Verdict.CUT_OUT if empty and lone else Verdict.GONE), sights


def _accompanied(one: Sought, haystack: Haystack, sights: tuple[Sight, ...]) -> bool:
    """Whether at the best place the very words have neighbours along with them, and far more than elsewhere.

    So it is where a sentence was moved as a whole: only a part of what surrounded the words went with them.
    """
    same = [sight for sight in sights if sight.wording == 1]
    if not same or same[0] is not sights[0]:
        return False
    most, *others = (along(one, haystack, sight.span) for sight in same)
    return most >= ALONG + max(others, default=0) and most + len(one.quotation) >= ALONE


def _held(one: Sought, haystack: Haystack, homes: Sequence[Span], best: Sight | None) -> Span | None:
    """Where both sides of the context still stand and other words, or none, stand between them: what vetoes.

    Not where they stand less well than around the best place: what recurs often stands around other words too.
    """
    text = haystack.normal.text
    stands = min(best.before, best.after) if best is not None else 0.0
    for home in homes:
        around = min(agreement(one.prefix, text, home.start, -1), agreement(one.suffix, text, home.end, 1))
        if around < STANDS or around < stands or stands == 1:
            continue
        if likeness(one.quotation, text[home.start : home.end]) < LIKE:
            return home
    return None
