"""On paper, from the browser, an edition whose own language runs from the right: the mirror of one from the left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as raw
import pytest

from tests.browser.paper import BESIDE, COLUMN, HEIGHTS, Paper, printed
from tests.browser.test_library import written
from tests.browser.test_print import VIEWS
from tests.handouts.print_reading import MM, mirrored, overlaps, words_of
from tests.handouts.sites import SITES, lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

PAGE = "from-the-right/one/index.html"
ACROSS = 212 * MM
"""The width of A4, and by how much its margin at the left is wider than that at the right, where numbers stand here."""
STUDENT = VIEWS[1]
PARAGRAPH = 10.0
"""The size of a paragraph's number in pixels."""


class Mirrored(Paper):
    """What stands on the paper, where it would stand if it ran from the left."""

    def __init__(self, paper: Paper) -> None:
        self.words, self.foot, self._texts = mirrored(paper.words, ACROSS), paper.foot, 2


@pytest.fixture(scope="module")
def papers(reader: Reader, theme: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each view of the page, printed."""
    place = tmp_path_factory.mktemp("from-the-right")
    lay_out(SITES["from-the-right"], place / "content")
    (place / "content/site.toml").write_text(f'title = "موقع"\nlanguage = "ar"\ntheme = "{theme}"\n', "utf-8")
    reader.also("from-the-right", written(place))
    made: dict[str, Path] = {}
    for view in VIEWS:
        made[view] = place / f"{len(made)}.pdf"
        with reader.read(PAGE + view) as page:
            printed(page, "A4", made[view])
    return made


@pytest.mark.parametrize("view", VIEWS)
def test_all_has_its_column(papers: dict[str, Path], view: str) -> None:
    found = Mirrored(Paper(papers[view].read_bytes(), 2, HEIGHTS["A4"]))
    lines = found.lines()
    assert len(lines) > 80
    assert found.numbers() == {(row.page, round(row.base)): number for number, row in lines if number % 5 == 0}
    assert overlaps(found.words) == []
    numbers = [one.words for one in found.words if one.size == PARAGRAPH and one.right < COLUMN]
    assert numbers[:4] == ["1", "2", "3", "4"]
    assert len(found.beside()) > 20
    assert all(BESIDE - 1 < one.left < one.right < ACROSS - 12 * MM for one in found.beside())


def test_only_the_margin_is_ruled(papers: dict[str, Path]) -> None:
    document = pypdfium2.PdfDocument(papers[STUDENT].read_bytes())
    boxes = [one.get_bounds() for one in document[0].get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=4)]
    ruled = [(left, right) for left, low, right, high in boxes if high - low > 100 * MM and right - left < 100 * MM]
    assert ruled
    assert all(ACROSS - right > BESIDE - 1 for _, right in ruled)


def test_pages_are_counted_from_the_left(papers: dict[str, Path]) -> None:
    words = words_of(papers[""].read_bytes())
    foot = sorted((one for one in words if one.page == 1 and one.base > 280 * MM), key=lambda one: one.left)
    assert re.search(r"1/\d+$", "".join(one.words for one in foot))


def test_a_number_stands_before_its_question(papers: dict[str, Path]) -> None:
    """And what it is about is parted from the words before it."""
    words = mirrored(words_of(papers[STUDENT].read_bytes()), ACROSS)
    title = next(one for one in words if one.words == "Questions")
    after = [one for one in words if (one.page, one.top) > (title.page, title.top)]
    number = next(one for one in after if one.words == "1")
    asked = [one for one in after if one.page == number.page and abs(one.base - number.base) < 2 and one != number]
    assert min(one.left for one in asked) > number.right + 4
    about = next(one for one in after if one.words == "On")
    row = {one.words for one in after if one.page == about.page and abs(one.base - about.base) < 1}
    assert row >= {"short-answer", "·", "On", "ن"}


@pytest.mark.usefixtures("papers")
def test_half_brackets_open_at_the_right(reader: Reader) -> None:
    with reader.read(PAGE) as page:
        sides = page.evaluate(
            """() => [...document.querySelectorAll('.tx .c-language:is(.first,.last)')].map(e => [
              e.matches('.first'), e.matches('.last'), getComputedStyle(e).backgroundPositionX])"""
        )
    assert sides
    wanted = {(True, True): "100%, 100%, 0%, 0%", (True, False): "100%, 100%", (False, True): "0%, 0%"}
    assert [position for *_, position in sides] == [wanted[first, last] for first, last, _ in sides]
