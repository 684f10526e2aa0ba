"""Words of a text -> as much of them as a margin, a concordance or a card shows."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from builder.model.prose import Span
from builder.model.quoting import in_line, without_strokes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.prose import Prose

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
    return f"{without_strokes(first)} … {without_strokes(last)}"


def quoted(prose: Prose, span: Span) -> str:
    """The words of a span as a margin, a list or a result quotes them: verse with strokes between its lines."""
    return shorten(in_line(prose, span))


def marked(before: str, words: str, after: str) -> Markup:
    """The words of a passage, marked, among those around them."""
    return Markup(f'{escape(before)}<span class="tp">{escape(words)}</span>{escape(after)}')


def sentence(prose: Prose, span: Span, room: int, said: Mapping[int, str] = NOTHING) -> tuple[str, str]:
    """What stands before and after a span within its block, at most `room` characters each, cut at words.

    `said` is what stands at places of the prose without being of its characters: the words of references.
    """
    block = prose.block_at(span.start)
    low, high = (block.span.start, block.span.end) if block else (0, len(prose.content))
    left = _spelled(prose, max(low, span.start - room), span.start, said)
    right = _spelled(prose, span.end, min(high, span.end + room), said) if span.end < high else ""
    if span.end + room < high:
        right = without_strokes(right.rsplit(" ", 1)[0]) + " …"
    if span.start - room > low:
        return "… " + without_strokes(left.split(" ", 1)[-1]), right
    return left.lstrip(), right  # a line of verse may be indented


def _spelled(prose: Prose, start: int, end: int, said: Mapping[int, str]) -> str:
    """Characters of a text in one line, with what is said between them."""
    parts, reached = [], start
    for at in sorted(at for at in said if start < at <= end):
        parts += [in_line(prose, Span(reached, at)), said[at]]
        reached = at
    return "".join((*parts, in_line(prose, Span(reached, end))))
