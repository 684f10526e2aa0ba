"""An open page follows what is saved: changed in place, the reader kept at his words, slips shown and taken away."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import ARRIVALS, settle, until
from tests.resident.conftest import ROOT, Resident

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

EDITION = "splitting-russia-and-china"
TOP = "[...document.querySelectorAll('.tx p')].find(e => e.textContent.startsWith(%r)).getBoundingClientRect().top"


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Resident]:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    resident = Resident("serve", tmp_path)
    assert resident.address
    yield resident
    resident.stop()


@pytest.fixture
def page(browser: Browser, serving: Resident) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(ARRIVALS)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda fault: complaints.append(str(fault)))
    opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    opened.goto(f"{serving.address}{EDITION}/")
    settle(opened)
    opened.evaluate("window.marker = 1")
    yield opened
    assert complaints == []
    context.close()


def essay(resident: Resident) -> Path:
    return resident.content / EDITION / "article.md"


def paragraphs(resident: Resident) -> list[str]:
    return essay(resident).read_text(encoding="utf-8").split("\n\n")


def stand_at(page: Page, words: str) -> float:
    """Scroll so that a paragraph that begins with these words is being read; where the next one stands."""
    page.evaluate(f"scrollBy({{ top: {TOP % words} - 20, behavior: 'instant' }})")
    settle(page)
    return float(page.evaluate(TOP % words))


LONGER = " And so on, and so forth, for several lines that were not there before." * 5


@pytest.mark.parametrize("change", ["longer above", "new above", "two new above", "removed above", "longer below"])
def test_the_reader_stays_at_his_words(page: Page, serving: Resident, change: str) -> None:
    before = stand_at(page, "Not that long ago")
    parts = paragraphs(serving)
    if change == "longer above":
        parts[4] += LONGER
    elif change == "new above":
        parts.insert(3, f"A new paragraph.{LONGER}")
    elif change == "two new above":
        parts[3:3] = [f"One.{LONGER}", f"Two.{LONGER}"]
    elif change == "removed above":
        del parts[4]
    else:
        parts[-1] = parts[-1].rstrip() + LONGER + "\n"
    generation = page.evaluate("document.documentElement.dataset.generation || ''")
    essay(serving).write_text("\n\n".join(parts), encoding="utf-8")
    until(page, f"(document.documentElement.dataset.generation || '') !== {generation!r}")
    settle(page)
    assert abs(float(page.evaluate(TOP % "Not that long ago")) - before) <= 2
    assert page.evaluate("window.marker") == 1, "the page was loaded again"


def test_what_changed_is_shown_for_a_moment_and_nothing_else(page: Page, serving: Resident) -> None:
    parts = paragraphs(serving)
    parts[4] += " A new sentence."
    essay(serving).write_text("\n\n".join(parts), encoding="utf-8")
    until(page, "document.querySelector('.glossator-fresh')")
    fresh = page.evaluate("[...document.querySelectorAll('.glossator-fresh')].map(e => e.textContent)")
    assert len(fresh) == 1
    assert "A new sentence." in fresh[0]
    until(page, "!document.querySelector('.glossator-fresh')")


def test_what_the_reader_chose_stays(page: Page, serving: Resident) -> None:
    page.click("label[for=f-context]")
    settle(page)
    parts = paragraphs(serving)
    parts[4] += " A new sentence."
    essay(serving).write_text("\n\n".join(parts), encoding="utf-8")
    until(page, "document.body.textContent.includes('A new sentence.')")
    assert page.evaluate("document.getElementById('f-context').checked") is False
    assert "kinds=" in page.url


def test_notes_stand_at_their_lines_and_apart_after_an_exchange(page: Page, serving: Resident) -> None:
    notes = serving.content / EDITION / "article.notes.md"
    text = notes.read_text(encoding="utf-8")
    notes.write_text(re.sub(r"(\n## [^\n]+\n)", r"\1A longer note begins here. ", text, count=3), encoding="utf-8")
    until(page, "document.querySelector('.notes').textContent.includes('A longer note begins here.')")
    settle(page)
    boxes = page.evaluate(
        "[...document.querySelectorAll('.notes .note')].map(e => e.getBoundingClientRect())"
        ".map(b => [b.top, b.bottom]).sort((a, b) => a[0] - b[0])"
    )
    assert all(above[1] <= below[0] + 0.5 for above, below in pairwise(boxes))


def test_a_slip_is_shown_in_the_terminals_words_until_it_is_mended(page: Page, serving: Resident) -> None:
    settings = serving.content / EDITION / "edition.toml"
    good = settings.read_text(encoding="utf-8")
    settings.write_text(good + "nonsense = [", encoding="utf-8")
    until(page, "document.getElementById('glossator-told')")
    told = page.evaluate("document.querySelector('#glossator-told pre').textContent")
    assert told.splitlines()[0] in serving.err
    assert "edition.toml" in told
    assert page.evaluate("document.querySelectorAll('.para').length") > 10, "the last good page stays beneath"
    settings.write_text(good, encoding="utf-8")
    until(page, "!document.getElementById('glossator-told')")


def test_a_theme_that_changes_is_seen(page: Page, serving: Resident) -> None:
    words = serving.content / "theme" / "words" / "en.toml"
    words.parent.mkdir(parents=True)
    words.write_text('[nav]\nread = "Peruse"\n', encoding="utf-8")
    until(page, "document.querySelector('.bar nav').textContent.includes('Peruse')")


def test_the_conversation_stays_as_it_was_set(page: Page, serving: Resident) -> None:
    page.goto(f"{serving.address}{EDITION}/conversation.html")
    settle(page)
    page.evaluate("document.getElementById('pane-a') && (document.querySelector('[id^=pane]').scrollTop = 300)")
    parts = paragraphs(serving)
    parts[4] += " A new sentence."
    essay(serving).write_text("\n\n".join(parts), encoding="utf-8")
    until(page, "document.body && document.body.textContent.includes('A new sentence.')")
    settle(page)
    assert page.evaluate("document.querySelectorAll('svg path[d]:not([d=\"\"])').length") > 4, "the ties are drawn"
