"""The list of all notes as a reader uses it: arranged, sifted, shared by its address, printed, and without script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import settle
from tests.browser.test_library import written

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

NOTES = "readings/splitting-russia-and-china/notes.html"
FORMS = "forms/letters/notes.html"
IDS = "[...document.querySelectorAll('li.listed')].map(e => e.id)"
SEEN = "[...document.querySelectorAll('li.listed, .re')].filter(e => e.getClientRects().length).map(e => e.id)"
HEADS = "[...document.querySelectorAll('#_list > section > h2')].map(e => e.innerText.toLowerCase())"


def choose(page: Page, name: str) -> None:
    page.locator(f"label[for={name}]").click()
    settle(page)


def test_arranged_by_each_and_back_with_every_note_once(reader: Reader) -> None:
    with reader.read(FORMS) as page:
        home = page.evaluate(IDS)
        assert page.evaluate(HEADS) == ["on the ferry", "the answer"]
        choose(page, "_by-kind")
        heads = page.evaluate(HEADS)
        assert heads[:2] == ["context", "question"]
        assert sorted(page.evaluate(IDS)) == sorted(home)
        assert page.locator("#_list > section").nth(0).locator("> ol > li:not(.k-context)").count() == 0
        choose(page, "_by-layer")
        assert page.evaluate(HEADS) == ["the editor", "a class", "the text’s author"]
        choose(page, "_by-tag")
        assert page.evaluate(HEADS) == ["law", "money", "without a tag"]
        also = page.locator("#_list section:has-text('money') .also a")
        assert also.get_attribute("href") == "#note-tolls"
        choose(page, "_by-place")
        assert page.evaluate(IDS) == home
        assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size") == page.evaluate(
            "document.querySelectorAll('[id]').length"
        )


def test_the_choice_is_in_the_address_and_outlives_reload_and_back(reader: Reader) -> None:
    with reader.read(NOTES) as page:
        length = page.evaluate("history.length")
        choose(page, "_by-kind")
        choose(page, "f-question")
        page.locator("#_tag").select_option("NATO")
        assert "by=kind" in page.url
        assert "tag=NATO" in page.url
        assert page.evaluate("history.length") == length, "a choice clutters no history"
        seen = page.evaluate(SEEN)
        assert 0 < len(seen) < 10
        page.reload()
        settle(page)
        assert page.evaluate(SEEN) == seen
        assert page.locator("#_by-kind").is_checked()
        assert not page.locator("#f-question").is_checked()
        page.locator("li.listed:visible .qm a").first.click()
        page.wait_for_url(re.compile(r"index\.html#ref-"))
        page.go_back()
        settle(page)
        assert page.evaluate(SEEN) == seen


def test_a_kind_and_a_voice_put_away(reader: Reader) -> None:
    with reader.read(f"{NOTES}?layers=class") as page:
        seen = page.locator("li.listed:visible")
        assert seen.count() == 7
        assert page.locator("#_count").inner_text().startswith("7 of ")
        around = page.locator("li.around")
        assert around.count() == 1, "what a wanted reply answers stays, without its words"
        assert not around.locator("> .said-of > .nb").is_visible()
        assert around.locator(".re .nb").is_visible()
        choose(page, "f-question")
        assert page.locator("li.listed:visible").count() < 7
        assert page.locator("#_say").inner_text() == page.locator("#_count").inner_text()


def test_a_tag_leads_to_all_that_have_it_and_back_undoes_it(reader: Reader) -> None:
    with reader.read(NOTES) as page:
        before = len(page.evaluate(SEEN))
        page.locator("a.tag", has_text="quotation marks").first.click()
        settle(page)
        assert page.locator("#_tag").input_value() == "quotation marks"
        assert page.evaluate("document.activeElement.id") == "_tag"
        assert page.locator("li.listed:visible").count() == 3
        page.go_back()
        settle(page)
        assert len(page.evaluate(SEEN)) == before


def test_the_index_leads_to_a_note_that_was_put_away(reader: Reader) -> None:
    with reader.read(f"{NOTES}?kinds=question") as page:
        target = page.locator(".index[data-by=kind] a").first
        name = (target.get_attribute("href") or "")[1:]
        assert not page.locator(f"#{name}").is_visible()
        target.click()
        settle(page)
        assert page.locator(f"#{name}").is_visible()
        assert page.evaluate("document.activeElement.id") == name


def test_a_link_to_a_note_of_the_list_shows_it_whatever_was_put_away(reader: Reader) -> None:
    with reader.read(f"{NOTES}?kinds=question#note-two-verbs") as page:
        assert page.locator("#note-two-verbs").is_visible()


def test_by_keyboard(reader: Reader) -> None:
    with reader.read(FORMS) as page:
        page.locator("#_by-place").focus()
        page.keyboard.press("ArrowDown")
        settle(page)
        assert page.evaluate(HEADS)[0] == "context"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "f-context"
        page.keyboard.press("Space")
        settle(page)
        assert page.evaluate("[...document.querySelectorAll('#_list > section')].map(s => s.hidden)")[0]


def test_without_script_the_list_and_its_index_are_whole(reader: Reader) -> None:
    with reader.read(FORMS, script=False) as page:
        assert not page.locator("#_by-kind").is_visible()
        every = page.evaluate("[...document.querySelectorAll('li.listed, .re')].map(e => '#' + e.id).sort()")
        led = page.evaluate("[...document.querySelectorAll('.index[data-by=kind] a')].map(a => a.getAttribute('href'))")
        assert sorted(led) == every
        question = page.locator("li.listed.k-question")
        assert question.first.is_visible()
        choose(page, "f-question")
        assert not question.first.is_visible()
        assert page.locator("li.listed.k-context").first.is_visible()
        choose(page, "_l-editor")
        assert page.locator("li.listed:visible").count() == 1, "the text author's own is of no layer"
        page.locator("a.tag").first.evaluate("a => a.click()")
        settle(page)
        assert page.locator(":target").get_attribute("id") == "_t2"


def test_on_paper_each_note_keeps_its_number_and_nothing_is_cut(reader: Reader) -> None:
    with reader.read(NOTES, width=672) as page:
        page.emulate_media(media="print")
        assert not page.locator("#_choose").is_visible()
        assert page.locator("li.listed:visible").count() == page.locator("li.listed").count()
        assert page.locator(".index").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [1440, 360])
def test_a_card_offers_link_and_citation(reader: Reader, width: int) -> None:
    with reader.read(NOTES, width=width) as page:
        page.locator("#note-two-verbs .pn").first.click()
        settle(page)
        texts = page.evaluate("[...document.querySelectorAll('#_card [data-copytext]')].map(b => b.dataset.copytext)")
        assert texts[0].endswith("notes.html#note-two-verbs")
        assert re.search(r"note \d+ on A", texts[1])


# a tag that a reply has too

TAGGED = """## One bell {#one .context tags="time; money"}
Rung at seven.

