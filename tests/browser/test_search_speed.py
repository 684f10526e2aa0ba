"""Two hundred editions answer before a reader notices, and what he waits for at first stays within bounds.

The index is that of the edition of this repository, so many times: to build them all would take a minute.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from builder.model.site import Page
from builder.render.search import MANIFEST, SearchIndex

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.themes("folio")]

MANY = 200
BOUND = 50
"""Milliseconds in which an ordinary computer with nothing else to do answers a query over all of them, and has its
results in the page and laid out."""
TYPED = ["a", "the", "sanctions", "conces", "russia china", '"in any negotiation"', "what would be an offer", "zzzz"]
TIMED = """words => {
  const field = document.querySelector('#_q'), took = [], turns = [];
  const now = () => performance.now();
  field.value = words;
  for (let i = 0; i < 9; i++) {
    let start = now();
    folio.find();
    document.body.offsetHeight;
    took.push(now() - start);
    start = now();
    for (let n = 0, sum = 0; n < 2e7; n++) sum = (sum + n * n) | 0;
    turns.push(now() - start);
  }
  return [Math.min(...took), Math.min(...turns)];
}"""
"""The least of some runs, and of twenty million turns of a loop between them: other work slows both."""
TURNS = 12
"""Milliseconds that an ordinary computer with nothing else to do needs for these turns."""
ONE = 26 * 1024
"""Bytes on the wire of the index of this repository's edition, some 11,000 words with its notes and glossary."""


def wire(folder: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in folder.glob("assets/search*.js"))


def test_the_index_of_one_edition(built_site: Path, record_property: Callable[[str, object], None]) -> None:
    record_property("bytes on the wire", wire(built_site))
    assert 0 < wire(built_site) <= ONE


def many(site: Path, place: Path) -> str:
    """A site with one edition -> one with many of it in its index, and two of them there; the id of the second."""
    shutil.copytree(site, place)
    (folder,) = (path.parent for path in place.glob("*/notes.html"))
    (part,) = place.glob("assets/search.*.js")
    record = json.dumps(json.loads(part.read_text("utf-8")[len("glossatorFind(") : -len(");\n")])["editions"][0])
    index = SearchIndex(lambda _: "")
    names = [f"{folder.name}-{number:04}" for number in range(MANY)]
    made = [index.add(name, len(record), record.replace(f'"{folder.name}', f'"{name}')) for name in names]
    made += index.close({}, several=True, shared=None)
    parts = [page for page in made if isinstance(page, Page)]
    words = re.search(r'"words":(\{.*?\}\})', (place / MANIFEST).read_text("utf-8"))
    assert words
    for page in parts:
        said = f'"words":{words[1]}' if page.path == MANIFEST else ""
        (place / page.path).write_bytes(page.content.replace(b'"words":{}', said.encode()))
    folder.rename(place / names[100])
    return names[100]


def test_two_hundred_editions(
    reader: Reader, built_site: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    edition = tmp_path / "output" / many(built_site, tmp_path / "output")
    record_property("bytes on the wire", wire(tmp_path / "output"))
    with reader.read("readings/index.html") as page:
        page.goto(f"{edition.as_uri()}/index.html")
        page.keyboard.press("/")
        page.locator("#_search[open]").wait_for()
        page.locator("#_q").fill("zzzz")
        page.locator("#_found", has_text="Nothing found").wait_for(timeout=120_000)
        took = {words: page.evaluate(TIMED, words) for words in TYPED}
        record_property("milliseconds", took)
        page.locator("#_q").fill("negotiation")
        page.evaluate("() => folio.find()")
        first = page.locator(".fl section").first
        assert int(first.locator("h2 span").inner_text()) == MANY
        assert first.locator("a").first.get_attribute("href") == "#comment-p2"  # the edition one is in comes first
        assert all(found <= BOUND * max(1, turns / TURNS) for found, turns in took.values()), took
