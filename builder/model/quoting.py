"""A span of a prose -> its words as a quotation within other words has them: in one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.prose import BlockKind, Close, Image, Open
from builder.model.remember import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.prose import Block, Prose, Span

LINE, STANZA = " / ", " // "
"""What is printed between two lines of verse, and between two stanzas."""

_LINE_END = re.compile(r"\n\s*")


def in_line(prose: Prose, span: Span) -> str:
    """The words of a span with spaces for the ends of lines, and strokes where these are lines of verse.

    Spaces at either end stay, so that what stands around a passage can be set beside it.
    """

    def joined(found: re.Match[str]) -> str:
        return _between(prose, span.start + found.start(), span.start + found.end())

    return _LINE_END.sub(joined, prose.words(span))


def _between(prose: Prose, end: int, start: int) -> str:
    """What a quotation has between a line that ends and the next, which starts there."""
    before, after = prose.block_at(end - 1), prose.block_at(start)
    if before is None or after is None or not before.kind is after.kind is BlockKind.STANZA:
        return " "
    return LINE if before is after else STANZA


def without_strokes(words: str) -> str:
    """Words that were cut, without a stroke that nothing stands before or after any more."""
    for stroke in (STANZA.rstrip(), LINE.rstrip()):
        words = words.removesuffix(stroke)
    for stroke in (STANZA.lstrip(), LINE.lstrip()):
        words = words.removeprefix(stroke)
    return words


def picture_at(prose: Prose, span: Span, name: str = "") -> Block | None:
    """The picture at a span without words; of several the one that is called so. None for words and a whole text."""
    if len(span) or name == "*":
        return None
    here = [block for block in prose.blocks if block.span == span and block.kind is BlockKind.FIGURE]
    return next((block for block in here if block.called == name), here[0] if here else None)


@remembered
def picture_words(prose: Prose) -> Mapping[str, str]:
    """Block id -> what the author says of the pictures in it; "" where nothing is said."""
    found: dict[str, list[str]] = {}
    held: list[int | None] = []
    for event in prose.frame:
        if type(event) is Open:
            held.append(event.block)
        elif type(event) is Close:
            held.pop()
        elif type(event) is Image:
            owner = next((index for index in reversed(held) if index is not None), None)
            if owner is not None:
                found.setdefault(prose.blocks[owner].id, []).append(event.alt)
    return {block: " ".join(" ".join(words).split()) for block, words in found.items()}
