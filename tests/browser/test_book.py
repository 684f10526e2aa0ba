"""The book's documents as a reading app shows them: what axe has to say of each."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import ARRIVALS
from tests.browser.test_axe import SCHEMES, judged_in
from tests.browser.test_library import written
from tests.conftest import needed
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

AXE = Path(__file__).parents[1] / "web/node_modules/axe-core/axe.min.js"

OF_A_PAGE = ("landmark-one-main", "page-has-heading-one", "region")
"""Rules for pages of the web: a document of a book has neither bar nor foot to be told from. DAISY's checker leaves
them out too."""


def test_axe_has_nothing_to_say(browser: Browser, built_site: Path, tmp_path: Path) -> None:
    needed(AXE)
    with zipfile.ZipFile(next(built_site.rglob("*.epub"))) as bound:
        bound.extractall(tmp_path)
    documents = sorted(tmp_path.rglob("*.xhtml"))
    assert len(documents) > 5
    context = browser.new_context(viewport={"width": 600, "height": 800})
    context.add_init_script(ARRIVALS)
    page = context.new_page()
    told = {}
    for document in documents:
        page.goto(document.as_uri())
        said = (one for found in judged_in(page, *SCHEMES).values() for one in found)
        if found := [one for one in said if not one.startswith(OF_A_PAGE)]:
            told[document.name] = found
    context.close()
    assert told == {}


def test_a_note_is_called_and_leads_back(browser: Browser, built_site: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(next(built_site.rglob("*.epub"))) as bound:
        bound.extractall(tmp_path)
    context = browser.new_context(viewport={"width": 600, "height": 800})
    page = context.new_page()
    page.goto((tmp_path / "EPUB/text-article.xhtml").as_uri())
    call = page.locator("a[role=doc-noteref]").nth(4)
    goal = call.get_attribute("href") or ""
    call.click()
    assert page.evaluate("location.hash") == goal
    back = page.locator(f"{goal} a[role=doc-backlink]").first
    back.click()
    assert page.evaluate("document.querySelector(':target').closest('.para') !== null")
    page.goto((tmp_path / "EPUB/nav.xhtml").as_uri())
    pages = page.locator("nav[role=doc-pagelist] a").evaluate_all("all => all.map(a => a.href)")
    assert len(pages) > 3
    page.goto(pages[2])
    assert page.locator(":target").get_attribute("title") == "3"
    context.close()


STANZAS = """() => [...document.querySelectorAll('.stanza')].map(stanza => {
  const words = document.createTreeWalker(stanza, NodeFilter.SHOW_TEXT), range = document.createRange(), lines = [];
  while (words.nextNode()) {
    if (!words.currentNode.data.trim() || words.currentNode.parentNode.closest('a')) continue;
    range.selectNodeContents(words.currentNode);
    for (const box of range.getClientRects()) {
      if (box.width > 9) lines.push([Math.round(box.bottom), Math.round(box.left)]);
    }
  }
  return lines;
})"""


def opened(browser: Browser, folder: Path, files: dict[str, str]) -> Page:
    """The page of the one text of a book made of these files of an edition `poem`."""
    settings = {"site.toml": 'title = "Site"\noutputs = ["epub"]\n', "poem/edition.toml": 'title = "A poem"\n'}
    lay_out({**settings, **files}, folder / "content")
    with zipfile.ZipFile(next(written(folder).rglob("*.epub"))) as bound:
        bound.extractall(folder / "book")
    page = browser.new_page(viewport={"width": 600, "height": 800})
    page.goto((folder / "book/EPUB/text-poem.xhtml").as_uri())
    return page


def test_verse_is_set_in_lines_and_stanzas(browser: Browser, tmp_path: Path) -> None:
    """A line below the other, stanzas apart, indented as in the source; the number before the first line moves none."""
    verse = "# A poem\n\n| One line,\n|   and one below.\n|\n| A third,\n|   and the last.\n"
    page = opened(browser, tmp_path, {"poem/poem.md": verse})
    first, second = page.evaluate(STANZAS)
    pitch = first[1][0] - first[0][0]
    page.close()
    assert pitch == second[1][0] - second[0][0] == 24
    assert second[0][0] - first[1][0] > 1.3 * pitch
    assert [left for _, left in first] == [left for _, left in second]


EDGES = """() => [...document.querySelectorAll('mark')].map(e => [
  getComputedStyle(e).borderLeftStyle, getComputedStyle(e, '::before').borderTopStyle,
  getComputedStyle(e).borderRightStyle, getComputedStyle(e, '::after').borderTopStyle
].map(style => style === 'solid'))"""


def test_words_on_whose_language_there_is_a_note_have_brackets(browser: Browser, tmp_path: Path) -> None:
    """They have no line under them: where they begin and end has a mark, also where something parts them."""
    text = "The fox that *sees* grapes says that they are sour.\n"
    notes = "## that sees grapes {.language}\nSo it goes.\n\n## sour {.context}\nUnripe.\n"
    page = opened(browser, tmp_path, {"poem/poem.md": text, "poem/poem.notes.md": notes})
    begins, goes_on, ends, other = page.evaluate(EDGES)
    page.close()
    assert begins == [True, True, False, False]
    assert ends == [False, False, True, True]
    assert goes_on == other == [False] * 4


def test_a_footnote_of_the_author_is_told_from_a_note(
    browser: Browser, built_sites: dict[str, Path], tmp_path: Path
) -> None:
    """Both may have the number 1: the author's leans, as on the screen."""
    with zipfile.ZipFile(next(built_sites["forms"].rglob("*.epub"))) as bound:
        bound.extractall(tmp_path)
    page = browser.new_page()
    styles = set()
    for chapter in sorted((tmp_path / "EPUB").glob("text-*.xhtml")):
        page.goto(chapter.as_uri())
        styles |= {
            tuple(one)
            for one in page.evaluate(
                """() => [...document.querySelectorAll('a[role=doc-noteref]')]
              .map(e => [e.matches('.c-author'), getComputedStyle(e).fontStyle])"""
            )
        }
    page.close()
    assert {(True, "italic"), (False, "normal")} == styles
