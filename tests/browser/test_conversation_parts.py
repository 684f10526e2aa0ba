"""What belongs to a conversation besides its ties: filters, notes, a third text, phones, paper, the reading page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.facing import EDITION, ESSAY, LEVEL, SEEN, THREE, state
from tests.browser.reader import settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

# filters


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [1440, 360])
def test_one_relation_alone(reader: Reader, width: int, script: bool) -> None:
    shown = """() => [...new Set([...document.querySelectorAll('.pane a.tie, .between, #crossrefs li')]
      .filter(e => e.getClientRects().length)
      .map(e => e.dataset.x || (e.id || e.hash.slice(1)).slice(5, -2)))].sort()"""
    with reader.read(ESSAY, width=width, script=script) as page:
        assert len(page.evaluate(shown)) == 22
        page.locator("label:has(#_r-disputes)").click()
        assert page.evaluate(shown) == ["coalition-or-none", "neighbors", "two-dates", "what-comes-first"]
        plain = page.locator('#article .tp[data-x="a-start"]').first
        assert plain.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
        page.locator("label:has(#_r)").first.click()
        assert len(page.evaluate(shown)) == 22


def test_a_filter_is_in_the_address_and_steps_go_through_what_it_leaves(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator("#xref-words-for-deeds-2").click()
        page.locator("label:has(#_r-disputes)").click()
        now = state(page)
        assert now["held"] is None, "what is filtered out is let go"
        assert now["query"] == "?only=disputes"
        assert sorted(page.evaluate("Object.keys(folio.panes.ends)")) == [
            "coalition-or-none", "neighbors", "two-dates", "what-comes-first",
        ]  # fmt: skip
        assert page.evaluate("[...document.querySelectorAll('.wires g')].length") == 4
    with reader.read(f"{ESSAY}?only=disputes#xref-neighbors-1") as page:
        assert page.locator("#_r-disputes").is_checked()
        assert state(page)["wires"] == ["neighbors"]
    with reader.read(f"{ESSAY}?only=disputes#xref-a-start-1") as page:
        assert page.locator("#_r").is_checked(), "a link to a tie is stronger than the filter"
        assert state(page)["wires"] == ["a-start"]


def test_the_lists_lead_into_the_panes(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator(".ways a").click()
        settle(page)
        assert page.evaluate("scrollY") > 300
        page.locator("#xref-neighbors a").first.click()
        assert state(page)["wires"] == ["neighbors"]
        assert page.evaluate("scrollY") == 0
        page.locator("#_unanswered a").last.click()
        now = state(page)
        assert now["held"] is None
        assert page.evaluate(SEEN, now["hash"][1:])


# notes and terms


def test_notes_and_terms_open_as_cards(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        number = page.locator("#article .paragraph .ref").first
        number.click()
        settle(page)
        card = page.locator("#_card")
        assert card.is_visible()
        assert card.locator(".note .nb").inner_text().strip()
        assert card.locator(".acts a").get_attribute("href") == number.get_attribute("href")
        assert card.locator("[id]").count() == 0
        page.keyboard.press("Escape")
        assert not card.is_visible()
        number.focus()
        page.keyboard.press("Enter")
        settle(page)
        assert page.evaluate("folio.one('#_card').contains(document.activeElement)")
        page.keyboard.press("Escape")
        page.locator("#article .paragraph a.term").first.click()
        settle(page)
        assert card.locator("h2").inner_text()
        page.keyboard.press("Escape")
        page.locator("label:has(#_numbers)").click()
        assert not number.is_visible()


@pytest.mark.parametrize("site", ["readings/splitting-russia-and-china", "forms/letters", "three/bell"])
def test_every_number_has_its_note(built_sites: dict[str, Path], site: str) -> None:
    name, _, edition = site.partition("/")
    folder = built_sites[name] / edition
    cards = json.loads((folder / "notecards.js").read_text().removeprefix("glossatorNotes(").removesuffix(");"))
    page = (folder / "conversation.html").read_text()
    numbers = re.findall(r'<a class="ref [^>]*href="([^"#]*)#(?:note-)?([^"]*)"', page)
    assert numbers
    reading = (folder / "index.html").read_text()
    for home, key in numbers:
        assert home == "index.html"
        assert key in cards
        assert f'id="{key}"' in cards[key] or f'id="note-{key}"' in cards[key]
        assert f'id="{key}"' in reading or f'id="note-{key}"' in reading


# three texts


def test_the_choosers_set_the_texts_and_the_address_keeps_them(reader: Reader) -> None:
    with reader.read(THREE) as page:
        assert state(page)["panes"] == ["essay", "verger"]
        page.locator("#_right").select_option("ringer")
        now = state(page)
        assert (now["panes"], now["query"]) == (["essay", "ringer"], "?right=ringer")
        assert page.locator("#verger").is_hidden()
        page.locator("#_left").select_option("ringer")
        now = state(page)
        assert now["panes"] == ["ringer", "essay"], "no text faces itself: they change places"
        assert page.locator("#_right").input_value() == "essay"
        page.reload()
        assert state(page)["panes"] == ["ringer", "essay"]
        boxes = [page.locator(f"#{name}").bounding_box() for name in ("ringer", "essay")]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["x"] < boxes[1]["x"]


def test_a_tie_to_a_third_text_brings_that_text(reader: Reader) -> None:
    with reader.read(THREE) as page:
        page.locator("#xref-weavers-2").click()
        now = state(page)
        assert now["panes"] == ["essay", "ringer"]
        assert page.evaluate(LEVEL, "weavers") <= 2
        page.locator("#xref-gap-1").click()
        assert state(page)["panes"] == ["verger", "ringer"], "where the reader clicked nothing is exchanged"
        assert page.evaluate(LEVEL, "gap") <= 2


# fingers, and narrow screens


def test_a_tap_on_a_wide_screen_holds(reader: Reader) -> None:
    with reader.read(ESSAY, width=1180, height=820, touch=True) as page:
        page.locator('#article .tp[data-x="a-start"]').first.tap()
        assert state(page)["wires"] == ["a-start"]
        assert page.evaluate(LEVEL, "a-start") <= 2


def test_a_tap_on_a_phone_shows_the_passage_and_goes_there(reader: Reader) -> None:
    with reader.read(ESSAY, width=360, height=740, touch=True) as page:
        page.locator('#article .tp[data-x="a-start"]').first.tap()
        settle(page)
        card = page.locator("#_card.sheet-up")
        assert card.is_visible()
        assert "and it's a start" in card.inner_text()
        card.locator("[data-go]").first.tap()
        settle(page)
        assert page.evaluate("document.activeElement.id") == "xref-a-start-1"
        page.keyboard.press("b")
        settle(page)
        assert page.evaluate("document.activeElement.id") == "xref-a-start-2"
        page.locator("#comment .ref").first.tap()
        settle(page)
        assert page.locator("#_card.sheet-up .note").is_visible()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("path", [ESSAY, THREE])
def test_on_one_column_what_answers_a_paragraph_follows_it(reader: Reader, path: str, script: bool) -> None:
    order = """() => [...document.querySelectorAll('.between')].map(b => {
      let p = b.previousElementSibling;
      while (!p.matches('.para, .titled')) p = p.previousElementSibling;
      const key = b.dataset.x, ends = [1, 2].map(n => document.getElementById(`xref-${key}-${n}`));
      const near = ends.some(e => p.contains(e));
      const far = document.getElementById(b.querySelector('.tie').hash.slice(1));
      return [key, near, b.getBoundingClientRect().top >= p.getBoundingClientRect().bottom - 1, !!far,
        b.querySelectorAll('[id]').length, b.querySelector('.rel').textContent.length > 0];
    })"""
    with reader.read(path, width=360, script=script) as page:
        found = page.evaluate(order)
    assert len(found) > 8
    for key, *truths in found:
        assert truths == [True, True, True, 0, True], key


def test_without_script_ties_are_links_between_the_panes(reader: Reader) -> None:
    with reader.read(ESSAY, script=False) as page:
        page.locator("#xref-words-for-deeds-2").click()
        settle(page)
        box = page.locator("#xref-words-for-deeds-1").bounding_box()
        assert box is not None
        assert 0 < box["y"] < 900
        assert box["x"] > 720
    with reader.read(THREE, script=False) as page:
        page.locator("#xref-gap-2").click()
        box = page.locator("#xref-gap-1").bounding_box()
        assert box is not None
        assert 0 < box["y"] < 900


# paper, and the reading page


@pytest.mark.parametrize("width", [690, 1440])
@pytest.mark.parametrize("path", [ESSAY, THREE])
def test_on_paper_everything_stands_in_one_column(reader: Reader, path: str, width: int) -> None:
    with reader.read(path, width=width) as page:
        page.emulate_media(media="print")
        seen = page.evaluate(
            """() => {
              const seen = s => folio.all(s).filter(folio.visible);
              return [seen('.pane').length, folio.all('.pane').length, seen('.between').length, seen('.across').length,
                seen('.tune, .gutter, .chooser, .slip, .bar').length,
                seen('.pane .tx').every(e => e.scrollWidth <= e.clientWidth + 1),
                Math.max(...seen('.tx').map(e => e.getBoundingClientRect().right))];
            }"""
        )
    assert seen[0] == seen[1]
    assert seen[2] > 8
    assert seen[3] > 2
    assert seen[4:6] == [0, True]
    assert seen[6] < 600


def test_the_reading_page_shows_a_tie_goes_there_comes_back_and_leads_side_by_side(reader: Reader) -> None:
    with reader.read(f"{EDITION}/index.html") as page:
        page.locator("#xref-words-for-deeds-2").click()
        settle(page)
        card = page.locator("#_card")
        assert "in exchange for" in card.inner_text()
        card.locator("[data-go]").first.click()
        assert page.evaluate("document.activeElement.id") == "xref-words-for-deeds-1"
        page.keyboard.press("b")
        assert page.evaluate("document.activeElement.id") == "xref-words-for-deeds-2"
        page.locator("#xref-words-for-deeds-2").click()
        settle(page)
        card.get_by_text("Side by side").click()
        settle(page)
        assert page.url.endswith("conversation.html#xref-words-for-deeds")
        assert state(page)["wires"] == ["words-for-deeds"]
        assert page.evaluate(LEVEL, "words-for-deeds") <= 2


# the way back


@pytest.mark.themes("folio")
def test_back_brings_the_texts_back(reader: Reader) -> None:
    with reader.read(THREE) as page:
        page.locator("#xref-weavers-2").click()
        now = state(page)
        assert (now["panes"], now["query"]) == (["essay", "ringer"], "?right=ringer")
        page.go_back()
        now = state(page)
        assert (now["panes"], now["query"], now["held"]) == (["essay", "verger"], "", None)
        page.go_forward()
        now = state(page)
        assert (now["panes"], now["query"]) == (["essay", "ringer"], "?right=ringer")
        assert now["wires"] == ["weavers"]


@pytest.mark.themes("folio")
def test_back_brings_the_relation_back_that_its_address_names(reader: Reader) -> None:
    only = """() => [document.querySelector('[name=relation]:checked').value,
      new URLSearchParams(location.search).get('only') || '']"""
    with reader.read(THREE) as page:
        page.locator("#xref-who-2").click()
        page.locator("label:has(#_r-answers)").click()
        assert page.evaluate(only) == ["answers", "answers"]
        page.go_back()
        state(page)
        assert page.evaluate(only) == ["", ""]
        page.go_forward()
        state(page)
        assert page.evaluate(only) == ["answers", "answers"]


@pytest.mark.themes("folio")
@pytest.mark.parametrize("opens", ["#_b-help", "#_b-find", "#_b-aa"])
def test_escape_in_a_dialog_lets_no_tie_go(reader: Reader, opens: str) -> None:
    over = "document.querySelectorAll('dialog[open], :popover-open').length"
    with reader.read(THREE) as page:
        page.locator("#xref-who-2").click()
        held = state(page)["held"]
        page.evaluate("id => document.querySelector(id).click()", opens)
        page.locator("dialog[open], :popover-open").first.wait_for()
        page.keyboard.press("Escape")
        assert state(page)["held"] == held
        assert page.evaluate(over) == 0
        page.keyboard.press("Escape")
        assert state(page)["held"] is None


@pytest.mark.themes("folio")
def test_keys_work_after_a_relation_was_chosen_by_mouse(reader: Reader) -> None:
    with reader.read(THREE) as page:
        page.locator("label:has(#_r-answers)").click()
        page.keyboard.press("t")
        assert state(page)["held"]
