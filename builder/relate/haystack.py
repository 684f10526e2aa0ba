"""Prose -> the haystack in which quotations are sought: its normal form, its areas, and what may not be crossed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.prose import BlockKind, Span
from builder.model.value import value_class
from builder.relate.finder import Finder
from builder.relate.nearest import Nearest
from builder.relate.normal import normalize
from builder.relate.words import whole

if TYPE_CHECKING:
    from builder.model.prose import Block, Prose
    from builder.relate.found import Around, Match
    from builder.relate.normal import Normal

EFFORT = 1_000_000
"""How many places of words that stand by the thousand are weighed in one text: some seconds' work."""

FIRST = 1_000
"""How many places of such words are looked up when that is spent: then they are told to stand too often."""

WHOLE = "*"
"""The name of a text's main part: title, dek and body."""

_NUMBERS = re.compile(r"(?:¶|p)\s?(\d+)(?:\s?[-–]\s?(?:¶|p)?(\d+))?")

_UNCROSSED = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.FOOTNOTE})
"""Blocks whose own words alone may be quoted: no quotation runs into or out of them."""


@dataclass(slots=True, eq=False)
class Budget:
    """How much may still be spent on advice about one text, so that 10,000 doubtful notes don't cost an hour."""

    left: int = 30_000
    """Places compared with each other, word by word: about a second's work."""

    def spend(self, places: int, *, all_left: bool = False) -> bool:
        """Whether there was enough left for comparing a place with so many others; then it is spent.

        With `all_left` what is left is spent also where it isn't enough.
        """
        if places > self.left:
            self.left *= not all_left
            return False
        self.left -= places
        return True


@value_class(frozen=True, slots=True)
class Standing:
    """Where some words stand in a text (offsets of the normal form), in order."""

    everywhere: tuple[Span, ...]
    allowed: tuple[Span, ...]
    """Those that don't cross the edge of a title, a heading or a footnote."""
    uncut: tuple[Span, ...]
    """Those of the allowed ones that are whole words."""
    more: bool = False
    """Whether these are only the first of them: so many words that stand so often can't be looked up one by one."""


def inside(places: tuple[Span, ...], area: Span) -> tuple[Span, ...]:
    """Those of some places, all of one length and in order, that lie within an area."""
    if not places:
        return ()
    first = bisect_left(places, area.start, key=_start)
    return places[first : bisect_right(places, area.end - len(places[0]), key=_start)]


def _start(place: Span) -> int:
    return place.start


