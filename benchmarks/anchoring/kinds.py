"""The kinds of edit, by name -> a text with one of them made to it at each of some quotations."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.anchoring.edits import (
    beside_deleted,
    block_of,
    copied,
    copy_and_typo,
    decomposed,
    deleted,
    merged,
    moved,
    near_copy,
    paragraph_deleted,
    put_after,
    put_before,
    put_inside,
    replaced,
    restyled,
    sentence_moved,
    split,
    standing,
    swapped,
    taken_elsewhere,
    twin_elsewhere,
    typo,
)
from benchmarks.anchoring.layout import paragraphs, sentences
from benchmarks.anchoring.tracked import Tracked
from builder.model.prose import Span

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from benchmarks.anchoring.edits import Edit
    from benchmarks.anchoring.shapes import Shape

LOCAL = (typo, swapped, replaced, put_before, put_after, put_inside, beside_deleted, merged, split)
ANY = (*LOCAL, moved, deleted, copied, near_copy)


def revised_all_over(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """An edit in every second paragraph (in sixty at most); marks restyled or letters decomposed in some texts."""
    del at
    chosen = [one for one in paragraphs(text.text) if rng.random() < 0.5]
    chosen = rng.sample(chosen, min(60, len(chosen)))
    for target in [text.marks[one.start] for one in chosen]:
        if target not in text.marks:
            continue
        place = text.marks.index(target)
        block = block_of(text, Span(place, place + 1))
        text = rng.choice(ANY)(text, rng.choice(sentences(text.text, block)), shape, rng)
    return rng.choice((restyled, decomposed))(text, Span(0, 0), shape, rng) if rng.random() < 0.3 else text


def revised_here(text: Tracked, at: Span, shape: Shape, rng: random.Random) -> Tracked:
    """Two edits at one place, the first of those that leave most of it."""
    marks = text.marks[at.start : at.end]
    text = rng.choice(LOCAL)(text, at, shape, rng)
    left = standing(text, marks)
    return rng.choice(ANY)(text, left, shape, rng) if left is not None else text


class Moves(Enum):
    """What an edit moves."""

    SENTENCES = "sentences"
    PARAGRAPH = "paragraph"


class Kind(NamedTuple):
    """One kind of edit: what is done to the text once, and at each quotation."""

    name: str
    each: Edit | None
    once: Edit | None = None
    before: Edit | None = None
    """What is done at each quotation before: the old text has it too."""
    untold: bool = False
    """Whether the words and what stood around them can't tell it from a sentence deleted and one that happens to
    hold the same words."""
    moves: Moves | None = None


KINDS = (
    Kind("typo", typo),
    Kind("words swapped", swapped),
    Kind("word replaced", replaced),
    Kind("sentence put before", put_before),
    Kind("sentence put inside", put_inside),
    Kind("sentence put after", put_after),
    Kind("sentence deleted", deleted),
    Kind("sentence beside deleted", beside_deleted),
    Kind("paragraph moved", moved, moves=Moves.PARAGRAPH),
    Kind("sentence moved", sentence_moved, moves=Moves.SENTENCES),
    Kind("merged with the next", merged),
    Kind("split", split),
    Kind("paragraph deleted", paragraph_deleted),
    Kind("quotes, dashes restyled", None, restyled),
    Kind("decomposed (NFD)", None, decomposed),
    Kind("near copy elsewhere", near_copy),
    Kind("same sentence earlier", copied),
    Kind("same elsewhere, typo here", copy_and_typo),
    Kind("taken elsewhere", taken_elsewhere, untold=True),
    Kind("deleted, twin left", deleted, before=twin_elsewhere),
    Kind("typo, twin left", typo, before=twin_elsewhere),
    Kind("thorough revision", revised_here, revised_all_over),
)


def edited(old: str, spans: Sequence[Span], kind: Kind, shape: Shape, rng: random.Random) -> Tracked:
    """A text with one kind of edit made to it at each of some quotations that stand far apart."""
    text = Tracked.of(old)
    if kind.once is not None:
        text = kind.once(text, spans[0], shape, rng)
    return _at_each(text, spans, kind.each, shape, rng) if kind.each is not None else text


def prepared(old: str, spans: Sequence[Span], kind: Kind, shape: Shape, rng: random.Random) -> Tracked:
    """The text that is then edited, where something is done to it before."""
    text = Tracked.of(old)
    return _at_each(text, spans, kind.before, shape, rng) if kind.before is not None else text


def _at_each(text: Tracked, spans: Sequence[Span], edit: Edit, shape: Shape, rng: random.Random) -> Tracked:
    for span in spans:
        here = standing(text, list(range(span.start, span.end)))
        if here is not None:
            text = edit(text, here, shape, rng)
    return text
