"""Wished positions and heights -> places without overlap: the same algorithm as the page's own script has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def places(wishes: Sequence[float], heights: Sequence[float], *, gap: float, top: float, bottom: float) -> list[float]:
    """The top of each of some notes, in their order, `gap` apart at least, between `top` and `bottom`.

    Of all such places those for which the sum of squared moves from the wishes is least: isotonic regression of the
    wishes less the room that the notes before take, by pooling adjacent violators, then held within the bounds. Linear.
    Where there isn't room for all, the last ones end below `bottom`; they never overlap.
    """
    offsets = [0.0]
    for height in heights:
        offsets.append(offsets[-1] + height + gap)
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=False):
        total, count = wish - offset, 1
        while pools and pools[-1][0] * count >= total * pools[-1][1]:
            before, many = pools.pop()
            total, count = total + before, count + many
        pools.append((total, count))
    lowest = max(top, bottom - (offsets[-1] - gap)) if heights else top
    level = [min(max(total / count, top), lowest) for total, count in pools for _ in range(count)]
    return [place + offset for place, offset in zip(level, offsets, strict=False)]
