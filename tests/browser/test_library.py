"""A library of forty editions: found by words, arranged, sifted by subject, by its index where there is no script."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from builder.model.site import Page as Made
from builder.pipeline import Options, build
from builder.shell.opening import Opened, open_site
from tests.browser.reader import settle, until
from tests.browser.test_axe import AXE, SCHEMES, judged_in
from tests.conftest import needed

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.reader import Reader

TITLES = ("On the river", "A letter about bells", "The law of tolls", "Über die Fähre", "What the miller said")
AUTHORS = ("Élodie Durand", "Tomáš Novák", "Ebba Holm", "Plato", "Zora Neale")
SUBJECTS = ("letters", "rivers", "law", "négociation")
DATES = ("17{:02}", "17{:02}-03", "17{:02}-03-09", "")
MANY = 40
SEEN = "[...document.querySelectorAll('.shelf > li')].filter(e => e.getClientRects().length).map(e => e.id)"
HEADS = "[...document.querySelectorAll('#_list > section:not([hidden]) > h2')].map(h => h.innerText)"


def write_site(folder: Path, number: int) -> None:
    """As many small editions, with every sort of date, with and without author, summary and subjects."""
    (folder / "site.toml").write_text('title = "Readings"\n', "utf-8")
    for i in range(number):
        place = folder / f"reading-{i:02}"
        place.mkdir()
        date = DATES[i % 4].format(i)
        lines = [
            f'title = "{TITLES[i % 5]}, {i:02}"',
            f'summary = "Of {TITLES[(i + 1) % 5].lower()}."' if i % 3 else "",
            f'date = "{date}"' if date else "",
            f"tags = {[SUBJECTS[i % 4], SUBJECTS[(i + 1) % 4]] if i % 5 else []!r}",
            '[[text]]\nfile = "a.md"',
            f'author = "{AUTHORS[i % 5]}"' if i % 9 else "",
        ]
        if i % 7 == 1:
            lines += ['[[text]]\nfile = "b.md"', f'author = "{AUTHORS[(i + 2) % 5]}"']
            (place / "b.md").write_text("It fell.\n", "utf-8")
        (place / "edition.toml").write_text("\n".join(lines), "utf-8")
        (place / "a.md").write_text("A fox leapt.\n", "utf-8")


def built(folder: Path, number: int) -> Path:
    (folder / "content").mkdir()
    write_site(folder / "content", number)
    return written(folder)


def written(folder: Path) -> Path:
    """The site of the folder's `content`, built into its `output`."""
    opened = open_site(folder / "content")
    assert isinstance(opened, Opened), opened
    for made in build(opened.folder, opened.outline, opened.theme, Options()):
        if isinstance(made, Made):
            path = folder / "output" / made.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.content)
    return folder / "output"


