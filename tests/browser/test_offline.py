"""The edition in one file, alone on a disk: all that it does, and that it asks for nothing."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reader import until
from tests.browser.test_axe import SCHEMES, judged_in
from tests.browser.test_library import written
from tests.conftest import needed
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

AXE = Path(__file__).parents[1] / "web/node_modules/axe-core/axe.min.js"
WIDTHS = pytest.mark.parametrize("width", [1440, 360])
VIEWS = ("", "?view=conversation", "?view=notes")


@pytest.fixture
def alone(built_site: Path, tmp_path: Path) -> Path:
    """The file, with nothing beside it."""
    return Path(shutil.copy(next(built_site.rglob("*.offline.html")), tmp_path / "alone.html"))


@contextmanager
def opened(
    browser: Browser, file: Path, width: int = 1440, *, view: str = "", script: bool = True, **how: Any
) -> Iterator[Page]:
    """The file open as from a disk. What it asks for but itself is refused and fails the test, as errors do."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script, **how)
    asked: list[str] = []

    def answer(route: Route) -> None:
        if route.request.url.split("?")[0].split("#")[0] == file.as_uri():
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: told.append(str(fault)))
    page.goto(file.as_uri() + view)
    if script:
        ready(page)
    yield page
    context.close()
    assert (asked, told) == ([], [])


def ready(page: Page) -> None:
    until(page, "window.folio && folio.begun && !document.documentElement.matches('.turning')")


def turn(page: Page, name: str) -> None:
    page.locator(f".bar a[data-view={name}]").click()
    until(page, f"document.body.matches('.v-{name}')")
    ready(page)


@WIDTHS
def test_a_note_is_lit(browser: Browser, alone: Path, width: int) -> None:
    with opened(browser, alone, width) as page:
        page.locator(".tx a.ref").nth(3).click()
        until(page, "document.querySelectorAll('mark.on').length > 0")
        shown = page.locator("#_card" if width < 800 else ".notes .note.on").first
        assert "Kupchan" in shown.inner_text()


@WIDTHS
def test_cards_tell_what_those_of_the_site_tell(browser: Browser, alone: Path, built_site: Path, width: int) -> None:
    script = next(built_site.rglob("cards.js")).read_text("utf-8")
    told = json.loads(script.removeprefix("glossatorCards(").rstrip().removesuffix(");"))
    with opened(browser, alone, width) as page:
        for letter in ("answers-the-essay-2", "a-start-2"):
            page.locator(f"#xref-{letter}").click()
            until(page, "document.querySelector('#_card:popover-open')")
            assert plain(page, told["ties"][letter]["t"]) in words_of(page, "#_card")
            assert plain(page, told["ties"][letter]["b"]) in words_of(page, "#_card")
            page.keyboard.press("Escape")
            until(page, "!document.querySelector('#_card:popover-open')")
        page.locator(".tx a.term[href='#term-altruism']").first.click()
        until(page, "document.querySelector('#_card:popover-open h2')")
        assert plain(page, told["terms"]["altruism"]["s"]) in words_of(page, "#_card")


def plain(page: Page, html: str) -> str:
    words: str = page.evaluate(
        "html => { const d = new DOMParser().parseFromString(html, 'text/html'); return d.body.textContent; }", html
    )
    return " ".join(words.split())


def words_of(page: Page, selector: str) -> str:
    return " ".join((page.locator(selector).text_content() or "").split())


