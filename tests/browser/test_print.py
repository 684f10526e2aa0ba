"""On paper, from the browser: numbers and notes stay, each note at its line; the page's furniture goes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.browser.paper import NOTE, Spelled, notes_of, printed
from tests.browser.reader import settle
from tests.browser.test_library import written
from tests.handouts.print_reading import overlaps, words_of
from tests.handouts.sites import SITES, lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.paper import Paper, Said
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


@pytest.mark.themes("folio")
def test_students_sheet_cites_a_place_once(reader: Reader, tmp_path: Path) -> None:
    """Whichever notes there a question is about, or the paragraph. Nothing of what nobody answered."""
    with reader.read(f"{ESSAY}?print=student") as page:
        words = [word.words for word in printed(page, "A4", tmp_path / "page.pdf").words]
        before = page.evaluate("[...document.querySelectorAll('.qm')].map(e => e.textContent)")
    cited = re.findall(r" On ((?:[AC] (?:¶\d+|title)(?:, )?)+)", " ".join(words).replace("\u00a0", " "))
    places = [one.strip(", ").split(", ") for one in cited]
    assert len(places) > 10
    assert [one for one in places if len(one) != len(set(one))] == []
    assert any(one.count("note") > 1 for one in before)
    with reader.read(f"{ESSAY.replace('index', 'conversation')}?print=student") as page:
        page.emulate_media(media="print")
        assert page.locator("#_unanswered,#_answering_nothing").count() > 0
        assert page.locator("#_unanswered:visible,#_answering_nothing:visible").count() == 0


@pytest.mark.themes("folio")
def test_a_second_print_is_what_the_address_asks_for(reader: Reader, tmp_path: Path) -> None:
    """Also once something else was printed by a button."""
    shown = "document.documentElement.dataset.print"
    for asked in (None, "student"):
        with reader.read(ESSAY + (f"?print={asked}" if asked else "")) as page:
            for by_button in (None, "notes"):
                page.evaluate("name => { if (name) document.documentElement.dataset.print = name; }", by_button)
                printed(page, "A4", tmp_path / "page.pdf")
                assert page.evaluate(shown) == asked


def test_what_the_window_shortened_is_whole_on_paper(reader: Reader) -> None:
    """Printing starts from the page as it stood in a wide window, its notes placed and cut to the room they had."""
    with reader.read(ESSAY, width=1440) as page:
        page.emulate_media(media="print")
        found = page.evaluate(BESIDE)
    assert found["hits"] == []
    assert found["cut"] == []


def test_a_page_holds_more_than_a_few_lines(reader: Reader) -> None:
    """A layout that breaks after each note would take a heap of paper."""
    with reader.read(ESSAY) as page:
        made = {paper: page.pdf(format=paper) for paper in PAPERS}
    pages = {paper: len(re.findall(rb"/Type\s*/Page\b", one)) for paper, one in made.items()}
    assert all(3 <= number <= 30 for number in pages.values()), pages


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


SIXTY = "sixty/one/index.html"
EDITIONS = [ESSAY, SIXTY]
VIEWS = ["", "?print=student"]
LINE = 15.75
OFFLINE = "splitting-russia-and-china.offline.html"


@pytest.fixture(scope="module")
def sixty(reader: Reader, theme: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A text of eight paragraphs with sixty notes."""
    place = tmp_path_factory.mktemp("sixty")
    lay_out(SITES["sixty"], place / "content")
    (place / "content/site.toml").write_text(f'title = "Site"\ntheme = "{theme}"\n', "utf-8")
    reader.also("sixty", written(place))


def gaps(found: Paper) -> list[str]:
    """Rows after which there is more room than between paragraphs, pages that end before their foot."""
    wide, inside, rows = [], False, found.rows()
    for row, following in pairwise(rows):
        inside = row.counts or (inside and not row.titled)
        if not inside or following.titled:
            continue
        room = following.base - row.base if row.page == following.page else found.foot - row.base
        if room > (2.2 if row.page == following.page else 3.5) * LINE:
            wide.append(f"{room} after {' '.join(word.words for word in row.words)}")
    return wide


