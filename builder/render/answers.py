"""What a theme's handout.typ answered -> where a text fell, how high remarks are, where their words are.

A theme may be a stranger's: whatever it answers, or leaves out, ends in these values or in a SettingError that says
what is missing.
"""

from __future__ import annotations

from collections import defaultdict
from math import isfinite
from typing import TYPE_CHECKING, Any

from builder.model.handout import MARGIN, NOTES, TEXT, WORDS, Ground, Line, SettingError, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.model.handout import Handout

FARTHEST = 1_000_000
"""Points, and pages: a place further off is none on paper."""

MAIN = "handout.typ"

Words = dict[str, list[tuple[int, float, float]]]


def ground_of(answer: Any) -> Ground:
    """What is answered of the text. SettingError where that is another than it should be."""
    stakes: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for number, page, x, y in _rows(answer, "stakes", "wpnn"):
        stakes[page].append((x, y, number))
    cuts = list(_rows(answer, "cuts", "wpnn"))  # those in the head of a table come again on each of its pages
    rooms = {page: (top, bottom) for page, top, bottom in _rows(answer, "rooms", "pnn")}
    if upside := next((page for page, (top, bottom) in rooms.items() if top > bottom), None):
        raise _other(TEXT, f"the margin of page {upside} ends above its top")
    return Ground(
        lines=tuple(Line(page, number, y, x) for page, number, x, y in _rows(answer, "lines", "pwnn")),
        spots={number: Spot(page, x, y) for number, page, x, y in reversed(cuts)},
        stakes={page: tuple(sorted(found, key=lambda one: one[1])) for page, found in stakes.items()},
        rooms=rooms,
        sizes=dict(_rows(answer, "sizes", "wm")) if isinstance(answer, dict) and "sizes" in answer else {},
        width=_checked(TEXT, "width", [_named(answer, "width")], "m")[0],
    )


def require_answered(handout: Handout, ground: Ground) -> None:
    """SettingError where something isn't answered that a handout asks for."""
    asked = {cut for remark in handout.remarks for cuts in remark.cuts for cut in cuts} | set(handout.spots.values())
    if lost := sorted(asked - ground.spots.keys()):
        raise _other(TEXT, f"“cuts” lacks {_listed(lost)}")
    if lost := sorted({ground.spots[cut].page for cut in asked} - ground.rooms.keys()):
        raise _other(TEXT, f"“rooms” lacks page {_listed(lost)}")
    if handout.layout == MARGIN and handout.remarks and handout.breaks and not ground.stakes:
        raise _other(TEXT, "“stakes” has none")


def heights_of(answer: Any, keys: Iterable[str]) -> dict[str, tuple[float, float, float]]:
    """What is answered of some remarks: height, width told in short, first line. SettingError as above."""
    found: dict[str, tuple[float, float, float]] = {}
    for key in keys:
        height, short, ascent = _checked(NOTES, key, _named(answer, key, NOTES), "mmn")
        found[key] = (height, short, ascent)
    return found


def words_of(answer: Any, counts: Mapping[str, int]) -> Words:
    """Where the words of some remarks are, each of which has so many: number, left, baseline. SettingError as above.

    A remark without a word in a line, a table alone, may be left out.
    """
    if not isinstance(answer, dict):
        raise _other(WORDS, f"it is {_shown(answer)}, not a dictionary")
    found: Words = {}
    for key in counts.keys() & answer.keys():
        found[key] = [(number, x, y) for number, x, y in _rows(answer, key, "wnn", WORDS)]
        if more := [number for number, _, _ in found[key] if number >= counts[key]]:
            raise _other(WORDS, f"“{key}” has no word {more[0]}")
    return found


def _rows(answer: Any, name: str, kinds: str, mode: str = TEXT) -> Iterator[Any]:
    """The rows under a name, each of which has so many values of such kinds."""
    rows = _named(answer, name, mode)
    if not isinstance(rows, list):
        raise _other(mode, f"“{name}” is {_shown(rows)}, not an array")
    return (_checked(mode, name, row, kinds) for row in rows)


def _named(answer: Any, name: str, mode: str = TEXT) -> Any:
    if not isinstance(answer, dict):
        raise _other(mode, f"it is {_shown(answer)}, not a dictionary")
    if name not in answer:
        raise _other(mode, f"“{name}” is missing")
    return answer[name]


_KINDS = {
    "p": ("a page", int, 1),
    "w": ("a whole number", int, 0),
    "n": ("points", (int, float), -FARTHEST),
    "m": ("points, not less than 0", (int, float), 0),
}
"""Letter -> what a value is, its types, the least that it may be."""


def _checked(mode: str, name: str, row: Any, kinds: str) -> list[Any]:
    """A row of which every value is of its kind."""
    if not isinstance(row, list) or len(row) != len(kinds):
        raise _other(mode, f"“{name}” has {_shown(row)} where {len(kinds)} values are to be")
    for value, kind in zip(row, kinds, strict=True):
        what, types, least = _KINDS[kind]
        right = isinstance(value, types) and not isinstance(value, bool)  # type: ignore[arg-type]
        if not right or not isfinite(value) or not least <= value <= FARTHEST:
            raise _other(mode, f"“{name}” has {_shown(value)} where {what} should be")
    return row


def _shown(value: Any) -> str:
    return "none" if value is None else f"“{str(value)[:40]}”"


def _listed(numbers: list[int]) -> str:
    """Some numbers in words, the first of them where there are many."""
    return ", ".join(map(str, numbers[:5])) + (f" and {len(numbers) - 5} more" if len(numbers) > 5 else "")


def _other(mode: str, why: str) -> SettingError:
    return SettingError(f"what it answers in mode “{mode}” isn't what docs/handouts.md says: {why}", MAIN, 1)
