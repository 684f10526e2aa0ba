"""A quotation that was exact, and a text that was written on elsewhere -> that it stands as it stood, without more ado.

Most do, at most builds: nothing else is asked of them then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.note import State
from builder.model.prose import Span
from builder.relate import words
from builder.relate.found import Around
from builder.relate.match import widened
from builder.relate.normal import plain

if TYPE_CHECKING:
    from builder.model.lock import Remembered
    from builder.model.note import Selector
    from builder.relate.carry import Carry
    from builder.relate.haystack import Haystack


def untouched(selector: Selector, within: Haystack, memory: Remembered, since: Carry) -> Span | None:
    """Where a quotation without settings that was exact is so still, for no letter in it or beside it was changed."""
    if memory.state is not State.EXACT or memory.span is None or selector.within or selector.prefix or selector.suffix:
        return None
    if selector.blocks or selector.readings[:1] != ((memory.quotation,),) or "\n" in memory.quotation:
        return None
    start, end = memory.span.start, memory.span.end
    link = since.even(Span(max(0, start - 1), min(len(memory.old), end + 1)))
    if link is None or link.move:
        return None
    there = Span(start + link.new - link.old, end + link.new - link.old)
    return there if there.end <= within.prose.main.end else None


def plainly(selector: Selector, within: Haystack, memory: Remembered, there: Span) -> bool:
    """Whether a quotation that was exact stands at home under all its settings: most do, at most builds.

    Then it needn't be asked where else its words stand, which of common words takes longer than all the rest.
    """
    if memory.state is not State.EXACT or len(selector.readings[0]) != 1:
        return False
    place, text = within.normal.within(there), within.normal.text
    area = within.area(selector.within)
    if area is None or not area.holds(place) or within.crosses(place):
        return False
    if text[place.start : place.end] != plain(selector.readings[0][0]) or not words.whole(text, place.start, place.end):
        return False
    return widened(text, place, Around(area, selector.prefix, selector.suffix)) is not None
