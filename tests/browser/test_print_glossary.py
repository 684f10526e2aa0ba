"""A glossary on paper: each term with the places where it stands, each once, without the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.browser.reader import settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

PLACES = """() => [...document.querySelectorAll('.entry')].map(e => [e.querySelector('dfn').textContent,
  [...e.querySelectorAll('.kwic li')].map(l => ['a', '.kl'].map(part => l.querySelector(part).textContent))])"""


@pytest.mark.parametrize("page_name", ["readings/glossary.html", "readings/splitting-russia-and-china/glossary.html"])
def test_each_term_with_its_places(reader: Reader, page_name: str, tmp_path: Path) -> None:
    with reader.read(page_name) as page:
        settle(page)
        entries = page.evaluate(PLACES)
        page.pdf(path=tmp_path / "glossary.pdf", format="A4")
    pdf = pypdfium2.PdfDocument(tmp_path / "glossary.pdf")
    told = " ".join(" ".join(one.get_textpage().get_text_range() for one in pdf).split())
    assert len(entries) == 38
    assert any(len(lines) > len({place for place, _ in lines}) for _, lines in entries)
    for headword, lines in entries:
        assert " ".join("; ".join(dict.fromkeys(place for place, _ in lines)).split()) in told, headword
        around = [" ".join(before.split()) for place, before in lines if "¶" in place]
        assert not [words for words in around if words.count(" ") > 3 and words in told], headword
