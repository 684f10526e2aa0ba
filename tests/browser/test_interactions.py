"""What a reader does with mouse, keys and fingers, and what the page does then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reader import settle, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

ESSAY = "readings/splitting-russia-and-china/index.html"
OPEN = "document.querySelector('#_card').matches(':popover-open')"
KEYS = "[...document.querySelectorAll('.notes .note')].map(note => note.id.replace(/^note-/, ''))"
LIT = "key => [...folio.marksOf(key), folio.noteOf(key), folio.refOf(key)].every(e => e.matches('.on'))"
ALONE = """() => [...document.querySelectorAll('.tx mark')].filter(m => m.dataset.n && !m.dataset.n.includes(' ')
  && !m.closest('a') && folio.noteOf(m.dataset.n) && folio.marksOf(m.dataset.n).length === 1).map(m => m.dataset.n)"""
"""Keys of the notes whose passage lies alone, so that a pointer in its middle means that note."""


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


def open_card(page: Page) -> bool:
    found: bool = page.evaluate(OPEN)
    return found


def lit(page: Page, key: str) -> bool:
    found: bool = page.evaluate(LIT, key)
    return found


def alone(page: Page, number: int = 0) -> str:
    keys: list[str] = page.evaluate(ALONE)
    return keys[number]


def level(page: Page, key: str) -> float:
    away: float = page.evaluate(
        "key => Math.abs(folio.noteOf(key).getBoundingClientRect().top - folio.startOf(key).getClientRects()[0].top)",
        key,
    )
    return away


# the mouse


def test_a_passage_and_its_note_light_each_other(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        first, other = alone(page), alone(page, 1)
        page.locator(f"#note-{first}").hover()
        assert lit(page, first)
        page.locator(f'mark[data-n="{other}"]').first.hover()
        assert lit(page, other)
        assert not page.evaluate("key => folio.noteOf(key).matches('.on')", first)
        page.locator(f"#ref-{first}").hover()
        assert lit(page, first)


def test_a_click_keeps_the_light_and_the_note_comes_level(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        key = page.evaluate(KEYS)[-3]
        page.locator(f"#ref-{key}").click()
        page.mouse.move(5, 5)
        assert lit(page, key)
        assert level(page, key) < 12
        page.keyboard.press("Escape")
        assert not page.evaluate("document.querySelector('mark.on, .note.on')")
        page.locator(f"#ref-{key}").click()
        page.locator(".bar").click(position={"x": 400, "y": 20})
        assert not page.evaluate("document.querySelector('.note.on')")


def test_a_click_on_a_shortened_note_shows_the_whole_of_it(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        note = page.locator(".note.short").first
        name, before = note.get_attribute("id"), note.bounding_box()
        note.click(position={"x": 150, "y": 30})
        box = page.locator(f"#{name}").bounding_box()
        assert before is not None
        assert box is not None
        assert box["height"] > before["height"]
        assert not page.locator(f"#{name}.short").count()


def test_a_term_has_a_card_that_stays_under_the_pointer(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        box = page.locator(".tx a.term").first.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] - 40, box["y"] + 60)
        page.mouse.move(box["x"] + 10, box["y"] + 10, steps=5)
        until(page, OPEN)
        assert len(page.locator("#_card").inner_text()) > 40
        box = page.locator("#_card").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 40, box["y"] + 20, steps=4)
        page.wait_for_timeout(700)
        assert open_card(page)
        page.keyboard.press("Escape")
        assert not open_card(page)


def test_a_resting_pointer_opens_nothing(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        box = page.locator(".tx a.term").nth(3).bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 5, 200)
        page.wait_for_timeout(400)
        page.mouse.wheel(0, box["y"] - 192)
        until(page, "scrollY > 0")
        page.wait_for_timeout(900)
        assert not open_card(page)


def test_a_card_leads_to_the_glossary(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator(".tx a.term").first.click()
        page.locator("#_card .acts a").click()
        page.wait_for_url(re.compile(r"glossary\.html#term-"))
        assert page.locator(":target").count() == 1


# ties and the way back


def test_enter_on_a_tie_moves_into_its_card_then_there_and_b_leads_back(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        tie = page.locator(".tx a.tie").first
        name = tie.get_attribute("id") or ""
        far = (tie.get_attribute("href") or "").removeprefix("#")
        tie.focus()
        at = page.evaluate("scrollY")
        page.keyboard.press("Enter")
        settle(page)
        assert page.evaluate("document.querySelector('#_card').contains(document.activeElement)")
        page.keyboard.press("Enter")
        settle(page)
        assert focused(page) == far
        assert page.evaluate("location.hash") == f"#{far}"
        assert page.evaluate("document.querySelectorAll('.tp.lit').length > 0 && document.activeElement.matches('.on')")
        assert re.match(r"↑ Back to A (¶\d+|title)", page.locator("#_back").inner_text())
        page.keyboard.press("b")
        settle(page)
        assert focused(page) == name
        assert abs(page.evaluate("scrollY") - at) < 120
        assert page.locator("#_back").is_hidden()


def test_the_pill_leads_back_too(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator(".tx a.tie").first.click()
        page.locator("#_card [data-go]").first.click()
        settle(page)
        page.locator("#_back").click()
        assert page.locator("#_back").is_hidden()


def test_escape_returns_to_the_tie(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        tie = page.locator(".tx a.tie").first
        tie.focus()
        page.keyboard.press("Enter")
        settle(page)
        page.keyboard.press("Escape")
        assert focused(page) == tie.get_attribute("id")


# addresses


def test_a_paragraph_s_number_offers_link_and_citation(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        number = page.locator(".tx a.pn").nth(1)
        href = number.get_attribute("href") or ""
        number.click()
        texts = page.evaluate("[...document.querySelectorAll('#_card [data-copytext]')].map(b => b.dataset.copytext)")
        assert texts[0].endswith(f"index.html{href}")
        assert "Larison" in texts[1]
        assert re.search(r"A ¶\d+", texts[1])
        assert "file:" not in texts[1], "from a disk there is no address that another reader could follow"
        page.locator("#_card [data-copytext]").first.click()
        until(page, "document.querySelector('#_say').textContent.length > 0")


@pytest.mark.parametrize("width", [1440, 360])
def test_a_link_to_a_note_lights_it(reader: Reader, width: int) -> None:
    with reader.read(f"{ESSAY}#note-two-verbs", width=width) as page:
        assert lit(page, "two-verbs")
        assert open_card(page) is (width == 360)


def test_a_link_to_one_end_of_a_tie_lights_both(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        name = page.locator(".tx a.tie").first.get_attribute("id")
    with reader.read(f"{ESSAY}#{name}") as page:
        assert page.locator("a.tie.on").count() == 2
        assert page.locator(".tp.lit").count() >= 2


# the keyboard


def test_j_and_k_go_from_note_to_note(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        keys = page.evaluate(KEYS)
        for key in "jjjk":
            page.keyboard.press(key)
        assert focused(page) == f"note-{keys[1]}"
        assert lit(page, keys[1])


def test_t_goes_to_the_next_tie(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.keyboard.press("t")
        first = focused(page)
        page.keyboard.press("t")
        assert first.startswith("xref-")
        assert focused(page).startswith("xref-")
        assert focused(page) != first


def test_g_opens_the_glossary(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.keyboard.press("g")
        page.wait_for_url(re.compile(r"glossary\.html$"))


def test_the_list_of_keys(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.keyboard.press("?")
        assert page.evaluate("document.querySelector('#_help').open")
        page.keyboard.press("j")
        assert not page.evaluate("document.querySelector('.note.on')")
        page.keyboard.press("Escape")
        assert not page.evaluate("document.querySelector('#_help').open")
        page.locator("#_b-help").click()
        assert page.evaluate("document.querySelector('#_help').open")


def test_tab_meets_text_and_notes_in_reading_order_and_enter_keeps_the_light(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        key = page.evaluate(KEYS)[3]
        page.locator(f"#ref-{key}").focus()
        assert lit(page, key)
        page.keyboard.press("Enter")
        assert focused(page) == f"note-{key}"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert focused(page) == f"ref-{key}"


# settings


def test_settings_are_kept(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator("#_b-aa").click()
        for name, value in {"theme": "dark", "size": "xl", "face": "plain", "contrast": "more", "keys": "off"}.items():
            page.locator(f"#_aa input[name={name}][value={value}]").check(force=True)
        page.reload()
        kept = page.evaluate("({...document.documentElement.dataset})")
        assert kept == {"theme": "dark", "size": "xl", "face": "plain", "contrast": "more", "keys": "off"}
        assert page.evaluate("document.querySelector('#_aa input[name=theme][value=dark]').checked")
        page.locator("#_b-aa").click()
        page.locator("#_aa input[name=theme][value=auto]").check(force=True)
        page.reload()
        assert page.evaluate("document.documentElement.dataset.theme") is None


def test_shortcuts_can_be_switched_off(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator("#_b-aa").click()
        page.locator("#_aa input[name=keys][value=off]").check(force=True)
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(5, 5)  # away from any note
        page.keyboard.press("?")
        page.keyboard.press("j")
        assert not page.evaluate("document.querySelector('#_help').open || document.querySelector('.note.on')")


@pytest.mark.parametrize("script", [True, False])
def test_a_kind_of_note_can_be_put_away(reader: Reader, script: bool) -> None:
    with reader.read(ESSAY, script=script) as page:
        kinds = page.locator(".key label[for^=f-]")
        kind = (kinds.nth(2).get_attribute("for") or "").removeprefix("f-")
        notes = page.locator(f".notes .note.k-{kind}")
        assert notes.first.is_visible()
        kinds.nth(2).click()
        settle(page)
        assert not notes.first.is_visible()
        assert not page.locator(f".tx .ref.k-{kind}").first.is_visible()
        assert page.locator(f".notes .note:not(.k-{kind})").first.is_visible()
        kinds.nth(2).click()
        assert notes.first.is_visible()


# fingers


def phone(reader: Reader, **more: Any) -> Any:
    return reader.read(ESSAY, width=360, touch=True, **more)


def test_a_tap_raises_the_note_from_below(reader: Reader) -> None:
    with phone(reader) as page:
        keys = page.evaluate(KEYS)
        key = alone(page)
        page.locator(f'mark[data-n="{key}"]').first.tap()
        settle(page)
        assert page.evaluate("document.querySelector('#_card.sheet-up').matches(':popover-open')")
        seen = page.evaluate(
            """key => {
              const mark = folio.startOf(key).getClientRects()[0], card = folio.one('#_card').getBoundingClientRect();
              return mark.top > 0 && mark.bottom < card.top;
            }""",
            key,
        )
        assert seen
        after = keys[keys.index(key) + 1]
        page.locator('[data-step="1"]').tap()
        settle(page)
        assert lit(page, after)
        page.locator('[data-step="-1"]').tap()
        settle(page)
        assert lit(page, key)
        page.locator("[data-close]").tap()
        assert not open_card(page)
        assert focused(page) == f"ref-{key}"
        settle(page)
        assert not page.evaluate("document.querySelector('.note.on')")


def test_a_tap_on_a_term_or_a_tie_raises_its_card(reader: Reader) -> None:
    with phone(reader) as page:
        for name in ("term", "tie"):
            page.locator(f".tx a.{name}").first.tap()
            settle(page)
            assert page.evaluate("document.querySelector('#_card.sheet-up').matches(':popover-open')"), name
            page.keyboard.press("Escape")
            assert not open_card(page)


def test_without_script_a_number_opens_its_note_and_the_note_leads_back(reader: Reader) -> None:
    with phone(reader, script=False) as page:
        first = page.locator(".paragraph .ref").first
        note = page.locator((first.get_attribute("href") or "").replace("#", "#"))
        assert not note.is_visible()
        first.click()
        assert note.is_visible()
        note.locator(".nn").click()
        assert not note.is_visible()


def test_a_lit_note_offers_its_link_and_citation(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        number = page.locator(".tx a.ref").nth(4)
        href = number.get_attribute("href") or ""
        number.click()
        own = page.locator(".notes .own button")
        assert own.count() == 2
        assert (own.nth(0).get_attribute("data-copytext") or "").endswith(href)
        assert re.search(r"note \d+ on A ¶\d+", own.nth(1).get_attribute("data-copytext") or "")
        page.keyboard.press("Escape")
        assert page.locator(".notes .own").count() == 0


# kinds and layers put away, and steps among the rest

FORMS = "forms/letters/index.html"
SHOWN = "folio.shown().map(note => folio.keyOf(note))"


def put_away(page: Page, name: str) -> None:
    page.locator(f".key label[for={name}]").click()
    settle(page)


@pytest.mark.parametrize("script", [True, False])
def test_a_layer_can_be_put_away(reader: Reader, script: bool) -> None:
    with reader.read(ESSAY, script=script) as page:
        theirs, ours = page.locator(".notes .note.l-class"), page.locator(".notes .note:not(.l-class)")
        assert theirs.first.is_visible()
        put_away(page, "_l-class")
        assert not theirs.first.is_visible()
        assert not page.locator(".tx .ref.l-class").first.is_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('mark.l-class')).textDecorationLine") == "none"
        assert not page.locator(".re.l-class").first.is_visible()
        assert ours.first.is_visible()
        put_away(page, "_l-class")
        put_away(page, "_l-editor")
        assert theirs.first.is_visible()
        assert not ours.first.is_visible()


def test_the_text_author_s_own_notes_are_of_no_layer(reader: Reader) -> None:
    with reader.read(FORMS) as page:
        put_away(page, "_l-editor")
        assert page.locator(".notes .note.c-author").is_visible()
        assert page.locator(".tx .ref.c-author").is_visible()


def test_what_the_key_shows_is_in_the_address_and_outlives_reload_and_back(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        length = page.evaluate("history.length")
        put_away(page, "f-source")
        put_away(page, "_l-class")
        assert "layers=editor" in page.url
        assert "kinds=context+question" in page.url
        assert page.evaluate("history.length") == length
        shown = page.evaluate(SHOWN)
        page.reload()
        settle(page)
        assert page.evaluate(SHOWN) == shown
        page.locator(".bar nav a").nth(1).click()
        page.go_back()
        settle(page)
        assert page.evaluate(SHOWN) == shown
        assert not page.locator("#f-source").is_checked()
        put_away(page, "f-source")
        put_away(page, "_l-class")
        assert "?" not in page.url


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("name", ["note-draw-the-limits", "ref-draw-the-limits", "note-one-answer"])
def test_a_link_to_a_note_that_is_put_away_shows_it(reader: Reader, name: str, width: int) -> None:
    with reader.read(f"{ESSAY}?layers=editor&kinds=context#{name}", width=width) as page:
        note = page.evaluate("id => folio.keyOf(folio.byId(id).closest('.note') || folio.byId(id))", name)
        assert lit(page, note)
        assert page.locator("#_l-class").is_checked()
        if width == 1440:
            assert page.locator(f"#{name}").is_visible()


def test_steps_keep_to_what_is_shown(reader: Reader) -> None:
    with reader.read(f"{ESSAY}?kinds=question&layers=class") as page:
        keys = page.evaluate(SHOWN)
        assert 0 < len(keys) < 10
        page.locator("#_step button").nth(1).click()
        settle(page)
        assert lit(page, keys[0])
        assert page.locator("#_step span").inner_text() == f"Note 1 of {len(keys)}"
        assert page.locator("#_say").inner_text() == f"Note 1 of {len(keys)}"
        page.keyboard.press("j")
        assert lit(page, keys[1])
        page.locator("#_step button").nth(0).click()
        assert lit(page, keys[0])
        page.keyboard.press("Escape")
        assert page.locator("#_step span").inner_text() == ""


def test_the_lit_note_goes_out_when_its_kind_is_put_away(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.keyboard.press("j")
        kind = page.evaluate("folio.activeNote().className.match(/k-(\\S+)/)[1]")
        put_away(page, f"f-{kind}")
        assert not page.evaluate("document.querySelector('.note.on')")
        assert page.locator("#_step span").inner_text() == ""


def test_the_sheet_steps_among_what_is_shown(reader: Reader) -> None:
    with reader.read(f"{ESSAY}?kinds=question", width=360, touch=True) as page:
        keys = page.evaluate(SHOWN)
        page.locator(f"#ref-{keys[0]}").tap()
        settle(page)
        assert page.locator("#_card").get_attribute("aria-label") == f"Note 1 of {len(keys)}"
        page.locator('#_card [data-step="1"]').tap()
        settle(page)
        assert lit(page, keys[1])


def test_of_nested_passages_the_innermost_alone_is_lit(reader: Reader) -> None:
    """A mark that two notes share holds a span of the second's own: lighting one leaves the other's wash as it was."""
    shades = """keys => keys.map(key => folio.marksOf(key)
      .map(e => getComputedStyle(e).backgroundColor).filter((c, i, all) => all.indexOf(c) === i).join(' '))"""
    with reader.read(ESSAY) as page:
        outer, inner = page.evaluate(
            """() => [...document.querySelectorAll('.text mark.c-context:not(.title *) > span.u2:not(.c-language)')]
              .map(span => span.parentNode.dataset.n.split(' ')).find(keys => keys.length === 2)"""
        )
        rest = page.evaluate(shades, [outer, inner])
        page.evaluate("key => folio.activate(key)", inner)
        lit_outer, lit_inner = page.evaluate(shades, [outer, inner])
        assert lit_outer == rest[0]
        assert lit_inner != rest[1]
        page.evaluate("key => folio.activate(key)", outer)
        lit_outer, lit_inner = page.evaluate(shades, [outer, inner])
        assert lit_outer != rest[0]
        assert lit_inner == rest[1]


# what lies over the page, and what is left behind


@pytest.mark.themes("folio")
def test_a_choice_by_mouse_leaves_the_keys_alive(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator(".key label[for=f-source]").click()
        page.keyboard.press("j")
        assert focused(page).startswith("note-")
        page.locator("#f-source").focus()
        page.keyboard.press("Space")
        assert page.locator("#f-source").is_checked()
        assert focused(page) == "f-source"
        page.keyboard.press("/")
        page.locator("#_search[open]").wait_for()
        page.keyboard.press("j")
        assert page.locator("#_q").input_value() == "j"


@pytest.mark.themes("folio")
@pytest.mark.parametrize("opens", ["#_b-help", "#_b-aa", "#_b-find"])
def test_escape_closes_the_topmost_layer_alone(reader: Reader, opens: str) -> None:
    over = "document.querySelectorAll('dialog[open], :popover-open').length"
    with reader.read(ESSAY) as page:
        page.keyboard.press("j")
        page.evaluate("id => document.querySelector(id).click()", opens)
        page.locator("dialog[open], :popover-open").first.wait_for()
        page.keyboard.press("Escape")
        settle(page)
        assert page.evaluate(over) == 0
        assert page.locator(".note.on").count() == 1
        page.keyboard.press("Escape")
        assert page.locator(".note.on").count() == 0


@pytest.mark.themes("folio")
def test_a_link_that_is_copied_says_nothing_of_what_its_reader_did(reader: Reader) -> None:
    with reader.read(f"{ESSAY}?q=offer&kinds=question") as page:
        page.locator(".tx a.pn").nth(1).click()
        copied = page.locator("#_card [data-copytext]").first.get_attribute("data-copytext") or ""
        assert re.search(r"index\.html#[\w-]+$", copied)


@pytest.mark.themes("folio")
def test_the_browser_s_own_back_takes_the_pill_along(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        for way in ([0, 6], [1, 10]):
            page.evaluate("([from, to]) => folio.go(folio.all('.para[id]')[to].id, folio.all('.tx a.tie')[from])", way)
            settle(page)
        first = page.evaluate("folio.one('#_back').hash")
        page.go_back()
        settle(page)
        assert page.locator("#_back").is_visible()
        assert page.evaluate("folio.one('#_back').hash") != first
        page.go_back()
        settle(page)
        assert page.locator("#_back").is_hidden()


@pytest.mark.themes("folio")
def test_what_is_no_control_shows_no_ring_when_a_key_leads_there(reader: Reader) -> None:
    ring = "() => getComputedStyle(document.activeElement).outlineStyle"
    with reader.read(ESSAY) as page:
        page.locator("main .said a[href^='#article-p'], main .questions a[href^='#article-p']").first.focus()
        assert page.evaluate(ring) != "none"
        page.keyboard.press("Enter")
        settle(page)
        assert page.evaluate("document.activeElement.tabIndex") == -1
        assert page.evaluate(ring) == "none"


@pytest.mark.themes("folio")
def test_a_link_from_another_page_arrives_at_once(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.emulate_media(reduced_motion="no-preference")
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert page.evaluate("folio.behave()") == "smooth"
