"""A quotation that stands nowhere as it is, with words around it enough to weigh -> where it stands now, or None.

For what comes with its context alone: an annotation from elsewhere, a heading whose `before` and `after` are long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.relate.approximate import STANDS, Sight, Verdict, judge, sought
from builder.relate.flagged import moved, reworded, undecided, unsettled
from builder.relate.kept import share

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Found, Selector
    from builder.model.prose import Span
    from builder.relate.haystack import Haystack

Outcome = tuple["Found", tuple["Diagnostic", ...]]


def surmise(selector: Selector, within: Haystack) -> Outcome | None:
    """Where a selector's words stand by all that it says of them; None where too little speaks for any place."""
    if not selector.readings or len(selector.readings[0]) != 1:
        return None
    quotation = selector.readings[0][0]
    one = sought(quotation, selector.prefix, selector.suffix)
    area = within.area(selector.within)
    if not one.weighable or area is None or not within.budget.look():
        return None

    def allowed(place: Span) -> bool:
        return area.holds(place) and not within.crosses(place)

    verdict, ranked = judge(one, within, allowed=allowed)
    return outcome(selector, within, verdict, ranked, quotation)


def outcome(
    selector: Selector, within: Haystack, verdict: Verdict, ranked: tuple[Sight, ...], quotation: str
) -> Outcome | None:
    """What a verdict makes of a selector."""
    if verdict is Verdict.GONE:
        return None
    spans = tuple(within.source(sight.span) for sight in ranked)
    best = ranked[0]
    if verdict is Verdict.UNDECIDED:
        return undecided(selector, within, spans)
    if best.wording < 1:
        return reworded(selector, within, spans[0], share(quotation, within.prose.words(spans[0])), old=quotation)
    if verdict is Verdict.CUT_OUT or not stands(best):
        return moved(selector, within, spans[0], best.score)
    return unsettled(selector, within, spans[0], best.score)


def stands(sight: Sight) -> bool:
    """Whether both sides agree so much that a place is where the words stood, and not another."""
    return min(sight.before, sight.after) >= STANDS
