"""An edition under one view -> words under too many notes, and its own terms that nobody uses."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.note import Anchor, Orphan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.glossary import Term
    from builder.model.note import Found, Note
    from builder.model.view import Anchored, Referred

DEEPEST = 3
"""Notes over the same words whose lines can be told apart: so many lanes are drawn."""


def check_anchored(anchored: Anchored) -> Iterator[Diagnostic]:
    """Words of an edition that lie under more notes than can be told apart."""
    said: dict[str, list[Note]] = defaultdict(list)
    for note in anchored.edition.notes:
        if not note.answers:
            said[note.text].append(note)
    for text in anchored.edition.texts:
        yield from _crowded(anchored, said[text.id])


def used_terms(referred: Referred) -> frozenset[str]:
    """Ids of the terms that stand somewhere in an edition, or of which it speaks.

    A term whose place isn't found as it is typed counts as well: that was told, and once it is mended it stands there.
    """
    used = {occurrence.term for occurrence in referred.occurrences}
    used |= {one.target.id for one in referred.mentions if one.target.kind == "term"}
    sought = referred.anchored.terms_at.items()
    return frozenset(used | {term for term, at in sought if any(_is_told(found) for _, found in at)})


def _is_told(found: Found) -> bool:
    return isinstance(found, Orphan) and not found.settled


def unused(terms: Iterable[Term], used: Collection[str]) -> Iterator[Diagnostic]:
    """Those terms of which no spelling stands anywhere, and to which nothing leads."""
    for term in terms:
        if term.id not in used:
            hint = 'list the spelling that your texts have: also="…", or take the entry out'
            yield diagnose("G607", term.place, f"the term “{term.headword}” is used nowhere", hint)


def _crowded(anchored: Anchored, notes: Iterable[Note]) -> Iterator[Diagnostic]:
    """Stretches under more than three of a text's notes, each told at the note with which it begins. O(n log n)."""
    found = [one for note in notes for one in anchored.notes[note.id] if isinstance(one, Anchor) and len(one.span)]
    ends: list[int] = []
    worst: tuple[int, Anchor] | None = None
    for one in sorted((one for one in found if one.selector.blocks != "*"), key=_order):
        while ends and ends[0] <= one.span.start:
            heappop(ends)
            if len(ends) <= DEEPEST and worst is not None:
                yield _told(*worst)
                worst = None
        heappush(ends, one.span.end)
        if len(ends) > DEEPEST:
            worst = (len(ends), worst[1] if worst else one) if not worst or len(ends) > worst[0] else worst
    if worst is not None:
        yield _told(*worst)


def _order(one: Anchor) -> tuple[int, int, object]:
    return (one.span.start, -one.span.end, one.selector.place)


def _told(depth: int, one: Anchor) -> Diagnostic:
    message = f"“{one.selector.heading}” stands where {depth} notes lie over the same words"
    return diagnose("G606", one.selector.place, message, f"let one of them quote fewer words: {DEEPEST} can be seen")
