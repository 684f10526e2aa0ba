"""Where notes stand in a margin: never on one another, as near to their lines as that lets them be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.render.boxes import FAR, GAP, LINE, Item
from builder.render.makeup import TOGETHER, Makeup, Sizes, lines_of, make_up
from builder.render.margin import places

WISHES = st.lists(st.floats(0, 700, allow_subnormal=False), max_size=30).map(sorted)
HEIGHTS = st.floats(1, 120, allow_subnormal=False)


@st.composite
def notes(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    wishes = draw(WISHES)
    return wishes, draw(st.lists(HEIGHTS, min_size=len(wishes), max_size=len(wishes)))


@given(notes(), st.floats(0, 20))
def test_no_note_meets_another(given_notes: tuple[list[float], list[float]], gap: float) -> None:
    wishes, heights = given_notes
    tops = places(wishes, heights, gap=gap, top=20, bottom=700)
    assert len(tops) == len(wishes)
    for (top, height), after in zip(zip(tops, heights, strict=True), tops[1:], strict=False):
        assert after >= top + height + gap - 1e-6
    if tops:
        assert tops[0] >= 20 - 1e-6
    if sum(heights) + gap * (len(heights) - 1) <= 680:
        assert all(top + height <= 700 + 1e-6 for top, height in zip(tops, heights, strict=True))


@given(notes())
def test_notes_move_as_little_as_they_can(given_notes: tuple[list[float], list[float]]) -> None:
    """The least squares, by the formula that says of each what the means of all runs around it come to."""
    wishes, heights = given_notes
    offsets = [sum(heights[:index]) for index in range(len(heights))]
    levels = [wish - offset for wish, offset in zip(wishes, offsets, strict=True)]

    def mean(low: int, high: int) -> float:
        return sum(levels[low : high + 1]) / (high - low + 1)

    count = len(levels)
    best = [max(min(mean(low, high) for high in range(at, count)) for low in range(at + 1)) for at in range(count)]
    found = places(wishes, heights, gap=0, top=-1e9, bottom=1e9)
    assert all(abs(one - other - offset) < 1e-6 for one, other, offset in zip(found, best, offsets, strict=True))


@given(WISHES)
def test_notes_with_room_stand_at_their_lines(wishes: list[float]) -> None:
    apart = [wish * 40 for wish in range(len(wishes))]
    assert places(apart, [30.0] * len(apart), gap=5, top=0, bottom=1e9) == apart


@st.composite
def handouts(draw: st.DrawFn) -> tuple[list[Item], dict[int, tuple[float, float]]]:
    pages = draw(st.integers(1, 4))
    items: list[Item] = []
    for page in range(1, pages + 1):
        for wish in draw(st.lists(st.integers(0, 68), max_size=40).map(sorted)):
            firm = draw(st.booleans())
            height = LINE * draw(st.integers(1, 2 if firm else 90))
            key = f"{page}-{len(items)}"
            items.append(Item(key, page, 20 + wish * 10.0, height, draw(st.floats(20, 150)), firm, draw(st.booleans())))
    return items, dict.fromkeys(range(1, pages + 1), (20.0, 720.0))


def boxes(makeup: Makeup) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(page, box.part, box.keys or (box.key,)) for page, found in makeup.pages.items() for box in found]


@settings(max_examples=400)
@given(handouts(), st.booleans())
def test_every_remark_has_its_place(
    given_handout: tuple[list[Item], dict[int, tuple[float, float]]], known: bool
) -> None:
    items, rooms = given_handout
    parts = {item.key: (60.0, item.height - 20) for item in items} if known else {}
    makeup = make_up(items, rooms, Sizes(153, 20, parts))
    for page, found in makeup.pages.items():
        assert all(box.y >= rooms[page][0] - 1e-6 and box.y + box.height <= rooms[page][1] + 1e-6 for box in found)
        for one, other in pairwise(found):
            assert other.y >= one.y + one.height + GAP - 1e-6
    told = [(part, key) for _, part, keys in boxes(makeup) for key in keys]
    for item in items:
        how = [part for part, key in told if key == item.key and part != "middle"]
        assert how in (["whole"], ["head", "tail"], ["short"], ["fold"]), (item, how)
        assert (item.key in makeup.exiled) == (how in (["short"], ["fold"]) and not item.firm)
        assert (item.key in makeup.divided) == (how == ["head", "tail"])


def test_the_longest_go_first_and_the_last_goes_on() -> None:
    rooms = {1: (0.0, 300.0), 2: (0.0, 300.0)}
    whole = [Item("a", 1, 0, 100, 60), Item("b", 1, 50, 190, 60), Item("c", 1, 90, 40, 60)]
    assert boxes(make_up(whole, {1: rooms[1]}, Sizes(153, 20, {}))) == [
        (1, "whole", ("a",)),
        (1, "short", ("b",)),
        (1, "whole", ("c",)),
    ]
    on = [Item("a", 1, 0, 200, 60), Item("b", 1, 150, 190, 60)]
    assert boxes(make_up(on, rooms, Sizes(153, 20, {}))) == [
        (1, "whole", ("a",)),
        (1, "head", ("b",)),
        (2, "tail", ("b",)),
    ]


@settings(max_examples=400)
@given(handouts(), st.booleans())
def test_no_remark_stands_far_from_its_line(
    given_handout: tuple[list[Item], dict[int, tuple[float, float]]], known: bool
) -> None:
    """None that is said there, whole or as far as there is room: rather it is told in short, and stands elsewhere.

    But one may stand far below its line, right under another, where that drives none from its own.
    """
    items, rooms = given_handout
    wishes = {item.key: item.wish for item in items}
    parts = {item.key: (60.0, item.height - 20) for item in items} if known else {}
    for found in make_up(items, rooms, Sizes(153, 20, parts)).pages.values():
        for at, box in enumerate(found):
            if box.part in ("whole", "head") and abs(box.y - wishes[box.key]) > FAR:
                assert box.y == pytest.approx(found[at - 1].y + found[at - 1].height + GAP)
                assert box.y > wishes[box.key]


def test_what_stands_below_others_follows_one_that_goes_on() -> None:
    """It stood where that would have ended whole: hypothesis found it."""
    heights = {1: [10] * 11, 2: [10, 10, 80, 10, 10]}
    crowds = [(page, height) for page, found in heights.items() for height in found]
    items = [Item(f"{page}-{at}", page, 20.0, float(height), 20) for at, (page, height) in enumerate(crowds)]
    made = make_up(items, dict.fromkeys((1, 2, 3), (20.0, 720.0)), Sizes(153, 20, {}))
    assert [box.part for box in made.pages[2]] == ["whole", "whole", "head", "whole", "whole"]
    assert all(other.y == one.y + one.height + GAP for one, other in pairwise(made.pages[2]))


def test_what_pushes_others_from_their_lines_stands_elsewhere() -> None:
    """Though there is room for all: the longest of those that stand close, none that stands apart."""
    crowd = [Item("a", 1, 0, 90, 60), Item("b", 1, 10, 100, 60), Item("c", 1, 20, 50, 60), Item("d", 1, 205, 490, 60)]
    assert boxes(make_up(crowd, {1: (0.0, 700.0)}, Sizes(153, 20, {}))) == [
        (1, "whole", ("a",)),
        (1, "short", ("b",)),
        (1, "whole", ("c",)),
        (1, "whole", ("d",)),
    ]


def test_where_the_margin_is_empty_below_the_last_of_many_stands_there() -> None:
    """Rather than after the text: its line is said. One that is too long for that goes on from there."""
    crowd = [Item("a", 1, 0, 240, 60), Item("b", 1, 0, 240, 60)]
    found = make_up(crowd, {1: (0.0, 700.0)}, Sizes(153, 20, {}))
    assert boxes(found) == [(1, "whole", ("a",)), (1, "whole", ("b",))]
    assert [box.y for box in found.pages[1]] == [0, 245]
    long = [Item("a", 1, 0, 470, 60), Item("b", 1, 0, 470, 60)]
    assert make_up(long, dict.fromkeys((1, 2), (0.0, 700.0)), Sizes(153, 20, {})).exiled == ()


def test_a_remark_is_not_divided_far_from_its_line() -> None:
    """The last would stand so; the one before it goes on in its stead."""
    on = [Item("a", 1, 0, 200, 60), Item("b", 1, 50, 190, 60)]
    assert boxes(make_up(on, dict.fromkeys((1, 2), (0.0, 300.0)), Sizes(153, 20, {}))) == [
        (1, "head", ("a",)),
        (1, "whole", ("b",)),
        (2, "tail", ("a",)),
    ]


def test_a_long_remark_low_on_its_page_goes_on_where_the_next_margin_is_empty() -> None:
    """Whole it would stand far above its line; it is not driven out of margins in which nothing else stands."""
    low = [Item("a", 1, 500, 400, 60)]
    makeup = make_up(low, dict.fromkeys((1, 2), (0.0, 700.0)), Sizes(153, 20, {}))
    assert boxes(makeup) == [(1, "head", ("a",)), (2, "tail", ("a",))]
    assert makeup.exiled == ()
    assert boxes(make_up(low, {1: (0.0, 700.0)}, Sizes(153, 20, {}))) == [(1, "short", ("a",))]


def test_what_goes_on_drives_nothing_out_of_the_next_margin() -> None:
    """Nor far from its line: rather it stands after the text itself."""
    rooms = dict.fromkeys((1, 2), (0.0, 700.0))
    full = [Item("a", 1, 600, 400, 60), Item("b", 2, 0, 500, 60)]
    assert boxes(make_up(full, rooms, Sizes(153, 20, {}))) == [(1, "short", ("a",)), (2, "whole", ("b",))]
    near = [Item("a", 1, 600, 400, 60), Item("b", 2, 40, 50, 60)]
    assert boxes(make_up(near, rooms, Sizes(153, 20, {}))) == [(1, "short", ("a",)), (2, "whole", ("b",))]


def test_a_remark_longer_than_a_page_goes_on_in_several_margins() -> None:
    rooms = dict.fromkeys((1, 2, 3), (0.0, 700.0))
    long = [Item("a", 1, 300, 1400, 60), Item("b", 3, 600, 50, 60)]
    assert boxes(make_up(long, rooms, Sizes(153, 20, {}))) == [
        (1, "head", ("a",)),
        (2, "middle", ("a",)),
        (3, "tail", ("a",)),
        (3, "whole", ("b",)),
    ]
    assert make_up(long, rooms, Sizes(153, 20, {"a": (400, 690, 370)})).divided == {"a": (400, 690)}
    assert make_up(long, rooms, Sizes(153, 20, {"a": (400, 690, 680)})).exiled == ("a",)


def test_one_that_is_not_the_last_goes_on_too() -> None:
    on = [Item("a", 1, 0, 900, 60), Item("b", 1, 400, 50, 60)]
    assert boxes(make_up(on, dict.fromkeys((1, 2), (0.0, 700.0)), Sizes(153, 20, {}))) == [
        (1, "head", ("a",)),
        (1, "whole", ("b",)),
        (2, "tail", ("a",)),
    ]


def test_short_words_on_lines_that_lie_apart_share_none_where_there_is_room() -> None:
    many = [Item(f"{n}", 1, n * TOGETHER / 2, 800, 40) for n in range(6)]
    assert boxes(make_up(many, {1: (0.0, 700.0)}, Sizes(153, 20, {}))) == [
        (1, "short", ("0", "1", "2")),
        (1, "short", ("3", "4", "5")),
    ]
    assert boxes(make_up(many, {1: (0.0, 22.0)}, Sizes(153, 20, {}))) == [(1, "short", tuple("012345"))]


def test_short_words_share_their_lines() -> None:
    assert lines_of([], 150) == 0
    assert lines_of([60, 60, 60], 150) == 2
    assert lines_of([200], 150) == 1


def test_what_no_margin_holds_is_told_in_one_line() -> None:
    """Where short words are too many too; and the last of those that are firm."""
    many = [Item(f"{n}", 1, 0, 100, 150, n % 2 == 0) for n in range(40)]
    (told,) = [keys for _, part, keys in boxes(make_up(many, {1: (0.0, 120.0)}, Sizes(153, 20, {}))) if part == "fold"]
    assert told[-1] == "39"
