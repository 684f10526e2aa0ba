"""A shape, a kind of edit, quotations -> for each what became of it and what is said, with the lock and without."""

from __future__ import annotations

import random
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.anchoring.edits import Kind, edited, prepared
from benchmarks.anchoring.layout import around, paragraphs
from benchmarks.anchoring.quotations import quotations
from benchmarks.anchoring.tracked import owner
from benchmarks.anchoring.truth import Fate, Truth, has_passed, is_right, standing, truth
from builder.model.diagnostic import Place
from builder.model.lock import Remembered
from builder.model.note import Anchor, Orphan, Selector, State
from builder.model.prose import Block, BlockKind, Prose, Span
from builder.relate.anchor import anchor
from builder.relate.haystack import Haystack, haystack
from builder.relate.normal import plain
from builder.relate.words import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.anchoring.shapes import Shape
    from benchmarks.anchoring.tracked import Tracked

CONTEXT = 32
"""Characters kept on either side where nothing else is known: what annotations carry elsewhere."""

REMEMBERED = 64
"""The same in anchors.lock."""

PIECE = 10
"""Characters of the surroundings that say something by themselves."""

NEAR = 300
"""So far from its place, a sentence or two, they may do so."""

FAR = 2_500
"""Words of a text for each quotation at which it is edited at once."""


class Mode(Enum):
    """What is known of the old text."""

    LOCK = "lock"
    """All of it, and where the words stood."""
    ALONE = "alone"
    """The words, and 32 characters before and after them."""


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


def cases(shape: Shape, kind: Kind, number: int, seed: int) -> Iterator[Case]:
    """So many quotations of one text, each after one kind of edit."""
    rng = random.Random(f"{seed} {shape.name} {kind.name}")
    spans = quotations(shape.text, rng, number)
    size = max(1, len(shape.text.split()) // FAR)
    for first in range(0, len(spans), size):
        together = spans[first : first + size]
        ready = prepared(shape.text, together, kind, shape, rng)
        where, old = standing(ready), ready.text
        together = [Span(where[span.start], where[span.end - 1] + 1) for span in together]
        new = edited(old, together, kind, shape, rng)
        where, within = standing(new), stack(new.text)
        for span in together:
            known = truth(old, new, span, where)
            moved = kind.name == "paragraph moved" and _moved_surely(old, new, span, known)
            for mode in Mode:
                found, state, right, decidable = _case(mode, old, span, new, known, within)
                decidable = decidable and not (kind.untold and mode is Mode.ALONE)
                yield Case(shape.name, kind.name, mode, old, span, new, known, found, state, right, decidable, moved)


_Answer = tuple[Span | None, State, bool, bool]
"""What was found, what is said of it, whether it is right, and whether it could be told."""


def _case(mode: Mode, old: str, span: Span, new: Tracked, known: Truth, within: Haystack) -> _Answer:
    found, state = _locked(old, span, within) if mode is Mode.LOCK else _alone(old, span, within)
    right = found is not None and is_right(new, found, span, known)
    return found, state, right, mode is Mode.LOCK or _decidable(old, span, new, known)


def _locked(old: str, span: Span, within: Haystack) -> tuple[Span | None, State]:
    quotation = old[span.start : span.end]
    prefix, suffix = old[max(0, span.start - REMEMBERED) : span.start], old[span.end : span.end + REMEMBERED]
    memory = Remembered(old, span, quotation, prefix, suffix, State.EXACT, 1.0, same=True)
    return _answer(anchor(selector(quotation), within, memory)[0])


def _alone(old: str, span: Span, within: Haystack) -> tuple[Span | None, State]:
    return _answer(anchor(selector(old[span.start : span.end], *surroundings(old, span)), within)[0])


def _answer(found: Anchor | Orphan) -> tuple[Span | None, State]:
    return (found.span if isinstance(found, Anchor) else None), found.state


def selector(quotation: str, prefix: str = "", suffix: str = "") -> Selector:
    """As an import makes it."""
    return Selector(quotation, ((quotation,),), Place("bench.md"), prefix=prefix, suffix=suffix)


def surroundings(old: str, span: Span) -> tuple[str, str]:
    """What annotations elsewhere carry of what stands around a quotation."""
    return old[max(0, span.start - CONTEXT) : span.start], old[span.end : span.end + CONTEXT]


def stack(text: str) -> Haystack:
    """A text as read, made ready; each stretch between blank lines is a paragraph."""
    blocks = tuple(
        Block(f"p{number}", number, BlockKind.PARAGRAPH, span, 1) for number, span in enumerate(paragraphs(text), 1)
    )
    return haystack(Prose(text, (), blocks, Span(0, len(text))), "bench")


def _moved_surely(old: str, new: Tracked, span: Span, known: Truth) -> bool:
    """Whether a quotation passed more than the moved paragraph is long: else nobody can say which was moved."""
    blocks = paragraphs(old)
    moved = blocks[around(blocks, span)[0]]
    return bool(known.places) and has_passed(new, known.places[0], span) > 1.5 * len(moved)


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
