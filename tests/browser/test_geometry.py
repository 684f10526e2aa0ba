"""Places: no note on a note or on the text, nothing scrolls sideways; at ten widths, with and without each layer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reader import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

ESSAY = "readings/splitting-russia-and-china/index.html"
FORMS = "forms/letters/index.html"
GEOMETRY = (Path(__file__).parent / "geometry.js").read_text("utf-8")
WIDTHS = (1920, 1440, 1240, 1200, 1024, 960, 768, 480, 360, 320)
MARGIN_FROM = 1024
"""From this width on a page at its normal size has a margin."""
LAYERS: dict[str, dict[str, Any]] = {
    "script": {},
    "anchors": {"script": False},
    "grid": {"script": False, "anchors": False},
}
FURTHEST = {"script": 480, "anchors": 1300, "grid": 2400}
"""How far from its line, in pixels, the most crowded note of the edition may stand."""
GAP = {"script": 17.5, "anchors": 17.5, "grid": 11.5}


def measured(page: Page, width: int) -> dict[str, Any]:
    """What is wrong at this width, how many notes are seen, and how they stand."""
    page.set_viewport_size({"width": width, "height": 900})
    settle(page)
    result: dict[str, Any] = page.evaluate(GEOMETRY)
    return result


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("path", [ESSAY, FORMS])
def test_no_note_stands_on_anything(reader: Reader, path: str, layer: str) -> None:
    with reader.read(path, **LAYERS[layer]) as page:
        for width in WIDTHS:
            result = measured(page, width)
            assert result["found"] == [], width
            if width >= MARGIN_FROM:
                assert result["shown"] > 0, width
                assert result["furthest"] <= FURTHEST[layer], width
                assert result["gap"] >= GAP[layer], width


@pytest.mark.parametrize("setting", ["size=xl", "face=plain", "face=plain&size=xl"])
@pytest.mark.parametrize("path", [ESSAY, FORMS])
def test_settings_keep_everything_apart(reader: Reader, path: str, setting: str) -> None:
    with reader.read(f"{path}?{setting}") as page:
        for width in WIDTHS:
            assert measured(page, width)["found"] == [], width


def test_no_page_scrolls_sideways(reader: Reader, pages: dict[str, Path]) -> None:
    for path in pages:
        if path.endswith("/404.html"):
            continue  # its addresses begin at the site's own, since it is shown anywhere
        with reader.read(f"{path}?size=xl") as page:
            for width in (1440, 768, 320):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (path, width)


def test_a_lit_note_stands_whole_at_its_line_and_on_nothing(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        notes = page.evaluate("[...document.querySelectorAll('.notes .note')].map(n => n.id.replace(/^note-/, ''))")
        for key in notes[:: max(1, len(notes) // 12)]:
            page.evaluate("key => folio.activate(key)", key)
            settle(page)
            assert page.evaluate(GEOMETRY)["found"] == [], key
            away, short = page.evaluate(
                """key => {
                  const note = folio.noteOf(key), start = folio.startOf(key);
                  return [note.getBoundingClientRect().top - start.getClientRects()[0].top, note.matches('.short')];
                }""",
                key,
            )
            assert abs(away) < 12, key
            assert not short, key


def test_what_a_shortened_note_hides_comes_with_the_keyboard(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        note = page.locator(".note.short:has(.nb a)").first.get_attribute("id")
        page.locator(f"#{note} .nn").focus()
        last = page.locator(f"#{note} a").last
        for _ in range(40):
            page.keyboard.press("Tab")
            if last.evaluate("a => a === document.activeElement"):
                break
        inside = page.evaluate(
            "id => document.activeElement.getBoundingClientRect().bottom"
            " <= document.getElementById(id).getBoundingClientRect().bottom + 1",
            note,
        )
        assert last.evaluate("a => a === document.activeElement")
        assert inside


def test_a_line_holds_about_65_letters(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        letters = page.evaluate(
            """() => {
              const long = (a, b) => b.textContent.length - a.textContent.length;
              const p = [...document.querySelectorAll('.paragraph > .tx > p')].sort(long)[0];
              const lines = p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight);
              return p.textContent.length / lines;
            }"""
        )
    assert 58 <= letters <= 72
