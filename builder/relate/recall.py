"""A selector, and what is remembered of it from the last good build -> where its words stand now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.note import Anchor, State
from builder.model.prose import Span
from builder.relate.approximate import Verdict, judge, sought
from builder.relate.carry import Carried
from builder.relate.exact import far, fits, quoted, reads
from builder.relate.flagged import lost, moved, reworded, unsettled
from builder.relate.haystack import WHOLE
from builder.relate.kept import share
from builder.relate.match import Match
from builder.relate.renumbered import renumbered
from builder.relate.surmise import outcome

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.lock import Remembered
    from builder.model.note import Found, Selector
    from builder.relate.haystack import Haystack

Outcome = tuple["Found", tuple["Diagnostic", ...]]

KEPT = 0.5
"""The share of a passage's words that must still be there for it to be reworded and not lost: by far the most of what
stands there was written for it. Two sentences of one language share a fifth to a quarter of their letters by chance."""


def recall(selector: Selector, within: Haystack, memory: Remembered) -> Outcome | None:
    """Where the words stand by what is remembered; None where nothing is, so that they are sought afresh."""
    if memory.span is None:
        return _lost_before(selector, within, memory) if _stood(memory) else None
    if selector.blocks in (WHOLE, "title", "dek"):
        return None
    unchanged = memory.old == within.prose.content
    span = memory.span
    went = Carried(span, 1.0, same=True, gap=span) if unchanged else within.carry(memory.old).where(span)
    if selector.blocks:
        return renumbered(selector, within, went)
    if went.span is not None and went.share >= KEPT:
        return _stands(selector, within, memory, went, unchanged=unchanged)
    return _sought(selector, within, memory, went.gap)


def _stood(memory: Remembered) -> bool:
    return memory.state is not State.NEVER_FOUND and bool(memory.quotation)


def _stands(selector: Selector, within: Haystack, memory: Remembered, went: Carried, *, unchanged: bool) -> Outcome:
    """The words, or most of them, stand where the comparison with the old text carries them."""
    assert went.span is not None
    span = _clear(within, went.span, memory.quotation)
    same = went.same and span == went.span
    certain = same and memory.state in (State.EXACT, State.MOVED)
    if certain or reads(selector, within.prose.words(span)):
        if went.moved or memory.state is State.MOVED:
            return moved(selector, within, span)
        found, told = unsettled(selector, within, span)
        return found, (*told, *far(selector, within, span))
    return reworded(selector, within, span, _score(selector, within, memory, span, unchanged=unchanged))


def _score(selector: Selector, within: Haystack, memory: Remembered, span: Span, *, unchanged: bool) -> float:
    """The share kept of the words that the selector quotes, which may have been reworded more than once."""
    if unchanged and memory.state is State.REWORDED:
        return memory.score
    if len(selector.readings[0]) == 1:
        return share(selector.readings[0][0], within.prose.words(span))
    return memory.score * share(memory.quotation, within.prose.words(span))


def _clear(within: Haystack, span: Span, old: str) -> Span:
    """A span that runs across a heading or a footnote's edge now: the part of it that keeps most of the words."""
    place = within.normal.within(span)
    if not within.crosses(place):
        return span
    bounds = [place.start, *(wall for wall in within.walls if place.start < wall < place.end), place.end]
    parts = [within.source(Span(*pair)) for pair in zip(bounds, bounds[1:], strict=False)]
    part = max(parts, key=lambda one: (share(old, within.prose.words(one)), -one.start))
    words = within.prose.words(part)
    start = part.start + len(words) - len(words.lstrip())
    return Span(start, max(start, part.start + len(words.rstrip())))


def _sought(selector: Selector, within: Haystack, memory: Remembered, gap: Span | None) -> Outcome:
    """The words are no longer where they were. Only what is new in the text can be theirs.

    What stood elsewhere before was not meant then, and isn't now, however alike it is; and what stands in the gap was
    weighed already.
    """
    carry = within.carry(memory.old)
    one = sought(memory.quotation, memory.prefix, memory.suffix)
    if one.quotation and within.budget.look():

        def allowed(place: Span) -> bool:
            there = within.source(place)
            return not within.crosses(place) and not (gap and gap.meets(there)) and carry.is_new(there)

        verdict, ranked = judge(one, within, allowed=allowed)
        if verdict is Verdict.GONE and one.rare and ranked and ranked[0].wording == 1:
            verdict = Verdict.CUT_OUT
        found = outcome(selector, within, verdict, ranked, memory.quotation)
        if found is not None:
            return found
    return lost(selector, within, memory.quotation, gap)


def _lost_before(selector: Selector, within: Haystack, memory: Remembered) -> Outcome | None:
    """Lost or undecided at the last build already: found again only if the words came back, or can now be told."""
    if memory.state is State.AMBIGUOUS:
        found = quoted(selector, within)
        if isinstance(found, Match) or not isinstance(found[0], Anchor):
            return None
        return found if fits(selector, within, found[0].span) else moved(selector, within, found[0].span)
    if memory.old == within.prose.content:
        return lost(selector, within, memory.quotation, None)
    return _sought(selector, within, memory, None)
