"""Two texts side by side: what a reader does with ties by mouse, by key and by address, and what the page does then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.facing import ACROSS, ESSAY, LEVEL, SEEN, THREE, point_at, state
from tests.browser.reader import settle, until

if TYPE_CHECKING:
    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

TOPS = "['left', 'right'].map(side => folio.panes.at(side).scrollTop)"

# the mouse


def test_a_tie_under_the_pointer_is_lit_at_both_ends_and_the_others_step_back(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        point_at(page, "#xref-words-for-deeds-2")
        now = state(page)
        assert now["lit"] == ["words-for-deeds"]
        assert now["letters"] == ["xref-words-for-deeds-2", "xref-words-for-deeds-1"]
        assert now["wires"] == ["words-for-deeds"]
        assert now["held"] is None
        assert page.locator(".duo.hot").count() == 1
        page.wait_for_timeout(500)
        assert not page.evaluate("folio.one('#_card').matches(':popover-open')"), "the wire says it already"
        page.mouse.move(700, 40, steps=6)
        assert state(page)["lit"] == []


@pytest.mark.parametrize("path", [ESSAY, THREE])
@pytest.mark.parametrize("end", [1, 2])
def test_a_tie_that_is_chosen_brings_its_other_end_level(reader: Reader, path: str, end: int) -> None:
    with reader.read(path) as page:
        for key in page.evaluate(ACROSS):
            within = page.evaluate(
                "key => folio.byId(`xref-${key}-1`).closest('.pane') === folio.byId(`xref-${key}-2`).closest('.pane')",
                key,
            )
            page.evaluate("id => folio.byId(id).click()", f"xref-{key}-{end}")
            now = state(page)
            assert now["lit"] == [key] or key in now["lit"][0].split(), key
            assert now["wires"] == [key]
            assert now["held"]
            assert now["hash"] == f"#xref-{key}-{end}"
            assert page.evaluate(SEEN, f"xref-{key}-{end}"), key
            if not within:
                assert page.evaluate(LEVEL, key) <= 2, key
                assert page.evaluate(SEEN, f"xref-{key}-{3 - end}"), key


def test_level_ends_stay_level_while_the_reader_scrolls(reader: Reader) -> None:
    with reader.read(f"{ESSAY}#xref-neighbors-2") as page:
        for x, by in ((300, 90), (1100, -40), (300, -120)):
            page.mouse.move(x, 300)
            before = page.evaluate(f"String({TOPS})")
            page.mouse.wheel(0, by)
            until(page, f"before => String({TOPS}) !== before", before)
            settle(page)
            assert page.evaluate(LEVEL, "neighbors") <= 2


def test_a_click_on_the_words_holds_and_a_click_elsewhere_lets_go(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator('#article .tp[data-x="a-start"]').first.click()
        assert state(page)["wires"] == ["a-start"]
        assert "agrees with" in page.locator("#_slip").inner_text()
        page.mouse.move(700, 300)
        assert state(page)["wires"] == ["a-start"], "held whatever the pointer does"
        page.locator("#comment .imprint").click()
        now = state(page)
        assert (now["held"], now["lit"], now["wires"], now["hash"]) == (None, [], [], "")


def test_the_slip_says_why_and_steps_through_the_ties(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator("#xref-words-for-deeds-2").click()
        assert "The comment puts a price on them." in page.locator("#_slip").inner_text()
        first = state(page)["held"]
        page.locator("#_slip [data-by='1']").click()
        after = state(page)["held"]
        assert after != first
        page.locator("#_slip [data-by='-1']").click()
        assert state(page)["held"] == first
        page.locator("#_slip [data-by='0']").click()
        assert state(page)["held"] is None


def test_an_end_out_of_sight_has_a_stub_with_its_letter_and_where_it_is(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        words = page.evaluate("[...document.querySelectorAll('.wires .stub ~ text')].map(t => t.textContent)")
    assert words
    assert all(re.fullmatch(r"[A-Z]+ [↑↓]", one) for one in words)
    with reader.read(THREE) as page:
        words = page.evaluate("[...document.querySelectorAll('.wires text')].map(t => t.textContent)")
    assert "A → R" in words, "the ringer's text is at neither side"


def test_level_too_where_the_panes_glide(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.emulate_media(reduced_motion="no-preference")
        page.evaluate("folio.byId('xref-doubting-the-purpose-2').click()")
        until(page, f"key => ({LEVEL})(key) <= 2", "doubting-the-purpose")
        settle(page)
        assert page.evaluate(LEVEL, "doubting-the-purpose") <= 2
        assert page.evaluate(SEEN, "xref-doubting-the-purpose-1")
        page.evaluate("folio.byId('xref-neighbors-2').click()")
        page.wait_for_timeout(150)
        page.mouse.move(300, 300)
        page.mouse.wheel(0, 10)
        page.wait_for_timeout(300)
        settle(page)
        assert page.evaluate(LEVEL, "neighbors") <= 2, "also where the reader did not wait"


# the address, and the way back


@pytest.mark.parametrize("ident", ["xref-neighbors", "xref-neighbors-1", "xref-neighbors-2"])
def test_a_link_to_a_tie_opens_with_it_level_and_lit(reader: Reader, ident: str) -> None:
    with reader.read(f"{ESSAY}#{ident}") as page:
        now = state(page)
        assert now["wires"] == ["neighbors"]
        assert page.evaluate(LEVEL, "neighbors") <= 2
        assert page.evaluate(SEEN, "xref-neighbors-1")
        assert page.evaluate(SEEN, "xref-neighbors-2")
        assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize(
    ("ident", "panes"),
    [
        ("xref-gap-1", ["ringer", "verger"]),
        ("xref-gap-2", ["ringer", "verger"]),
        ("xref-weavers-2", ["essay", "ringer"]),
        ("xref-habit", ["essay", "verger"]),
        ("ringer", ["essay", "ringer"]),
        ("ringer-p4", ["essay", "ringer"]),
    ],
)
def test_a_link_into_a_text_that_is_at_neither_side_brings_it(reader: Reader, ident: str, panes: list[str]) -> None:
    with reader.read(f"{THREE}#{ident}") as page:
        assert state(page)["panes"] == panes
        assert ident.startswith("xref") is bool(state(page)["held"])
        if ident == "ringer-p4":
            assert page.evaluate(SEEN, ident)


def test_back_returns_to_where_the_reader_was(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.mouse.move(300, 500)
        page.mouse.wheel(0, 900)
        until(page, f"{TOPS}[0] > 0")
        before = state(page)
        visible = page.evaluate(f"folio.all('#article a.tie[id]').filter(e => ({SEEN})(e.id)).map(e => e.id)")
        page.evaluate("id => folio.byId(id).click()", visible[0])
        page.evaluate("id => folio.byId(id).click()", visible[-1])
        assert state(page)["hash"] == f"#{visible[-1]}"
        page.go_back()
        assert state(page)["hash"] == f"#{visible[0]}"
        assert state(page)["wires"] == [visible[0][5:-2]]
        page.go_back()
        now = state(page)
        assert (now["held"], now["hash"], now["tops"]) == (None, "", before["tops"])
        page.go_forward()
        assert state(page)["wires"] == [visible[0][5:-2]]


# keys


def test_everything_by_key(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.keyboard.press("t")
        first = state(page)
        assert first["held"] == "A"
        assert first["focus"] == "xref-answers-the-essay-2"
        page.keyboard.press("t")
        second = state(page)
        assert second["held"] == "B"
        assert second["focus"] == "xref-self-interest-2"
        page.keyboard.press("Enter")
        assert state(page)["focus"] == "xref-self-interest-1", "Enter on what is held goes across"
        page.keyboard.press("Escape")
        now = state(page)
        assert (now["held"], now["focus"], now["hash"]) == (None, "xref-self-interest-1", "")
        page.keyboard.press("Enter")
        assert state(page)["held"] == "B"
        page.keyboard.press("b")
        assert state(page)["held"] is None


def test_focus_lights_a_tie(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator("#xref-self-interest-2").focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert state(page)["wires"] == ["self-interest"]


def test_what_happens_is_said(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator("#xref-neighbors-2").focus()
        page.keyboard.press("Enter")
        assert page.locator("#_say").inner_text() == "tie M: is disputed by C ¶1"
        page.locator("#_r-disputes").check(force=True)
        assert page.locator("#_say").inner_text() == "4 ties shown"
