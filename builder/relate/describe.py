"""A place among others that look alike -> the settings that choose it; a span -> a selector that finds it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.note import Selector
from builder.model.prose import BlockKind, Span
from builder.model.value import value_class
from builder.relate import words
from builder.relate.found import Around
from builder.relate.haystack import block_name, inside
from builder.relate.match import widened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.relate.haystack import Haystack

Step = Callable[[str, int], tuple[int, int] | None]
"""From an offset to the next word on one side: its beginning and end."""

READABLE = 12
"""Words of context beyond which a hint is no help; a description goes as far as it must."""


@value_class(frozen=True, slots=True)
class Settings:
    """What is added to a quotation so that it stands once: `in`, `before`, `after`; "" for none."""

    within: str = ""
    prefix: str = ""
    suffix: str = ""

    def written(self) -> str:
        """As one types them: `in="¶4" before="imposing additional"`."""
        named = (("in", self.within), ("before", self.prefix), ("after", self.suffix))
        return " ".join(f'{name}="{_escaped(value)}"' for name, value in named if value)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def describe(haystack: Haystack, span: Span, place: Place | None = None) -> Selector:
    """The selector that finds a span of the content again, with no more context than makes it the only one.

    The law: `anchor(describe(haystack, span), haystack)` finds `span`, if it holds a letter or digit, neither begins
    nor ends with white space, cuts nothing that is one character in normal form, and stays clear of headings' edges.
    """
    block = haystack.block_at(span.start)
    home = block.called if block is not None and block.kind is BlockKind.FOOTNOTE else ""
    target = haystack.normal.within(span)
    text = haystack.normal.text
    standing = haystack.standing(text[target.start : target.end])
    rivals = inside(
        standing.uncut if target in standing.uncut else standing.allowed, haystack.area(home) or haystack.main
    )
    settings = distinguish(haystack, target, rivals, limit=None)
    quoted = haystack.prose.words(span)
    return Selector(
        heading=" ".join(quoted.split()),
        readings=((quoted,),),
        place=place or Place(""),
        within=settings.within.replace("¶", "p") if settings and settings.within else home,
        prefix=settings.prefix if settings else "",
        suffix=settings.suffix if settings else "",
    )


def distinguish(
    haystack: Haystack, target: Span, places: Sequence[Span], *, limit: int | None = READABLE
) -> Settings | None:
    """What chooses `target` among `places`, all of the normal form; None where `limit` words of context are too few.

    Its block where it stands there alone, else the fewest words before or after it, without the block or with it;
    else words on both sides.
    """
    rivals = [place for place in places if place != target]
    if not rivals:
        return Settings()
    most = len(haystack.normal.text) if limit is None else limit
    within, at_home = _at_home(haystack, target, rivals)
    if within and not at_home:
        return Settings(within)
    one_side = _one_side(haystack, target, rivals, most)
    if one_side is None and within:
        one_side = _one_side(haystack, target, at_home, most)
        one_side = replace(one_side, within=within) if one_side is not None else None
    return one_side or _both_sides(haystack, target, at_home, within, most)


def _one_side(haystack: Haystack, target: Span, rivals: Sequence[Span], limit: int) -> Settings | None:
    text = haystack.normal.text
    prefix = _grown(text, target.start, [rival.start for rival in rivals], words.before, limit)
    suffix = _grown(text, target.end, [rival.end for rival in rivals], words.after, limit)
    if prefix is not None and (suffix is None or prefix <= suffix):
        return Settings(prefix=_before(haystack, target.start, prefix))
    return Settings(suffix=_after(haystack, target.end, suffix)) if suffix is not None else None


def _both_sides(haystack: Haystack, target: Span, rivals: Sequence[Span], within: str, limit: int) -> Settings | None:
    """As many words on either side as it takes: in the end all, which differ for any two places."""
    text = haystack.normal.text
    count = 1
    while True:
        prefix = _before(haystack, target.start, count)
        suffix = _after(haystack, target.end, count)
        around = Around(haystack.main, prefix, suffix)
        rivals = [rival for rival in rivals if widened(text, rival, around) is not None]
        if not rivals:
            return Settings(within, prefix, suffix)
        if count >= limit:
            return None
        count = min(2 * count, limit)


def _at_home(haystack: Haystack, target: Span, rivals: Sequence[Span]) -> tuple[str, list[Span]]:
    """The name of the block that holds the target whole ("" for none), and the rivals inside it."""
    block = haystack.block_at(haystack.source(target).start)
    area = haystack.normal.within(block.span) if block is not None else None
    if block is None or area is None or not area.holds(target):
        return "", list(rivals)
    return block_name(block), [rival for rival in rivals if area.holds(rival)]


def _grown(text: str, offset: int, rivals: Sequence[int], step: Step, limit: int) -> int | None:
    """How many words beside `offset` it takes until no rival offset has them too; None where `limit` are too few."""
    back = step is words.before
    left = list(rivals)
    for count in range(1, limit + 1):
        word = step(text, offset)
        if word is None:
            return None
        here = text[word[0] : word[1]]
        offset = word[0] if back else word[1]
        following = []
        alike = False
        for rival in left:
            other = step(text, rival)
            there = text[other[0] : other[1]] if other is not None else ""
            alike = alike or (there.endswith(here) if back else there.startswith(here))
            if other is not None and there == here:
                following.append(other[0] if back else other[1])
        if not alike:
            return count
        left = following
    return None


def _before(haystack: Haystack, offset: int, count: int) -> str:
    """So many words before an offset, as the source has them."""
    text = haystack.normal.text
    nearest = word = words.before(text, offset)
    for _ in range(count - 1):
        word = (words.before(text, word[0]) if word is not None else None) or word
    return _words(haystack, word[0], nearest[1]) if word is not None and nearest is not None else ""


def _after(haystack: Haystack, offset: int, count: int) -> str:
    """So many words after an offset, as the source has them."""
    text = haystack.normal.text
    nearest = word = words.after(text, offset)
    for _ in range(count - 1):
        word = (words.after(text, word[1]) if word is not None else None) or word
    return _words(haystack, nearest[0], word[1]) if word is not None and nearest is not None else ""


def _words(haystack: Haystack, start: int, end: int) -> str:
    """A stretch of the normal form as its source has it, on one line."""
    return " ".join(haystack.prose.words(haystack.source(Span(start, end))).split())
