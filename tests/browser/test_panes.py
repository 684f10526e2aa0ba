"""The conversation's geometry: panes, wires and the movement of one pane with the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.reader import settle, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

ESSAY = "readings/splitting-russia-and-china/conversation.html"
FORMS = "forms/letters/conversation.html"
THREE = "three/bell/conversation.html"
WIDTHS = (1920, 1440, 1200, 1024, 960, 768, 480, 360, 320)
PANES_FROM = 960

STANDING = """() => {
  const root = document.documentElement, found = [];
  const seen = e => e.getClientRects().length > 0 && e.offsetHeight !== 0;
  const all = (s, of = document) => [...of.querySelectorAll(s)].filter(seen);
  const box = e => e.getBoundingClientRect();
  if (root.scrollWidth > root.clientWidth) found.push(`sideways: ${root.scrollWidth} in ${root.clientWidth}`);
  all('.pane').forEach(p => { if (p.scrollWidth > p.clientWidth) found.push(`sideways in ${p.id}`); });
  const svg = document.querySelector('.wires'), gutter = svg.getClientRects().length ? box(svg) : null;
  if (gutter) {
    all('.pane .tx > *, .pane .imprint, .pane .rights, .chooser').forEach(e => {
      const b = box(e);
      const inside = b.right > gutter.left + .5 && b.left < gutter.right - .5;
      if (inside) found.push(`text in the gutter: ${e.textContent.slice(0, 30)}`);
    });
    [...svg.querySelectorAll('path, text')].forEach(e => {
      const b = box(e);
      const outside = b.width && (b.left < gutter.left - .5 || b.right > gutter.right + .5);
      if (outside) found.push(`out of the gutter: ${e.parentNode.dataset.key} ${b.left} ${b.right}`);
    });
    if (getComputedStyle(svg).overflow !== 'hidden') found.push('wires may leave the gutter');
  }
  all('.tune label, .tune a, .sync label, .chooser select, .acts :is(a, button), .bar a, .bar button').forEach(e => {
    if (box(e).width < 23.5 || box(e).height < 23.5) found.push(`too small to touch: ${e.textContent.trim()}`);
  });
  return {
    found, wires: gutter ? [...svg.querySelectorAll('.wire')].filter(p => p.getAttribute('d')).length : 0,
    panes: all('.pane').length, between: all('.between').length,
  };
}"""


def standing(page: Page, width: int) -> dict[str, Any]:
    page.set_viewport_size({"width": width, "height": 900})
    settle(page)
    result: dict[str, Any] = page.evaluate(STANDING)
    return result


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("path", [ESSAY, FORMS, THREE])
def test_nothing_stands_on_anything(reader: Reader, path: str, script: bool) -> None:
    with reader.read(path, script=script) as page:
        for width in WIDTHS:
            result = standing(page, width)
            assert result["found"] == [], width
            assert (result["between"] == 0) is (width >= PANES_FROM), width
            if script:
                assert (result["wires"] > 0) is (width >= PANES_FROM), width
                assert result["panes"] == 2 or width < PANES_FROM, width


@pytest.mark.parametrize("setting", ["size=xl", "face=plain&size=xl"])
@pytest.mark.parametrize("path", [ESSAY, THREE])
def test_settings_keep_everything_apart(reader: Reader, path: str, setting: str) -> None:
    with reader.read(f"{path}?{setting}") as page:
        for width in WIDTHS:
            assert standing(page, width)["found"] == [], width


@pytest.mark.parametrize("path", [ESSAY, THREE])
def test_wires_stay_in_the_gutter_wherever_the_panes_are(reader: Reader, path: str) -> None:
    with reader.read(path, width=1024) as page:
        for left, right in ((0, 900), (400, 0), (900, 300), (2000, 2000)):
            page.evaluate(
                "([left, right]) => { document.querySelector('#_sync').checked = false;"
                " folio.panes.at('left').scrollTop = left; folio.panes.at('right').scrollTop = right; }",
                [left, right],
            )
            settle(page)
            assert page.evaluate(STANDING)["found"] == []


def test_from_right_to_left(reader: Reader) -> None:
    """The first text stands at the right then, and what is drawn is mirrored with it."""
    with reader.read(ESSAY) as page:
        page.evaluate("document.documentElement.dir = 'rtl'; dispatchEvent(new Event('resize'))")
        settle(page)
        for width in (1440, 1024, 360):
            assert standing(page, width)["found"] == []
        page.set_viewport_size({"width": 1440, "height": 900})
        settle(page)
        sides = page.evaluate(
            """() => {
              const box = e => e.getBoundingClientRect(), pane = folio.panes.at('left'), g = box(folio.one('.wires'));
              const brackets = Object.entries(folio.panes.ends).filter(([, pair]) => pair[0].pane === pane)
                .map(([key]) => folio.one(`.wires g[data-key="${key}"] .bracket`)).filter(b => b.getAttribute('d'));
              const mirrored = brackets.every(b => box(b).left > (g.left + g.right) / 2);
              return [box(pane).left >= g.right - 1, brackets.length, mirrored];
            }"""
        )
        assert sides[0]
        assert sides[1] > 0
        assert sides[2]


def test_every_bracket_is_level_with_its_passage(reader: Reader) -> None:
    away = """() => Math.max(...Object.entries(folio.panes.ends).flatMap(([key, pair]) => pair.map(end => {
      const g = document.querySelector(`.wires g[data-key="${key}"]`), svg = document.querySelector('.wires');
      const rects = [...end.pane.querySelectorAll(`.tp[data-x~="${key}"]`)].flatMap(e => [...e.getClientRects()]);
      const heights = [...g.querySelectorAll('.bracket')].filter(b => b.getAttribute('d'))
        .map(b => b.getBoundingClientRect().top);
      const top = Math.min(...rects.map(r => r.top)), box = svg.getBoundingClientRect();
      if (!rects.length || top < box.top || top > box.bottom - 20) return 0;
      return Math.min(...heights.map(y => Math.abs(y - top)));
    })))"""
    with reader.read(ESSAY) as page:
        page.evaluate("folio.panes.at('left').scrollTop = 500")
        settle(page)
        assert page.evaluate(away) < 6


# in step

PACE = """() => {
  let seed = 7;
  const chance = n => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
  const wrong = [];
  for (let round = 0; round < 400; round++) {
    const first = [100, 100], last = [1000 + chance(900), 600 + chance(900)], whole = (last[1] - 100) / (last[0] - 100);
    const points = Array.from({ length: chance(9) }, () => [chance(last[0] + 60), chance(last[1] + 60)]);
    const fits = (p, q) => {
      const slope = (q[1] - p[1]) / (q[0] - p[0]) / whole;
      return q[0] > p[0] && q[1] > p[1] && slope <= 5 && slope >= 1 / 5;
    };
    let best = 0;
    for (let bits = 0; bits < 1 << points.length; bits++) {
      const run = [first, ...points.filter((p, i) => bits >> i & 1).sort((p, q) => p[0] - q[0]), last];
      if (run.length - 2 > best && run.every((p, i) => !i || fits(run[i - 1], p))) best = run.length - 2;
    }
    const knots = folio.pace.knots(points, first, last);
    if (knots.length - 2 !== best) wrong.push(['longest', best, knots, points]);
    if (!knots.every((p, i) => !i || fits(knots[i - 1], p))) wrong.push(['pace', knots]);
    for (let y = -50; y < last[0] + 100; y += 37) {
      const there = folio.pace.at(knots, 0, y);
      if (there >= folio.pace.at(knots, 0, y + 1)) wrong.push(['monotone', y, knots]);
      if (Math.abs(folio.pace.at(knots, 1, there) - y) > .01) wrong.push(['there and back', y, knots]);
    }
  }
  return wrong.slice(0, 3);
}"""


def test_the_pace_is_the_longest_run_and_can_be_gone_back(reader: Reader) -> None:
    """Against every subset, for hundreds of small made cases."""
    with reader.read(THREE) as page:
        assert page.evaluate(PACE) == []


MONOTONE = """side => {
  const lead = folio.panes.at(side), other = folio.panes.other(lead), step = 40, seen = [];
  folio.panes.take(lead, true);
  const room = pane => pane.scrollHeight - pane.clientHeight;
  for (let y = 0; y < room(lead) + step; y += step) {
    lead.scrollTop = y;
    folio.panes.follow();
    seen.push(other.scrollTop);
  }
  return [seen, room(other)];
}"""


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("path", [ESSAY, THREE])
def test_as_one_pane_goes_down_the_other_never_goes_up(reader: Reader, path: str, side: str) -> None:
    with reader.read(path, height=500) as page:
        seen, room = page.evaluate(MONOTONE, side)
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert seen[-1] >= room - 2, "both texts end together"


def test_ties_in_common_order_pass_the_eye_together(reader: Reader) -> None:
    """Every knot of the pace: where one end stands at a third of its pane, the other does in the other pane."""
    away = """() => {
      const left = folio.panes.at('left'), right = folio.panes.at('right');
      return folio.panes.knots().slice(1, -1).map(([a, b]) => {
        folio.panes.take(left, true);
        left.scrollTop = a - left.clientHeight / 3;
        folio.panes.follow();
        return Math.abs(b - right.scrollTop - right.clientHeight / 3);
      });
    }"""
    with reader.read(ESSAY) as page:
        found = page.evaluate(away)
    assert len(found) >= 5
    assert max(found) < 3


WATCH = """() => new Promise(done => {
  const a = folio.panes.at('left'), b = folio.panes.at('right'), seen = [];
  const look = () => {
    seen.push([a.scrollTop, b.scrollTop]);
    if (seen.length < 40) requestAnimationFrame(look); else done(seen);
  };
  requestAnimationFrame(look);
})"""


def test_the_pane_that_follows_moves_nothing(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.mouse.move(300, 500)
        page.mouse.wheel(0, 777)
        until(page, "folio.panes.at('left').scrollTop === 777")
        settle(page)
        settled = page.evaluate(WATCH)
        assert settled[0] == settled[-1], "it settles"
        assert len({tuple(pair) for pair in settled}) == 1, "and doesn't swing"
        assert settled[0][0] == 777, "the pane that leads is where the reader put it"
        assert settled[0][1] > 50
        page.mouse.move(1100, 500)
        before = page.evaluate("folio.panes.at('right').scrollTop")
        page.mouse.wheel(0, 1)
        until(page, "before => folio.panes.at('right').scrollTop !== before", before)
        settle(page)
        after = page.evaluate(WATCH)
        assert len({tuple(pair) for pair in after}) == 1
        assert abs(after[0][0] - 777) < 12, "to take the lead jolts nothing"


def test_many_small_turns_of_the_wheel_do_not_drift(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.mouse.move(300, 500)
        page.mouse.wheel(0, 600)
        until(page, "folio.panes.at('left').scrollTop === 600")
        settle(page)
        before = page.evaluate(WATCH)[-1]
        for x, by in ((1100, 30), (1100, -30), (300, 25), (300, -25)) * 3:
            page.mouse.move(x, 500)
            side = "left" if x < 720 else "right"
            start = page.evaluate("side => folio.panes.at(side).scrollTop", side)
            page.mouse.wheel(0, by)
            until(page, "([side, start]) => folio.panes.at(side).scrollTop !== start", [side, start])
            settle(page)
        after = page.evaluate(WATCH)[-1]
        assert abs(before[0] - after[0]) < 8
        assert abs(before[1] - after[1]) < 8


def test_a_tie_let_go_far_out_of_step_is_made_good_without_a_jump(reader: Reader) -> None:
    with reader.read(f"{ESSAY}#xref-natural-or-not-1") as page:
        page.keyboard.press("Escape")
        before = page.evaluate("folio.panes.at('right').scrollTop")
        page.mouse.move(300, 500)
        start = page.evaluate("folio.panes.at('left').scrollTop")
        page.mouse.wheel(0, 60)
        until(page, "start => folio.panes.at('left').scrollTop !== start", start)
        settle(page)
        assert abs(page.evaluate("folio.panes.at('right').scrollTop") - before) < 240
        for _ in range(60):
            page.mouse.wheel(0, -200)
            page.wait_for_timeout(15)
        until(page, "folio.panes.at('left').scrollTop === 0")
        settle(page)
        assert page.evaluate("[folio.panes.at('left').scrollTop, folio.panes.at('right').scrollTop]") == [0, 0]


def test_each_for_itself(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.locator("#_sync").uncheck()
        page.mouse.move(300, 500)
        page.mouse.wheel(0, 700)
        until(page, "folio.panes.at('left').scrollTop === 700")
        settle(page)
        assert page.evaluate("[folio.panes.at('left').scrollTop, folio.panes.at('right').scrollTop]") == [700, 0]
