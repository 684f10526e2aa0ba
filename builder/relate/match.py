"""One reading of a quotation and its settings -> where it stands, or why it can't be said.

Words are matched on characters, in normal form. Where they stand as whole words, places at which they are only part
of longer words don't count: who quotes “split” doesn't mean the “split” in “splitting”; but “splitt” is found there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.model.prose import Span
from builder.relate import words
from builder.relate.found import Fault, Match
from builder.relate.haystack import inside
from builder.relate.normal import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.relate.found import Around
    from builder.relate.haystack import Haystack, Standing

FEW = 1_000
"""Places among which a context is looked for one by one; of more, a search tells first which have its nearest word."""

SEARCH = 3
"""Among so many places a search costs what one costs that is weighed."""

STEP = 10
"""What a place costs from which the rest of a range is followed."""

NEAR = 64
"""How far a context of punctuation alone is looked for."""


def match(reading: Sequence[str], haystack: Haystack, around: Around) -> Match:
    """Where one reading stands: a quotation, or a range from its first words over any steps to its last."""
    asked = (tuple(reading), around)
    if asked not in haystack.matches:
        found = _quotation(reading[0], haystack, around) if len(reading) == 1 else _range(reading, haystack, around)
        haystack.matches[asked] = found
    return haystack.matches[asked]


def widened(text: str, place: Span, around: Around) -> Span | None:
    """A place together with the words of its context that stand around it; None where other words do."""
    start = _back(text, place.start, around.prefix) if around.prefix else place.start
    end = _forth(text, place.end, around.suffix) if around.suffix else place.end
    return Span(start, end) if start is not None and end is not None else None


def _quotation(quoted: str, haystack: Haystack, around: Around) -> Match:
    standing = haystack.standing(plain(quoted))
    if standing.more:
        return Match(Fault.MANY, standing.allowed or standing.everywhere, quoted, more=True)
    if not standing.everywhere:
        return Match(Fault.NOWHERE, (), quoted)
    if not standing.allowed:
        return Match(Fault.ACROSS, standing.everywhere, quoted)
    chosen = _chosen(standing, haystack, around)
    if not chosen:
        return Match(Fault.ELSEWHERE, standing.uncut or standing.allowed, quoted)
    return Match(None if len(chosen) == 1 else Fault.MANY, chosen, quoted)


def _chosen(standing: Standing, haystack: Haystack, around: Around) -> tuple[Span, ...]:
    """The places that fit; of these those that cut no word, at their own edges and then at their context's."""
    for places in (standing.uncut, standing.allowed):
        fitting = inside(places, around.area)
        if around.prefix or around.suffix:
            text = haystack.normal.text
            if len(fitting) > FEW:
                if not haystack.effort.spend(len(fitting) // SEARCH):
                    return fitting
                fitting = _narrowed(fitting, text, around) if places is standing.uncut else fitting
                if not haystack.effort.spend(len(fitting)):
                    return fitting
            wider = [(place, wide) for place in fitting if (wide := widened(text, place, around)) is not None]
            whole = [place for place, wide in wider if words.whole(text, wide.start, wide.end)]
            fitting = tuple(whole if places is standing.uncut and whole else [place for place, _ in wider])
            fitting = _to_the_letter(fitting, text, around) if len(fitting) > 1 else fitting
        if fitting:
            return fitting
    return ()


def _narrowed(places: tuple[Span, ...], text: str, around: Around) -> tuple[Span, ...]:
    """Some places of whole words without those that lack the nearest word of their context, told by one search each.

    Only among plain letters: there a word ends where a regular expression says so.
    """
    edges = text[places[0].start] + text[places[0].end - 1]
    if not (edges.isascii() and edges.isalnum()):
        return places
    nearest = _words(around.prefix)[-1:]
    if nearest and nearest[0].isascii() and nearest[0].isalnum():
        starts = {found.end() for found in re.finditer(rf"{nearest[0]}(?!\w)\W*", text)}
        places = tuple(place for place in places if place.start in starts)
    nearest = _words(around.suffix)[:1]
    if nearest and nearest[0].isascii() and nearest[0].isalnum():
        ends = {found.start() for found in re.finditer(rf"(?<=\w)\W+{nearest[0]}", text)}
        places = tuple(place for place in places if place.end in ends)
    return places


def _to_the_letter(places: tuple[Span, ...], text: str, around: Around) -> tuple[Span, ...]:
    """The one place that has its context with all signs in it, which words alone don't tell; else all of them."""
    same = [place for place in places if to_the_letter(text, place, around)]
    return tuple(same) if len(same) == 1 else places


def to_the_letter(text: str, place: Span, around: Around) -> bool:
    """Whether the context of a place stands around it with all its signs."""
    before, after = place.start - text.endswith(" ", 0, place.start), place.end + text.startswith(" ", place.end)
    return text.endswith(plain(around.prefix), 0, before) and text.startswith(plain(around.suffix), after)


def _range(reading: Sequence[str], haystack: Haystack, around: Around) -> Match:
    """From the first words, which stand once, to the first occurrence of the last ones after any steps.

    Where the first words stand more than once, `after` decides if it follows the end of one range alone.
    """
    first = _quotation(reading[0], haystack, replace(around, suffix=""))
    starts = first.places
    if first.fault is Fault.MANY and around.suffix:
        few = len(starts) <= FEW or haystack.effort.spend(STEP * len(starts))
        ending = [start for start in starts if few and _suits(_steps(start, reading, haystack)[-1], haystack, around)]
        starts = tuple(ending) or starts
    if first.fault is Fault.MANY and len(starts) > 1:
        return Match(Fault.MANY_STARTS, starts, reading[0])
    if first.fault not in (None, Fault.MANY):
        return first
    return begun(starts[0], reading, haystack, around)


def begun(start: Span, reading: Sequence[str], haystack: Haystack, around: Around) -> Match:
    """A range whose first words are those at a place."""
    steps = _steps(start, reading, haystack)
    if len(steps) == len(reading) and not _suits(steps[-1], haystack, around):
        steps[-1] = _next(reading[-1], haystack, steps[-2], around.suffix)
    end = steps[-1]
    if end is None:
        return Match(Fault.NO_END, (start,), reading[len(steps) - 1])
    whole = Span(start.start, end.end)
    return Match(Fault.ACROSS if haystack.crosses(whole) else None, (whole,), " … ".join(reading))


def _steps(start: Span, reading: Sequence[str], haystack: Haystack) -> list[Span | None]:
    """Where the pieces of a range stand, each at its first place after the one before, up to one that doesn't."""
    steps: list[Span | None] = [start]
    for quoted in reading[1:]:
        steps.append(_next(quoted, haystack, steps[-1], ""))
        if steps[-1] is None:
            break
    return steps


def _suits(end: Span | None, haystack: Haystack, around: Around) -> bool:
    return end is not None and (not around.suffix or _forth(haystack.normal.text, end.end, around.suffix) is not None)


def _next(quoted: str, haystack: Haystack, after: Span | None, suffix: str) -> Span | None:
    """The first place after another where the words stand (as whole words, if anywhere), `suffix` following.

    A place across a heading is found too: that the range ends there must be told.
    """
    needle = plain(quoted)
    if not needle or after is None:
        return None
    standing = haystack.standing(needle)
    limit = haystack.main.end if after.end <= haystack.main.end else len(haystack.normal.text)
    for places in (standing.uncut, standing.everywhere):
        for index in range(bisect_left(places, after.end, key=_start), len(places)):
            place = places[index]
            if place.end > limit:
                break
            if not suffix or _forth(haystack.normal.text, place.end, suffix) is not None:
                return place
    return None


def _start(place: Span) -> int:
    return place.start


@lru_cache(maxsize=1 << 10)
def _words(context: str) -> tuple[str, ...]:
    """The words of a context: asked for at each place where a quotation stands."""
    return tuple(words.split(plain(context)))


def _back(text: str, offset: int, prefix: str) -> int | None:
    """Where the words of `prefix` begin that stand just before an offset (the first may end a longer word)."""
    wanted = _words(prefix)
    if not wanted:
        return offset if text[max(0, offset - NEAR) : offset].rstrip().endswith(plain(prefix)) else None
    end = offset - text.endswith(" ", 0, offset)
    if text[max(0, end - 1) : end].isalnum() and not text.endswith(wanted[-1], 0, end):
        return None
    if text.endswith(joined := " ".join(wanted), 0, end):
        return end - len(joined)
    for index, word in enumerate(reversed(wanted), 1):
        found = words.before(text, offset)
        if found is None or not text.endswith(word, *found):
            return None
        if index < len(wanted) and found[1] - found[0] != len(word):
            return None
        offset = found[1] - len(word)
    return offset


def _forth(text: str, offset: int, suffix: str) -> int | None:
    """Where the words of `suffix` end that stand just after an offset (the last may begin a longer word)."""
    wanted = _words(suffix)
    if not wanted:
        return offset if text[offset : offset + NEAR].lstrip().startswith(plain(suffix)) else None
    start = offset + text.startswith(" ", offset)
    if text[start : start + 1].isalnum() and not text.startswith(wanted[0], start):
        return None
    if text.startswith(joined := " ".join(wanted), start):
        return start + len(joined)
    for index, word in enumerate(wanted, 1):
        found = words.after(text, offset)
        if found is None or not text.startswith(word, *found):
            return None
        if index < len(wanted) and found[1] - found[0] != len(word):
            return None
        offset = found[0] + len(word)
    return offset
