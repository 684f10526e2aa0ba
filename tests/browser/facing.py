"""A conversation page -> what is lit, held, level and in sight on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.reader import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

EDITION = "readings/splitting-russia-and-china"
ESSAY = f"{EDITION}/conversation.html"
THREE = "three/bell/conversation.html"

STATE = """() => ({
  held: folio.one('#_slip').hidden ? null : folio.one('#_slip .tie').textContent,
  lit: [...new Set(folio.all('.tp.lit').map(e => e.dataset.x))],
  letters: folio.all('.tie.on[id]').map(e => e.id),
  wires: folio.all('.wires .on').map(g => g.dataset.key),
  hash: location.hash, query: location.search,
  panes: ['left', 'right'].map(side => folio.panes.at(side).id),
  tops: ['left', 'right'].map(side => Math.round(folio.panes.at(side).scrollTop)),
  focus: document.activeElement.id,
})"""
LEVEL = """key => {
  const top = end => {
    const letter = folio.byId(`xref-${key}-${end}`), pane = letter.closest('.pane');
    const words = [...pane.querySelectorAll(`.tp[data-x~="${key}"]`)];
    return Math.min(...(words.length ? words : [letter]).flatMap(e => [...e.getClientRects()]).map(r => r.top));
  };
  return Math.abs(top(1) - top(2));
}"""
SEEN = """id => {
  const e = folio.byId(id), pane = e.closest('.pane'), a = e.getBoundingClientRect(), b = pane.getBoundingClientRect();
  const top = Math.max(0, b.top - 1), bottom = Math.min(innerHeight, b.bottom + 1);
  return e.getClientRects().length > 0 && a.top >= top && a.bottom <= bottom;
}"""
ACROSS = "folio.all('#crossrefs li').map(li => li.dataset.x)"


def state(page: Page) -> dict[str, Any]:
    settle(page)
    found: dict[str, Any] = page.evaluate(STATE)
    return found


def point_at(page: Page, selector: str) -> None:
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] - 30, box["y"] + 40)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=6)
