"""What a reader does with the site and with the edition in one file, from the disk, in Firefox."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.browser.firefox import ESCAPE, Firefox, running
from tests.browser.paper import BESIDE, CAME, COLUMN, WIDTH
from tests.handouts.print_reading import overlaps, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.browser.firefox import Tab
    from tests.handouts.print_reading import Word

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

WIDTHS = pytest.mark.parametrize("width", [1440, 360])
CARD = "document.querySelector('#_card:popover-open')"
IN_SIGHT = "(b => b.bottom > 0 && b.top < innerHeight)(document.querySelector(location.hash).getBoundingClientRect())"
NOTE, LINE, TITLE = 6.9, 8.6, 10.2
"""Points by which letters rise over their line: more than those of a note, less than those of a subtitle; a title."""
PAPER = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One browser for all tests."""
    with running(tmp_path_factory.mktemp("firefox")) as socket:
        yield Firefox(socket)


@pytest.fixture
def alone(built_site: Path, tmp_path: Path) -> str:
    """The address of the one file, with nothing beside it."""
    return Path(shutil.copy(next(built_site.rglob("*.offline.html")), tmp_path / "alone.html")).as_uri()


@pytest.fixture(params=["alone", "essay"])
def address(request: pytest.FixtureRequest, built_site: Path, alone: str) -> str:
    """The one file, and the page of the site on which the edition is read."""
    return alone if request.param == "alone" else (built_site / "splitting-russia-and-china/index.html").as_uri()


def ready(tab: Tab) -> None:
    tab.until("window.folio && folio.begun && !document.documentElement.matches('.turning')")


def close_card(tab: Tab) -> None:
    tab.type(ESCAPE)
    tab.until(f"!{CARD}")


@WIDTHS
def test_what_a_reader_does(firefox: Firefox, address: str, width: int) -> None:
    with firefox.read(address, width=width) as tab:
        ready(tab)
        open_a_note(tab, width)
        open_a_term(tab)
        search(tab)
        change_the_theme(tab)
        converse_and_come_back(tab)


def open_a_note(tab: Tab, width: int) -> None:
    tab.click(".tx a.ref", 3)
    tab.until("document.querySelectorAll('mark.on').length > 0")
    shown = "#_card" if width < 800 else ".notes .note.on"
    tab.until(f"/Kupchan/.test((document.querySelector('{shown}') || document.body.firstChild).textContent)")
    tab.rest()
    tab.type(ESCAPE)
    tab.until("!document.querySelector('mark.on')")


def open_a_term(tab: Tab) -> None:
    tab.click(".tx a.term[href$='#term-altruism']")
    tab.until(f"{CARD} && /altruism/i.test({CARD}.querySelector('h2').textContent)")
    assert len(tab.ask(f"{CARD}.textContent")) > 40
    close_card(tab)


def search(tab: Tab) -> None:
    tab.type("/")
    tab.until("document.activeElement.id === '_q'")
    tab.type("concession")
    tab.until("document.querySelector('#_q').value === 'concession'")
    tab.until("document.querySelector('.found') && !/…/.test(document.querySelector('#_found').textContent)")
    tab.ask("folio.find()")  # what the pause after a key does: an answer that came later would move what is clicked
    assert tab.ask("document.querySelectorAll('.found').length") > 3
    tab.click(".found[href^='#comment-']")
    tab.until("location.hash.startsWith('#comment-') && !document.querySelector('#_search[open]')")
    tab.until(IN_SIGHT)
    tab.until("CSS.highlights.get('sought')")


def change_the_theme(tab: Tab) -> None:
    before = tab.ask(PAPER)
    tab.click("#_b-aa")
    tab.click("#_aa label:has(input[name=theme][value=dark])")
    tab.until(f"{PAPER} !== '{before}'")
    tab.type(ESCAPE)


