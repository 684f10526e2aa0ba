"""Remarks, their heights, where their lines fell -> what stands in the margin of each page, and what after the text.

A page's remarks stand in its margin, level with their lines as far as they can. Where there are too many, the last of
them goes on in the next page's margin if that has room; else cross-references are told in short, and the longest notes
go to the pages after the text, one by one, and say so in the margin. So do those that would keep a neighbour far from
its line. Such short words share their lines. Where even they would be too many, the rest of a page's are told of in
one line.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.render.margin import places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GAP = 5.0
"""Points between two remarks: half a line of theirs."""

LINE = 10.0
"""Points from one line of a remark to the next."""

LEAST = 3 * LINE
"""What of a divided remark must stand on either page at least."""

FAR = 7 * 15.0
"""Points, seven lines of the text, that a remark may stand from its own: rather it stands elsewhere."""

TOGETHER = 4 * 15.0
"""Points within which short words share their lines, where there is room to set them apart."""

APART = 7.0
"""Points between two of the short words on a line."""


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
    """What stands in a margin: a remark whole, its head or its tail; or what `keys` are told of by, in short."""

    key: str
    part: str
    """`whole`, `head`, `tail`, `short` or `fold`."""
    wish: float
    height: float
    keys: tuple[str, ...] = ()
    last: float = -1.0
    """What the last of several would wish."""
    y: float = 0.0


@value_class(frozen=True, slots=True)
class Makeup:
    """The margins of a handout."""

    pages: Mapping[int, tuple[Box, ...]]
    exiled: tuple[str, ...]
    """Remarks that stand after the text, in their order."""
    divided: Mapping[str, float]
    """Remarks that go on in the next margin -> the room that there is for their heads."""


@value_class(frozen=True, slots=True)
class Sizes:
    """What is the same for all pages."""

    width: float
    """Of the margin."""
    fold: float
    """The height of the one line for many."""
    parts: Mapping[str, tuple[float, float]]
    """The heights of head and tail of the remarks that were divided already."""


def make_up(items: Sequence[Item], rooms: Mapping[int, tuple[float, float]], sizes: Sizes) -> Makeup:
    """Place every remark: in a margin, whole or in two parts, or after the text, as all cross-references are besides.

    No box overlaps another, none leaves its page's room.
    """
    by_page: dict[int, list[Item]] = {page: [] for page in rooms}
    for item in items:
        by_page[item.page].append(item)
    pages: dict[int, tuple[Box, ...]] = {}
    exiled: set[str] = set()
    divided: dict[str, float] = {}
    carried: Box | None = None
    for page in sorted(rooms):
        following = _slack(by_page.get(page + 1), rooms.get(page + 1))
        work = _Page(by_page[page], carried, rooms[page], following, sizes)
        work.fill()
        carried = work.carried
        exiled.update(work.exiled)
        divided.update(work.divided)
        pages[page] = _placed(work.boxes, rooms[page])
    return Makeup(pages, tuple(item.key for item in items if item.key in exiled), divided)


def _placed(boxes: Sequence[Box], room: tuple[float, float]) -> tuple[Box, ...]:
    top, bottom = room
    tops = places([box.wish for box in boxes], [box.height for box in boxes], gap=GAP, top=top, bottom=bottom)
    return tuple(replace(box, y=y) for box, y in zip(boxes, tops, strict=True))


def _off(box: Box) -> float:
    """How far something stands from its line: what goes on from an earlier page has none on this one."""
    return 0.0 if box.part == "tail" else max(abs(box.y - box.wish), abs(box.y - (box.last if box.keys else box.wish)))


def _crowd(boxes: Sequence[Box], at: int) -> Sequence[Box]:
    """Of boxes in their places those that stand close, one below the other, about one of them."""
    first = last = at
    while first > 0 and _close(boxes[first - 1], boxes[first]):
        first -= 1
    while last + 1 < len(boxes) and _close(boxes[last], boxes[last + 1]):
        last += 1
    return boxes[first : last + 1]


def _close(above: Box, below: Box) -> bool:
    return below.y - above.y - above.height < GAP + SURE


def _slack(items: Sequence[Item] | None, room: tuple[float, float] | None) -> float:
    """What a page leaves free when all that belongs to it stands there."""
    if items is None or room is None:
        return 0.0
    return room[1] - room[0] - sum(item.height + GAP for item in items)


class _Page:
    """The margin of one page in the making."""

    def __init__(
        self,
        items: Sequence[Item],
        carried: Box | None,
        room: tuple[float, float],
        following: float,
        sizes: Sizes,
    ) -> None:
        self._items, self._sizes, self._following = items, sizes, following
        self._room = self._top, self._bottom = room
        self._tail = [Box(carried.key, "tail", self._top, carried.height)] if carried else []
        self._short: set[str] = set()
        self._together = TOGETHER
        self.boxes: list[Box] = []
        self.carried: Box | None = None
        self.exiled: list[str] = []
        self.divided: dict[str, float] = {}

    def fill(self) -> None:
        """Take out what doesn't fit or keeps others from their lines, until the last can be divided or all is well."""
        self._lay()
        while not self._divide() and (out := self._next_out()):
            self._short |= out
            self._lay()
        if self._over > 0 and not self.carried:
            self._together = inf
            self._lay()
        if self._over > 0 and not self.carried:
            self._fold()
        elif not self.carried:
            self._take_back()
        self.exiled = [item.key for item in self._items if item.key in self._short and not item.firm]

    def _next_out(self) -> set[str]:
        """What is to be told in short next, so that all fit and none stands far from its line; nothing more, nothing.

        Where all fit it is one of those that stand close about the one that is farthest.
        """
        if self._over > 0:
            return self._longest(self.boxes)
        boxes = _placed(self.boxes, self._room)
        far = sorted((at for at in range(len(boxes)) if _off(boxes[at]) > FAR), key=lambda at: -_off(boxes[at]))
        return next((out for at in far if (out := self._longest(_crowd(boxes, at)))), set())

    def _longest(self, boxes: Sequence[Box]) -> set[str]:
        """Of what stands whole in some boxes the cross-references; where there are none, the longest note."""
        here = {box.key for box in boxes if box.part == "whole"}
        left = [item for item in self._items if item.key in here]
        firm = {item.key for item in left if item.firm}
        return firm or {max(left, key=lambda one: (one.height, -one.wish)).key} if left else set()

    def _take_back(self) -> None:
        """Let stand what was taken out and for which there is room now that others are gone too."""
        for item in self._items:
            if item.key in self._short:
                before = self.boxes
                self._short.remove(item.key)
                self._lay()
                if self._next_out():
                    self._short.add(item.key)
                    self.boxes = before

    @property
    def _over(self) -> float:
        return sum(box.height + GAP for box in self.boxes) - GAP - (self._bottom - self._top)

    def _lay(self) -> None:
        """The boxes as things stand: neighbours that are told in short share one."""
        self.boxes = list(self._tail)
        run: list[Item] = []
        for item in self._items:
            if run and (item.key not in self._short or item.wish - run[0].wish > self._together):
                self._end(run)
                run = []
            if item.key in self._short:
                run.append(item)
            else:
                self.boxes.append(Box(item.key, "whole", item.wish, item.height))
        self._end(run)

    def _end(self, run: Sequence[Item]) -> None:
        if run:
            keys = tuple(item.key for item in run)
            height = lines_of([item.short for item in run], self._sizes.width) * LINE
            self.boxes.append(Box(keys[0], "short", run[0].wish, height, keys, run[-1].wish))

    def _divide(self) -> bool:
        """Let the last remark go on in the next margin, if that has room for what is too much here."""
        over = self._over
        if over <= 0:
            return False
        last = self.boxes[-1]
        if last.part != "whole" or self._items[-1].firm or self._items[-1].undivided:
            return False
        head = last.height - over
        height, rest = self._sizes.parts.get(last.key, (head, over + LEAST))
        if head < LEAST + LINE or height > head or rest + GAP > self._following:
            return False
        boxes = [*self.boxes[:-1], Box(last.key, "head", last.wish, height)]
        if any(_off(box) > FAR for box in _placed(boxes, self._room)):
            return False
        self.boxes = boxes
        self.carried = Box(last.key, "tail", last.wish, rest)
        self.divided[last.key] = head
        return True

    def _fold(self) -> None:
        """One line at the foot of the page for the last of its remarks, all those for which there is no room."""
        left = self._items
        while left and self._over + self._sizes.fold + GAP > 0:
            left = left[:-1]
            self.boxes = list(self._tail)
            self._end(left)
        keys = tuple(item.key for item in self._items[len(left) :])
        fold = self._sizes.fold
        self.boxes.append(Box(keys[0], "fold", self._bottom - fold, fold, keys))


def lines_of(widths: Sequence[float], width: float) -> int:
    """How many lines some short words take, none of which is broken."""
    lines, reached = 0, float("inf")
    for one in widths:
        if reached + APART + one > width - SURE:
            lines, reached = lines + 1, one
        else:
            reached += APART + one
    return lines


SURE = 1.0
"""Points by which a line is thought shorter than it is: then there is never more in it than was reckoned."""
