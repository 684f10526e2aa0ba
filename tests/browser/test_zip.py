"""The site's zip, unpacked somewhere on a disk: all of it is reached from its index.html, and works there."""

from __future__ import annotations

import re
import shutil
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from builder.cli import run
from tests.browser.reader import SITES, settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

ANYWHERE = "Downloads/My readings (2), für später/site"
"""A folder as browsers and readers name them."""
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.href).filter(href => href.startsWith('file:'))"
ELSEWHERE = """() => performance.getEntriesByType('resource').filter(one => !one.name.startsWith('data:'))
  .map(one => one.name).filter(name => !name.startsWith('file:'))"""


@pytest.fixture(params=["readings", "three"])
def unpacked(request: pytest.FixtureRequest, tmp_path: Path, theme: str) -> Path:
    """A site from its zip, with nothing else beside it."""
    shutil.copytree(SITES[request.param], tmp_path / "content")
    settings = tmp_path / "content/site.toml"
    others = re.sub(r"^(theme|outputs) *=.*\n", "", settings.read_text("utf-8"), flags=re.M)
    settings.write_text(f'theme = "{theme}"\noutputs = ["site", "zip"]\n{others}', "utf-8")
    assert run(["build", str(tmp_path / "content"), "--output", str(tmp_path / "output")]) == 0
    with zipfile.ZipFile(tmp_path / "output/site.zip") as packed:
        packed.extractall(tmp_path / ANYWHERE)
    shutil.rmtree(tmp_path / "output")
    return tmp_path / ANYWHERE


def path_of(address: str) -> str:
    return unquote(urlsplit(address).path)


def links(page: Page) -> list[str]:
    found: list[str] = page.evaluate(LINKS)
    return found


def test_every_page_is_reached_by_its_links_and_none_leads_nowhere(reader: Reader, unpacked: Path) -> None:
    reader.also("zip", unpacked)
    ahead, led, ids = ["index.html"], set(), {}
    while ahead:
        name = ahead.pop()
        with reader.read(f"zip/{name}") as page:
            ids[name] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
            assert page.evaluate(ELSEWHERE) == [], name
            for address in links(page):
                path, goal = path_of(address), unquote(urlsplit(address).fragment)
                assert path.startswith(f"{unpacked}/"), f"{name} leads out of the site: {address}"
                led.add((name, path.removeprefix(f"{unpacked}/"), goal))
        ahead = sorted({path for _, path, _ in led if path.endswith(".html")} - ids.keys())
    pages = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*.html")}
    assert ids.keys() == pages
    nowhere = [(name, path, goal) for name, path, goal in led if not (unpacked / path).is_file()]
    unknown = [(name, path, goal) for name, path, goal in led if goal and goal not in ids.get(path, {goal})]
    assert (nowhere, unknown) == ([], [])


def test_it_is_searched_and_read_from_there(reader: Reader, unpacked: Path) -> None:
    reader.also("zip", unpacked)
    with reader.read("zip/index.html") as page:
        page.keyboard.press("/")
        page.locator("#_q").fill("and")
        page.evaluate("() => folio.find()")
        settle(page)
        page.locator(".found[href*='index.html?']").first.click(timeout=5000)
        until(page, "location.hash && CSS.highlights.get('sought').size")
        page.locator(".tx a.ref").first.click()
        until(page, "document.querySelector('mark.on')")
        page.locator(".tx a.term").first.click()
        until(page, "document.querySelector('#_card:popover-open')")
