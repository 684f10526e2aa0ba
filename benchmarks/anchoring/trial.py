"""A shape, a kind of edit, quotations -> for each what became of it and what is said, with the lock and without."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.anchoring.edits import sentences_of
from benchmarks.anchoring.forms import CONTEXT, Mode, named, surroundings
from benchmarks.anchoring.kinds import Kind, Moves, edited, prepared
from benchmarks.anchoring.layout import around, paragraphs
from benchmarks.anchoring.quotations import quotations
from benchmarks.anchoring.tracked import Tracked, owner
from benchmarks.anchoring.truth import Fate, Truth, has_passed, is_right, standing, truth
from benchmarks.anchoring.twins import changed_parts
from builder.model.lock import Remembered
from builder.model.note import Anchor, State
from builder.model.prose import Block, BlockKind, Prose, Span
from builder.relate.anchor import anchor
from builder.relate.haystack import Haystack, haystack
from builder.relate.normal import plain
from builder.relate.words import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.anchoring.shapes import Shape
    from builder.model.note import Selector

REMEMBERED = 64
"""The same in anchors.lock."""

PIECE = 10
"""Characters of the surroundings that say something by themselves."""

NEAR = 300
"""So far from its place, a sentence or two, they may do so."""

FAR = 2_500
"""Words of a text for each quotation at which it is edited at once."""


class Case(NamedTuple):
    """One quotation after one edit, as one mode answers."""

    shape: str
    kind: str
    mode: Mode
    old: str
    span: Span
    new: Tracked
    truth: Truth
    found: Span | None
    state: State
    right: bool
    decidable: bool
    """Whether what is known tells the place from every other, or that there is none."""
    moved: bool
    """Whether the words stand elsewhere among the others beyond doubt."""

    @property
    def quotation(self) -> str:
        """The words."""
        return self.old[self.span.start : self.span.end]


class _Edited(NamedTuple):
    """A text before and after some edits of one kind."""

    shape: str
    kind: Kind
    old: str
    new: Tracked
    where: dict[int, int]
    within: Haystack


class _Known(NamedTuple):
    """What is known of a quotation after an edit, in whichever mode it is named."""

    truth: Truth
    decidable: bool
    """For who knows the text as it was."""
    moved: bool


def cases(shape: Shape, kind: Kind, number: int, seed: int, modes: Sequence[Mode] = tuple(Mode)) -> Iterator[Case]:
    """So many quotations of one text, each after one kind of edit, in each mode in which it can be named."""
    rng = random.Random(f"{seed} {shape.name} {kind.name}")
    spans = quotations(shape.text, rng, number)
    size = max(1, len(shape.text.split()) // FAR)
    old, before = shape.text, stack(shape.text)
    for first in range(0, len(spans), size):
        together = spans[first : first + size]
        if kind.before is not None:
            ready = prepared(shape.text, together, kind, shape, rng)
            where, old, before = standing(ready), ready.text, stack(ready.text)
            together = [Span(where[span.start], where[span.end - 1] + 1) for span in together]
        new = edited(old, together, kind, shape, rng)
        edit = _Edited(shape.name, kind, old, new, standing(new), stack(new.text))
        for span in together:
            known: dict[Span, _Known] = {}
            names = ((mode, named(mode, before, span)) for mode in modes)
            yield from (_case(edit, mode, *name, known) for mode, name in names if name is not None)


def _known(edit: _Edited, span: Span) -> _Known:
    known = truth(edit.old, edit.new, span, edit.where)
    moves = edit.kind.moves
    moved = moves is not None and _moved_surely(edit.old, edit.new, span, known, moves)
    return _Known(known, not changed_parts(edit.old, span, edit.where), moved)


def _case(edit: _Edited, mode: Mode, selector: Selector, span: Span, all_known: dict[Span, _Known]) -> Case:
    """What is said of a passage, and whether it is so."""
    old, new, kind = edit.old, edit.new, edit.kind
    if span not in all_known:
        all_known[span] = _known(edit, span)
    known, decidable, moved = all_known[span]
    outcome, _ = anchor(selector, edit.within, _memory(old, span) if mode is not Mode.ALONE else None)
    found = outcome.span if isinstance(outcome, Anchor) else None
    right = found is not None and is_right(new, found, span, known)
    if found is not None and mode is Mode.BLOCK:
        right = known.fate is not Fate.GONE and found == _whole_blocks(edit.within, known.places[0])
    if mode is Mode.ALONE:
        decidable = not kind.untold and _decidable(old, span, new, known)
    return Case(edit.shape, kind.name, mode, old, span, new, known, found, outcome.state, right, decidable, moved)


def _memory(old: str, span: Span) -> Remembered:
    """What anchors.lock has of it."""
    prefix, suffix = old[max(0, span.start - REMEMBERED) : span.start], old[span.end : span.end + REMEMBERED]
    return Remembered(old, span, old[span.start : span.end], prefix, suffix, State.EXACT, 1.0, same=True)


def _whole_blocks(within: Haystack, place: Span) -> Span:
    """The paragraphs in which a stretch stands."""
    first, last = within.block_at(place.start), within.block_at(place.end - 1)
    return Span(first.span.start if first else place.start, last.span.end if last else place.end)


def stack(text: str) -> Haystack:
    """A text as read, made ready; each stretch between blank lines is a paragraph."""
    blocks = tuple(
        Block(f"p{number}", number, BlockKind.PARAGRAPH, span, 1) for number, span in enumerate(paragraphs(text), 1)
    )
    return haystack(Prose(text, (), blocks, Span(0, len(text))), "bench")


def _moved_surely(old: str, new: Tracked, span: Span, known: Truth, moves: Moves) -> bool:
    """Whether a quotation passed more than what was moved is long: else nobody can say which was moved."""
    blocks = paragraphs(old)
    size = len(blocks[around(blocks, span)[0]])
    if moves is Moves.SENTENCES:
        own = sentences_of(Tracked.of(old), span)
        size = own[-1].end - own[0].start
    return bool(known.places) and has_passed(new, known.places[0], span) > 1.5 * size


def _decidable(old: str, span: Span, new: Tracked, known: Truth) -> bool:
    """Whether the words and what stood around them tell the place: no other one has them just so.

    Where the words are gone, none may have the words alone, if it is the only one. Where they stand, what still stands
    of them and around them may not stand elsewhere too, unless more of it is near.
    """
    prefix, suffix = surroundings(old, span)
    quotation = old[span.start : span.end]
    wide = plain(prefix + quotation + suffix)
    if _elsewhere(plain(old), wide, 1):
        return False
    text = plain(new.text)
    if known.fate is Fate.GONE:
        stands = [at for at in _places(text, plain(quotation)) if whole(text, at, at + len(plain(quotation)))]
        return len(stands) != 1 and not _elsewhere(text, wide, 0)
    # Words that stand at home with all around them are counted there; one more such place is one too many.
    home = any(wide in plain(_around(new.text, place)) for place in known.places)
    return not _elsewhere(text, wide, int(home)) and (not known.places or _told_apart(text, span, new, known.places[0]))


def _told_apart(text: str, span: Span, new: Tracked, place: Span) -> bool:
    """Whether what is known and still stands unbroken at a place stands nowhere else, or more of it stands near.

    `text` is the new text in normal form. More is a `PIECE` of it beyond what was put in.
    """
    known = range(span.start - CONTEXT, span.end + CONTEXT)

    def left(at: int) -> bool:
        return new.text[at].isspace() or owner(new.marks[at]) in known

    start, end = place.start, place.end
    while start > 0 and left(start - 1):
        start -= 1
    while end < len(new.text) and left(end):
        end += 1
    if not _elsewhere(text, plain(new.text[start:end]), 1):
        return True
    return any(
        all(new.marks[at + step] == new.marks[at] + step and new.marks[at] + step in known for step in range(PIECE))
        for low, high in ((start - NEAR, start), (end, end + NEAR))
        for at in range(max(0, low), min(high, len(new.marks)) - PIECE)
    )


def _around(text: str, place: Span) -> str:
    return text[max(0, place.start - 2 * CONTEXT) : place.end + 2 * CONTEXT]


def _elsewhere(text: str, words: str, known: int) -> bool:
    return len(_places(text, words)) > known


def _places(text: str, words: str) -> Sequence[int]:
    found, place = [], text.find(words)
    while place >= 0:
        found.append(place)
        place = text.find(words, place + 1)
    return found
