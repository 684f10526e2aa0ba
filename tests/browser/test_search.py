"""Searching from the disk: what is found, in which order, by mouse, touch and keys; and the words lit in place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import settle, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

EDITION = "readings/splitting-russia-and-china"
ESSAY = f"{EDITION}/index.html"
LIT = "() => [...(CSS.highlights.get('sought') || [])].map(range => range.toString())"
SOUGHT = "(CSS.highlights.get('sought') || []).size"
DOM = "() => document.querySelector('main').outerHTML"
IN_VIEW = """() => [...(CSS.highlights.get('sought') || [])].some(range => {
  const box = range.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
})"""


def ask(page: Page, words: str) -> None:
    """Open the search by its key, type, and wait for the answer to what was typed."""
    if not page.locator("#_search[open]").count():
        page.keyboard.press("/")
        page.locator("#_search[open]").wait_for()
    page.locator("#_q").fill(words)
    page.evaluate("() => folio.find()")  # what the pause after a key would do
    settle(page)  # the index comes in parts


def status(page: Page) -> str:
    return page.locator("#_found").inner_text()


def groups(page: Page) -> dict[str, int]:
    """Headings of the groups in their order, with their counts."""
    return {
        heading.rsplit(" ", 1)[0].strip(): int(heading.rsplit(" ", 1)[1])
        for heading in (" ".join(words.split()) for words in page.locator(".fl h2").all_inner_texts())
    }


def lit(page: Page) -> list[str]:
    found: list[str] = page.evaluate(LIT)
    return found


def found(page: Page, group: str = "") -> list[str]:
    """Results of a group (all without one), as they read."""
    within = f'.fl section:has(h2:text-matches("^{group}")) ' if group else ".fl "
    return [" ".join(words.split()) for words in page.locator(f"{within}.found").all_inner_texts()]


# what is found


@pytest.fixture(scope="module")
def page(reader: Reader) -> Iterator[Page]:
    """One page for all that is only typed and found."""
    with reader.read(ESSAY) as opened:
        yield opened


def test_nothing_of_it_is_loaded_until_it_is_wanted(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        loaded = "() => [...document.querySelectorAll('script[src*=find],script[src*=search],link[href*=find]')].length"
        assert page.evaluate(loaded) == 0
        page.locator("#_b-find").click()
        page.locator("#_search[open]").wait_for()
        assert page.evaluate(loaded) >= 3


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("conces", "concession"),
        ("CONCESSIONS", "concessions"),
        ("conces\u00adsions", "concessions"),
        ("con­cessio\u0301ns", "concessions"),
        ("“right way”", "right way"),
        ('"right way"', "right way"),
        ("democracy vs. autocracy", "democracy vs. autocracy"),
        ("U.S.-Russian", "U.S.-Russian"),
        ("U.S.—Russian", "U.S.-Russian"),
        ("washington's", "Washington’s"),
    ],
)
def test_however_it_is_typed(page: Page, typed: str, first: str) -> None:
    ask(page, typed)
    assert first.casefold() in found(page, "Texts")[0].casefold() or first.casefold() in found(page)[0].casefold()
    marked = [words.casefold() for words in page.locator(".fl .found mark").all_inner_texts()]
    assert any(first.casefold().startswith(words) or words.startswith(first.casefold()) for words in marked), marked


def test_every_word_must_stand_there_and_a_phrase_as_it_is(page: Page) -> None:
    ask(page, "give something up")
    apart = sum(groups(page).values())
    ask(page, '"give something up"')
    together = sum(groups(page).values())
    assert 0 < together < apart or together == apart > 0
    assert all("give something up" in words.casefold() for words in found(page, "Texts"))
    ask(page, '"something give up"')
    assert groups(page) == {}
    ask(page, "concessions zzzz")
    assert status(page) == "Nothing found. Try fewer letters."


def test_the_groups_and_their_counts(page: Page) -> None:
    ask(page, "offer")
    seen = groups(page)
    assert list(seen) == ["Texts", "Notes", "Glossary", "Cross-references", "Questions"]
    assert status(page) == f"{sum(seen.values())} places"
    ask(page, '"in any negotiation, you have"')
    assert status(page) == "1 place"


def test_a_headword_comes_first_of_all(page: Page) -> None:
    ask(page, "magnitsky act")
    assert next(iter(groups(page))) == "Glossary"
    assert found(page)[0].startswith("Magnitsky Act")
    ask(page, "sanctions")
    assert re.match(r"sanctions .*sanctions relief", " ".join(found(page, "Glossary")[:2]))


def test_more_is_shown_when_asked_for(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        ask(page, "russia")
        count = groups(page)["Notes"]
        assert len(found(page, "Notes")) == 5
        page.locator('.fl section:has(h2:text-matches("^Notes")) button').click()
        assert len(found(page, "Notes")) == min(count, 55)
        assert page.evaluate("() => document.activeElement.matches('.found')")


def test_several_editions_are_named_and_ones_own_comes_first(reader: Reader) -> None:
    with reader.read("forms/letters/index.html") as page:
        ask(page, "a")
        texts = (
            page.locator(".fl section").first.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        )
        assert texts[0].startswith(("#", "../letters/"))
        assert page.locator(".fl .fw").count() > 0
    with reader.read("forms/index.html") as page:
        ask(page, "a")
        folders = page.locator(".fl a").evaluate_all("all => all.map(a => a.getAttribute('href').split('/')[0])")
        assert "letters" in folders


# where it leads


@pytest.mark.parametrize("page_name", ["index.html", "glossary.html", "../index.html", "../glossary.html"])
@pytest.mark.parametrize(
    ("typed", "group", "target"),
    [
        ("tangible russian leadership", "Texts", "article-"),
        ("conduct sanctions", "Notes", "note-"),
        ("magnitsky act", "Glossary", "term-"),
        ("reservation price", "Cross-references", "xref-"),
        ("classify claims", "Questions", "question-"),
    ],
)
def test_a_result_opens_at_its_passage_with_the_words_lit(
    reader: Reader, page_name: str, typed: str, group: str, target: str
) -> None:
    with reader.read(f"{EDITION}/{page_name}") as page:
        ask(page, typed)
        page.locator(f'.fl section:has(h2:text-matches("^{group}")) a').first.click()
        until(page, "location.hash && CSS.highlights.get('sought') && !folio.one('#_search[open]')")
        settle(page)
        name = page.url.partition("#")[2]
        assert name.startswith(target)
        assert not page.locator("#_search[open]").count()
        words = {word.casefold() for word in lit(page)}
        assert words
        assert all(any(word.startswith(part) for part in typed.split()) for word in words), words
        assert page.evaluate(IN_VIEW)
        page.keyboard.press("Escape")
        assert lit(page) == []
        assert "q=" not in page.url
        assert page.url.endswith(f"#{name}")


def test_the_page_itself_stays_as_it_is(reader: Reader) -> None:
    with reader.read(f"{ESSAY}#article-p4") as page:
        plain = page.evaluate(DOM)
    with reader.read(f"{ESSAY}?q=sanctions#article-p4") as page:
        until(page, SOUGHT)
        assert len(lit(page)) >= 2
        assert page.evaluate(DOM) == plain


def test_words_under_a_note_and_across_marks_are_lit_whole(reader: Reader) -> None:
    """The phrase runs through marks, numbers and letters of the page."""
    with reader.read(f"{ESSAY}?q=%22convince+Russia+that+it+would%22#article-p4") as page:
        until(page, SOUGHT)
        letters = page.evaluate("folio.all('#article-p4 a.tie, #article-p4 .ref').length")
        assert letters
        assert "".join(lit(page)) == "convince Russia that it would"


@pytest.mark.themes("folio")
def test_the_letter_of_a_tie_is_not_lit_with_the_words_around_it(reader: Reader) -> None:
    around = """() => {
      const ours = '.ref,.tie,.pn', said = [];
      folio.all('#article-text .para[id] > .tx a.tie').forEach(tie => {
        const tx = tie.closest('.tx'), range = document.createRange();
        const words = () => {
          const part = range.cloneContents();
          part.querySelectorAll(ours).forEach(e => e.remove());
          return part.textContent.match(/[\\p{L}’]+/gu) || [];
        };
        range.selectNodeContents(tx);
        range.setEndBefore(tie);
        const before = words().pop();
        range.selectNodeContents(tx);
        range.setStartAfter(tie);
        const after = words()[0];
        if (before && after) said.push([tx.parentNode.id, before, after]);
      });
      return said[0];
    }"""
    with reader.read(ESSAY) as page:
        place, before, after = page.evaluate(around)
    with reader.read(f"{ESSAY}?q=%22{before}+{after}%22#{place}") as page:
        until(page, SOUGHT)
        assert re.findall(r"[\w’]+", "".join(lit(page)))[:2] == [before, after]


@pytest.mark.themes("folio")
def test_a_reply_that_was_found_has_its_own_address(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        name, words = page.evaluate("(re => [re.id, folio.one('.nb', re).textContent])(folio.one('.notes .re[id]'))")
        ask(page, f'"{" ".join(words.split()[:6])}"')
        page.locator(f'.found[href="#{name}"]').click()
        until(page, "location.hash && CSS.highlights.get('sought')")
        assert page.evaluate("location.hash") == f"#{name}"
        assert lit(page)


def test_no_click_is_lost_to_an_answer_that_comes_late(reader: Reader) -> None:
    """Pressed before the pause after the last key is over, let go after it."""
    with reader.read(ESSAY) as page:
        page.keyboard.press("/")
        page.locator("#_search[open]").wait_for()
        page.locator("#_q").fill("negotiation")
        page.evaluate("() => folio.find()")
        page.locator(".found").first.hover()
        page.mouse.down()
        page.locator("#_q").evaluate("field => { field.value += 's'; field.dispatchEvent(new Event('input')); }")
        page.wait_for_timeout(200)
        page.mouse.up()
        until(page, "location.hash && !folio.one('#_search[open]')")


def test_on_the_page_one_is_on_there_is_a_way_back(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        ask(page, "negotiation")
        page.locator('.fl section:has(h2:text-matches("^Texts")) a').first.click()
        settle(page)
        assert "q=" not in page.url
        assert lit(page) == ["negotiation"] * 2
        assert page.locator("#_back").is_visible()
        page.locator("#_back").click()
        settle(page)
        assert page.evaluate("() => document.activeElement.id") == "_b-find"


def test_an_older_browser_has_boxes_for_it(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.evaluate("() => { delete window.Highlight; }")
        ask(page, "negotiation")
        page.locator('.fl section:has(h2:text-matches("^Texts")) a').first.click()
        settle(page)
        assert page.locator("#_sought i").count() == 2
        page.keyboard.press("Escape")
        assert page.locator("#_sought").count() == 0


# by keys, by touch, without script


def test_by_keys_alone(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        start = page.locator(".bar nav a").first
        start.focus()
        page.keyboard.press("/")
        page.locator("#_search[open]").wait_for()
        until(page, "document.activeElement.id === '_q'")
        page.keyboard.type("negotiat", delay=20)
        page.locator(".found").first.wait_for()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("() => document.activeElement === document.querySelector('.found')")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("() => document.activeElement.id") == "_q"
        page.keyboard.press("Escape")
        assert not page.locator("#_search[open]").count()
        assert start.evaluate("a => a === document.activeElement")
        page.keyboard.press("/")
        assert page.locator("#_q").input_value() == "negotiat"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        until(page, SOUGHT)
        assert lit(page)


def test_enter_opens_the_first_of_what_was_typed(reader: Reader) -> None:
    with reader.read("readings/index.html") as page:
        page.keyboard.press("/")
        page.locator("#_search[open]").wait_for()
        page.keyboard.type("magnitsky act")
        page.keyboard.press("Enter")
        page.wait_for_url("**/glossary.html?q=magnitsky%20act#term-magnitsky-act")


def test_the_key_types_a_slash_in_a_field_and_can_be_switched_off(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        ask(page, "a")
        page.keyboard.press("End")
        page.keyboard.type("/")
        assert page.locator("#_q").input_value() == "a/"
    with reader.read(f"{ESSAY}?keys=off") as page:
        page.keyboard.press("/")
        page.wait_for_timeout(300)
        assert not page.locator("#_search").count()
        page.locator("#_b-find").click()
        page.locator("#_search[open]").wait_for()


def test_what_is_said_aloud(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        ask(page, "")
        line = page.locator("#_search").get_by_role("status")
        assert "quotation marks" in line.inner_text()
        page.locator("#_q").press_sequentially("zzzz")
        until(page, "document.querySelector('#_found').textContent.startsWith('Nothing found')")
        assert line.inner_text() == "Nothing found. Try fewer letters."
        assert page.get_by_role("dialog", name="Search").count() == 1
        ask(page, "sanctions")
        assert page.get_by_role("region", name=re.compile("Notes")).get_by_role("link").count() == 5


def test_on_a_phone_it_fills_the_screen(reader: Reader) -> None:
    with reader.read(ESSAY, width=360, height=740, touch=True) as page:
        page.locator("#_b-find").tap()
        page.locator("#_search[open]").wait_for()
        ask(page, "conduct sanctions")
        box = page.locator("#_search").bounding_box()
        assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
        assert page.evaluate("() => document.querySelector('#_search').scrollWidth") <= 360
        small = "all => all.filter(e => e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
        assert page.locator("#_search a, #_search button").evaluate_all(small) == []
        page.locator('.fl section:has(h2:text-matches("^Notes")) a').first.tap()
        settle(page)
        assert page.locator("#_card .note").is_visible()
        assert page.evaluate(
            "() => [...CSS.highlights.get('sought')].some(r => r.startContainer.parentNode.closest('#_card'))"
        )


def test_a_touch_beside_the_words_puts_the_light_out(reader: Reader) -> None:
    with reader.read(f"{ESSAY}?q=negotiation#comment-p2", width=360, height=740, touch=True) as page:
        until(page, SOUGHT)
        assert lit(page) == ["negotiation"] * 2
        page.touchscreen.tap(180, 30)
        page.locator("#comment-p3 .tx").tap(position={"x": 2, "y": 2})
        assert lit(page) == []


def test_without_script_there_is_no_button(reader: Reader) -> None:
    with reader.read(ESSAY, script=False) as page:
        assert not page.locator("#_b-find").is_visible()
