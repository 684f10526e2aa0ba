"""On paper, from the browser: numbers and notes stay, each note beside its paragraph; the page's furniture goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

ESSAY = "readings/splitting-russia-and-china/index.html"
PAPERS = {"A4": 210 - 32, "Letter": 215.9 - 32}
"""Paper -> millimetres between its margins."""
PIXELS = 96 / 25.4

BESIDE = """() => {
  const box = e => e.getBoundingClientRect();
  const all = selector => [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length > 0);
  const level = (a, b) => a.top < b.bottom - .5 && b.top < a.bottom - .5;
  const meet = (a, b) => level(a, b) && a.left < b.right - .5 && b.left < a.right - .5;
  const notes = all('.notes .note').map(e => [e.id, box(e)]);
  const words = all('.tx, .part > *').map(e => [e.textContent.trim().slice(0, 20), box(e)]);
  const hits = [];
  notes.forEach(([id, a], i) => {
    [...notes.slice(i + 1), ...words].forEach(([other, b]) => { if (meet(a, b)) hits.push(id + ' on ' + other); });
  });
  return {
    notes: notes.length, hits,
    cut: all('.notes .note').filter(e => e.scrollHeight > e.clientHeight + 1).map(e => e.id),
    furniture: all('.bar, .key, .back, .card, .acts, button').map(e => e.className || e.textContent),
    numbers: all('.text .pn').length,
    wide: Math.max(...[...notes, ...words].map(([, r]) => r.right)),
    cues: new Set(all('.notes .note').map(e => e.className.match(/c-(\\w+)/)[1])).size,
  };
}"""


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("paper", PAPERS)
def test_numbers_and_notes_stay(reader: Reader, paper: str, script: bool) -> None:
    room = PAPERS[paper] * PIXELS
    with reader.read(ESSAY, width=round(room), script=script) as page:
        page.emulate_media(media="print")
        found = page.evaluate(BESIDE)
    assert found["notes"] > 10
    assert found["numbers"] > 10
    assert found["hits"] == []
    assert found["cut"] == []
    assert found["furniture"] == []
    assert found["wide"] <= room + 1


def test_for_students_only_questions_stay(reader: Reader) -> None:
    with reader.read(f"{ESSAY}?print=student", width=round(PAPERS["A4"] * PIXELS)) as page:
        page.emulate_media(media="print")
        found = page.evaluate(BESIDE)
        cited = page.evaluate(
            """() => [...document.querySelectorAll('.qm a[href*="#note-"]')].map(a =>
              [getComputedStyle(a).fontSize, getComputedStyle(a, '::after').content])"""
        )
    assert found["notes"] > 0
    assert found["cues"] == 1
    assert found["hits"] == []
    assert len(cited) > 10
    assert all(size == "0px" and re.fullmatch(r'"[AC] (¶\d+|title)"', place) for size, place in cited), cited


def test_what_the_window_shortened_is_whole_on_paper(reader: Reader) -> None:
    """Printing starts from the page as it stood in a wide window, its notes placed and cut to the room they had."""
    with reader.read(ESSAY, width=1440) as page:
        page.emulate_media(media="print")
        found = page.evaluate(BESIDE)
    assert found["hits"] == []
    assert found["cut"] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_holds_more_than_a_few_lines(reader: Reader, paper: str, tmp_path: Path) -> None:
    """A layout that breaks after each note would take a heap of paper."""
    with reader.read(ESSAY) as page:
        page.pdf(path=tmp_path / "page.pdf", format=paper)
    pages = len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "page.pdf").read_bytes()))
    assert 3 <= pages <= 30


@pytest.mark.themes("folio")
def test_a_heading_and_what_introduces_a_list_stay_with_it(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.emulate_media(media="print")
        loose = page.evaluate(
            """() => [...document.querySelectorAll('.part > h2, .part-about, .layer h3')]
              .filter(e => getComputedStyle(e).breakAfter !== 'avoid').map(e => e.textContent)"""
        )
    assert loose == []


@pytest.mark.themes("folio")
def test_no_line_for_writing_runs_on_from_the_rights(reader: Reader) -> None:
    with reader.read(f"{ESSAY}?print=student", width=round(PAPERS["A4"] * PIXELS)) as page:
        page.emulate_media(media="print")
        short = page.evaluate(
            """() => [...document.querySelectorAll('.text > .rights')].filter(e =>
              e.getBoundingClientRect().right < e.parentNode.getBoundingClientRect().right - 1).length"""
        )
        assert page.locator(".text > .rights").count() > 0
    assert short == 0


@pytest.mark.themes("folio")
def test_nothing_of_an_answer_reaches_out_of_it(reader: Reader) -> None:
    """What does is painted at the foot of the page before."""
    with reader.read(ESSAY.replace("index.html", "conversation.html")) as page:
        page.emulate_media(media="print")
        out = page.evaluate(
            """() => [...document.querySelectorAll('.between')].filter(e => {
              const tie = e.querySelector('.tie'), ring = parseFloat(getComputedStyle(tie, '::before').height);
              const box = tie.getBoundingClientRect(), top = (box.top + box.bottom - ring) / 2;
              return getComputedStyle(e).overflowY !== 'clip' || top < e.getBoundingClientRect().top;
            }).length"""
        )
        assert page.locator(".between").count() > 5
    assert out == 0
