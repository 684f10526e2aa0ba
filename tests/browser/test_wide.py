"""What is wider than its place keeps to it: a table of many columns, a letter's ring, a line under words."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

import pytest

from tests.browser.paper import CAME
from tests.browser.reader import until
from tests.browser.test_library import written
from tests.handouts.sites import counted, lay_out, paragraph

if TYPE_CHECKING:
    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

HEAD = "| " + " | ".join(f"Thunderstorm{column}" for column in range(12)) + " |\n"
TABLE = f"{HEAD}{'|---' * 12}|\n{HEAD}"
PLAIN = "\n\n".join(paragraph(first, 100) for first in range(0, 1500, 100))
MONTHS = list(calendar.month_name)[1:]
FIGURES = f"| Harbour | {' | '.join(MONTHS)} |\n{'|---' * 13}|\n| Harbourmaster {'| 1102 ' * 12}|\n"
ROWS = "| Month | Storms |\n| --- | --- |\n" + "".join(f"| {month} | in that month none |\n" for month in MONTHS)
CROWD = "".join(f"\n## {counted(number)} {{.context}}\n{ROWS}" for number in range(2, 12))
QUESTIONS = "\n".join(f"## ¶{number} {{.question}}\nWhy {counted(number)}?\n" for number in range(1, 16))
FILES = {
    "site.toml": 'title = "Site"\noutputs = ["site"]\n',
    "one/edition.toml": 'title = "One"\n',
    "one/a.md": f"# One\n\n{TABLE}\n\nMore words.\n",
    "one/a.notes.md": "## Thunderstorm1 {.context}\nOn a head.\n",
    "year/edition.toml": 'title = "Year"\n',
    "year/a.md": f"# Year\n\n{FIGURES}\n{paragraph(0, 100)}\n",
    "year/a.notes.md": CROWD,
    "lines/edition.toml": 'title = "Lines"\n',
    "lines/a.md": f"# Lines\n\n{PLAIN}\n",
    "lines/a.notes.md": QUESTIONS,
    "right/edition.toml": 'title = "يمين"\nlanguage = "ar"\n[[text]]\nfile = "a.md"\nsiglum = "A"\n'
    '[[text]]\nfile = "b.md"\nsiglum = "B"\nauthor = "A reader"\nlanguage = "en"\nresponds-to = "a"\n',
    "right/a.md": "# رسالة\n\nقد علم الجبر الذي نسب إليه.\n",
    "right/b.md": "# Reply\n\nSome words in answer.\n",
    "right/crossrefs.md": "## b “words in answer” → a “قد علم” {.extends}\n",
}
FITS = """() => [...document.querySelectorAll('.tx > table')].every(table =>
  table.getBoundingClientRect().right <= table.closest('.tx').getBoundingClientRect().right + 1)"""
RINGS = """() => [...document.querySelectorAll('.bh .tie')].map(tie =>
  parseFloat(getComputedStyle(tie, '::before').width))"""
LETTER = 40
"""Pixels for which the ring of one letter has no need."""
UNDER = """() => {
  const style = getComputedStyle(document.querySelector('.c-question.u1'));
  return [style.textUnderlineOffset, style.fontSize, style.lineHeight].map(parseFloat);
}"""
ASCENT, DESCENT = 1.036, 0.335
"""Of the face, for each pixel of its size."""
WAVE = 5
"""Pixels that a wave takes below its offset, measured on paper."""


DIVIDED = """() => [...document.querySelectorAll('.tx > table :is(th,td)')].filter(cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return range.getClientRects().length > 1;
}).map(cell => cell.textContent)"""
CUT = """() => [...document.querySelectorAll('.notes .note')].filter(note => note.scrollHeight > note.clientHeight + 1)
  .map(note => [...note.querySelectorAll('tr')].filter(row => {
    const cut = note.getBoundingClientRect().bottom, { top, bottom } = row.getBoundingClientRect();
    return top < cut - 1 && bottom > cut + 1;
  }).length)"""


@pytest.fixture(scope="module", autouse=True)
def wide(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> None:
    """An edition with a wide table, one with lines under all its words, one that runs from the right."""
    reader.also("wide", written(lay_out(FILES, tmp_path_factory.mktemp("wide") / "content").parent))


@pytest.mark.themes("folio")
@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [360, 1440])
def test_a_table_keeps_to_its_column(reader: Reader, width: int, script: bool) -> None:
    with reader.read("wide/one/index.html", width=width, script=script) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(FITS)


@pytest.mark.themes("folio")
def test_a_ring_is_round_its_letter_alone_where_a_page_runs_from_the_right(reader: Reader) -> None:
    with reader.read("wide/right/conversation.html", width=360) as page:
        rings = page.evaluate(RINGS)
    assert rings
    assert max(rings) < LETTER, rings


@pytest.mark.themes("folio")
def test_on_paper_a_wave_stays_within_its_line(reader: Reader) -> None:
    """What hangs below a page's last line is cut off there, or stands above the first line of the next page."""
    with reader.read("wide/lines/index.html") as page:
        page.emulate_media(media="print")
        offset, letters, line = page.evaluate(UNDER)
    below = (line - letters * (ASCENT + DESCENT)) / 2 + letters * DESCENT
    assert offset + WAVE <= below


@pytest.mark.themes("folio")
def test_on_paper_no_head_over_narrow_figures_is_divided(reader: Reader) -> None:
    with reader.read("wide/year/index.html") as page:
        page.emulate_media(media="print")
        until(page, CAME)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("document.querySelectorAll('.tx > table th').length") == 1 + len(MONTHS)
        assert page.evaluate(DIVIDED) == []
        assert page.evaluate(FITS)


@pytest.mark.parametrize("script", [True, False])
def test_a_note_is_cut_off_between_the_rows_of_its_table(reader: Reader, script: bool) -> None:
    with reader.read("wide/year/index.html", script=script) as page:
        cut = page.evaluate(CUT)
    assert cut
    assert set(cut) == {0}
