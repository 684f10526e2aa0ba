"""A passage -> the headings by which an author may name it: its words, what chooses them, a range, its paragraph."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from benchmarks.anchoring.layout import words
from builder.model.diagnostic import Place
from builder.model.note import Anchor, Selector, State
from builder.relate.anchor import anchor
from builder.relate.describe import describe

if TYPE_CHECKING:
    from builder.model.prose import Span
    from builder.relate.haystack import Haystack

ENDS = 3
"""Words at either end of a range."""

CONTEXT = 32
"""Characters kept on either side where nothing else is known: what annotations carry elsewhere."""

PLACE = Place("bench.md")


class Mode(Enum):
    """What is known of the old text; and, where that is all of it, how the passage was named."""

    LOCK = "lock"
    """All of the old text, and where the words stood."""
    ALONE = "alone"
    """The words, and 32 characters before and after them."""
    CHOSEN = "chosen"
    """As `LOCK`, with the paragraph (`in`) or the words beside (`before`, `after`) where the words stand more often."""
    RANGE = "range"
    """As `LOCK`, named by its first words … its last."""
    BLOCK = "block"
    """As `LOCK`, named by the number of its paragraph (`¶4`): the whole of that is meant."""


def surroundings(old: str, span: Span) -> tuple[str, str]:
    """What annotations elsewhere carry of what stands around a quotation."""
    return old[max(0, span.start - CONTEXT) : span.start], old[span.end : span.end + CONTEXT]


def named(mode: Mode, old: Haystack, span: Span) -> tuple[Selector, Span] | None:
    """The heading for a passage, and what it means in the old text; None where it can't be named so."""
    quotation = old.prose.words(span)
    match mode:
        case Mode.LOCK:
            return Selector(quotation, ((quotation,),), PLACE), span
        case Mode.ALONE:
            prefix, suffix = surroundings(old.prose.content, span)
            return Selector(quotation, ((quotation,),), PLACE, prefix=prefix, suffix=suffix), span
        case Mode.BLOCK:
            block = old.block_at(span.start)
            return (Selector(f"¶{block.number}", (), PLACE, blocks=f"p{block.number}"), block.span) if block else None
    selector = describe(old, span, PLACE) if mode is Mode.CHOSEN else _ranged(old.prose.content, span)
    found = anchor(selector, old)[0] if selector is not None else None
    if selector is None or not isinstance(found, Anchor) or (found.span, found.state) != (span, State.EXACT):
        return None
    return selector, span


def _ranged(text: str, span: Span) -> Selector | None:
    there = words(text, span)
    if len(there) < 2 * ENDS + 1 or there[0].start != span.start:
        return None
    first, last = text[span.start : there[ENDS - 1].end], text[there[-ENDS].start : span.end]
    return Selector(f"{first} … {last}", ((first, last),), PLACE)
