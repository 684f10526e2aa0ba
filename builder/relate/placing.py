"""A quotation from outside, with what stood around it there -> where it stands in a text, and how sure that is.

White space doesn't count: other programs join words where a line or a paragraph ends. What stands once, but among other
words than it stood there, is not where it was: it counts as moved if it is long enough to be no chance, else as lost.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model.note import Anchor, Selector, State
from builder.model.prose import Span
from builder.model.value import value_class
from builder.relate.anchor import anchor
from builder.relate.finder import occurrences
from builder.relate.normal import plain
from builder.relate.recall import at_home

if TYPE_CHECKING:
    from builder.model.diagnostic import Place
    from builder.relate.haystack import Haystack

AGREES = 0.5
"""From this share on surroundings are taken for those that stood there: the half of 32 characters is no chance."""

MARGIN = 0.25
"""By so much the best of several places must lead."""

LOOKED = 32
"""Characters of the surroundings that are compared."""

TELLING = 24
"""Characters, spaces left out, from which on words that stand once are taken for the same ones wherever they stand."""


@value_class(frozen=True, slots=True)
class Sought:
    """What is known of a passage elsewhere. `at` are offsets in the text's content where the words may stand."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    at: Span | None = None


@value_class(frozen=True, slots=True)
class Placed:
    """What became of it: no span where it is ambiguous or never found."""

    span: Span | None
    state: State
    score: float
    """How sure that is, from 0 to 1."""


@dataclass(slots=True)
class Ground:
    """A text made ready, with its normal form without white space."""

    stack: Haystack
    text: str
    at: list[int]
    """Of each character of `text` its place in the normal form."""


def ground(stack: Haystack) -> Ground:
    """A text made ready for seeking what comes from outside."""
    at = [index for index, letter in enumerate(stack.normal.text) if letter != " "]
    return Ground(stack, stack.normal.text.replace(" ", ""), at)


def place(sought: Sought, within: Ground, home: Place) -> Placed:
    """Where a passage stands; `home` is where what is said of it is told."""
    places = _standing(sought, within)
    if not places:
        return _nearly(sought, within, home)
    scored = sorted(((_agreement(sought, within, one), one) for one in places), key=lambda pair: (-pair[0], pair[1]))
    best, span = scored[0]
    told = bool(_bare(sought.prefix) or _bare(sought.suffix))
    if told and best < 1 and (nearer := _nearer(sought, within, span, home)) is not None:
        return nearer
    if len(scored) == 1:
        if not told or best >= AGREES:
            return Placed(_source(within, span), State.EXACT, 1.0 if not told else best)
        if len(_bare(sought.exact)) >= TELLING:
            return Placed(_source(within, span), State.MOVED, best)
        return Placed(None, State.LOST, best)
    if told and best >= AGREES and best - scored[1][0] >= MARGIN:
        return Placed(_source(within, span), State.EXACT, best)
    if sought.at is not None:
        there = [one for score, one in scored if _source(within, one) == sought.at and best - score < MARGIN]
        if there:
            return Placed(sought.at, State.EXACT, 0.75)
    return Placed(None, State.AMBIGUOUS, best if told else 0.0)


def _standing(sought: Sought, within: Ground) -> list[Span]:
    """The places of the words in the normal form: with their white space if they stand so, whole words if they do."""
    standing = within.stack.standing(plain(sought.exact))
    if standing.allowed:
        return list(standing.uncut or standing.allowed)
    needle = _bare(sought.exact)
    found: list[Span] = []
    for start in occurrences(within.text, needle) if needle else ():
        span = Span(within.at[start], within.at[start + len(needle) - 1] + 1)
        if not within.stack.crosses(span):
            found.append(span)
    return found


def _nearly(sought: Sought, within: Ground, home: Place) -> Placed:
    """What the steps after the exact one make of it."""
    selector = Selector(sought.exact, ((sought.exact,),), home, prefix=sought.prefix, suffix=sought.suffix)
    found, _ = anchor(selector, within.stack)
    if isinstance(found, Anchor):
        return Placed(found.span, State.REWORDED if found.state is State.EXACT else found.state, found.score)
    return Placed(None, State.LOST, 0.0)


def _nearer(sought: Sought, within: Ground, span: Span, home: Place) -> Placed | None:
    """Nearly the same words elsewhere, where all around them stands, if the very words stand without."""
    selector = Selector(sought.exact, ((sought.exact,),), home, prefix=sought.prefix, suffix=sought.suffix)
    outcome = at_home(selector, within.stack, span)
    return Placed(outcome[0].span, State.REWORDED, outcome[0].score) if outcome is not None else None


def _agreement(sought: Sought, within: Ground, span: Span) -> float:
    """What share of the surroundings stands around a place, 0 where none are known."""
    start, end = bisect_left(within.at, span.start), bisect_left(within.at, span.end)
    shares = []
    if prefix := _bare(sought.prefix)[-LOOKED:]:
        here = within.text[max(0, start - len(prefix)) : start]
        shares.append(_common(here[::-1], prefix[::-1]) / len(prefix))
    if suffix := _bare(sought.suffix)[:LOOKED]:
        shares.append(_common(within.text[end : end + len(suffix)], suffix) / len(suffix))
    return max(shares) * 0.5 + sum(shares) / len(shares) * 0.5 if shares else 0.0


def _common(one: str, other: str) -> int:
    """How many characters two strings begin with alike."""
    for count, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return count
    return min(len(one), len(other))


def _bare(words: str) -> str:
    return plain(words).replace(" ", "")


def _source(within: Ground, span: Span) -> Span:
    return within.stack.source(span)
