"""Every state of every page, as axe judges it: WCAG 2.2 AA and good practice, in light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.browser.reader import SITES, THEMES, settle, until
from tests.conftest import needed

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).parents[1] / "web/node_modules/axe-core/axe.min.js"
ASKED = """opened => axe.run(opened && document.querySelector(opened) ? { include: [opened] } : document, {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations'], preload: false
}).then(found => found.violations.map(one =>
  one.id + ': ' + one.help + ' | ' + one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' ; ')))"""
ESSAY = "readings/splitting-russia-and-china/index.html"
FIRST = THEMES[0]
"""The one that is judged in every state in both schemes: the others share its templates and its scripts."""
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


OPENED = ":popover-open, dialog[open]"


def judged(page: Page, opened: str = "") -> list[str]:
    """What axe has against a page; with `opened`, against what lies open on it, where anything does."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE.read_text('utf-8')};0")
    found: list[str] = page.evaluate(ASKED, opened)
    return found


def judged_in(page: Page, *schemes: Scheme, opened: str = "") -> dict[str, list[str]]:
    """Scheme -> what axe has against a page in it, where that is anything.

    In light all of the page counts. With `opened`, in dark what lies open: what it lies on was judged at rest, and by
    light around it.
    """
    found = {}
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        settle(page)
        found[scheme] = judged(page, opened if scheme == "dark" else "")
    return {scheme: said for scheme, said in found.items() if said}


@pytest.mark.parametrize("site", SITES)
def test_every_page_at_rest(reader: Reader, pages: dict[str, Path], site: str) -> None:
    """Wide in light and narrow in dark; all pairs of them are looked at in the edition, which isn't seen here."""
    needed(AXE)
    looked_at = [name for name in pages if name.startswith(f"{site}/") and name != ESSAY]
    assert len(looked_at) > 5
    for name in looked_at:
        if name.endswith("/404.html"):
            continue  # its addresses begin at the site's own, since it is shown anywhere
        with reader.read(name, policy=False) as page:
            assert judged(page) == [], name
            page.set_viewport_size({"width": 360, "height": 900})
            assert judged_in(page, "dark") == {}, name


@pytest.mark.parametrize("width", [1440, 1024, 768, 360])
def test_the_edition_on_any_screen(reader: Reader, width: int) -> None:
    needed(AXE)
    with reader.read(ESSAY, width=width, policy=False) as page:
        assert judged_in(page, *SCHEMES) == {}


@pytest.mark.parametrize("setting", ["contrast=more", "face=plain&size=xl"])
def test_as_the_reader_sets_it(reader: Reader, setting: str) -> None:
    needed(AXE)
    with reader.read(f"{ESSAY}?{setting}", width=1200, policy=False) as page:
        assert judged_in(page, *SCHEMES) == {}


@pytest.mark.parametrize("width", [1440, 360])
def test_without_script(reader: Reader, width: int) -> None:
    needed(AXE)
    with reader.read(ESSAY, width=width, policy=False) as page:
        page.evaluate("document.documentElement.classList.remove('js')")
        assert judged_in(page, *SCHEMES) == {}


WIDE: dict[str, list[tuple[str, str]]] = {
    "a note lit": [("click", ".tx .ref:not(.highlight)")],
    "a term's card": [("click", ".text .tx a.term")],
    "a tie's card": [("click", ".text .tx a.tie")],
    "after a jump": [("click", ".text .tx a.tie"), ("click", "#_card [data-go]")],
    "a paragraph's card": [("click", ".text .pn")],
    "a kind put away": [("click", ".key label")],
    "settings": [("click", "#_b-aa")],
    "help": [("press", "?")],
    "the search, nothing typed": [("press", "/")],
    "the search with results": [("click", "#_b-find"), ("type", "sanctions")],
    "the search, a result chosen by keys": [("press", "/"), ("type", "russia"), ("press", "ArrowDown")],
    "the search, nothing found": [("press", "/"), ("type", "zzzz")],
    "words lit": [("press", "/"), ("type", "negotiation"), ("click", ".fl a")],
}


def carry_out(page: Page, steps: list[tuple[str, str]]) -> None:
    for act, what in steps:
        if act == "press":
            page.keyboard.press(what)
        elif act == "type":
            before = page.locator("#_found").inner_text()
            page.keyboard.type(what)
            until(page, "before => document.querySelector('#_found').innerText !== before", before)
        else:
            page.locator(what).first.click()
        settle(page)


@pytest.mark.parametrize("state", WIDE)
def test_with_something_open(reader: Reader, theme: str, state: str) -> None:
    needed(AXE)
    with reader.read(ESSAY, policy=False) as page:
        carry_out(page, WIDE[state])
        assert judged_in(page, *(SCHEMES if theme == FIRST else ("dark",)), opened=OPENED) == {}


NARROW: dict[str, Any] = {
    "a note's sheet": [("click", ".tx .ref:not(.highlight)")],
    "a term's sheet": [("click", ".text .tx a.term")],
    "settings": [("click", "#_b-aa")],
    "the search with results": [("click", "#_b-find"), ("type", "sanctions")],
}


@pytest.mark.parametrize("state", NARROW)
def test_with_something_open_on_a_phone(reader: Reader, state: str) -> None:
    needed(AXE)
    with reader.read(ESSAY, width=360, height=740, touch=True, policy=False) as page:
        carry_out(page, NARROW[state])
        assert judged_in(page, *SCHEMES, opened=OPENED) == {}


FACING = "readings/splitting-russia-and-china/conversation.html"
THREE = "three/bell/conversation.html"
CONVERSATION: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a tie held": (FACING, [("click", "#xref-words-for-deeds-2")]),
    "a tie held by a link": (f"{THREE}#xref-gap-2", []),
    "a tie lit by focus": (FACING, [("press", "t"), ("press", "Escape"), ("press", "Shift+Tab"), ("press", "Tab")]),
    "one relation": (FACING, [("click", "label:has(#_r-disputes)")]),
    "a note's card": (FACING, [("click", ".paragraph .ref")]),
    "a term's card": (FACING, [("click", ".pane a.term")]),
    "the lists": (THREE, [("click", ".ways a")]),
    "high contrast": (f"{FACING}?contrast=more#xref-neighbors", []),
    "plain letters": (f"{FACING}?face=plain#xref-neighbors", []),
}


@pytest.mark.parametrize("state", CONVERSATION)
def test_the_conversation(reader: Reader, state: str) -> None:
    needed(AXE)
    path, steps = CONVERSATION[state]
    with reader.read(path, policy=False) as page:
        carry_out(page, steps)
        assert judged_in(page, *SCHEMES, opened=OPENED) == {}


@pytest.mark.parametrize("selector", [".pane a.tie", ".paragraph .ref"])
def test_the_conversation_on_a_phone(reader: Reader, selector: str) -> None:
    needed(AXE)
    with reader.read(FACING, width=360, height=740, touch=True, policy=False) as page:
        carry_out(page, [("click", selector)])
        assert judged_in(page, *SCHEMES, opened=OPENED) == {}
