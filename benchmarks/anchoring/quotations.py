"""A text -> random quotations from it: a word, some words, a sentence, several, some across paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.anchoring.layout import paragraphs, sentences, words
from builder.model.prose import Span

if TYPE_CHECKING:
    import random

LENGTHS = ("word", "few", "some", "sentence", "sentences", "across")

_WORDS = {"word": (1, 1), "few": (2, 4), "some": (5, 12)}


def quotations(text: str, rng: random.Random, number: int) -> list[Span]:
    """So many, of each length about as many, in random order."""
    blocks = paragraphs(text)
    found: list[Span] = []
    while len(found) < number:
        drawn = _drawn(text, blocks, rng, LENGTHS[len(found) % len(LENGTHS)])
        if drawn is not None:
            found.append(drawn)
    rng.shuffle(found)
    return found


def _drawn(text: str, blocks: list[Span], rng: random.Random, length: str) -> Span | None:
    index = rng.randrange(len(blocks))
    block = blocks[index]
    if length in _WORDS:
        there = words(text, block)
        count = rng.randint(*_WORDS[length])
        first = rng.randrange(max(1, len(there) - count + 1))
        return Span(there[first].start, there[first + count - 1].end) if first + count <= len(there) else None
    if length == "across":
        if index + 1 == len(blocks):
            return None
        here, there = words(text, block), words(text, blocks[index + 1])
        first, last = rng.randint(1, min(15, len(here))), rng.randint(1, min(15, len(there)))
        return Span(here[-first].start, there[last - 1].end)
    parts = sentences(text, block)
    count = 1 if length == "sentence" else rng.randint(2, 3)
    first = rng.randrange(max(1, len(parts) - count + 1))
    return Span(parts[first].start, parts[first + count - 1].end) if first + count <= len(parts) else None
