"""Where a page leads is read from its tags alone: not from what looks like an attribute in a value."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from builder.render.leads import outgoing, part_of
from builder.shell.build import Order, build_site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("html", "ids", "hrefs"),
    [
        ('<a id="one" href="x.html">', ("one",), ("x.html",)),
        ('<p aria-label="X src=" tabindex="0"><a href="x.html">', (), ("x.html",)),
        ('<p aria-label="X src=" id="one"><a href="x.html">', ("one",), ("x.html",)),
        ('<p title="a=b href=" class="c" ID="one">', ("one",), ()),
        ("<p title=\"see href='nope.html' there\" id='one'>", ("one",), ()),
        ("<p title='see href=\"nope.html\" > there' id='one'>", ("one",), ()),
        ('<p title=" id = x" id="one">it said="<a href="y">', ("one",), ("y",)),
        ('<img alt="b > src=" src="a.png"/><br/>', (), ("a.png",)),
    ],
)
def test_attributes_are_those_of_tags(html: str, ids: tuple[str, ...], hrefs: tuple[str, ...]) -> None:
    part = part_of(html.encode())
    assert (part.ids, part.hrefs) == (ids, hrefs)


@pytest.mark.parametrize(
    "piece", ['<a title=" id=" href="x">', '<a "', "<a '", '="', '=" id=', "<a =' src=", "=\" ' id="]
)
def test_it_takes_no_longer_than_there_is_to_read(piece: str) -> None:
    before = time.process_time()
    outgoing("a.html", piece.encode() * 50_000)
    assert time.process_time() - before < 2


def test_a_siglum_that_ends_like_an_attribute(tmp_path: Path) -> None:
    files = {
        "site.toml": 'title = "S"\noutputs = ["site"]\n',
        "t/edition.toml": 'title = "T"\n[[text]]\nfile = "a.md"\nsiglum = "X src="\n[[text]]\nfile = "b.md"\n'
        'responds-to = "a"\nsiglum = "Y href="\n',
        "t/a.md": "# A\n\nA fox leapt.\n",
        "t/b.md": "# B\n\nIt fell.\n",
        "t/crossrefs.md": "## b “fell” → a “leapt” {.answers}\nSo.\n",
    }
    for path, words in files.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(words, encoding="utf-8")
    assert build_site(Order(tmp_path / "site", tmp_path / "output")).told == ()
    assert (tmp_path / "output/t/conversation.html").exists()
