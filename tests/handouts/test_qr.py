"""The code on a printed page, read as a telephone reads it: it is the address of the web page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from tests.handouts.conftest import made_from
from tests.handouts.sites import lay_out, paragraph

if TYPE_CHECKING:
    from pathlib import Path

PRINTER = 200 / 72
"""Dots for each point of a page, at 200 to the inch: what a modest printer has."""

HANDOUTS = {
    "student": 'kinds = ["question"]',
    "teacher": 'audience = "teacher"',
    "letter": 'paper = "letter"',
    "facing": 'layout = "facing"',
}
FAR = "https://read.test/" + 20 * "a-long-way/"
ADDRESSES = {
    "https://read.test": "https://read.test/one/",
    "https://read.test/all/": "https://read.test/all/one/",
    "https://read.test/~anna/a%20b/(1)": "https://read.test/~anna/a%20b/(1)/one/",
    "https://bücher.test:8080/süß": "https://xn--bcher-kva.test:8080/s%C3%BC%C3%9F/one/",
    FAR: f"{FAR}one/",
}
"""`base_url` -> the address of the edition, as a browser writes it."""


def codes_of(pdf: bytes) -> list[str]:
    """What each code on the pages of a PDF says."""
    return [code.text for code in seen_on(pdf)]


def seen_on(pdf: bytes) -> list[Any]:
    """Each code on the pages of a PDF: its `text`, its `position` in dots."""
    zxing = pytest.importorskip("zxingcpp")
    found: list[Any] = []
    for page in pypdfium2.PdfDocument(pdf):
        image = page.render(scale=PRINTER, grayscale=True)
        dots = memoryview(image.buffer).cast("B").cast("B", (image.height, image.stride))
        found += zxing.read_barcodes(dots)
    return found


def printed(base_url: str, tmp_path: Path) -> dict[str, bytes]:
    """Each handout of an edition on a site: id -> its PDF."""
    handouts = "".join(f'[[handout]]\nid = "{id}"\n{how}\n' for id, how in HANDOUTS.items())
    files = {
        "site.toml": f'title = "Site"\nbase_url = "{base_url}"\noutputs = ["site", "handout"]\n',
        "one/edition.toml": f'title = "One"\n\n[[text]]\nfile = "a.md"\n\n[[text]]\nfile = "b.md"\n\n{handouts}',
        "one/a.md": f"# First\n\n{paragraph(0, 60)}\n",
        "one/b.md": f"# Second\n\n{paragraph(60, 60)}\n",
    }
    made, told = made_from(lay_out(files, tmp_path))
    assert told == []
    assert "one/index.html" in made, "what the address leads to"
    return {id: made[f"one/handout-{id}.pdf"] for id in HANDOUTS}


@pytest.mark.parametrize(("base_url", "address"), ADDRESSES.items(), ids=["bare", "folder", "signs", "letters", "far"])
def test_the_code_is_the_address_of_the_page(base_url: str, address: str, tmp_path: Path) -> None:
    found = {id: codes_of(pdf) for id, pdf in printed(base_url, tmp_path).items()}
    assert found == {id: [address] for id in HANDOUTS}


def test_an_address_that_no_code_holds_is_printed_without(tmp_path: Path) -> None:
    base_url = f"https://read.test/{3000 * 'x'}"
    for pdf in printed(base_url, tmp_path).values():
        assert codes_of(pdf) == []
        pages = pypdfium2.PdfDocument(pdf)
        words = "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)
        assert 3000 * "x" in words.replace("\N{SOFT HYPHEN}", "").replace("\ufffe", "")
