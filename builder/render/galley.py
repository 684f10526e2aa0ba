"""A handout, and what the press answered of it -> what the press is told next."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.handout import FACING, MARGIN, NOTES, TEXT, WHOLE, Spot
from builder.render.boxes import LINE, Item
from builder.render.cuts import Pages
from builder.render.handout_notes import briefs
from builder.render.makeup import Makeup
from builder.render.typst import words_of
from builder.render.wires import wires

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.model.book import Beginnings
    from builder.model.handout import Ground, Handout, Line, Node, Passage, Remark
    from builder.render.boxes import Box

Said = dict[str, "Node"]

RULE = 22.5
"""Points from one line ruled for writing to the next, 8 mm: two of them to three lines of the text."""

CLEAR = 4.0
"""Points that a ruled line keeps from a remark."""

NEAR = 3.0
"""Points by which a mark may lie off the baseline of its line."""

FOLD = 20.0
"""Points of the one line that tells of many remarks: two lines of theirs."""


def said_text(handout: Handout) -> Said:
    """What the press is told to be asked where the text's lines fall."""
    return {**_common(handout, TEXT), "texts": handout.texts}


def said_notes(handout: Handout, remarks: Mapping[str, Node], where: Said, mode: str = NOTES) -> Said:
    """What the press is told to be asked how high some remarks are; with mode WORDS, where each of their words is."""
    return {**_common(handout, mode), "where": where, "said": remarks}


def _common(handout: Handout, mode: str) -> Said:
    return {"mode": mode, "layout": handout.layout, "paper": handout.paper, "view": handout.view}


def paginated(handouts: Sequence[Handout]) -> Handout | None:
    """The one whose pages the edition's book names: the first of the students' that has margins, else any with them."""
    margins = [one for one in handouts if one.layout == MARGIN]
    return next((one for one in margins if one.student), margins[0] if margins else None)


def pages_in(handout: Handout) -> Pages:
    """Where its pages may begin, before it is set."""
    spots: dict[str, set[int]] = defaultdict(set)
    for text, offset in handout.begins.values():
        spots[text].add(offset)
    return Pages(handout.path, {text: tuple(sorted(found)) for text, found in spots.items()})


def beginnings(handout: Handout, ground: Ground) -> Beginnings:
    """Where its pages begin: at the first mark on each, which stands in its first lines."""
    spots = dict(ground.spots)
    spots |= {number: Spot(page, x, y) for page, found in ground.stakes.items() for x, y, number in found}
    first: dict[int, tuple[float, str, int]] = {}
    for number, (text, offset) in handout.begins.items():
        if number in spots:
            at = (round(spots[number].y), text, offset)
            page = spots[number].page
            first[page] = min(first.get(page, at), at)
    return tuple((page, *first[page][1:]) for page in sorted(first))


def no_margins(handout: Handout) -> Makeup:
    """The make-up of a handout without margins: all notes after the text."""
    return Makeup({}, tuple(remark.key for remark in handout.remarks if not remark.firm), {})


def words_in(handout: Handout) -> str:
    """All words that would be printed, blocks apart; the theme's own too."""
    return words_of([handout.view, handout.texts, [remark.said for remark in handout.remarks]])