def level(found: Paper, told: list[Said]) -> int:
    """How many notes stand in the margin: each whole, level with its line or below what keeps it from that."""
    margin = Spelled(found.beside())
    text = Spelled([word for row in found.rows() for word in row.words if word.size != NOTE])
    above = None
    count = 0
    for one in told:
        here = margin.find(one.note)
        line = text.find(one.text) or text.find(one.text[1:])  # an initial is larger than the text
        assert line, one
        if here is None:
            continue  # it stands under its paragraph
        count += 1
        note, its = here[0], line[0]
        assert (note.page, note.base) >= (its.page, its.base - 1), one
        if note.page == its.page and note.base > its.base + 1:
            assert above is not None, one
            assert (above.page, note.base - above.base < 3.5 * LINE) == (note.page, True), one
        elif note.page > its.page:
            assert note.base < found.foot / 4 or (above and above.page == note.page), one
        above = here[1]
    return count


@pytest.mark.usefixtures("sixty")
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("paper", PAPERS)
def test_lines_are_numbered_and_notes_stand_at_them(
    reader: Reader, paper: str, edition: str, view: str, tmp_path: Path
) -> None:
    with reader.read(edition + view) as page:
        told = [one for one in notes_of(page) if one.asks or not view]
        found = printed(page, paper, tmp_path / "page.pdf")
    lines = found.lines()
    assert len(lines) > 80
    assert found.numbers() == {(row.page, round(row.base)): number for number, row in lines if number % 5 == 0}
    assert overlaps(found.words) == []
    assert gaps(found) == []
    assert len(told) > 5
    margin, whole = Spelled(found.beside()).run, Spelled(found.words).run
    times = [margin.count(one.note) or whole.count(one.note[:60]) for one in told]
    assert times == [1] * len(told)
    assert level(found, told) > len(told) * (0.8 if view else 0.4)


@pytest.mark.parametrize("page", [ESSAY, ESSAY.replace("index", "conversation")])
def test_after_printing_all_is_as_before(reader: Reader, page: str, tmp_path: Path) -> None:
    shown = "[document.body.outerHTML, document.documentElement.className, scrollY]"
    with reader.read(page, width=1000) as read:
        read.evaluate("scrollTo(0, document.body.scrollHeight)")
        settle(read)
        before = read.evaluate(shown)
        printed(read, "A4", tmp_path / "page.pdf")
        settle(read)
        assert read.evaluate(shown) == before


def test_a_line_is_the_same_for_everyone(reader: Reader, theme: str, tmp_path: Path) -> None:
    """With all notes, for students, from the edition in one file; where a text has no initial, in the conversation."""
    found, pages = [], ["index.html", "index.html?print=student", OFFLINE]
    if theme == "folio":
        pages += ["conversation.html", f"{OFFLINE}?view=conversation"]
    for name in pages:
        with reader.read(ESSAY.replace("index.html", name)) as page:
            paper = printed(page, "A4", tmp_path / "page.pdf")
        assert paper.numbers() == {(row.page, round(row.base)): n for n, row in paper.lines() if n % 5 == 0}, name
        found.append([(number, row.words[0].words) for number, row in paper.lines()])
    assert len(found[0]) > 100
    assert all(lines == found[0] for lines in found[1:])


def test_a_page_printed_at_once_is_printed_without_script(reader: Reader, tmp_path: Path) -> None:
    """Before the script has come the style lays the page out alone."""
    with reader.read(ESSAY, script=False) as page:
        page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert overlaps(words_of((tmp_path / "page.pdf").read_bytes())) == []


@pytest.mark.parametrize("view", ["glossary", "notes"])
def test_what_only_leads_on_is_not_printed(reader: Reader, view: str) -> None:
    """An entry's own address, the letters to choose from, the edition's other files."""
    seen = "() => [...document.querySelectorAll('dt .pn,.letters,.downloads')].map(e => e.checkVisibility())"
    with reader.read(ESSAY.replace("index", view)) as page:
        before = page.evaluate(seen)
        page.emulate_media(media="print")
        after = page.evaluate(seen)
    assert any(before)
    assert not any(after)
