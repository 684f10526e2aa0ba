"""Every state of every page, as axe judges it: WCAG 2.2 AA and good practice, in light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.browser.reader import OTHERS, THEMES, settle, until
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
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


OPENED = ":popover-open, dialog[open]"


def judged(page: Page, opened: str = "") -> list[str]:
    """What axe has against a page; with `opened`, against what lies open on it, where anything does."""
    page.evaluate(f"{AXE.read_text('utf-8')};0")
    found: list[str] = page.evaluate(ASKED, opened)
    return found


def judged_in(page: Page, scheme: Scheme) -> list[str]:
    """In light all of a page; in dark what lies open: what it lies on was judged at rest, and by light around it."""
    return judged(page, OPENED if scheme == "dark" else "")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_every_page_at_rest(reader: Reader, pages: dict[str, Path], width: int, scheme: Scheme) -> None:
    """Each page at each width and in each scheme; all pairs of them are looked at in the edition."""
    needed(AXE)
    for name in pages:
        if name.endswith("/404.html"):
            continue  # its addresses begin at the site's own, since it is shown anywhere
        with reader.read(name, width=width, scheme=scheme, policy=False) as page:
            assert judged(page) == [], name


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [1440, 1024, 768, 360])
def test_the_edition_on_any_screen(reader: Reader, width: int, scheme: Scheme) -> None:
    needed(AXE)
    with reader.read(ESSAY, width=width, scheme=scheme, policy=False) as page:
        assert judged(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("setting", ["contrast=more", "face=plain&size=xl"])
def test_as_the_reader_sets_it(reader: Reader, setting: str, scheme: Scheme) -> None:
    needed(AXE)
    with reader.read(f"{ESSAY}?{setting}", width=1200, scheme=scheme, policy=False) as page:
        assert judged(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_without_script(reader: Reader, scheme: Scheme) -> None:
    needed(AXE)
    for width in (1440, 360):
        with reader.read(ESSAY, width=width, scheme=scheme, policy=False) as page:
            page.evaluate("document.documentElement.classList.remove('js')")
            assert judged(page) == []


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


@pytest.mark.themes(FIRST)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("state", WIDE)
def test_with_something_open(reader: Reader, state: str, scheme: Scheme) -> None:
    opened(reader, state, scheme)


@pytest.mark.themes(*OTHERS)
@pytest.mark.parametrize("state", WIDE)
def test_with_something_open_elsewhere(reader: Reader, state: str) -> None:
    opened(reader, state, "dark")


def opened(reader: Reader, state: str, scheme: Scheme) -> None:
    needed(AXE)
    with reader.read(ESSAY, scheme=scheme, policy=False) as page:
        carry_out(page, WIDE[state])
        assert judged_in(page, scheme) == []


NARROW: dict[str, Any] = {
    "a note's sheet": [("click", ".tx .ref:not(.highlight)")],
    "a term's sheet": [("click", ".text .tx a.term")],
    "settings": [("click", "#_b-aa")],
    "the search with results": [("click", "#_b-find"), ("type", "sanctions")],
}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("state", NARROW)
def test_with_something_open_on_a_phone(reader: Reader, state: str, scheme: Scheme) -> None:
    needed(AXE)
    with reader.read(ESSAY, width=360, height=740, touch=True, scheme=scheme, policy=False) as page:
        carry_out(page, NARROW[state])
        assert judged_in(page, scheme) == []


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


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("state", CONVERSATION)
def test_the_conversation(reader: Reader, state: str, scheme: Scheme) -> None:
    needed(AXE)
    path, steps = CONVERSATION[state]
    with reader.read(path, scheme=scheme, policy=False) as page:
        carry_out(page, steps)
        assert judged_in(page, scheme) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("selector", [".pane a.tie", ".paragraph .ref"])
def test_the_conversation_on_a_phone(reader: Reader, selector: str, scheme: Scheme) -> None:
    needed(AXE)
    with reader.read(FACING, width=360, height=740, touch=True, scheme=scheme, policy=False) as page:
        carry_out(page, [("click", selector)])
        assert judged_in(page, scheme) == []
