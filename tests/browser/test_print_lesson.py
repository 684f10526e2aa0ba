"""On paper, from the browser, what a lesson has: a poem, a note on a footnote, letters, lines to write on."""

from __future__ import annotations

from collections import Counter
from ctypes import byref, c_uint
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as raw
import pytest

from tests.browser.paper import COLUMN, NOTE, TEXT, Spelled, letters, printed
from tests.browser.test_library import written
from tests.browser.test_print import ESSAY, OFFLINE, PAPERS
from tests.handouts.print_reading import MM, overlaps
from tests.handouts.sites import lay_out, paragraph

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.paper import Paper, Row
    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

STUDENT = "?print=student"
LONG = " ".join(paragraph(start, 60) for start in range(0, 300, 60))
STANZAS = 12
LOWER = "far => document.querySelector('#questions').style.setProperty('margin-top', `${far}px`, 'important')"
FEW = 5
"""Of a question's lines never fewer stand on a page."""
POEM = "\n|\n".join(
    f"| In stanza {number} one reads\n|   that it is {number} of all," for number in range(1, STANZAS + 1)
)
LESSON = {
    "poem/edition.toml": 'title = "A poem"\n\n'
    '[[text]]\nfile = "poem.md"\nsiglum = "P"\n\n'
    '[[text]]\nfile = "prose.md"\nsiglum = "Q"\nresponds-to = "poem"\n',
    "poem/poem.md": f"# A poem\n\n{POEM}\n",
    "poem/poem.notes.md": f"## stanza 4 one reads {{.context}}\nLengthy: {LONG}\n\n"
    "## stanza 6 one reads {.context}\nShort.\n",
    "poem/prose.md": f"# An answer\n\nProse answers verse, with the hour. {paragraph(400, 60)}[^a]\n\n"
    "Once more it answers.\n\n"
    "[^a]: What the footnote says.\n",
    "poem/prose.notes.md": '## footnote says {.context in="fn1"}\nA remark on it.\n\n## with the hour {.highlight}\n\n'
    f"## Once more {{.context}}\n{paragraph(500, 40)}\n",
    "poem/crossrefs.md": "## prose “Prose answers verse” → poem “stanza 1 one reads” {.disputes}\n",
    "poem/questions.md": '# Questions\n\n## Where? {.writing lines="4"}\n\n## Why is that so? {.writing lines="12"}\n',
}
PAGE = "lesson/poem/index.html"


@pytest.fixture(scope="module")
def lesson(reader: Reader, theme: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """An edition with all of it."""
    place = tmp_path_factory.mktemp("lesson")
    lay_out(LESSON, place / "content")
    (place / "content/site.toml").write_text(
        f'title = "Site"\ntheme = "{theme}"\noutputs = ["site", "offline"]\n', "utf-8"
    )
    reader.also("lesson", written(place))


@pytest.mark.usefixtures("lesson")
@pytest.mark.parametrize("page", [PAGE, PAGE.replace("index", "poem.offline")])
@pytest.mark.parametrize("paper", PAPERS)
def test_a_note_on_a_footnote_stands_below_it(reader: Reader, page: str, paper: str, tmp_path: Path) -> None:
    """In the margin, as large as the others: a sheet on which something stands too far out is shrunk as a whole."""
    with reader.read(page) as read:
        found = printed(read, paper, tmp_path / "page.pdf")
    beside = Spelled(found.beside())
    footnote, remark = beside.find(letters("What the footnote")), beside.find(letters("A remark on it"))
    assert footnote
    assert remark
    assert remark[0].page == footnote[0].page
    assert remark[0].base > footnote[1].base
    assert {one.size for one in (*footnote, *remark)} == {NOTE}
    assert max(one.right for one in found.words) < (17 + PAPERS[paper]) * MM + 1
    assert overlaps(found.words) == []


@pytest.mark.themes("folio")
@pytest.mark.usefixtures("lesson")
@pytest.mark.parametrize("width", [1440, 1100])
def test_on_the_screen_it_stands_below_it_too(reader: Reader, width: int) -> None:
    with reader.read(PAGE, width=width) as page:
        tops = page.evaluate(
            """() => ['#prose-fn1', '#note-footnote-says'].map(one => document.querySelector(one))
              .map(e => [e.getBoundingClientRect().top, e.getBoundingClientRect().bottom])"""
        )
    assert tops[0][1] <= tops[1][0]


def _row(found: Paper, words: str) -> Row:
    """Where in the text, or under it, words stand."""
    return next(row for row in found.rows() if letters(words) in "".join(letters(one.words) for one in row.words))


@pytest.mark.usefixtures("lesson")
def test_what_the_margin_cannot_hold_stands_under_its_stanza(reader: Reader, tmp_path: Path) -> None:
    with reader.read(PAGE) as page:
        found = printed(page, "A4", tmp_path / "page.pdf")
    lines = [_row(found, words) for words in ("it is 4 of all", "Lengthy", "In stanza 5 one", "In stanza 6 one")]
    places = [(row.page, row.base) for row in lines]
    assert places == sorted(places)
    assert lines[1].words[-1].size == NOTE
    assert lines[1].base - lines[0].base < 2 * TEXT * 1.5
    assert Spelled(found.beside()).find("Short")
    assert overlaps(found.words) == []
    assert found.numbers() == {(row.page, round(row.base)): number for number, row in found.lines() if number % 5 == 0}


@pytest.mark.themes("folio")
@pytest.mark.parametrize("view", ["", STUDENT])
def test_a_letter_leads_to_its_cross_reference(reader: Reader, view: str) -> None:
    with reader.read(ESSAY + view) as page:
        page.emulate_media(media="print")
        called = set(page.locator(".text .tx .tie:visible").all_inner_texts())
        listed = set(page.locator("#crossrefs li:visible > .tie").all_inner_texts())
    assert len(called) > 3
    assert called <= listed


def _greys(pdf: Path) -> Counter[int]:
    """How many shapes are filled with each grey."""
    found: Counter[int] = Counter()
    for page in pypdfium2.PdfDocument(pdf.read_bytes()):
        for one in page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=4):
            red, green, blue, alpha = (c_uint() for _ in range(4))
            raw.FPDFPageObj_GetFillColor(one.raw, byref(red), byref(green), byref(blue), byref(alpha))
            if red.value == green.value == blue.value:
                found[red.value] += 1
    return found


