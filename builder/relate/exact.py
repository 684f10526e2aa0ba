"""A selector -> where its words stand as they are, in normal form: once and certainly, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.note import Anchor, State
from builder.model.prose import Span
from builder.relate.lost import orphan, short
from builder.relate.match import Around, Fault, match, widened
from builder.relate.normal import plain

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Found, Selector
    from builder.relate.haystack import Haystack
    from builder.relate.match import Match

MANY_BLOCKS = 20
"""A range over more blocks than this was more likely meant to end at an earlier place."""

Outcome = tuple["Found", tuple["Diagnostic", ...]]


def named_blocks(selector: Selector, within: Haystack) -> Outcome:
    """A heading that names blocks means those blocks themselves."""
    span = within.passage(selector.blocks)
    if span is None:
        return orphan(selector, within, None)
    return Anchor(selector, span, State.EXACT, 1.0), ()


def quoted(selector: Selector, within: Haystack) -> Outcome | Match:
    """Where a quotation stands, once: the first of its readings that stands wins; else what its best one came to."""
    area = within.area(selector.within)
    if area is None:
        return orphan(selector, within, None)
    around = Around(area, selector.prefix, selector.suffix)
    telling: Match | None = None
    for reading in selector.readings:
        found = match(reading, within, around)
        if found.fault is None:
            span = within.source(found.places[0])
            return Anchor(selector, span, State.EXACT, 1.0), far(selector, within, span)
        if found.fault.stands:
            return found
        if telling is None or _weight(found) >= _weight(telling):
            telling = found
    return telling if telling is not None else orphan(selector, within, None)


def _weight(found: Match) -> int:
    return list(Fault).index(found.fault) if found.fault is not None else 0


def far(selector: Selector, within: Haystack, span: Span) -> tuple[Diagnostic, ...]:
    """The warning that a range runs over more blocks than one means."""
    if max(map(len, selector.readings), default=0) < 2:
        return ()
    blocks = within.blocks_met(span)
    if blocks <= MANY_BLOCKS:
        return ()
    found = f"the range runs over {blocks} blocks: “{short(selector.heading)}”"
    return (diagnose("G205", selector.place, found, "are its last words meant where they first follow?"),)


def reads(selector: Selector, words: str) -> bool:
    """Whether some words are what a selector quotes: the very words, or from its first ones over its steps to its last."""
    there = plain(words)
    return any(_reads([plain(piece) for piece in reading], there) for reading in selector.readings)


def _reads(reading: list[str], there: str) -> bool:
    if len(reading) == 1:
        return reading[0] == there
    if not there.startswith(reading[0]) or not there.endswith(reading[-1]):
        return False
    reached = 0
    for piece in reading:
        reached = there.find(piece, reached) + len(piece)
        if reached < len(piece):
            return False
    return True


def fits(selector: Selector, within: Haystack, span: Span) -> bool:
    """Whether what a selector says besides its words (`in`, `before`, `after`) holds of a span of the content."""
    if not (selector.within or selector.prefix or selector.suffix):
        return True
    place = within.normal.within(span)
    area = within.area(selector.within)
    if area is None or not area.holds(place):
        return False
    return widened(within.normal.text, place, Around(area, selector.prefix, selector.suffix)) is not None
