"""Texts that face each other: what is drawn between them, and what follows them."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.diagnostic import Place
from builder.model.handout import Ground, Handout, Remark, Spot
from builder.render.wires import wires
from tests.handouts.print_reading import MM, Word, paths_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.handouts.print_reading import Point

GUTTER = 96 * MM, 114 * MM
PITCH = 15.0


def handout(made: dict[str, bytes], name: str = "facing") -> bytes:
    (content,) = (content for path, content in made.items() if path.endswith(f"/handout-{name}.pdf"))
    return content


def between(words: Sequence[Word]) -> list[Word]:
    """The letters of ties, and the pages to which they lead."""
    return [one for one in words if GUTTER[0] < one.left and one.right < GUTTER[1] and one.size in (6, 8)]


def wires_of(pdf: bytes) -> list[tuple[int, list[Point]]]:
    """Page and points of what leads from one side of the gutter to the other."""
    return [
        (number, along)
        for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1)
        for along in paths_of(page)
        if GUTTER[0] < along[0][0] < GUTTER[0] + 6 * MM and GUTTER[1] - 6 * MM < along[-1][0] < GUTTER[1]
    ]


@pytest.mark.parametrize(("site", "least"), [("essay", 10), ("tied", 12)])
def test_no_wire_crosses_a_letter_or_a_page(site: str, least: int, made: Callable[[str], dict[str, bytes]]) -> None:
    """But those between which it leads."""
    pdf = handout(made(site))
    labels, drawn = between(words_of(pdf)), wires_of(pdf)
    assert len(drawn) >= least
    assert any(label.size == 6 for label in labels)
    for page, along in drawn:
        here = [label for label in labels if label.page == page]
        own = [near(here, along[0]), near(here, along[-1])]
        assert own[0].words == own[1].words
        for label in here:
            assert label in own or not any(within(label, point) for point in along), (page, label.words, own[0].words)


def near(labels: list[Word], point: Point) -> Word:
    x, y = point
    return min(labels, key=lambda one: abs((one.left + one.right) / 2 - x) + abs((one.top + one.bottom) / 2 - y))


def within(label: Word, point: Point) -> bool:
    x, y = point
    return label.left - 0.3 < x < label.right + 0.3 and label.top - 0.3 < y < label.bottom + 0.3


@st.composite
def ties(draw: st.DrawFn) -> list[tuple[float, float]]:
    """The heights of both ends of some ties on one page."""
    lines = st.lists(st.integers(1, 55), min_size=1, max_size=25)
    left = draw(lines)
    right = draw(st.lists(st.integers(1, 55), min_size=len(left), max_size=len(left)))
    return [(PITCH * one, PITCH * other) for one, other in zip(left, right, strict=True)]


@given(ties())
def test_no_wires_cross_or_lie_on_each_other_without_need(heights: list[tuple[float, float]]) -> None:
    wires = [end for end in laid_out(heights) if end["side"] == 0]
    assert len(wires) == len(heights)
    for one, other in permutations(wires, 2):
        (a, b), (c, d) = ((end["label"], end["other"]["label"]) for end in (one, other))
        assert one["lane"] < one["lanes"]
        if max(min(a, b), min(c, d)) <= min(max(a, b), max(c, d)):
            assert one["lane"] != other["lane"]
        if (a < c) == (b < d):
            inside = (min(c, d) < a < max(c, d), min(c, d) < b < max(c, d))
            assert not (inside[0] and other["lane"] < one["lane"])
            assert not (inside[1] and other["lane"] > one["lane"])


def laid_out(heights: list[tuple[float, float]]) -> list[dict[str, Any]]:
    """What is drawn for ties whose ends lie so high."""
    remarks, spots = [], {}
    for at, pair in enumerate(heights):
        for side, y in enumerate(pair):
            cut = 2 * at + side
            spots[cut] = Spot(1, 0.0, y)
            said = {"letter": f"{at}", "to": f"xref:{at}-{2 - side}"}
            remarks.append(Remark(f"xref:{at}-{side + 1}", "ab"[side], ((cut, cut),), said, firm=True))
    printed = Handout("h.pdf", Place("e", 1), "a4", "facing", True, {}, [{"id": "a"}, {"id": "b"}], tuple(remarks), {})
    ground = Ground((), spots, {}, {1: (48.0, 788.0)}, 153.0)
    return wires(printed, ground)["1"]


@pytest.mark.parametrize(("site", "name"), [("essay", "student"), ("essay", "facing"), ("tied", "facing")])
def test_questions_leave_no_large_hole(site: str, name: str, made: Callable[[str], dict[str, bytes]]) -> None:
    """Lines to write on go down to a page's foot, but for a question and as many of its lines as stand together."""
    document = pypdfium2.PdfDocument(handout(made(site), name))
    ruled = [[max(y for _, y in along) for along in paths_of(page) if is_line(along)] for page in document]
    with_lines = [number for number, lines in enumerate(ruled) if len(lines) > 1]
    assert len(with_lines) > 3
    for number in with_lines[:-1]:
        assert max(ruled[number]) > document[number].get_height() - 19 * MM - 180, number + 1
    for number in with_lines:
        assert len(ruled[number]) >= 5


def is_line(along: list[Point]) -> bool:
    """Whether something is a line to write an answer on."""
    return abs(along[0][1] - along[-1][1]) < 0.1 and 150 * MM < along[-1][0] - along[0][0] < 178 * MM


@pytest.mark.parametrize("name", ["student", "teacher", "facing"])
def test_the_colophon_is_not_alone_on_a_page(name: str, made: Callable[[str], dict[str, bytes]]) -> None:
    words = words_of(handout(made("essay"), name))
    page, top = next((word.page, word.top) for word in reversed(words) if word.words == "Reproduced")
    above = [word for word in words if word.page == page and word.top < top - 60]
    assert len(above) > 20


@pytest.mark.parametrize("site", ["essay", "tied", "turned", "from-the-right"])
def test_every_fifth_line_of_either_text_has_its_number(site: str, made: Callable[[str], dict[str, bytes]]) -> None:
    """At the outer side, level with the line, and clear of the numbers of paragraphs."""
    words = words_of(handout(made(site)))
    found, expected = [], []
    for side, (left, right) in enumerate(((17, 96), (114, 193))):
        column = [word for word in words if word.size == 9.5 and left * MM - 2 < word.left < right * MM]
        for page in sorted({word.page for word in column}):
            bases = sorted({round(word.base, 1) for word in column if word.page == page})
            expected += [(side, page, round(base), at) for at, base in enumerate(bases, 1) if at % 5 == 0]
        outer = (12.5 * MM, 16 * MM) if side == 0 else (194 * MM, 197.3 * MM)
        found += [
            (side, word.page, round(word.base), int(word.words))
            for word in words
            if word.size == 7 and outer[0] < word.left and word.right < outer[1]
        ]
    assert sorted(found) == sorted(expected)
    assert len(found) > 10
