"""Thousands of notes on one page are put in place in the time of a few, not in its square."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.themes("folio")]

ESSAY = "readings/splitting-russia-and-china/index.html"
NOTES = 3000
PATIENCE = 4000
"""Milliseconds on a busy machine. An idle one takes 75; looking for each note's passage anew took 25,000."""

GROW = """many => {
  const text = document.querySelector('article.text'), paras = [...text.querySelectorAll(':scope > .para')];
  let copies = 0;
  while (document.querySelectorAll('.notes .note').length < many) {
    copies += 1;
    const other = key => 'copy' + copies + '-' + key;
    paras.forEach(para => {
      const copy = para.cloneNode(true), each = (selector, act) => copy.querySelectorAll(selector).forEach(act);
      copy.id = other(copy.id);
      each('[id]', e => { e.id = e.id.replace(/^(note-|ref-|)/, '$1' + other('')); });
      each('mark[data-n]', e => { e.dataset.n = e.dataset.n.split(' ').map(other).join(' '); });
      each('a.ref', e => { e.hash = e.hash.replace(/^#note-/, '#note-' + other('')); });
      text.append(copy);
    });
  }
}"""
PLACE = """() => {
  const start = performance.now();
  folio.place();
  document.body.offsetHeight;
  return performance.now() - start;
}"""


def test_placing_thousands_of_notes(reader: Reader) -> None:
    with reader.read(ESSAY) as page:
        page.evaluate(GROW, NOTES)
        page.evaluate(PLACE)  # the first has all the new words to lay out
        assert page.evaluate(PLACE) < PATIENCE
