"""Remarks, their heights, and where their lines fell -> what stands in the margin of each page, and what after the text.

A page's remarks stand in its margin, level with their lines as far as they can. Where there are too many, the last of
them goes on in the next page's margin if that has room; else the longest go to the pages after the text, one by one,
and say so in the margin. Where even these words would be too many, the rest of a page's are told of in one line.
"""

from __future__ import annotations

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


@value_class(frozen=True, slots=True)
class Item:
    """A remark to be placed: on which page, at which height it would best begin, and how high it is."""

    key: str
    page: int
    wish: float
    height: float
    stub: float
    """The height of the words that say where it is, when it isn't here."""
    firm: bool = False
    whole: bool = False
    """Whether it can't be divided."""


@value_class(frozen=True, slots=True)
class Box:
    """What stands in a margin: a remark whole, its head or tail, a stub, or one line for `keys` that have none."""

    key: str
    part: str
    """`whole`, `head`, `tail`, `stub` or `fold`."""
    wish: float
    height: float
    keys: tuple[str, ...] = ()
    y: float = 0.0


@value_class(frozen=True, slots=True)
class Makeup:
    """The margins of a handout."""

    pages: Mapping[int, tuple[Box, ...]]
    exiled: tuple[str, ...]
    """Remarks that stand after the text, in their order."""
    divided: Mapping[str, float]
    """Remarks that go on in the next margin -> the room that there is for their heads."""


def make_up(
    items: Sequence[Item],
    rooms: Mapping[int, tuple[float, float]],
    *,
    parts: Mapping[str, tuple[float, float]],
    fold: float,
) -> Makeup:
    """Place every remark. `parts` are the heights of head and tail of those that were divided already, `fold` is that of
    the one line for many. No box overlaps another, none leaves its page's room; every remark stands in a margin, whole
    or in two parts, or after the text, as all cross-references do besides.
    """
    by_page: dict[int, list[Item]] = {page: [] for page in rooms}
    for item in items:
        by_page[item.page].append(item)
    pages: dict[int, tuple[Box, ...]] = {}
    exiled: set[str] = set()
    divided: dict[str, float] = {}
    carried: Box | None = None
    for page in sorted(rooms):
        top, bottom = rooms[page]
        following = _slack(by_page.get(page + 1), rooms.get(page + 1))
        work = _Page(by_page[page], carried, (top, bottom), following, parts, fold)
        work.fill()
        carried = work.carried
        exiled.update(work.exiled)
        divided.update(work.divided)
        pages[page] = _placed(work.boxes, top, bottom)
    return Makeup(pages, tuple(item.key for item in items if item.key in exiled), divided)


def _placed(boxes: Sequence[Box], top: float, bottom: float) -> tuple[Box, ...]:
    tops = places([box.wish for box in boxes], [box.height for box in boxes], gap=GAP, top=top, bottom=bottom)
    return tuple(Box(box.key, box.part, box.wish, box.height, box.keys, y) for box, y in zip(boxes, tops, strict=True))


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
        parts: Mapping[str, tuple[float, float]],
        fold: float,
    ) -> None:
        self._items = {item.key: item for item in items}
        self._top, self._bottom = room
        self._following, self._parts, self._fold = following, parts, fold
        first = [Box(carried.key, "tail", self._top, carried.height)] if carried else []
        self.boxes = [*first, *(Box(item.key, "whole", item.wish, item.height) for item in items)]
        self.carried: Box | None = None
        self.exiled: list[str] = []
        self.divided: dict[str, float] = {}

    @property
    def _over(self) -> float:
        return sum(box.height + GAP for box in self.boxes) - GAP - (self._bottom - self._top)

    def fill(self) -> None:
        """Take out what doesn't fit, the longest first, until the last can be divided or all fit."""
        while self.boxes and self._over > 0:
            if self._divide():
                return
            longest = max(
                (box for box in self.boxes if self._may_go(box)), key=lambda box: (box.height, box.wish), default=None
            )
            if longest is None:
                self._gather()
                return
            item = self._items[longest.key]
            self.boxes[self.boxes.index(longest)] = Box(longest.key, "stub", longest.wish, item.stub)
            self.exiled.append(longest.key)

    def _may_go(self, box: Box) -> bool:
        return box.part == "whole" and not self._items[box.key].firm and box.height > self._items[box.key].stub

    def _divide(self) -> bool:
        """Let the last remark go on in the next margin, if that has room for what is too much here."""
        last, over = self.boxes[-1], self._over
        if last.part != "whole" or self._items[last.key].firm or self._items[last.key].whole:
            return False
        head = last.height - over
        if head < LEAST + LINE or over + 3 * LINE + GAP > self._following:
            return False
        if last.key in self._parts:
            height, rest = self._parts[last.key]
            if height > head:
                return False
        else:
            height, rest = head, over + 2 * LINE
        self.boxes[-1] = Box(last.key, "head", last.wish, height)
        self.carried = Box(last.key, "tail", last.wish, rest)
        self.divided[last.key] = head
        return True

    def _gather(self) -> None:
        """One line at the foot of the page for the last of its remarks, all those for which there is no room."""
        gathered: list[Box] = []
        while self.boxes and self._over + self._fold + GAP > 0 and self.boxes[-1].part != "tail":
            gathered.insert(0, self.boxes.pop())
        keys = tuple(box.key for box in gathered)
        self.exiled.extend(key for key in keys if key not in self.exiled and not self._items[key].firm)
        self.boxes.append(Box(keys[0], "fold", self._bottom - self._fold, self._fold, keys))
