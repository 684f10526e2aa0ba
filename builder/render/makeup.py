"""Remarks, their heights, where their lines fell -> what stands in the margin of each page, and what after the text.

A page's remarks stand in its margin, level with their lines as far as they can. Where there are too many, the last of
them goes on in the next page's margin, and in those after it, if they have room; else cross-references are told in
short, and the longest notes go on there, or where that has no room either to the pages after the text, one by one, and
say so in the margin. So do those that would keep a neighbour, or themselves, far from its line, unless the last of such
a crowd can stand below the others in a margin that is empty there. Such short words share their lines. Where even they
would be too many, the rest of a page's are told of in one line.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.render.boxes import FAR, GAP, LEAST, LINE, SURE, Box, Following, crowd, off, onward, over, placed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.render.boxes import Item

TOGETHER = 4 * 15.0
"""Points within which short words share their lines, where there is room to set them apart."""

APART = 7.0
"""Points between two of the short words on a line."""


@value_class(frozen=True, slots=True)
class Makeup:
    """The margins of a handout."""

    pages: Mapping[int, tuple[Box, ...]]
    exiled: tuple[str, ...]
    """Remarks that stand after the text, in their order."""
    divided: Mapping[str, tuple[float, ...]]
    """Remarks that go on in the next margins -> the room for each part of them but the last."""


@value_class(frozen=True, slots=True)
class Sizes:
    """What is the same for all pages."""

    width: float
    """Of the margin."""
    fold: float
    """The height of the one line for many."""
    parts: Mapping[str, tuple[float, ...]]
    """The heights of the parts of the remarks that were divided already."""


def make_up(items: Sequence[Item], rooms: Mapping[int, tuple[float, float]], sizes: Sizes) -> Makeup:
    """Place every remark: in margins, whole or in parts, or after the text, as all cross-references are besides.

    No box overlaps another, none leaves its page's room. What belongs to a page without one stands after the text.
    """
    by_page: dict[int, list[Item]] = {page: [] for page in rooms}
    exiled = {item.key for item in items if item.page not in rooms and not item.firm}
    for item in items:
        by_page.get(item.page, []).append(item)
    pages: dict[int, tuple[Box, ...]] = {}
    divided: dict[str, tuple[float, ...]] = {}
    carried: tuple[Box, ...] = ()
    order = sorted(rooms)
    following = [Following(by_page[page], rooms[page], last=page == order[-1]) for page in order]
    for at, page in enumerate(order):
        work = _Page(by_page[page], carried, rooms[page], following[at + 1 :], sizes)
        work.fill()
        carried = work.carried
        exiled.update(work.exiled)
        divided.update(work.divided)
        pages[page] = placed(work.boxes, rooms[page])
    return Makeup(pages, tuple(item.key for item in items if item.key in exiled), divided)


class _Page:
    """The margin of one page in the making."""

    def __init__(
        self,
        items: Sequence[Item],
        carried: tuple[Box, ...],
        room: tuple[float, float],
        following: Sequence[Following],
        sizes: Sizes,
    ) -> None:
        self._items, self._sizes, self._following = items, sizes, following
        self._room = self._top, self._bottom = room
        self._tail = [replace(box, wish=self._top) for box in carried[:1]]
        self._short: set[str] = set()
        self._below: set[str] = set()
        self._together = TOGETHER
        self.boxes: list[Box] = []
        self._goes_on = bool(carried[1:])
        self.carried = carried[1:]
        self.exiled: list[str] = []
        self.divided: dict[str, tuple[float, ...]] = {}

    def fill(self) -> None:
        """Take out what doesn't fit or keeps others from their lines, until one can be divided or all is well."""
        self._lay()
        while not (self._over > 0 and self._divide(self.boxes[-1].key)) and (out := self._next_out()):
            if self._sink():
                continue
            if any(map(self._divide, out)) or self._divide(self.boxes[-1].key, sunk=True):
                break
            self._short |= out
            self._lay()
        if self._over > 0 and not self.divided:
            self._together = inf
            self._lay()
        if self._over > 0 and not self.divided:
            self._fold()
        elif not self.divided:
            self._take_back()
        self.exiled = [item.key for item in self._items if item.key in self._short and not item.firm]

    def _next_out(self) -> set[str]:
        """What is to be told in short next, so that all fit and none stands far from its line; nothing more, nothing.

        Where all fit it is one of those that stand close about the one that is farthest.
        """
        if self._over > 0:
            return self._longest(self.boxes)
        return next((out for close in self._crowds() if (out := self._longest(close))), set())

    def _crowds(self) -> list[Sequence[Box]]:
        """What stands close about each that is far from its line, the farthest first."""
        boxes = placed(self.boxes, self._room)
        far = sorted((at for at in range(len(boxes)) if off(boxes[at]) > FAR), key=lambda at: -off(boxes[at]))
        return [crowd(boxes, at) for at in far]

    def _sink(self) -> bool:
        """Let the last of those that stand close stand below them, where nothing else would: then fewer are far."""
        crowds = self._crowds() if self._over <= 0 else []
        for last in (close[-1] for close in crowds):
            if last.part == "whole" and last.key not in self._below:
                self._below.add(last.key)
                self._lay()
                if self._over <= 0 and len(self._crowds()) < len(crowds):
                    return True
                self._below.remove(last.key)
                self._lay()
        return False

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
                before, below = self.boxes, set(self._below)
                self._short.remove(item.key)
                self._lay()
                while self._next_out():
                    if not self._sink():
                        self._short.add(item.key)
                        self.boxes, self._below = before, below
                        break

    @property
    def _over(self) -> float:
        return over(self.boxes, self._room)

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
                wish = self._under(self.boxes, item.wish) if item.key in self._below else item.wish
                self.boxes.append(Box(item.key, "whole", wish, item.height))
        self._end(run)

    def _under(self, boxes: Sequence[Box], wish: float) -> float:
        """Where something can stand below some boxes that stay where they are."""
        return max([wish, *(box.y + box.height + GAP for box in placed(boxes, self._room)[-1:])])

    def _sunk(self, boxes: Sequence[Box]) -> list[Box]:
        """Some boxes, those that are to stand below the others right below these."""
        wishes = {item.key: item.wish for item in self._items}
        made: list[Box] = []
        for box in boxes:
            sinks = box.part == "whole" and box.key in self._below
            made.append(replace(box, wish=self._under(made, wishes[box.key])) if sinks else box)
        return made

    def _end(self, run: Sequence[Item]) -> None:
        if run:
            keys = tuple(item.key for item in run)
            height = lines_of([item.short for item in run], self._sizes.width) * LINE
            self.boxes.append(Box(keys[0], "short", run[0].wish, height, keys, run[-1].wish))

    def _divide(self, key: str, *, sunk: bool = False) -> bool:
        """Let a remark go on, if that is enough for all to fit near their lines; as much of it as can stays here.

        The last of the page's may be `sunk`: begin below the others, wherever that is.
        """
        at = next((at for at, box in enumerate(self.boxes) if (box.key, box.part) == (key, "whole")), None)
        item = next((item for item in self._items if item.key == key), None)
        if at is None or item is None or item.firm or item.undivided or self._goes_on:
            return False
        before = self.boxes
        if sunk:
            self.boxes = [
                *before[:at],
                replace(before[at], wish=self._under(before[:at], item.wish)),
                *before[at + 1 :],
            ]
        parts = self._sizes.parts.get(key) or self._parts(at, item)
        boxes = self._with_head(at, parts[0]) if parts else None
        borne = zip(self._following, parts[1:], strict=False)
        if boxes is None or len(parts) > 1 + len(self._following) or not all(one.bears(part) for one, part in borne):
            self.boxes = before
            return False
        self.boxes = boxes
        self.carried = (*(Box(key, "middle", 0, height) for height in parts[1:-1]), Box(key, "tail", 0, parts[-1]))
        self.divided[key] = parts[:-1]
        return True

    def _parts(self, at: int, item: Item) -> tuple[float, ...]:
        """About how high the parts of a remark can be; its head may turn out to be a line higher."""
        heads = range(int(item.height - max(self._over, LEAST)), int(LEAST + LINE) - 1, -int(LINE))
        if not heads or not onward(self._following, item.height - heads[0] + LEAST):
            return ()
        head = next((head for head in heads if self._with_head(at, head + LINE)), None)
        rest = onward(self._following, item.height - head + LEAST) if head else ()
        return (head, *rest) if head and rest else ()

    def _with_head(self, at: int, height: float) -> list[Box] | None:
        """The boxes when of one the head stands here; None where they don't fit, or stand far from their lines."""
        headed = [*self.boxes[:at], replace(self.boxes[at], part="head", height=height), *self.boxes[at + 1 :]]
        boxes = self._sunk(headed) if self._below else headed
        fit = over(boxes, self._room) <= 0 and all(off(box) <= FAR for box in placed(boxes, self._room))
        return boxes if fit else None

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
