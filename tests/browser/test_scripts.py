"""Scripts that come one after another on every kind of page: none takes another's name, no two elements share an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import settle, until
from tests.browser.test_library import library

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.reader import Reader

__all__ = ["library"]
pytestmark = [pytest.mark.browser, pytest.mark.themes("folio"), pytest.mark.usefixtures("library")]

EDITION = "readings/splitting-russia-and-china"
KINDS = [
    "many/index.html",
    "readings/glossary.html",
    f"{EDITION}/index.html",
    f"{EDITION}/notes.html",
    f"{EDITION}/glossary.html",
    f"{EDITION}/conversation.html",
    "forms/other/index.html",
    "forms/other/other.html",
]
"""A page of every kind: library, glossaries, text, notes, conversation, contents, a text by itself."""

WATCH = """() => {
  let kept;
  window.twice = [];
  const set = (on, name, value) => {
    const old = on[name], told = one => one !== null && ['function', 'object'].includes(typeof one);
    if (name in on && old !== value && told(old) && told(value)) window.twice.push(name);
    on[name] = value;
    return true;
  };
  Object.defineProperty(window, 'folio', {
    get: () => kept,
    set: value => { if (kept) window.twice.push('folio'); kept = new Proxy(value, { set }); },
  });
}"""
"""Before any script runs: what is put on `folio` where a function or a table stands already."""
LOAD = """src => new Promise(done => {
  const script = document.createElement('script');
  script.src = src;
  script.onload = script.onerror = done;
  document.head.append(script);
})"""
DOUBLE = """() => [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"""
SEEN = "[...document.querySelectorAll('.shelf > li')].filter(e => e.getClientRects().length).map(e => e.id)"


def search(page: Page, words: str = "the") -> None:
    """Open the search, ask it something, and leave it."""
    page.locator("#_b-find").click()
    page.locator("#_search[open]").wait_for()
    page.locator("#_q").fill(words)
    until(page, "document.querySelector('.found') || folio.one('#_found').textContent.startsWith('Nothing')")
    settle(page)


@pytest.mark.parametrize("path", KINDS)
def test_no_script_takes_a_name_that_another_has(reader: Reader, path: str) -> None:
    with reader.read(path) as page:
        page.add_init_script(f"({WATCH})()")
        page.reload()
        settle(page)
        search(page)
        page.keyboard.press("Escape")
        site = path.partition("/")[0]
        here = page.evaluate("[...document.scripts].map(one => one.src.split('/').pop())")
        for name in reader.scripts(site):
            if name not in here:
                page.evaluate(LOAD, reader.address(f"{site}/assets/{name}"))
        assert page.evaluate("window.twice") == []
        assert page.evaluate("['search', 'lists', 'choice', 'panes', 'fold'].every(name => folio[name])")


@pytest.mark.parametrize("path", KINDS)
def test_no_two_elements_have_one_id_once_the_search_is_open(reader: Reader, path: str) -> None:
    with reader.read(path) as page:
        search(page)
        assert page.evaluate(DOUBLE) == []


def test_a_tag_is_chosen_after_a_search(reader: Reader) -> None:
    with reader.read(f"{EDITION}/notes.html") as page:
        search(page)
        page.keyboard.press("Escape")
        page.locator("#_tag").select_option("NATO")
        assert "tag=NATO" in page.url
        assert page.evaluate("folio.all('li.listed').filter(e => !e.hidden).length") < 10
        page.locator("li.listed:visible a.tag", has_text="slip").first.click()
        page.go_back()
        settle(page)
        assert page.locator("#_tag").input_value() == "NATO"


def test_back_between_two_ways_of_arranging_after_a_search(reader: Reader) -> None:
    with reader.read("many/index.html?by=author") as page:
        by_author = page.evaluate(SEEN)
        search(page)
        page.keyboard.press("Escape")
        page.evaluate("history.pushState(null, '', '?by=title')")
        page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
        assert page.evaluate(SEEN) != by_author
        page.go_back()
        settle(page)
        assert page.evaluate(SEEN) == by_author
        page.locator("#_find").fill("bells")
        settle(page)
        assert 0 < len(page.evaluate(SEEN)) < len(by_author)
        assert "find=bells" in page.url


KEYS = "() => [...document.querySelectorAll('#_help kbd')].map(e => e.textContent).join(' ')"


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        (f"{EDITION}/index.html", "j k t b g c / ? Esc"),
        (f"{EDITION}/conversation.html", "t b g c / ? Esc"),
        (f"{EDITION}/notes.html", "b g c / ? Esc"),
        ("forms/other/other.html", "j k b g / ? Esc"),
        ("many/index.html", "b / ? Esc"),
        ("many/reading-00/index.html", "b / ? Esc"),
    ],
)
def test_only_keys_that_do_something_here_are_listed(reader: Reader, path: str, keys: str) -> None:
    with reader.read(path) as page:
        assert page.evaluate(KEYS) == keys
