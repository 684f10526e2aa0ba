"""Two texts facing each other, as set -> what is drawn between them for their cross-references."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from builder.render.margin import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.handout import Ground, Handout, Node, Remark

LETTER, LETTER_AND_PAGE = 9.0, 15.0
"""Points that a letter takes, and a letter with the page on which the other end is below it."""


def wires(handout: Handout, ground: Ground) -> dict[str, list[dict[str, Node]]]:
    """Page -> the ends of cross-references on it: letter, side (0: the first text's), the heights of the passage.

    `label` is where the letter stands: no two of a side meet. `other` is that of the other end, where it is on the same
    page across from this one; else `page` is the one on which it is, None where it was lost. Of what is joined across,
    `lane` says which of the page's `lanes` between the texts the wire keeps to, counted from the first text.
    """
    first = handout.texts[0]["id"] if handout.texts else ""
    ties = {remark.key: remark for remark in handout.remarks if remark.firm}
    ends = {key: _end(tie, ground, side=int(tie.text != first)) for key, tie in ties.items()}
    across: dict[str, str] = {}
    for key, tie in ties.items():
        far = tie.said["to"]
        if far in ends:
            ends[key]["page"] = ends[far]["on"]
            if (ends[far]["on"], ends[far]["side"]) == (ends[key]["on"], 1 - ends[key]["side"]):
                across[key] = far
    order = sorted(ends, key=lambda key: (ends[key]["on"], ends[key]["side"], ends[key]["label"], key))
    for (page, _), group in groupby(order, key=lambda key: (ends[key]["on"], ends[key]["side"])):
        keys = list(group)
        heights = [LETTER if key in across else LETTER_AND_PAGE for key in keys]
        wishes = [ends[key]["label"] - height / 2 for key, height in zip(keys, heights, strict=True)]
        top, bottom = ground.rooms[page]
        for key, y, height in zip(keys, places(wishes, heights, gap=0.5, top=top, bottom=bottom), heights, strict=True):
            ends[key]["label"] = y + height / 2
    found: dict[str, list[dict[str, Node]]] = defaultdict(list)
    for key in order:
        other = ends[across[key]] if key in across else None
        bare = {"label": other["label"], "y": other["y"], "to": other["to"]} if other else None
        found[str(ends[key]["on"])].append({**ends[key], "other": bare})
    for on_page in found.values():
        _lay_out([end for end in on_page if end["other"] and not end["side"]])
    return found


def _lay_out(joined: Sequence[dict[str, Node]]) -> None:
    """Give each wire of a page its lane: none of those that pass the same height have the same one.

    Of two that go down the one that begins higher stands further right, of two that go up further left: so no wires
    cross but those whose ends are in another order at one side than at the other.
    """

    def rank(end: dict[str, Node]) -> tuple[bool, float]:
        down = end["other"]["label"] >= end["label"]
        return down, -end["label"] if down else end["label"]

    laid: list[tuple[float, float, int]] = []
    for end in sorted(joined, key=rank):
        high, low = sorted((end["label"], end["other"]["label"]))
        beside = (lane for top, bottom, lane in laid if top <= low + LETTER and high <= bottom + LETTER)
        end["lane"] = max(beside, default=-1) + 1
        laid.append((high, low, end["lane"]))
    for end in joined:
        end["lanes"] = max(lane for _, _, lane in laid) + 1


def _end(tie: Remark, ground: Ground, *, side: int) -> dict[str, Node]:
    """One end: where its passage begins, and how far it goes there."""
    start, end = (ground.spots[cut] for cut in tie.cuts[0])
    bottom = end.y if end.page == start.page and end.y >= start.y else ground.rooms[start.page][1]
    middle = (start.y + bottom) / 2
    letter = tie.said["letter"]
    return {"letter": letter, "side": side, "on": start.page, "page": None, "y": start.y, "to": bottom, "label": middle}
