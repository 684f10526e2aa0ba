"""What stands in a margin: how high it is, where it would best begin, and where it does."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.render.margin import places

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 5.0
"""Points between two remarks: half a line of theirs."""

LINE = 10.0
"""Points from one line of a remark to the next."""

LEAST = 3 * LINE
"""What of a divided remark must stand on either page at least."""

FAR = 7 * 15.0
"""Points, seven lines of the text, that a remark may stand from its own: rather it stands elsewhere."""

SURE = 1.0
"""Points by which a line is thought shorter than it is: then there is never more in it than was reckoned."""


@value_class(frozen=True, slots=True)
class Item:
    """A remark to be placed: on which page, at which height it would best begin, and how high it is."""

    key: str
    page: int
    wish: float
    height: float
    short: float
    """The width of what is said in its stead, when it isn't here whole."""
    firm: bool = False
    """Whether nothing of it is said elsewhere when it is told in short."""
    undivided: bool = False
    """Whether it can't be divided."""


@value_class(frozen=True, slots=True)
class Box:
    """What stands in a margin: a remark whole, or a part of it; or what `keys` are told of by, in short."""

    key: str
    part: str
    """`whole`, `head`, `middle`, `tail`, `short` or `fold`."""
    wish: float
    height: float
    keys: tuple[str, ...] = ()
    last: float = -1.0
    """What the last of several would wish."""
    y: float = 0.0


def placed(boxes: Sequence[Box], room: tuple[float, float]) -> tuple[Box, ...]:
    """Boxes with their places in a room: none meets another."""
    top, bottom = room
    tops = places([box.wish for box in boxes], [box.height for box in boxes], gap=GAP, top=top, bottom=bottom)
    return tuple(replace(box, y=y) for box, y in zip(boxes, tops, strict=True))


def off(box: Box) -> float:
    """How far something stands from its line: what goes on from an earlier page has none on this one."""
    return (
        0.0
        if box.part in ("middle", "tail")
        else max(abs(box.y - box.wish), abs(box.y - (box.last if box.keys else box.wish)))
    )


def crowd(boxes: Sequence[Box], at: int) -> Sequence[Box]:
    """Of boxes in their places those that stand close, one below the other, about one of them."""
    first = last = at
    while first > 0 and _close(boxes[first - 1], boxes[first]):
        first -= 1
    while last + 1 < len(boxes) and _close(boxes[last], boxes[last + 1]):
        last += 1
    return boxes[first : last + 1]


def _close(above: Box, below: Box) -> bool:
    return below.y - above.y - above.height < GAP + SURE


def over(boxes: Sequence[Box], room: tuple[float, float]) -> float:
    """By how much some boxes are higher together than the room for them."""
    return sum(box.height + GAP for box in boxes) - GAP - (room[1] - room[0])


class Following:
    """A margin in which a remark of an earlier page can go on."""

    def __init__(self, items: Sequence[Item], room: tuple[float, float], *, last: bool) -> None:
        """What belongs there, and whether it is the last margin: else what is long goes on from there as well."""
        self._room = room
        self._boxes = [
            Box(item.key, "whole", item.wish, item.height if last else min(item.height, self._below(item)))
            for item in items
        ]
        self._far = self._count_far(self._boxes)

    def _below(self, item: Item) -> float:
        return item.height if item.firm or item.undivided else max(LEAST + LINE, self._room[1] - item.wish)

    def bears(self, height: float) -> bool:
        """Whether so much can stand at its head without driving out, or far from its line, what belongs there."""
        boxes = [Box("", "tail", self._room[0], height), *self._boxes]
        return over(boxes, self._room) <= 0 and self._count_far(boxes) <= self._far

    @cached_property
    def most(self) -> float:
        """How much it bears."""
        top, bottom = self._room
        return next((height for height in range(int(bottom - top), 0, -int(LINE)) if self.bears(height)), 0.0)

    def _count_far(self, boxes: Sequence[Box]) -> int:
        return sum(off(box) > FAR for box in placed(boxes, self._room))


def onward(following: Sequence[Following], height: float) -> tuple[float, ...]:
    """How much of a height each of some margins takes, the next first; nothing where they can't take it all."""
    taken: list[float] = []
    for margin in following:
        if margin.bears(height):
            return (*taken, height)
        if margin.most < 2 * LEAST:
            break
        taken.append(margin.most)
        height += LEAST - margin.most
    return ()
