"""A quotation, a stretch of a text that may hold it -> the part that is most like it, whole words.

All of it is in normal form.
"""

from __future__ import annotations

from builder.model.prose import Span
from builder.relate.align import align
from builder.relate.kept import PIECE, reaching
from builder.relate.nearest import fewest_errors
from builder.relate.words import cut

LIKE = 0.5
"""Words less alike than this are other words."""

LONGEST = 512
"""Characters of a quotation beyond which only its first and last so many are compared."""

REPLACED = 4
"""So many words at an end may have been replaced by as many others; of more that are missing nothing stands there."""


def trimmed(quotation: str, text: str, place: Span) -> Span:
    """A place without words at its ends that stand for none of those sought."""
    words = list(PIECE.finditer(text, place.start, place.end))
    first, last = own(PIECE.findall(quotation), [match[0] for match in words], replaced=0)
    return Span(words[first].start(), words[last - 1].end()) if first < last else place


def fitted(quotation: str, text: str, start: int, end: int) -> Span | None:
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
    while first < past and text[first] == " ":
        first += 1
    while past > first and text[past - 1] == " ":
        past -= 1
    while first > 0 and cut(text, first):
        first -= 1
    while past < len(text) and cut(text, past):
        past += 1
    return Span(first, past)


def own(wanted: list[str], found: list[str], *, replaced: int) -> tuple[int, int]:
    """Which of the words found stand for those wanted: without what was put in before and after them.

    So many at an end may stand for as many others that are missing.
    """
    runs = align(wanted, found, opens=(frozenset(), frozenset()))
    if not runs:
        return (0, len(found)) if len(found) <= 2 * len(wanted) + 2 else (0, 0)
    first, last = runs[0], runs[-1]
    before, after = first.old, len(wanted) - last.old - last.length
    start = max(0, first.new - before * (before <= replaced))
    return reaching(wanted, found, start, min(len(found), last.new + last.length + after * (after <= replaced)))