@pytest.mark.themes("folio")
@pytest.mark.usefixtures("lesson")
@pytest.mark.parametrize("view", ["", STUDENT])
def test_a_highlight_is_grey(reader: Reader, view: str, tmp_path: Path) -> None:
    """As in a handout; also where the browser leaves out backgrounds."""
    with reader.read(PAGE + view) as page:
        printed(page, "A4", tmp_path / "page.pdf")
        page.pdf(path=tmp_path / "grounds.pdf", format="A4", print_background=True)
    assert _greys(tmp_path / "page.pdf")[228] == 1
    assert _greys(tmp_path / "grounds.pdf")[228] == 1


@pytest.mark.parametrize("name", ["index.html", OFFLINE])
def test_what_leads_to_another_view_stays_off_paper(reader: Reader, name: str) -> None:
    with reader.read(ESSAY.replace("index.html", name)) as page:
        link = page.get_by_text("Read the two side by side")
        assert link.count() == 1
        page.emulate_media(media="print")
        assert not link.is_visible()


@pytest.mark.themes("folio")
@pytest.mark.parametrize("width", [1440, 1100])
def test_the_rule_between_texts_keeps_out_of_the_margin(reader: Reader, width: int) -> None:
    """A note that hangs below the text before isn't struck through."""
    with reader.read(ESSAY, width=width) as page:
        page.evaluate("document.querySelector('.rhead').scrollIntoView({ block: 'center' })")
        top, left, column = page.evaluate(
            """() => { const box = document.querySelector('.rhead').getBoundingClientRect();
              return [box.top, box.left, document.querySelector('.text .tx').getBoundingClientRect().width]; }"""
        )
        beneath, between = (
            [page.screenshot(clip={"x": x, "y": y, "width": 8, "height": 3}) for y in (top - 1, top - 20)]
            for x in (left + 8, left + column + 8)
        )
    assert beneath[0] != beneath[1]
    assert between[0] == between[1]


def _ruled(pdf: Path) -> list[int]:
    """How many lines to write on each page has: they stand further in than all else that is as wide."""
    count = []
    for page in pypdfium2.PdfDocument(pdf.read_bytes()):
        boxes = (one.get_bounds() for one in page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=4))
        heights = {
            round(low)
            for left, low, right, high in boxes
            if high - low < 2 and left > COLUMN + 15 and right - left > 100 * MM
        }
        count.append(len(heights))
    return count


@pytest.mark.themes("folio")
@pytest.mark.usefixtures("lesson")
def test_lines_to_write_on_go_on_overleaf(reader: Reader, tmp_path: Path) -> None:
    """But never just a few of them, and never without the question."""
    split = set()
    with reader.read(PAGE + STUDENT) as page:
        for lower in range(0, 800, 80):
            page.evaluate(LOWER, lower)
            printed(page, "A4", tmp_path / "page.pdf")
            ruled = [number for number in _ruled(tmp_path / "page.pdf") if number]
            assert sum(ruled) == 4 + 12, (lower, ruled)
            assert all(number >= FEW or number == 4 for number in ruled), (lower, ruled)
            split.add(tuple(ruled))
    assert len(split) > 2, split