@dataclass(frozen=True, slots=True, eq=False)
class Haystack:
    """A text made ready for seeking, once for all that is sought in it. Offsets are the normal form's unless told."""

    prose: Prose
    name: str
    """The text's id, for what is said of places in it."""
    normal: Normal
    blocks: tuple[Block, ...]
    """All blocks, footnotes included, in order of their beginnings, an outer one before those inside it."""
    begins: tuple[int, ...]
    """Where each of `blocks` begins in the content."""
    parents: tuple[int, ...]
    """For each of `blocks` the index of the one that holds it, -1 for none."""
    walls: tuple[int, ...]
    """What no quotation crosses: both ends of title, headings and footnotes."""
    main: Span
    named: dict[str, Block]
    numbered: dict[int, Block]
    finder: Finder
    nearest: Nearest
    budget: Budget = field(default_factory=Budget)
    effort: Budget = field(default_factory=lambda: Budget(EFFORT))
    known: dict[str, Standing] = field(default_factory=dict)
    matches: dict[tuple[tuple[str, ...], Around], Match] = field(default_factory=dict)
    """What was found: many notes of one text may quote the same words."""

    def standing(self, needle: str) -> Standing:
        """Where `needle`, in normal form, stands: everywhere in the text, footnotes included."""
        if needle not in self.known:
            text = self.normal.text
            most = None if self.effort.left else FIRST
            starts = self.finder.places(needle, most)
            if len(starts) > FIRST // 2:
                self.effort.spend(len(starts), all_left=True)
            places = [Span(start, start + len(needle)) for start in starts]
            allowed = tuple(place for place in places if not self.crosses(place))
            uncut = tuple(place for place in allowed if whole(text, place.start, place.end))
            self.known[needle] = Standing(tuple(places), allowed, uncut, len(starts) == most)
        return self.known[needle]

    def source(self, span: Span) -> Span:
        """A stretch of the normal form as characters of the content."""
        return self.normal.span(span.start, span.end)

    def area(self, name: str) -> Span | None:
        """The stretch that an `in` names (`p4`, `p4-6`, `title`, `fn1`; "" for the main part); None for no such."""
        if name in ("", WHOLE):
            return self.main
        span = self.passage(name)
        return self.normal.within(span) if span is not None else None

    def passage(self, name: str) -> Span | None:
        """The characters of the content that a block's name means, by the number shown; None for no such block."""
        if name == WHOLE:
            return self.prose.main
        numbers = _NUMBERS.fullmatch(name)
        if numbers is None:
            block = self.named.get(name)
            return block.span if block is not None else None
        first = self.numbered.get(int(numbers[1]))
        last = self.numbered.get(int(numbers[2] or numbers[1]))
        if first is None or last is None or last.span.start < first.span.start:
            return None
        return Span(first.span.start, max(first.span.end, last.span.end))

    def first_block(self, name: str) -> Block | None:
        """The block that a name means, the first of several; None for no such block."""
        numbers = _NUMBERS.fullmatch(name)
        return self.named.get(name) if numbers is None else self.numbered.get(int(numbers[1]))

    def crosses(self, span: Span) -> bool:
        """Whether a stretch runs into or out of the title, a heading or a footnote."""
        wall = bisect_right(self.walls, span.start)
        return wall < len(self.walls) and self.walls[wall] < span.end

    def block_at(self, offset: int) -> Block | None:
        """The innermost block that holds the content's character at `offset`, None between blocks."""
        index = bisect_right(self.begins, offset) - 1
        while index >= 0 and offset >= self.blocks[index].span.end:
            index = self.parents[index]
        return self.blocks[index] if index >= 0 else None

    def blocks_met(self, span: Span) -> int:
        """How many blocks a stretch of the content touches, from the one in which it begins."""
        return bisect_left(self.begins, span.end) - bisect_right(self.begins, span.start) + 1

    def where(self, offset: int) -> str:
        """How the block at an offset of the content is named in a heading or an `in`: `¶4`, `title`, `fn1`."""
        block = self.block_at(offset)
        return block_name(block) if block is not None else ""


def block_name(block: Block) -> str:
    """How a block is named in a heading or an `in`."""
    return block.called if block.number is None else f"¶{block.number}"


def haystack(prose: Prose, name: str = "") -> Haystack:
    """A text, by its id, made ready for seeking in it."""
    normal = normalize(prose.content)
    blocks = (*prose.blocks, *(note.block for note in prose.footnotes))
    ordered = tuple(sorted(blocks, key=lambda block: (block.span.start, -block.span.end)))
    walls = set()
    for block in ordered:
        if block.kind in _UNCROSSED:
            within = normal.within(block.span)
            walls |= {within.start, within.end}
    return Haystack(
        prose=prose,
        name=name,
        normal=normal,
        blocks=ordered,
        begins=tuple(block.span.start for block in ordered),
        parents=_parents(ordered),
        walls=tuple(sorted(walls)),
        main=normal.within(prose.main),
        named={block.called: block for block in reversed(ordered) if block.number is None},
        numbered={block.number: block for block in reversed(ordered) if block.number is not None},
        finder=Finder(normal.text),
        nearest=Nearest(prose.content),
    )


def _parents(blocks: tuple[Block, ...]) -> tuple[int, ...]:
    """For each block the index of the one that holds it, -1 for none."""
    parents = []
    open_ones: list[int] = []
    for index, block in enumerate(blocks):
        while open_ones and blocks[open_ones[-1]].span.end <= block.span.start:
            open_ones.pop()
        parents.append(open_ones[-1] if open_ones else -1)
        open_ones.append(index)
    return tuple(parents)
