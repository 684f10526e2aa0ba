"""A selector and the passage that is meant -> the selector that finds it, as like the one that was typed as can be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.note import Anchor, State
from builder.model.prose import BlockKind, Span
from builder.relate import words
from builder.relate.anchor import anchor
from builder.relate.describe import distinguish
from builder.relate.haystack import WHOLE, inside
from builder.relate.normal import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.note import Selector
    from builder.relate.haystack import Haystack

GROWN = 8
"""So many words more at either end are tried for a range, until its first ones stand once and its last ones first."""


def own_place(selector: Selector, haystack: Haystack) -> Span | None:
    """Where a selector's own words stand, by themselves and as it has them; None where they don't, or not once."""
    found, _ = anchor(selector, haystack)
    return found.span if isinstance(found, Anchor) and found.state is State.EXACT else None


def as_typed(haystack: Haystack, span: Span) -> str:
    """Words of the text as one would type them: on one line, without the soft hyphens that nobody sees."""
    return " ".join(haystack.prose.words(span).replace("\u00ad", "").split())


def restated(selector: Selector, haystack: Haystack, span: Span, *, beside: bool = True) -> Selector | None:
    """The selector that finds `span` of the content; None where nothing that one would type does.

    A range stays a range, words that still stand there stay as typed, settings that hold stay. What is new is no more
    than it takes: the paragraph first, then the words beside. `beside` says whether `before` and `after` may be used.
    """
    for one in _forms(selector, haystack, span, beside=beside):
        if own_place(one, haystack) == span:
            return one
    return None


def singled_out(selector: Selector, haystack: Haystack, place: Span, *, beside: bool = True) -> Selector | None:
    """The selector with what chooses one of the places where its words, or the first ones of its range, stand.

    None where nothing does that one would type.
    """
    bare = replace(selector, within=_own_within(haystack, place), prefix="", suffix="")
    for one in _chosen(bare, haystack, place, beside=beside):
        found = own_place(one, haystack)
        if found is not None and found.start == place.start:
            return one
    return None


def mended_piece(selector: Selector, haystack: Haystack, span: Span) -> Selector | None:
    """A range with the words at `span` instead of its one piece that stands nowhere; None where it isn't one piece."""
    words_there = as_typed(haystack, span)
    for reading in selector.readings:
        astray = [index for index, piece in enumerate(reading) if not haystack.standing(plain(piece)).allowed]
        if len(reading) > 1 and len(astray) == 1:
            pieces = tuple(words_there if index in astray else piece for index, piece in enumerate(reading))
            return replace(selector, heading=" … ".join(pieces), readings=(pieces,))
    return None


def _forms(selector: Selector, haystack: Haystack, span: Span, *, beside: bool) -> Iterator[Selector]:
    """What would say it, the likest to what was typed first."""
    if selector.blocks:
        name = _blocks_of(haystack, span)
        if name:
            shown = f"¶{name[1:]}" if name[1:2].isdigit() and name[0] == "p" else name
            yield replace(selector, heading=shown, blocks=name)
        return
    quoted = as_typed(haystack, span)
    plain_form = (quoted, (quoted,))
    ranges = [(" … ".join(pieces), pieces) for pieces in _ranges(selector, haystack, span)]
    for heading, reading in ((selector.heading, ()), *ranges, plain_form):
        readings = (reading,) if reading else selector.readings
        one = replace(selector, heading=heading, readings=readings, within=_within(selector, haystack, span))
        yield one
        bare = replace(one, within=_own_within(haystack, span), prefix="", suffix="")
        yield bare
        if len(reading) != 1 and reading:
            yield replace(bare, within=_home(haystack, span))
        else:
            yield from _chosen(bare, haystack, span, beside=beside)


def _chosen(bare: Selector, haystack: Haystack, span: Span, *, beside: bool) -> Iterator[Selector]:
    """With the settings that choose the place among those where the same words stand."""
    yield replace(bare, within=_home(haystack, span))
    target = haystack.normal.within(span)
    standing = haystack.standing(haystack.normal.text[target.start : target.end])
    places = standing.uncut if target in standing.uncut else standing.allowed
    settings = distinguish(haystack, target, inside(places, haystack.area(bare.within) or haystack.main))
    if settings is not None and beside:
        within = bare.within or settings.within.replace("¶", "p")
        yield replace(bare, within=within, prefix=settings.prefix, suffix=settings.suffix)


def _within(selector: Selector, haystack: Haystack, span: Span) -> str:
    """The block that was named, if it still holds the beginning of the passage; else the one that does now."""
    area = haystack.area(selector.within)
    begins = haystack.normal.within(span).start
    if not selector.within or (area is not None and area.start <= begins < area.end):
        return selector.within or _own_within(haystack, span)
    return _home(haystack, span)


def _own_within(haystack: Haystack, span: Span) -> str:
    """The footnote in which the passage lies: it must be named always; "" in the running text."""
    block = haystack.block_at(span.start)
    return block.called if block is not None and block.kind is BlockKind.FOOTNOTE else ""


def _home(haystack: Haystack, span: Span) -> str:
    """The block in which the passage begins."""
    block = haystack.block_at(span.start)
    if block is None:
        return ""
    return block.called if block.number is None else f"p{block.number}"


def _blocks_of(haystack: Haystack, span: Span) -> str:
    """The name of the blocks that are this passage, "" where it isn't one or more of them whole."""
    if not len(span):
        bare = [block for block in haystack.blocks if block.span == span]
        return f"p{bare[0].number}" if len(bare) == 1 and bare[0].number is not None else ""
    first, last = haystack.block_at(span.start), haystack.block_at(span.end - 1)
    if span == haystack.prose.main:
        return WHOLE
    if first is None or last is None:
        return ""
    name = _home(haystack, span)
    if first != last:
        name = f"p{first.number}-{last.number}" if first.number and last.number else ""
    return name if name and haystack.passage(name) == span else ""


def _ranges(selector: Selector, haystack: Haystack, span: Span) -> Iterator[tuple[str, ...]]:
    """First and last words of the passage, as many as were typed, then more of them; with the steps that were typed."""
    typed = next((reading for reading in selector.readings if len(reading) > 1), None)
    if typed is None:
        return
    text, target = haystack.normal.text, haystack.normal.within(span)
    tokens = []
    word = words.after(text, target.start)
    while word is not None and word[1] <= target.end:
        tokens.append(word)
        word = words.after(text, word[1])
    first, last = (max(1, len(words.split(plain(piece)))) for piece in (typed[0], typed[-1]))
    for more_last in range(GROWN):
        for more_first in range(GROWN):
            begin, end = first + more_first, last + more_last
            if begin + end > len(tokens):
                break
            pieces = (Span(target.start, tokens[begin - 1][1]), Span(tokens[-end][0], target.end))
            one, other = (as_typed(haystack, haystack.source(piece)) for piece in pieces)
            if any(dots in piece for dots in (" … ", " ... ") for piece in (one, other)):
                continue  # the heading would be read as a range of more pieces
            if len(typed) > 2 and not more_first and not more_last:
                yield (one, *typed[1:-1], other)
            yield (one, other)
