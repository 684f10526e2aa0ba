"""The glossed page: on wide screens the text in the middle, commentary on both sides, as its options say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reader import ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.themes("glossa")]

ESSAY = "readings/splitting-russia-and-china/index.html"
LAYERS: dict[str, dict[str, Any]] = {
    "script": {},
    "anchors": {"script": False},
    "grid": {"script": False, "anchors": False},
}
SIDES = """() => {
  const text = document.querySelector('.text .tx').getBoundingClientRect(), sides = { before: [], after: [], on: [] };
  document.querySelectorAll('.notes .note').forEach(note => {
    const box = note.getBoundingClientRect();
    const side = box.right <= text.left ? 'before' : box.left >= text.right ? 'after' : 'on';
    sides[side].push(note.className.match(/c-(\\w+)/)[1] + (note.matches('[class*=" l-"],.c-author') ? ' other' : ''));
  });
  return { ...sides, middle: (text.left + text.right) / 2 / document.documentElement.clientWidth };
}"""
EXPLAINS = {"context", "source", "author"}


def option(page: Page, name: str, value: str) -> None:
    """The page as it is where site.toml sets an option so: all that differs is a class of its body."""
    page.evaluate(
        """([name, value]) => {
          const list = document.body.classList, old = [...list].find(one => one.startsWith(`o-${name}`));
          if (value) list.replace(old, `o-${name}-${value}`); else list.remove(old);
          folio.place();
        }""",
        [name, value],
    )


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("width", [1920, 1440, 1240])
def test_what_explains_stands_before_the_text_and_what_asks_after_it(reader: Reader, layer: str, width: int) -> None:
    with reader.read(ESSAY, width=width, **LAYERS[layer]) as page:
        sides = ask(page, SIDES)
    assert not sides["on"]
    assert {cue.split()[0] for cue in sides["before"]} <= EXPLAINS
    assert {cue.split()[0] for cue in sides["after"]} == {"question", "challenge", "language"}
    assert len(sides["before"]) > 10
    assert abs(sides["middle"] - 0.5) < 0.01


@pytest.mark.parametrize("width", [1200, 1024])
def test_where_there_is_no_room_for_both_all_stand_on_one_side(reader: Reader, width: int) -> None:
    with reader.read(ESSAY, width=width) as page:
        sides = ask(page, SIDES)
    assert not sides["on"]
    assert not sides["before"]


def test_each_voice_on_its_own_side(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        option(page, "sides", "voices")
        sides = ask(page, SIDES)
    assert sides["before"]
    assert all(note.endswith(" other") for note in sides["before"])
    assert not any(note.endswith(" other") for note in sides["after"])


def test_all_on_one_side(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        option(page, "sides", "one")
        assert not ask(page, SIDES)["before"]


TOPS = """side => [...document.querySelectorAll('.notes .note')]
  .filter(note => (note.offsetLeft < 0) === (side === 'before')).map(note => note.id + ' ' + note.style.top)"""


def test_a_note_that_is_lit_moves_its_own_column_alone(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        before = {side: ask(page, TOPS, side) for side in ("before", "after")}
        page.locator(".notes .note.c-source").nth(2).click()
        after = {side: ask(page, TOPS, side) for side in ("before", "after")}
    assert after["before"] != before["before"]
    assert after["after"] == before["after"]


LETTER = """selector => {
  const p = document.querySelector(selector), size = e => parseFloat(getComputedStyle(p, e).fontSize);
  return size('::first-letter') / size(null);
}"""


@pytest.mark.parametrize("width", [1440, 1024, 360])
def test_each_text_opens_with_an_initial_unless_told_otherwise(reader: Reader, width: int) -> None:
    texts = (".text:not(.reply) .paragraph .tx>p", ".text.reply .paragraph .tx>p")
    with reader.read(ESSAY, width=width) as page:
        assert all(ask(page, LETTER, text) > 2 for text in texts)
        assert ask(page, LETTER, ".text .paragraph + .paragraph .tx>p") == 1
        option(page, "initial", "")
        assert all(ask(page, LETTER, text) == 1 for text in texts)


@pytest.mark.parametrize("width", [1440, 768, 360])
def test_the_initial_pushes_nothing_aside(reader: Reader, width: int) -> None:
    after = """() => {
      const e = document.querySelector('.text > .paragraph:first-child + .para > .tx > :not(.pn)');
      const words = document.createRange();
      words.selectNodeContents(e);
      return words.getClientRects()[0].left;
    }"""
    with reader.read(ESSAY, width=width) as page:
        beside = ask(page, after)
        option(page, "initial", "")
        assert beside == ask(page, after)


def test_on_a_phone_the_views_stand_in_one_row_and_the_bar_has_two(reader: Reader) -> None:
    with reader.read(ESSAY.replace("index.html", "notes.html"), width=360) as page:
        tops = "s => new Set([...document.querySelectorAll(s)].map(e => e.getBoundingClientRect().top)).size"
        assert ask(page, tops, ".bar nav a") == 1
        assert page.locator(".bar").bounding_box()["height"] < 110  # type: ignore[index]


def test_the_choice_of_a_tag_is_centred_as_the_rest_of_the_key(reader: Reader) -> None:
    with reader.read(ESSAY.replace("index.html", "notes.html"), width=1240) as page:
        sides = ask(
            page,
            """() => {
              const [around, label, select] = ['#_choose', '[for=_tag]', '#_tag']
                .map(s => document.querySelector(s).getBoundingClientRect());
              return [label.left - around.left, around.right - select.right];
            }""",
        )
    assert abs(sides[0] - sides[1]) < 3