@WIDTHS
def test_a_search_finds_what_that_of_the_site_finds_and_goes_there(
    browser: Browser, alone: Path, built_site: Path, width: int
) -> None:
    record = max(built_site.glob("assets/search.*.js"), key=lambda path: path.stat().st_size).read_text("utf-8")
    rows = json.loads(record.removeprefix("glossatorFind(").rstrip().removesuffix(");"))["editions"][0]["rows"]
    with opened(browser, alone, width) as page:
        page.keyboard.press("/")
        until(page, "document.querySelector('#_search[open] #_q')")
        page.fill("#_q", "concession")
        until(page, "document.querySelector('.found') && !/…/.test(document.querySelector('#_found').textContent)")
        held = page.evaluate("glossatorHeld.found.rows.map(row => [row[0], row[2], row[5]])")
        mine = {(group, name): squeezed(words) for group, name, words in held}
        theirs = {(row[0], row[2]): squeezed(row[5]) for row in rows}
        assert theirs.keys() <= mine.keys()
        near = [key for key, words in theirs.items() if mine[key] != words]
        assert not near, [(key, theirs[key], mine[key]) for key in near[:3]]
        first = page.locator(".found").first
        href = first.get_attribute("href") or ""
        first.click()
        until(page, "href => location.hash === href && !document.querySelector('#_search[open]')", href)
        assert page.locator(href).count() == 1


def squeezed(words: str) -> str:
    """Words without what stands between them: blocks meet otherwise in a page than in an index."""
    return re.sub(r"[^\w]+", "", words)


@WIDTHS
def test_the_conversation_and_back(browser: Browser, alone: Path, width: int) -> None:
    with opened(browser, alone, width) as page:
        turn(page, "conversation")
        assert page.locator(".pane").count() == 2
        assert page.locator(".pane mark").count() == 0
        page.locator(".pane .ref:visible").first.click()
        until(page, "document.querySelector('#_card:popover-open .note')")
        page.keyboard.press("Escape")
        letter = page.locator(".pane a.tie:visible").nth(1)
        name = (letter.get_attribute("id") or "") if width > 800 else ""
        letter.click()
        if name:
            until(page, "name => location.hash === '#' + name && !document.querySelector('#_slip').hidden", name)
        assert page.locator(".between:visible").count() == (0 if width > 800 else page.locator(".between").count())
        turn(page, "read")
        assert page.locator(".notes .note").count() > 60


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_has_every_id_once_and_no_way_to_nothing(browser: Browser, alone: Path, view: str) -> None:
    with opened(browser, alone, view=view) as page:
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids))
        led = page.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => decodeURIComponent(a.hash.slice(1)))"
        )
        assert set(led) <= set(ids)
        assert page.locator("[data-of]").count() == 0


def test_the_conversation_is_that_of_the_site(browser: Browser, alone: Path, built_site: Path) -> None:
    """Word for word, and passage for passage: though nothing of its texts is told twice in the file."""
    drawn = "[...document.querySelectorAll('.pane .tx')].map(e => e.textContent.replace(/\\s+/g, ' ').trim())"
    tied = """(() => { const words = {};
      document.querySelectorAll('.pane .tx .tp').forEach(e => {
        words[e.dataset.x] = (words[e.dataset.x] || '') + e.textContent; });
      return words; })()"""
    with opened(browser, alone) as page:
        turn(page, "conversation")
        mine = page.evaluate(drawn), page.evaluate(tied)
    context = browser.new_context()
    page = context.new_page()
    page.goto(next(built_site.rglob("conversation.html")).as_uri())
    assert mine == (page.evaluate(drawn), page.evaluate(tied))
    context.close()


def test_the_list_of_notes_is_that_of_the_site(browser: Browser, alone: Path, built_site: Path) -> None:
    told = "[...document.querySelectorAll('.listed')].map(e => e.id + e.textContent.replace(/\\s+/g, ' ').trim())"
    with opened(browser, alone) as page:
        turn(page, "notes")
        mine = page.evaluate(told)
        page.locator("label[for=_by-kind]").click()
        assert page.locator(".filed:visible").count() > 3
    context = browser.new_context()
    page = context.new_page()
    page.goto(next(built_site.rglob("notes.html")).as_uri())
    assert mine == page.evaluate(told)
    context.close()