class Reckoning:
    """Where everything in a handout's text is, by page and line."""

    def __init__(self, handout: Handout, ground: Ground) -> None:
        self._handout, self._ground = handout, ground
        self._lines: dict[int, list[Line]] = defaultdict(list)
        for line in sorted(ground.lines, key=lambda line: (line.page, line.y)):
            self._lines[line.page].append(line)
        self.where: Said = {address: [*self.line(cut), ground.spots[cut].y] for address, cut in handout.spots.items()}
        """Address -> its page, its line, and its height on the page in points."""
        self.said: dict[str, Said] = {remark.key: self._said(remark) for remark in handout.remarks}
        """What is set of each remark, with the place of each of its passages."""
        self._tell_apart()
        self.rooms = {page: room for page, room in ground.rooms.items() if page in ground.stakes}
        """The margins in which remarks can be set: of pages that have a place to set them from."""

    def line(self, cut: int) -> tuple[int, int]:
        """Page and line of a mark in the text; line 0 where lines aren't numbered, or in two columns twice."""
        spot = self._ground.spots[cut]
        if self._handout.layout == FACING:
            return spot.page, 0
        lines = self._lines[spot.page]
        index = bisect_right(lines, spot.y + NEAR, key=lambda line: line.y) - 1
        near = index >= 0 and abs(lines[index].y - spot.y) <= NEAR
        return spot.page, lines[index].number if near else 0

    def _said(self, remark: Remark) -> Said:
        (start, end), *more = remark.cuts
        page, line = self.line(start)
        at = {"page": page, "line": line, "to": list(self.line(end)), "also": []}
        if remark.passages:
            first, *others = remark.passages
            at |= {"line": 0, "to": [page, 0], "apart": True} if first.footnote else {}
            at["also"] = [self._other(cut, passage) for (cut, _), passage in zip(more, others, strict=True)]
        return {**remark.said, "key": remark.key, "at": at}

    def _other(self, cut: int, passage: Passage) -> list[Node]:
        page, line = self.line(cut)
        return [page, 0 if passage.footnote else line, passage.place]

    def _tell_apart(self) -> None:
        """Notes of one kind on one line have a `brief` lemma: by it they are known where they are told in short.

        Where lines aren't numbered (a table, code), those in one paragraph.
        """
        alike: dict[tuple[int, int | str, str], list[Said]] = defaultdict(list)
        for remark in self._handout.remarks:
            said = self.said[remark.key]
            if not remark.firm and said.get("lemma"):
                alike[said["at"]["page"], said["at"]["line"] or said["place"], said["kind"]].append(said)
        for (_, _, kind), several in alike.items():
            label = self._handout.view["kinds"][kind]["label"]
            for said, brief in zip(several, briefs([one["lemma"] for one in several], label), strict=True):
                said.update({"brief": brief} if len(several) > 1 else {})

    def items(self, heights: Mapping[str, Sequence[float]], undivided: frozenset[str]) -> list[Item]:
        """The remarks to be placed, in the order in which their passages fall on the pages."""
        found = []
        for remark in self._handout.remarks:
            spot = self._ground.spots[remark.cuts[0][0]]
            height, short, ascent = heights[remark.key]
            whole = remark.key in undivided
            found.append(Item(remark.key, spot.page, spot.y - ascent, height, short, remark.firm, whole))
        return sorted(found, key=lambda item: (item.page, item.wish))

    def whole(self, makeup: Makeup, parts: Mapping[str, Sequence[Said]]) -> Said:
        """What the press is told to set the handout for good."""
        ground, handout = self._ground, self._handout
        stakes: dict[str, list[Said]] = defaultdict(list)
        for page, boxes in makeup.pages.items():
            for box in boxes:
                stake = self._stake(page, self._ground.spots[self._cut(box.key)])
                stakes[str(stake)].append(self._box(page, box, parts))
        ruling = ground.rooms if handout.student and handout.layout == MARGIN else {}
        rules = {str(page): ruled(makeup.pages.get(page, ()), room) for page, room in ruling.items()}
        exiled = [self.said[key] for key in makeup.exiled]
        staked = {str(number): [x, y] for found in ground.stakes.values() for x, y, number in found}
        made: Said = {"pages": max(ground.rooms, default=1), "stakes": stakes, "staked": staked, "rules": rules}
        made |= {"brackets": self._brackets(), "exiled": exiled}
        made["lines"] = {str(page): [[one.number, one.x, one.y] for one in on] for page, on in self._lines.items()}
        if handout.layout == FACING:
            made["wires"] = wires(handout, ground)
        return {**_common(handout, WHOLE), "where": self._printed(makeup), "texts": handout.texts, "made": made}

    def _printed(self, makeup: Makeup) -> Said:
        """Where everything is: what stands in a footnote where that is printed, if it stands in a margin."""
        margins = ((page, box) for page, boxes in makeup.pages.items() for box in boxes)
        tops = {box.key: [page, 0, box.y + LINE] for page, box in margins if box.part in ("whole", "head")}
        within = self._handout.within
        found = {address: tops.get(within[address]) if address in within else at for address, at in self.where.items()}
        return {address: at for address, at in found.items() if at}

    def _cut(self, key: str) -> int:
        return next(remark.cuts[0][0] for remark in self._handout.remarks if remark.key == key)

    def _stake(self, page: int, spot: Spot) -> int:
        """The place in a page's text from which something is set that belongs to a spot, or to one on an earlier page.

        It is where the next block begins, so that it is read after its own; where that is on another page, where its
        own begins; else where its words are.
        """
        stakes = self._ground.stakes[page]
        if spot.page != page:
            return stakes[0][2]
        index = max(0, bisect_right(stakes, spot.y + NEAR, key=lambda one: one[1]) - 1)
        breaks = self._handout.breaks
        after = (number for _, y, number in stakes[index + 1 :] if number in breaks and y > spot.y + NEAR)
        before = (number for _, y, number in reversed(stakes[: index + 1]) if number in breaks and y <= spot.y + NEAR)
        return next(after, next(before, stakes[index][2]))

    def _box(self, page: int, box: Box, parts: Mapping[str, Sequence[Said]]) -> Said:
        said = self.said[box.key]
        if box.part in ("head", "middle", "tail"):
            said = parts[box.key][page - said["at"]["page"]]
        return {"y": box.y, "part": box.part, "said": [self.said[key] for key in box.keys] or said}

    def _brackets(self) -> Said:
        """Page -> the half brackets that stand round passages of which something is said of the language."""
        kinds = self._handout.view["kinds"]
        directions = {text["id"]: text["direction"] for text in self._handout.texts}
        found: Said = defaultdict(list)
        for remark in self._handout.remarks:
            if remark.firm or kinds[remark.said["kind"]]["cue"] != "language" or remark.said["whole"]:
                continue
            for cuts, passage in zip(remark.cuts, remark.passages, strict=False):
                if passage.footnote:
                    continue
                for cut, opens in zip(cuts, (True, False), strict=True):
                    spot = self._ground.spots[cut]
                    title = self._in_title(remark.text, spot)
                    at_left = opens == (directions[remark.text] == "ltr")
                    bracket = {"x": spot.x, "y": spot.y, "opens": opens, "left": at_left, "title": title}
                    bracket |= {"size": self._ground.sizes[cut]} if cut in self._ground.sizes else {}
                    found[str(spot.page)].append(bracket)
        return found

    def _in_title(self, text: str, spot: Spot) -> bool:
        """Whether a spot lies in the lines of a text's title, which are higher."""
        at = self._handout.spots.get(f"block:{text}-title")
        if at is None:
            return False
        title = self._ground.spots[at]
        below = (
            self._ground.spots[cut] for name, cut in self._handout.spots.items() if name.startswith(f"block:{text}-")
        )
        end = min((one.y for one in below if one.page == title.page and one.y > title.y), default=spot.y)
        return spot.page == title.page and title.y - NEAR < spot.y < end - NEAR


def ruled(boxes: Sequence[Box], room: tuple[float, float]) -> list[float]:
    """The heights of the lines ruled in a page's margin, where no remark stands."""
    top, bottom = room
    lines = [top + RULE * number for number in range(1, int((bottom - top) / RULE) + 1)]
    return [y for y in lines if not any(box.y - CLEAR < y < box.y + box.height + CLEAR for box in boxes)]
