"""The book's documents as a reading app shows them: what axe has to say of each."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import ARRIVALS
from tests.browser.test_axe import SCHEMES, judged_in
from tests.conftest import needed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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
