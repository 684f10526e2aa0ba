"""What stood before and after some words -> where they would stand by it, and how much of it stands around a place.

All of it is in normal form, without white space at its ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.relate.nearest import fewest_errors

if TYPE_CHECKING:
    from builder.relate.haystack import Haystack

CHANCE = 0.4
"""About so alike are any two stretches of one language, errors counted: nothing is proved by it."""

NEARBY = 0.97
"""What all of a context counts that stands a word away."""

CHUNK = 10
"""Characters of context sought as they are, to learn where home is; some chunk outlives most edits."""

CHUNKS = 3
"""How many of them on a side: one changed word mostly spoils one."""

COMMON = 12
"""A chunk that stands in more places than this doesn't tell where home is."""


def agreement(context: str, text: str, offset: int, step: int) -> float:
    """How much of a context stands on its side of an offset: 1 for all just beside it, 0 for no more than any words."""
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
    return max(0.0, min(NEARBY, (1 - errors / len(wanted) - CHANCE) / (1 - CHANCE)))


def votes(prefix: str, suffix: str, haystack: Haystack, *, room: int) -> tuple[list[int], list[int]]:
    """Where words would begin by what stood before them, and end by what stood after: few places, in order.

    `room` is how far from each other the two may be.
    """
    text = haystack.normal.text
    # Nothing before it: perhaps the text began with it.
    starts = set() if prefix else {0}
    ends = set() if suffix else {len(text)}
    for number in range(CHUNKS):
        until = len(prefix) - number * CHUNK
        chunk = prefix[max(0, until - CHUNK) : until]
        starts |= {_begun(text, place + len(chunk) + number * CHUNK) for place in _places(chunk, haystack)}
        chunk = suffix[number * CHUNK : (number + 1) * CHUNK]
        ends |= {place - number * CHUNK for place in _places(chunk, haystack)}
    # What is too common to tell where home is still tells where it ends.
    if not ends and len(suffix) >= CHUNK:
        ends = {text.find(suffix[:CHUNK], start, start + room) for start in starts} - {-1}
    elif not starts and len(prefix) >= CHUNK:
        found = {text.rfind(prefix[-CHUNK:], max(0, end - room), end) for end in ends} - {-1}
        starts = {_begun(text, place + CHUNK) for place in found}
    return _apart(starts), _apart(ends)


def _begun(text: str, place: int) -> int:
    """Where the next word begins: contexts are without white space at their ends."""
    return place + 1 if text.startswith(" ", place) else place


def _places(chunk: str, haystack: Haystack) -> tuple[int, ...]:
    if len(chunk) < CHUNK:
        return ()
    found = haystack.finder.places(chunk)
    return found if len(found) <= COMMON else ()


def _apart(places: set[int]) -> list[int]:
    """Places without those that a few characters tell from the one before."""
    apart: list[int] = []
    for place in sorted(places):
        if not apart or place - apart[-1] > 2:
            apart.append(max(0, place))
    return apart
