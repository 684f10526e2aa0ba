"""Woven events with the author's own HTML -> the same, so nested that our wrappers and theirs can't cross."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from builder.model.prose import Close, Open, RawHtml, pieces
from builder.model.raw_html import NOTHING, nesting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.raw_html import RawNesting
    from builder.render.decoration import Woven


def settled(woven: tuple[Woven, ...]) -> tuple[tuple[Woven, ...], Mapping[int, int]]:
    """The events without closing tags that close nothing, and with one for each that is left open.

    The same tuple where there is nothing of the kind. With them the steps by which each event raises (or lowers) the
    number of the author's elements that are open from before: what lies between must stay in one piece.
    """
    found = nesting(woven)
    if found is NOTHING:
        return woven, {}
    due: dict[int, list[str]] = defaultdict(list)
    for unclosed in found.unclosed:
        due[unclosed.before].append(unclosed.closing)
    made: list[Woven] = []
    places: list[int] = []
    for index in range(len(woven) + 1):
        made.extend(RawHtml(closing, block=False) for closing in due.get(index, ()))
        places.append(len(made))
        if index < len(woven):
            made.append(woven[index])
    for event, kept in _without_strays(woven, found):
        made[places[event]] = kept
    steps: Counter[int] = Counter()
    for first, last in found.pairs:
        steps[places[first]] += 1
        steps[places[last]] -= 1
    return tuple(made), steps


def _without_strays(woven: Sequence[Woven], found: RawNesting) -> Iterator[tuple[int, RawHtml]]:
    cuts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for stray in found.stray:
        cuts[stray.event].append((stray.start, stray.end))
    for index, spans in cuts.items():
        event = woven[index]
        assert isinstance(event, RawHtml)
        kept, reached = [], 0
        for start, end in sorted(spans):
            kept.append(event.html[reached:start])
            reached = end
        yield index, RawHtml("".join((*kept, event.html[reached:])), event.block)


def top_level(woven: tuple[Woven, ...]) -> Iterator[tuple[Woven, ...]]:
    """The events cut at their top level: each element whole, a lone event, or all that an author's tags enclose."""
    events, steps = settled(woven)
    if events is woven:
        yield from pieces(woven)
        return
    depth = first = 0
    for index, event in enumerate(events):
        depth += isinstance(event, Open)
        depth -= isinstance(event, Close)
        depth += steps.get(index, 0)
        following = events[index + 1] if index + 1 < len(events) else None
        ends = isinstance(following, RawHtml) and not following.block  # a closing tag that was added belongs here
        if depth == 0 and not ends:
            yield events[first : index + 1]
            first = index + 1
