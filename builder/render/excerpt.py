"""Words of a text -> as much of them as a margin, a concordance or a card shows."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.prose import Prose, Span

NOTHING: Mapping[int, str] = MappingProxyType({})
LEMMA_LENGTH = 64
"""Characters of a lemma that the margin shows whole; a longer one keeps its first and last words."""


@lru_cache(maxsize=256)
def shorten(words: str) -> str:
    """A lemma for the margin: whole where it is short, else its first and last words round an ellipsis."""
    words = " ".join(words.split())
    if len(words) <= LEMMA_LENGTH:
        return words
    first = words[: LEMMA_LENGTH // 2].rsplit(" ", 1)[0]
    last = words[-LEMMA_LENGTH // 2 :].split(" ", 1)[-1]
    return f"{first} … {last}"


def marked(before: str, words: str, after: str) -> Markup:
    """The words of a passage, marked, among those around them."""
    return Markup(f'{escape(before)}<span class="tp">{escape(words)}</span>{escape(after)}')


def sentence(prose: Prose, span: Span, room: int, said: Mapping[int, str] = NOTHING) -> tuple[str, str]:
    """What stands before and after a span within its block, at most `room` characters each, cut at words.

    `said` is what stands at places of the prose without being of its characters: the words of references.
    """
    block = prose.block_at(span.start)
    low, high = (block.span.start, block.span.end) if block else (0, len(prose.content))
    begins, ends = max(low, span.start - room), min(high, span.end + room)
    left = _spelled(prose.content, begins, span.start, said)
    right = _spelled(prose.content, span.end, ends, said) if span.end < high else ""
    if span.start - room > low:
        left = "… " + left.split(" ", 1)[-1]
    if span.end + room < high:
        right = right.rsplit(" ", 1)[0] + " …"
    return left.replace("\n", " "), right.replace("\n", " ")


def _spelled(content: str, start: int, end: int, said: Mapping[int, str]) -> str:
    """Characters of a text with what is said between them."""
    parts, reached = [], start
    for at in sorted(at for at in said if start < at <= end):
        parts += [content[reached:at], said[at]]
        reached = at
    return "".join((*parts, content[reached:end]))
