"""What a first visit costs: bytes on the wire and requests."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

if TYPE_CHECKING:
    from pathlib import Path

BUDGET = 45 * 1024
"""Bytes of style, scripts and the two faces of the book; fonts are compressed already."""
PAGE = 40 * 1024
"""Bytes of a reading page with all its notes."""
MORE = 15 * 1024
"""Bytes that a view of its own (glossary, library, conversation …) may add to what every page has."""
REQUESTS = 6
"""The page itself, style, scripts and faces."""
BUNDLE = 2
"""Requests that a view of its own may add: its style and its script."""
FACES = ("serif.", "serif-it.")


def on_the_wire(path: Path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 9))


def first_load(page: Path, built_site: Path) -> dict[str, int]:
    """Style, scripts and faces that a page asks for at once, by name, in bytes on the wire."""
    tree = HTMLParser(page.read_text())
    asked = [node.attributes["href"] or "" for node in tree.css("link[rel=stylesheet]")]
    asked += [node.attributes["src"] or "" for node in tree.css("script[src]")]
    files = [(page.parent / name).resolve() for name in asked]
    files += [path for path in (built_site / "assets").iterdir() if path.name.startswith(FACES)]
    return {path.name: on_the_wire(path) for path in files}


def test_style_scripts_and_faces(built_site: Path) -> None:
    for page in built_site.rglob("*.html"):
        sizes = first_load(page, built_site)
        assert sum(sizes.values()) <= BUDGET + (0 if is_read(page) else MORE), (page.name, sizes)


def test_the_reading_page_itself(built_site: Path) -> None:
    pages = [page for page in built_site.rglob("*.html") if is_read(page)]
    assert pages
    for page in pages:
        assert on_the_wire(page) <= PAGE, page


def is_read(page: Path) -> bool:
    """Whether it is a reading page; not the edition in one file, which weighs what it holds."""
    return (
        not page.name.endswith(".offline.html")
        and HTMLParser(page.read_text()).css_first("body.v-read .para") is not None
    )


def test_requests(built_site: Path) -> None:
    for page in built_site.rglob("*.html"):
        tree = HTMLParser(page.read_text())
        asked = tree.css("link[rel=stylesheet], script[src], img[src]:not([src^='data:'])")
        assert 1 + len(asked) + len(FACES) <= REQUESTS + (0 if is_read(page) else BUNDLE), page


@pytest.mark.parametrize("licence", ["SOURCE-SERIF-OFL.md", "ATKINSON-LICENSE.txt"])
def test_licences_travel_with_the_faces(built_site: Path, licence: str) -> None:
    assert (built_site / "assets/fonts" / licence).is_file()
