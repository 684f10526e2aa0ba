"""A heading that names blocks, or the ends of a passage alone, and what is remembered -> Anchor, and what is told.

The number is one thing and the words are another: both may have changed, and of either it is told until it is settled.
A number that is set right settles nothing of the words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.lock import BETWEEN
from builder.model.note import Anchor, State
from builder.model.prose import Span
from builder.relate.carry import carry
from builder.relate.doubts import elsewhere_now, lost, moved, reworded
from builder.relate.haystack import WHOLE
from builder.relate.kept import share
from builder.relate.normal import plain
from builder.relate.turned import KEPT as SURE
from builder.relate.turned import turned

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.lock import Remembered
    from builder.model.note import Found, Selector
    from builder.relate.carry import Carried
    from builder.relate.haystack import Haystack

Outcome = tuple["Found", tuple["Diagnostic", ...]]

KEPT = 0.5
"""Less of the words than this is not the same passage: then it is sought by all that is known of it."""


def told(anchor: Anchor, within: Haystack, memory: Remembered) -> Outcome:
    """The anchor, which moved or was reworded, with what is said of it.

    Of a block with another number now it is said too that its words changed.
    """
    if anchor.state is State.MOVED:
        named = anchor.selector.blocks or anchor.selector.within
        area = within.passage(named) if named else anchor.span
        if area is None or not area.meets(anchor.span) or (anchor.selector.blocks and area != anchor.span):
            return anchor, (elsewhere_now(anchor, within, named), *_reworded_too(anchor, within, memory))
        return anchor, (moved(anchor, within),)
    now = within.prose.words(anchor.span)
    sure = anchor.score >= SURE and memory.state is not State.MOVED and not turned(memory.quotation, now)
    return anchor, (reworded(anchor, within, memory.quotation, sure=sure),)


def _reworded_too(anchor: Anchor, within: Haystack, memory: Remembered) -> tuple[Diagnostic, ...]:
    now = within.prose.words(anchor.span)
    if not anchor.selector.blocks or plain(now) == plain(memory.quotation):
        return ()
    one = replace(anchor, score=round(share(memory.quotation, now), 2))
    return (reworded(one, within, memory.quotation, sure=False),)


def block(selector: Selector, within: Haystack, memory: Remembered, home: Carried) -> Outcome:
    """A heading that names blocks: the number in it may be another paragraph's now."""
    named = within.passage(selector.blocks)
    if selector.blocks == WHOLE and named is not None:
        return Anchor(selector, named, State.EXACT, 1.0), ()  # on the text as such, whatever its words
    if home.span is None or home.share < KEPT:
        return lost(selector, within, memory.quotation)
    whole = _whole(within, home.span)
    if named == whole:
        return held(selector, within, memory, whole)
    score = round(share(memory.quotation, within.prose.words(whole)), 2)
    return told(Anchor(selector, whole, State.MOVED, score), within, memory)


def retyped(selector: Selector, within: Haystack, memory: Remembered) -> Outcome | None:
    """A heading written anew that names the blocks that were meant: what their words were is not forgotten by that.

    None where it names others than it did, or where it didn't name blocks: then it is new.
    """
    named = within.passage(selector.blocks) if selector.blocks not in ("", WHOLE) else None
    if named is None or memory.span is None or not _were_blocks(memory.old, memory.span):
        return None
    home = carry(memory.old, within.prose.content).where(memory.span)
    if home.span is None or home.share < KEPT or _whole(within, home.span) != named:
        return None
    return held(selector, within, memory, named)


def numbered_otherwise(selector: Selector, within: Haystack, span: Span) -> bool:
    """Whether the blocks that a selector names by number are others than those in which its passage stands."""
    named = selector.blocks or selector.within
    if not named or named == WHOLE:
        return False
    area = within.passage(named)
    return area is None or (area != span if selector.blocks else not area.meets(span))


def _were_blocks(old: str, span: Span) -> bool:
    """Whether a passage was one or more blocks whole: of words within one nothing is remembered of the rest."""
    begins = not span.start or old.endswith(BETWEEN, 0, span.start)
    return len(span) > 0 and begins and (span.end == len(old) or old.startswith(BETWEEN, span.end))


def _whole(within: Haystack, span: Span) -> Span:
    """The blocks in which a passage lies."""
    first, last = within.block_at(span.start), within.block_at(max(span.start, span.end - 1))
    return Span(first.span.start if first else span.start, last.span.end if last else span.end)


def held(selector: Selector, within: Haystack, memory: Remembered, span: Span) -> Outcome:
    """A passage of which the heading names the ends alone: they stand, but what lies between may be other words."""
    now = within.prose.words(span)
    if plain(now) == plain(memory.quotation):
        return Anchor(selector, span, State.EXACT, 1.0), ()
    return told(Anchor(selector, span, State.REWORDED, round(share(memory.quotation, now), 2)), within, memory)
