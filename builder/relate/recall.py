"""A selector, a text and what is remembered from before -> Anchor or Orphan, and what is to be said of it.

What the words come to by themselves, and where the old place went by a comparison of the two texts, are held against
each other. Where both agree the note stands. Where they don't, nearly the same words at home beat the very words
elsewhere; and what is found other than as it was left is told, at this build and at every later one, until the author
has settled it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.note import Anchor, State
from builder.model.prose import BlockKind, Span
from builder.relate import words
from builder.relate.approximate import MANY, Verdict, judge, sought
from builder.relate.blocks import KEPT, block, held, numbered_otherwise, retyped, told
from builder.relate.carry import carry
from builder.relate.doubts import lost, moved, reworded, undecided
from builder.relate.found import Around, Fault
from builder.relate.kept import share
from builder.relate.match import begun, match
from builder.relate.normal import plain
from builder.relate.turned import LIKE
from builder.relate.untouched import plainly, untouched
from builder.relate.wordless import wordless

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.lock import Remembered
    from builder.model.note import Found, Orphan, Selector
    from builder.relate.approximate import Sight, Sought
    from builder.relate.carry import Carried
    from builder.relate.haystack import Haystack

Outcome = tuple["Found", tuple["Diagnostic", ...]]

WEIGHED = 10
"""What it costs to weigh the places of one lost passage, of what may be spent on a text (`Budget`)."""


def recalled(selector: Selector, within: Haystack, memory: Remembered) -> Outcome | None:
    """What becomes of a selector that is written as it was. None where its own words alone must decide."""
    if not memory.same:
        return retyped(selector, within, memory) or _range_retyped(selector, within, memory)
    if not memory.quotation:
        return wordless(selector, within, memory)
    since = carry(memory.old, within.prose.content)
    if memory.span is None:
        return _sought(selector, within, memory)
    if since.unchanged:
        return _as_left(selector, within, memory, memory.span)
    if (there := untouched(selector, within, memory, since)) is not None:
        return Anchor(selector, there, State.EXACT, 1.0), ()
    home = since.where(memory.span)
    if selector.blocks:
        return block(selector, within, memory, home)
    if not any(selector.readings):
        return None
    return _passage(selector, within, memory, home)


def _as_left(selector: Selector, within: Haystack, memory: Remembered, span: Span) -> Outcome | None:
    """Neither words nor selector changed: it is what it was. Of ranges and blocks more is to be said.

    A paragraph that became a heading, or a dek, left all words as they were, and numbered those after it otherwise.
    """
    if numbered_otherwise(selector, within, span):
        return told(Anchor(selector, span, State.MOVED, memory.score), within, memory)
    if memory.state is State.MOVED and selector.blocks:
        return held(selector, within, memory, span)
    if memory.state is State.EXACT:
        many = _is_range(selector)
        own = _own(selector, within) if many else ()
        return (Anchor(selector, span, State.EXACT, 1.0), ()) if not many or own != (span,) else None
    if memory.state not in (State.MOVED, State.REWORDED):
        return None  # a lock that was edited by hand: what is lost has no place
    return told(Anchor(selector, span, memory.state, memory.score), within, memory)


def _passage(selector: Selector, within: Haystack, memory: Remembered, home: Carried) -> Outcome:
    there = home.span
    if there is not None and home.same and not home.moved and plainly(selector, within, memory, there):
        return Anchor(selector, there, State.EXACT, 1.0), ()
    if there is not None and home.share >= KEPT:
        whole = words.whole(memory.old, memory.span.start, memory.span.end) if memory.span is not None else False
        # “The” doesn't stand in “Their”, unless what was quoted was a part of a word before.
        own = _own_at(selector, within, there, within.area(selector.within))
        at_home = [place for place in own if not whole or _uncut(place, within)]
        if len(at_home) == 1:
            return _standing(selector, within, memory, at_home[0], home)
        if strayed := _strayed(selector, within, there):
            return told(Anchor(selector, strayed, State.MOVED, 1.0), within, memory)
        if home.same:
            return _standing(selector, within, memory, there, home)
        anchor = Anchor(selector, there, State.REWORDED, round(share(memory.quotation, within.prose.words(there)), 2))
        return told(anchor, within, memory)
    return _sought(selector, within, memory)


def _uncut(place: Span, within: Haystack) -> bool:
    return words.whole(within.prose.content, place.start, place.end)


def _standing(selector: Selector, within: Haystack, memory: Remembered, span: Span, home: Carried) -> Outcome:
    """The words stand where the old ones went. That they moved is told until it is settled."""
    if memory.state is State.REWORDED and plain(within.prose.words(span)) != plain(memory.quotation):
        score = round(share(memory.quotation, within.prose.words(span)), 2)
        if span not in _own(selector, within):
            return told(Anchor(selector, span, State.REWORDED, score), within, memory)
    if home.moved or memory.state is State.MOVED:
        return told(Anchor(selector, span, State.MOVED, 1.0), within, memory)
    if _is_range(selector):
        return held(selector, within, memory, span)
    return Anchor(selector, span, State.EXACT, 1.0), ()


def _is_range(selector: Selector) -> bool:
    """Whether it may be one: of “A … B” the words themselves may stand so in the text too."""
    return any(len(reading) > 1 for reading in selector.readings)


def _range_retyped(selector: Selector, within: Haystack, memory: Remembered) -> Outcome | None:
    """A range of which the settings alone were written anew: what its words were is not forgotten by that.

    It is the same one where its ends are those of the old words, and it stands where these went.
    """
    old = plain(memory.quotation)
    if memory.span is None or not any(_ends_of(reading, old) for reading in selector.readings):
        return None
    home, own = carry(memory.old, within.prose.content).where(memory.span), _own(selector, within)
    return held(selector, within, memory, own[0]) if own == (home.span,) else None


def _ends_of(reading: tuple[str, ...], words: str) -> bool:
    """Whether a reading is a range from the first of some words to the last."""
    return len(reading) > 1 and words.startswith(plain(reading[0])) and words.endswith(plain(reading[-1]))


def _own(selector: Selector, within: Haystack) -> tuple[Span, ...]:
    """Where the first of the readings that stands does: once, or wherever it may be meant."""
    _, places = _standings(selector, within, within.area(selector.within))
    return tuple(map(within.source, places))


def _own_at(selector: Selector, within: Haystack, there: Span, area: Span | None) -> tuple[Span, ...]:
    """Those of its places in an area that meet another; common words stand in thousands.

    A range is at home only as a whole: where it would end elsewhere than the old one did, it isn't the old one.
    """
    near = within.normal.within(there)
    ranged, places = _standings(selector, within, area, Span(near.start - 1, near.end + 1))
    sources = map(within.source, places)
    return tuple(place for place in sources if (place == there if ranged else place.meets(there)))


def _standings(
    selector: Selector, within: Haystack, area: Span | None, near: Span | None = None
) -> tuple[bool, tuple[Span, ...]]:
    """Where the first of the readings that stands does in an area, of many places those near one; and if as a range."""
    if area is None:
        return False, ()
    for reading in selector.readings:
        around = Around(area, selector.prefix, selector.suffix)
        found = match(reading, within, around)
        if found.fault is not None and not found.fault.stands:
            continue
        places = tuple(place for place in found.places if near is None or place.meets(near))
        if found.fault is Fault.MANY_STARTS:
            wholes = (begun(start, reading, within, around) for start in places)
            places = tuple(place for whole in wholes if whole.fault is None for place in whole.places)
        return len(reading) > 1, places
    return False, ()


def _strayed(selector: Selector, within: Haystack, there: Span) -> Span | None:
    """Where the words stand at home, but outside the block that the selector names: it has another number now."""
    if not selector.within:
        return None
    block = within.block_at(there.start)
    in_footnote = block is not None and block.kind is BlockKind.FOOTNOTE
    area = within.normal.within(block.span) if block is not None and in_footnote else within.main
    places = _own_at(selector, within, there, area)
    return places[0] if len(places) == 1 else None


def _sought(selector: Selector, within: Haystack, memory: Remembered) -> Outcome:
    """The old place is gone: the words are sought with all that stood around them."""
    since = carry(memory.old, within.prose.content)
    if since.unchanged and memory.state is State.AMBIGUOUS:
        return _known(undecided(selector, within, memory.quotation), memory)
    if since.unchanged or not within.budget.spend(WEIGHED):
        return _known(lost(selector, within, memory.quotation), memory)
    one = sought(memory.quotation, memory.prefix, memory.suffix)
    verdict, sights = judge(one, within, allowed=lambda place: not within.crosses(place))
    best = within.source(sights[0].span) if sights else None
    if memory.settled and not (verdict is Verdict.FOUND and min(sights[0].before, sights[0].after) == 1):
        return _known(lost(selector, within, memory.quotation), memory)
    if verdict is Verdict.FOUND and best is not None:
        if sights[0].wording < 1:
            score = round(share(memory.quotation, within.prose.words(best)), 2)
            if score >= KEPT:
                return told(Anchor(selector, best, State.REWORDED, score), within, memory)
        elif memory.span is None or since.is_new(best):
            return _again(selector, within, memory, best, sights[0])
    if verdict in (Verdict.CUT_OUT, Verdict.ALONG) and best is not None and since.is_new(best):
        return told(Anchor(selector, best, State.MOVED, 1.0), within, memory)
    if verdict is Verdict.UNDECIDED:
        return _known(undecided(selector, within, memory.quotation), memory)
    return _known(lost(selector, within, memory.quotation), memory)


def _known(outcome: tuple[Orphan, tuple[Diagnostic, ...]], memory: Remembered) -> Outcome:
    """What is gone; nothing is told of it where its author has said so."""
    found, told = outcome
    return (replace(found, settled=True), ()) if memory.settled else (found, told)


def _again(selector: Selector, within: Haystack, memory: Remembered, span: Span, sight: Sight) -> Outcome:
    """The very words, found again with what stood around them."""
    if memory.span is None and min(sight.before, sight.after) == 1:
        return Anchor(selector, span, State.EXACT, 1.0), ()
    return told(Anchor(selector, span, State.MOVED, 1.0), within, memory)


def guessed(selector: Selector, within: Haystack) -> Outcome | None:
    """A quotation that stands nowhere as it is written, but with enough around it to weigh what comes near.

    None where nothing does, or where too little is known around it to tell.
    """
    judged = _judged(selector, within)
    if judged is None:
        return None
    one, verdict, sights = judged
    quotation = _quotation(selector)
    # What is cut out here and stands there word for word was put there, if it is no phrase that people repeat.
    put = verdict is Verdict.CUT_OUT and words.letters(one.quotation) >= MANY
    if (put or verdict in (Verdict.FOUND, Verdict.ALONG)) and sights:
        span = within.source(sights[0].span)
        if sights[0].wording == 1:
            anchor = Anchor(selector, span, State.MOVED, 1.0)
            return anchor, (moved(anchor, within),)
        score = round(share(quotation, within.prose.words(span)), 2)
        if score >= KEPT or sights[0].whole:
            anchor = Anchor(selector, span, State.REWORDED, score)
            return anchor, (reworded(anchor, within, quotation, sure=anchor.score >= LIKE),)
    if verdict in (Verdict.UNDECIDED, Verdict.CUT_OUT):
        return undecided(selector, within, quotation)
    return None


def at_home(selector: Selector, within: Haystack, place: Span) -> tuple[Anchor, tuple[Diagnostic, ...]] | None:
    """Nearly the same words elsewhere, with all around them that is known, where the very words stand without.

    None where there are none: then the very words, at `place`, are meant.
    """
    judged = _judged(selector, within)
    if judged is None or judged[1] is not Verdict.FOUND:
        return None
    best, quotation = judged[2][0], _quotation(selector)
    if not best.whole or best.span.meets(place):
        return None
    span = within.source(best.span)
    anchor = Anchor(selector, span, State.REWORDED, round(share(quotation, within.prose.words(span)), 2))
    return anchor, (reworded(anchor, within, quotation, sure=anchor.score >= LIKE),)


def _quotation(selector: Selector) -> str:
    return selector.readings[0][0] if len(selector.readings[0]) == 1 else selector.heading


def _judged(selector: Selector, within: Haystack) -> tuple[Sought, Verdict, tuple[Sight, ...]] | None:
    """What comes near a quotation; None where too little is known around it, or too much was sought already."""
    if not selector.readings or (selector.within and within.area(selector.within) is None):
        return None
    one = sought(_quotation(selector), selector.prefix, selector.suffix)
    if not one.weighable or not within.budget.spend(WEIGHED):
        return None
    area = within.area(selector.within) or within.main
    return one, *judge(one, within, allowed=lambda place: area.holds(place) and not within.crosses(place))