## One bell {re="#one" #two .question tags="time"}
At seven?

## another answered {#three .context tags="money"}
From the mill.

## a third {#four .context tags="law"}
Cracked.

## a third {re="#four" #five .question tags="time"}
Since when?
"""


@pytest.fixture
def tagged(reader: Reader, tmp_path: Path) -> str:
    """A list of three notes, two of them with a reply; what has the tag "time" is filed under another as well."""
    place = tmp_path / "content" / "bell"
    place.mkdir(parents=True)
    (place.parent / "site.toml").write_text('title = "Readings"\n', "utf-8")
    (place / "edition.toml").write_text('title = "Bells"\n[[text]]\nfile = "a.md"\n', "utf-8")
    (place / "a.md").write_text("One bell rang, another answered, and a third was silent.\n", "utf-8")
    (place / "a.notes.md").write_text(TAGGED, "utf-8")
    reader.also("tagged", written(tmp_path))
    return "tagged/bell/notes.html"


@pytest.mark.themes("folio")
def test_a_heading_is_seen_that_says_where_its_notes_are(reader: Reader, tagged: str) -> None:
    heads = "[...document.querySelectorAll('#_list > section:not([hidden]) > h2')].map(e => e.innerText.toLowerCase())"
    with reader.read(f"{tagged}?by=tag") as page:
        assert page.evaluate(heads) == ["law", "money", "time"]
        assert page.locator("#_list section:has-text('time') .also a").count() >= 1
        page.locator("#_tag").select_option("time")
        assert page.evaluate(heads) == ["time"]
        assert page.evaluate(SEEN) == ["note-one", "note-two", "note-four", "note-five"]
        page.locator("#_index a[href='#note-three']").first.click()
        assert page.evaluate(heads) == ["law", "money", "time"]
        assert page.locator("#note-three").is_visible()


COUNTS = """() => Object.fromEntries([...document.querySelectorAll('.key input')]
  .filter(e => /kinds|layers/.test(e.name)).map(e => [e.id, e.nextElementSibling.querySelector('.kc').textContent]))"""


def test_the_key_of_the_text_counts_as_the_list_does_and_its_sums_agree(reader: Reader) -> None:
    with reader.read(NOTES) as page:
        listed = page.evaluate(COUNTS)
    with reader.read(NOTES.replace("notes.html", "index.html")) as page:
        read = page.evaluate(COUNTS)
    assert read == listed
    kinds = sum(int(count) for box, count in read.items() if box.startswith("f-"))
    assert kinds == sum(int(count) for box, count in read.items() if box.startswith("_l-"))


@pytest.mark.parametrize("width", [1440, 1024])
def test_a_chooser_above_the_list_stands_clear_of_it(reader: Reader, width: int) -> None:
    with reader.read(NOTES, width=width) as page:
        gap = page.evaluate(
            """() => {
              const chooser = document.querySelector('#_choose .key-x').getBoundingClientRect();
              const first = document.querySelector('.filed > h2').getBoundingClientRect();
              return chooser.right < first.left ? 99 : first.top - chooser.bottom;
            }"""
        )
    assert gap >= 24
