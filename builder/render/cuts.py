"""The passages of an edition's handouts -> the marks in its texts by which a set page can be asked where they fell.

A mark divides the words before it from those after it, which are then shaped apart. So that every handout of an
edition breaks its lines alike, all of them carry the marks of all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import count
from typing import TYPE_CHECKING

from builder.model.prose import BlockKind, Element, Open, Run, Span
from builder.model.value import value_class
from builder.render.typst import BESIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.model.prose import Block, Prose
    from builder.model.text import Text
    from builder.render.typst import Mark

STRIDE = 240
"""Characters from one stake to the next at most, by and large: every page of text has some."""

LINES = 5
"""Lines of code from one stake to the next."""

_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.ITEM, BlockKind.STANZA, BlockKind.DEFINITION})
_SPACE = re.compile(r"\s+|(?<=[。，、；：！？])")
"""What stands before a word, or where a line may begin in a script without spaces."""
_NEXT_LINE = re.compile(r"\n\s*")


@value_class(frozen=True, slots=True)
class Cuts:
    """The marks of some texts, numbered through all of them."""

    marks: Mapping[str, tuple[Mark, ...]]
    """Text id -> its marks in order."""
    starts: Mapping[tuple[str, int], int]
    ends: Mapping[tuple[str, int], int]
    breaks: frozenset[int]
    """The stakes (places from which notes can be set) at which a block begins."""
    begins: Mapping[int, tuple[str, int]]
    """Each mark before a word -> its text and offset."""

    def start(self, text: str, offset: int) -> int:
        """The mark where a passage begins: the nearest before it, where it has none of its own."""
        return self._near(self.starts, text, offset)

    def end(self, text: str, offset: int) -> int:
        """The mark where a passage ends."""
        return self._near(self.ends, text, offset)

    def _near(self, known: Mapping[tuple[str, int], int], text: str, offset: int) -> int:
        if (text, offset) in known:
            return known[text, offset]
        offsets = sorted(at for name, at in known if name == text)
        return known[text, offsets[max(0, bisect_right(offsets, offset) - 1)]]


@value_class(frozen=True, slots=True)
class Pages:
    """The handout whose pages a book names, and where in the texts these may begin."""

    handout: str
    """Its path in the output."""
    spots: Mapping[str, tuple[int, ...]]
    """Text id -> offsets in it."""


UNPAGED = Pages("", {})


def cuts_of(texts: Sequence[Text], passages: Mapping[str, Iterable[Span]]) -> Cuts:
    """The marks for the passages of each text (by its id), for its beginning, and for each of its blocks."""
    numbers = count()
    marks: dict[str, tuple[Mark, ...]] = {}
    starts: dict[tuple[str, int], int] = {}
    ends: dict[tuple[str, int], int] = {}
    breaks: set[int] = set()
    begins: dict[int, tuple[str, int]] = {}
    for text in texts:
        spans = {Span(0, 0), *(block.span for block in text.prose.blocks), *passages.get(text.id, ())}
        end = text.prose.main.end
        own: list[Mark] = []
        for offset in sorted({span.start for span in spans if span.start <= end}):
            starts[text.id, offset] = next(numbers)
            own.append((offset, "cut", starts[text.id, offset]))
            begins[starts[text.id, offset]] = text.id, offset
        for offset in sorted({span.end for span in spans if span.end <= end}):
            ends[text.id, offset] = next(numbers)
            own.append((offset, "end", ends[text.id, offset]))
        blocks = {block.span.start for block in text.prose.blocks}
        for offset in _staked(text, spans):
            number = next(numbers)
            own.append((offset, "stake", number))
            breaks.update([number] if offset in blocks else ())
            begins[number] = text.id, offset
        marks[text.id] = tuple(sorted(own, key=lambda mark: (mark[0], _ORDER[mark[1]], mark[2])))
    return Cuts(marks, starts, ends, frozenset(breaks), begins)


_ORDER = {"end": 0, "stake": 1, "cut": 2}


def _staked(text: Text, spans: Iterable[Span]) -> list[int]:
    """Where words begin at which notes may be set: at passages, at blocks, and every now and then; and at pictures."""
    content = text.prose.content
    found: set[int] = set()
    begins = sorted(span.start for span in spans)
    rows = tuple(_rows(text.prose))
    for block in text.prose.blocks:
        low, high = block.span.start, block.span.end
        if block.kind is BlockKind.FIGURE:
            found.add(low)
        if block.kind not in _RUNNING | BESIDE or not len(block.span):
            continue
        words = [low, *(gap.end() for gap in _SPACE.finditer(content, low, high) if gap.end() < high)]
        found.update(words[bisect_right(words, offset) - 1] for offset in begins if low <= offset < high)
        found.update(_between(content, block, words, rows))
    return sorted(found)


def _between(content: str, block: Block, words: Sequence[int], rows: Iterable[int]) -> Iterator[int]:
    """The words of a block at which stakes stand so that each of its pages has some."""
    low, high = block.span.start, block.span.end
    if block.kind is BlockKind.TABLE:
        yield from (offset for offset in rows if low <= offset < high)
    elif block.kind is BlockKind.CODE:
        lines = [low, *(gap.end() for gap in _NEXT_LINE.finditer(content, low, high) if gap.end() < high)]
        yield from lines[::LINES]
    else:
        last = low
        yield last
        for word in words:
            if word - last >= STRIDE:
                yield word
                last = word


def _rows(prose: Prose) -> Iterator[int]:
    """Where the rows of tables begin; not those of their heads, which stand on each page once more."""
    below = begun = False
    for event in prose.frame:
        if isinstance(event, Open) and event.element in (Element.TABLE_HEAD, Element.TABLE_BODY):
            below = event.element is Element.TABLE_BODY
        elif isinstance(event, Open) and event.element is Element.ROW:
            begun = below
        elif isinstance(event, Run) and begun:
            yield event.span.start
            begun = False