def test_the_concordance_names_every_place(browser: Browser, alone: Path, built_site: Path) -> None:
    lines = """[...document.querySelectorAll('.kwic li')].map(
      e => e.querySelector('a').textContent + '|' + e.querySelector('b').textContent)"""
    with opened(browser, alone) as page:
        mine = page.evaluate(lines)
    context = browser.new_context()
    page = context.new_page()
    page.goto(next(path for path in built_site.rglob("glossary.html") if path.parent != built_site).as_uri())
    assert mine == page.evaluate(lines)
    context.close()


def test_the_concordance_quotes_verse_as_the_glossary_does(browser: Browser, tmp_path: Path) -> None:
    """With strokes between its lines, and none where a line of the concordance is cut."""
    lay_out(
        {
            "site.toml": 'title = "Site"\noutputs = ["site", "offline"]\n',
            "poem/edition.toml": 'title = "A poem"\n',
            "poem/poem.md": "# A poem\n\n"
            "| A line that is long enough to be cut away at its beginning;\n|   then\n| some words before the vine\n"
            "|   and more words after it,\n| as many as are cut\n| away.\n|\n| A vine,\n|   and prose.\n",
            "poem/glossary.md": '## vine {link="all"}\nA plant.\n',
        },
        tmp_path / "content",
    )
    made = written(tmp_path)
    lines = "[...document.querySelectorAll('.kwic li')].map(e => [...e.children].map(part => part.textContent.trim()))"
    with opened(browser, next(made.rglob("*.offline.html"))) as page:
        mine = page.evaluate(lines)
    page = browser.new_page()
    page.goto((made / "poem/glossary.html").as_uri())
    theirs = page.evaluate(lines)
    page.close()
    assert mine == theirs
    assert any("then / some words" in before and "/ and more" in after for _, before, _, after in theirs)


@WIDTHS
def test_switches_are_kept(browser: Browser, alone: Path, width: int) -> None:
    with opened(browser, alone, width) as page:
        paper = "getComputedStyle(document.body).backgroundColor"
        before = page.evaluate(paper)
        page.locator("#_b-aa").click()
        page.locator("#_aa input[name=theme][value=dark]").click()
        assert page.evaluate(paper) != before
        page.keyboard.press("Escape")
        turn(page, "notes")
        assert page.evaluate(paper) != before


@WIDTHS
def test_without_script_all_of_it_is_read(browser: Browser, alone: Path, width: int) -> None:
    with opened(browser, alone, width, script=False) as page:
        for selector in ("#article-p3", "#crossrefs", "#questions", "#term-altruism", "#_sources"):
            assert page.locator(selector).first.is_visible(), selector
        assert not page.locator("a[data-view=notes]").is_visible()
        assert page.locator("a[data-view=conversation]").get_attribute("href") == "#crossrefs"
        assert page.locator(".bar button:visible").count() == 0


def test_what_is_printed(browser: Browser, alone: Path) -> None:
    with opened(browser, alone) as page:
        page.emulate_media(media="print")
        assert page.locator(".notes .note").first.is_visible()
        assert not page.locator(".bar").is_visible()
        assert page.locator("#term-altruism").is_visible()
        assert len(page.pdf()) > 50_000
        page.evaluate("document.documentElement.dataset.print = 'student'")
        assert not page.locator("#term-altruism").is_visible()


@pytest.mark.slow
@WIDTHS
@pytest.mark.parametrize("view", VIEWS)
def test_axe_has_nothing_to_say(browser: Browser, alone: Path, width: int, view: str) -> None:
    needed(AXE)
    with opened(browser, alone, width, view=view, bypass_csp=True) as page:
        assert judged_in(page, *SCHEMES) == {}


def test_without_script_no_hyperlink_leads_to_a_view_that_cannot_open(browser: Browser, alone: Path) -> None:
    link = ".imprint a[href^='?view=']"
    with opened(browser, alone, script=False) as page:
        assert page.locator(link).count() > 0
        assert not [one for one in page.locator(link).all() if one.is_visible()]
    with opened(browser, alone) as page:
        assert all(one.is_visible() for one in page.locator(link).all())