@pytest.fixture(scope="module")
def library(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of forty editions, known to the reader as `many`; and one of five as `few`."""
    many = built(tmp_path_factory.mktemp("many"), MANY)
    reader.also("many", many)
    reader.also("few", built(tmp_path_factory.mktemp("few"), 5))
    return many


pytestmark = [pytest.mark.browser, pytest.mark.themes("folio"), pytest.mark.usefixtures("library")]


def find(page: Page, words: str) -> None:
    page.locator("#_find").fill(words)
    settle(page)


def folded(words: str) -> str:
    """Without case and accents."""
    return "".join(one for one in unicodedata.normalize("NFKD", words) if not unicodedata.combining(one)).lower()


def said_of(entry: object) -> str:
    """What can be found of an entry: its title, authors and date, summary and subjects; not how many texts it has."""
    parts = entry.css("h2, .by, .sum, .tags")  # type: ignore[attr-defined]
    return folded("\n".join(part.text() for part in parts))


@pytest.mark.parametrize(
    ("words", "least"),
    [("fähre", 8), ("FAHRE", 8), ("elodie", 5), ("plato  LETTERS", 3), ("nobody", 0), ("texts", 0), (" ", MANY)],
)
def test_words_are_found_without_case_and_accents(reader: Reader, library: Path, words: str, least: int) -> None:
    entries = HTMLParser((library / "index.html").read_text("utf-8")).css(".shelf > li")
    sought = folded(words).split()
    expected = {one.attributes["id"] for one in entries if all(word in said_of(one) for word in sought)}
    assert (least or 0) <= len(expected) <= (MANY if least else 0)
    with reader.read("many/index.html") as page:
        find(page, words)
        assert set(page.evaluate(SEEN)) == expected
        count = page.locator("#_count").inner_text()
        assert count.startswith(f"{len(expected)} ")
        until(page, "count => document.querySelector('#_say').textContent === count", count)


def test_the_newest_first_and_undated_last_until_another_order_is_chosen(reader: Reader) -> None:
    with reader.read("many/index.html") as page:
        home = page.evaluate(SEEN)
        dated = [name for name in home if int(name[-2:]) % 4 != 3]
        assert home[: len(dated)] == sorted(dated, key=lambda name: -int(name[-2:]))
        page.get_by_label("Title", exact=True).check(force=True)
        titles = page.evaluate("[...document.querySelectorAll('.shelf > li h2')].map(h => h.innerText)")
        assert titles[0].startswith("A letter about bells, 01")
        assert titles[24].startswith("Über die Fähre"), "Ü is filed as U"
        page.get_by_label("Author", exact=True).check(force=True)
        assert page.evaluate(HEADS)[:2] == ["Ebba Holm", "Élodie Durand"]
        assert page.evaluate(HEADS)[2:] == ["Plato", "Tomáš Novák", "Zora Neale", "Without an author"]
        assert page.locator("#_list .also").count() > 0
        assert sorted(page.evaluate(SEEN)) == sorted(home)
        page.get_by_label("Date", exact=True).check(force=True)
        assert page.evaluate(SEEN) == home


def test_the_choice_is_in_the_address(reader: Reader) -> None:
    with reader.read("many/index.html") as page:
        page.get_by_label("Subject", exact=True).check(force=True)
        page.locator("#_subjects button[data-tag=law]").click()
        find(page, "bells")
        seen = page.evaluate(SEEN)
        assert seen
        page.reload()
        settle(page)
        assert page.evaluate(SEEN) == seen
        assert page.locator("#_find").input_value() == "bells"
        assert page.locator("[aria-pressed=true]").inner_text() == "law"
        page.locator(".shelf > li:visible h2 a").first.click()
        page.wait_for_url("**/reading-*/index.html")
        page.go_back()
        settle(page)
        assert page.evaluate(SEEN) == seen


def test_the_index_leads_to_what_was_sifted_out(reader: Reader) -> None:
    with reader.read("many/index.html?find=nobody") as page:
        assert page.evaluate(SEEN) == []
        page.locator("#_index a").first.click()
        settle(page)
        name = page.evaluate("location.hash")
        assert page.locator(name).is_visible()


def test_without_script_the_list_and_an_index_are_whole(reader: Reader, library: Path) -> None:
    with reader.read("many/index.html", script=False) as page:
        assert not page.locator("#_find").is_visible()
        assert len(page.evaluate(SEEN)) == MANY
        assert page.locator("details[open] a").first.is_visible()
        page.locator("summary").nth(1).click()
        assert page.locator(".index[data-by=year] a").first.is_visible()
    tree = HTMLParser((library / "index.html").read_text("utf-8"))
    assert len(tree.css(".index[data-by=year] a")) == sum(i % 4 != 3 for i in range(MANY))
    names = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(names) == len(set(names))
    shown = [node.text() for node in tree.css("time")]
    assert {"1700", "March 1701", "9 March 1702"} <= set(shown), "as exact as is known"


def test_a_short_shelf_needs_no_box(reader: Reader) -> None:
    with reader.read("few/index.html") as page:
        assert page.locator("#_find").count() == 0
        assert page.locator("#_choose").is_visible()
    with reader.read("readings/index.html") as page:
        assert page.locator("#_choose, #_index").count() == 0


@pytest.mark.parametrize("setting", ["", "size=xl&face=plain"])
def test_nothing_scrolls_sideways(reader: Reader, setting: str) -> None:
    with reader.read(f"many/index.html?by=author&{setting}") as page:
        for width in (1440, 1024, 768, 360, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width


@pytest.mark.themes("folio")
def test_words_are_found_as_the_search_finds_them(reader: Reader) -> None:
    """One normal form for both: a long s and a sharp one are what they stand for, a dash is a dash."""
    said = "() => { for (const e of folio.all('.shelf > li h2 a').slice(0, 3)) e.textContent = 'Straße — 1914'; }"
    with reader.read("many/index.html") as page:
        page.evaluate(said)
        for typed in ("STRASSE", "straße", "Stra\u00adsse", "strasse - 1914"):
            find(page, typed)
            assert len(page.evaluate(SEEN)) == 3, typed


@pytest.mark.themes("folio")
def test_under_a_subject_that_was_chosen_stand_all_that_have_it(reader: Reader) -> None:
    with reader.read("many/index.html?tag=law") as page:
        law = page.evaluate(SEEN)
        page.get_by_label("Subject", exact=True).check(force=True)
        assert page.evaluate(HEADS) == ["law"]
        assert sorted(page.evaluate(SEEN)) == sorted(law)
        page.locator("#_subjects button[data-tag='']").click()
        assert len(page.evaluate(HEADS)) == 5
        assert len(page.evaluate(SEEN)) == MANY


@pytest.mark.slow
@pytest.mark.parametrize("address", ["index.html", "index.html?by=author&find=e"])
@pytest.mark.parametrize("width", [1440, 360])
def test_as_axe_judges_it(reader: Reader, address: str, width: int) -> None:
    needed(AXE)
    with reader.read(f"many/{address}", width=width, policy=False) as page:
        assert judged_in(page, *SCHEMES) == {}


@pytest.mark.themes("folio")
def test_the_words_of_a_concordance_stand_below_each_other(reader: Reader) -> None:
    """But for those that are so long that they need the room of the words before them."""
    begins = "[...document.querySelectorAll('.kwic b')].map(word => Math.round(word.getBoundingClientRect().left))"
    with reader.read("readings/splitting-russia-and-china/glossary.html") as page:
        lefts = page.evaluate(begins)
    assert len(lefts) > 50
    assert max(map(lefts.count, lefts)) > 0.9 * len(lefts)
