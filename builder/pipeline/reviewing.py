"""An anchored edition -> what in it is in doubt: what it was, what it may be now, and what each answer would write."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from enum import Enum
from typing import TYPE_CHECKING

from builder.model.note import Anchor, Orphan, State
from builder.model.value import value_class
from builder.parse.rewrite import Sort, shown
from builder.pipeline.mending import restatement
from builder.pipeline.sought import sought
from builder.relate.describe import Settings
from builder.relate.lost import short
from builder.relate.restate import mended_piece, own_place, singled_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.lock import Remembered
    from builder.model.note import Candidate, Selector
    from builder.model.prose import Span
    from builder.model.view import Anchored
    from builder.pipeline.sought import Sought, Stacks
    from builder.relate.haystack import Haystack

OPTIONS = 9
"""One key each."""

AROUND = 60
"""Characters of the surroundings that are shown on either side, whole words."""


@value_class(frozen=True, slots=True)
class Quoted:
    """Words with what stands around them, each on one line."""

    before: str
    words: str
    after: str


@value_class(frozen=True, slots=True)
class Option:
    """One place that may be meant now."""

    span: Span
    where: str
    """Text and block: `article ¶4`."""
    likeness: float
    quoted: Quoted
    wanted: Selector | None
    """What is to be written, so that the selector finds this place."""
    setting: str
    """What that adds to a note's settings: `in="¶4"`; elsewhere the passage with its paragraph, as it is typed."""
    stands: bool
    """Whether nothing need be written for that: it is found here as it is."""


@value_class(frozen=True, slots=True)
class Doubt:
    """One selector about which its author is asked."""

    sought: Sought
    was: Quoted
    options: tuple[Option, ...]


class Mark(Enum):
    """What became of a stretch of words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


def doubtful(anchored: Anchored, stacks: Stacks) -> Iterator[Sought]:
    """All that is moved, reworded, ambiguous or lost, in the order of the entries; in texts that could be read.

    What its author has said to be lost is in no doubt.
    """
    for one in sought(anchored):
        if isinstance(one.found, Orphan) and one.found.settled:
            continue
        if one.found.state is not State.EXACT and stacks.of(one.text) is not None:
            yield one


def doubt(one: Sought, stacks: Stacks, known: Remembered | None = None) -> Doubt:
    """What is asked of one of them; `known` is what is remembered of it."""
    within = stacks.of(one.text)
    assert within is not None
    was = Quoted("", one.selector.heading, "")
    if known is not None:
        # A range is held against what it is now whole; of one that is lost what is sought is its ends.
        ends = isinstance(one.found, Orphan) and any(len(reading) > 1 for reading in one.selector.readings)
        was = _quoted(known.prefix, one.selector.heading if ends else known.quotation, known.suffix)
    return Doubt(one, was, tuple(_options(one, within)))


def _options(one: Sought, within: Haystack) -> Iterator[Option]:
    if isinstance(one.found, Anchor):
        stands = own_place(one.selector, within) == one.found.span
        wanted = one.selector if stands else restatement(one, within, one.found.span)
        yield _option(one, within, (one.found.span, one.found.score), wanted, stands=stands)
        now = own_place(one.selector, within) if one.found.state is State.MOVED and not stands else None
        if now is not None:  # where its heading leads now, if that is meant
            yield _option(one, within, (now, 1.0), one.selector, stands=True)
        return
    for candidate in one.found.nearest[:OPTIONS]:
        wanted = _meant(one, within, candidate)
        span = own_place(wanted, within) if wanted is not None else None
        yield _option(one, within, (span or candidate.span, candidate.score), wanted, stands=False)


def _meant(one: Sought, within: Haystack, candidate: Candidate) -> Selector | None:
    """What would be written for a candidate. Of a range it may be one piece only."""
    beside = one.sort.value == "note"
    chosen = singled_out(one.selector, within, candidate.span, beside=beside)
    if chosen is not None:
        return chosen
    piece = mended_piece(one.selector, within, candidate.span)
    if piece is not None and own_place(piece, within) is not None:
        return piece
    return restatement(one, within, candidate.span)


def _option(
    one: Sought, within: Haystack, place: tuple[Span, float], wanted: Selector | None, *, stands: bool
) -> Option:
    span, likeness = place
    shows, setting = quoted(within, span), ""
    if wanted is not None:
        if isinstance(one.found, Orphan) and wanted.readings and len(wanted.readings[0]) > 1:
            shows = replace(shows, words=wanted.heading)
        where = Settings(shown(wanted.within), wanted.prefix, wanted.suffix)
        typed = Settings(shown(one.selector.within), one.selector.prefix, one.selector.suffix)
        setting = _written(one, within, wanted, where) if where != typed else ""
    return Option(span, f"{within.name} {within.where(span.start)}".strip(), likeness, shows, wanted, setting, stands)


def _written(one: Sought, within: Haystack, wanted: Selector, where: Settings) -> str:
    """What chooses a place, as it is typed: a note's settings; elsewhere the paragraph stands before the words."""
    if one.sort is Sort.NOTE:
        return where.written()
    return f"{within.name} {where.within} “{short(wanted.heading)}”" if where.within else ""


def quoted(within: Haystack, span: Span) -> Quoted:
    """A passage with what stands around it."""
    content = within.prose.content
    before = content[max(0, span.start - AROUND - 1) : span.start]
    after = content[span.end : span.end + AROUND + 1]
    return _quoted(before, content[span.start : span.end], after)


def _quoted(before: str, words: str, after: str) -> Quoted:
    """Words with as much around them as is shown, in whole words."""
    if len(before) > AROUND:
        before = f"… {before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]} …"
    return Quoted(_line(before), _line(words), _line(after))


def _line(words: str) -> str:
    """On one line; a space at an end stays."""
    return re.sub(r"\s+", " ", words)


_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


def difference(old: str, new: str) -> tuple[tuple[str, Mark], ...]:
    """What became of some words: those kept, those gone and those that are new, in order."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    found: list[tuple[str, Mark]] = []
    for what, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(("".join(before[first:last]), Mark.KEPT))
            continue
        gone, come = "".join(before[first:last]), "".join(after[start:end])
        found += [(words, mark) for words, mark in ((gone, Mark.GONE), (come, Mark.NEW)) if words]
    return tuple(found)