def converse_and_come_back(tab: Tab) -> None:
    before, dark = tab.ask("location.href"), tab.ask(PAPER)
    tab.click(".bar a[href*=conversation]")
    tab.until("document.querySelectorAll('.pane').length === 2")
    ready(tab)
    assert tab.ask(PAPER) == dark
    tab.click(".pane .ref")
    tab.until(f"{CARD} && {CARD}.querySelector('.note')")
    close_card(tab)
    tab.order("browsingContext.traverseHistory", delta=-1)
    tab.until(f"location.href === {before!r} && !document.querySelector('.pane')")
    ready(tab)
    assert tab.ask("document.querySelectorAll('.notes .note').length") > 60
    assert tab.ask(PAPER) == dark


def test_what_is_printed(firefox: Firefox, alone: str) -> None:
    with firefox.read(alone) as tab:
        ready(tab)
        pages = pypdfium2.PdfDocument(tab.printed("1-3"))
        words = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
        pages.close()
    for said in ("Charles Kupchan claims", "Georgetown"):
        assert said in words
    assert "All notes" not in words, "what leads to other pages isn't printed"


def test_the_whole_page_on_paper(firefox: Firefox, built_site: Path) -> None:
    """Every fifth line is numbered, at its line, on each page; no word stands on another; the terms come at the end."""
    with firefox.read((built_site / "splitting-russia-and-china/index.html").as_uri()) as tab:
        ready(tab)
        tab.until(CAME)
        words = words_of(tab.printed())
    numbers = [
        (int(word.words), (word.page, round(word.base)))
        for word in words
        if word.words.isdigit() and COLUMN + WIDTH - 3 < word.left < BESIDE
    ]
    assert len(numbers) > 30
    assert numbers == [(number, line) for number, line in lines(words) if number % 5 == 0]
    assert overlaps(words) == []
    said = "".join(word.words for word in words)
    assert said.index("Glossary", said.index("Aboutthenotes")) < said.index("hedgingApolicyofinsurance")


def lines(words: Sequence[Word]) -> list[tuple[int, tuple[int, int]]]:
    """The lines of both texts, each with its number: page and baseline.

    Firefox sets all letters in one size and draws them larger, so how high they are tells text, titles and notes apart.
    """
    rows: dict[tuple[int, int], float] = {}
    for word in words:
        if COLUMN - 2 < word.left < word.right < COLUMN + WIDTH + 3:
            at = word.page, round(word.base)
            rows[at] = max(rows.get(at, 0), word.base - word.top)
    found: list[tuple[int, tuple[int, int]]] = []
    number, texts = 0, 0
    for at, high in sorted(rows.items()):
        if high > TITLE:
            texts, number = texts + (number > 0 or not texts), 0
        elif NOTE < high < LINE and 0 < texts < 3:
            number += 1
            found.append((number, at))
    return found


@WIDTHS
def test_without_script_all_of_it_is_read(firefox: Firefox, alone: str, tmp_path: Path, width: int) -> None:
    """In a frame that allows no script: Firefox can't be told of a page to run none."""
    outer = tmp_path / "outer.html"
    frame = f'<iframe sandbox src="{alone}#note-two-verbs" width={width} height=800></iframe>'
    outer.write_text(f"<!doctype html><title>outer</title>{frame}")
    with firefox.read(outer.as_uri(), width=width + 100) as tab:
        inner = tab.within()
        assert inner.ask("matchMedia('(scripting: none)').matches")
        for shown in ("#article-p3", ".note:target", "#crossrefs", "#questions", "#term-altruism", "#_sources"):
            assert inner.ask(f"document.querySelector('{shown}').checkVisibility()"), shown
        assert not inner.ask("document.querySelector('a[data-view=notes]').checkVisibility()")
        assert inner.ask("document.querySelector('a[data-view=conversation]').hash") == "#crossrefs"


def test_complaints_are_heard(firefox: Firefox, tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text(
        """<!doctype html><title>wrong</title><meta http-equiv="Content-Security-Policy" content="style-src 'none'">
        <style>p { color: red }</style><img src="http://127.0.0.1:49151/far.png" alt=""><script>nonesuch()</script>"""
    )
    with pytest.raises(AssertionError) as told, firefox.read(page.as_uri()):
        pass
    for said in ("refused: inline", "nonesuch is not defined", "far.png"):
        assert said in str(told.value)
