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
REQUESTS = 6
FACES = ("serif.", "serif-it.")


def on_the_wire(path: Path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 9))


def test_style_scripts_and_faces(built_site: Path) -> None:
    files = [
        path
        for path in (built_site / "assets").iterdir()
        if path.suffix in (".css", ".js") or path.name.startswith(FACES)
    ]
    sizes = {path.name: on_the_wire(path) for path in files}
    assert sum(sizes.values()) <= BUDGET, sizes


def test_requests(built_site: Path) -> None:
    for page in built_site.rglob("*.html"):
        tree = HTMLParser(page.read_text())
        asked = tree.css("link[rel=stylesheet], script[src], img[src]:not([src^='data:'])")
        assert 1 + len(asked) + len(FACES) <= REQUESTS, page


@pytest.mark.parametrize("licence", ["SOURCE-SERIF-OFL.md", "ATKINSON-LICENSE.txt"])
def test_licences_travel_with_the_faces(built_site: Path, licence: str) -> None:
    assert (built_site / "assets/fonts" / licence).is_file()
