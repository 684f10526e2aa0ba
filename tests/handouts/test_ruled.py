"""The lines on which students answer: as many as were asked for, and no page half empty before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.handouts.conftest import made_from
from tests.handouts.print_reading import paths_of
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from pathlib import Path

PITCH = 22.5
WIDE = 400
"""Points: a line to write on is longer, no other stroke is but one over each part."""


def ruled(pdf: bytes) -> list[list[float]]:
    """By page: how far from the top each line to write on lies."""
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        lines = [path for path in paths_of(page) if len(path) > 1 and abs(path[-1][0] - path[0][0]) > WIDE]
        pages.append(sorted(path[0][1] for path in lines))
    return pages


def answered(lines: int, folder: Path, before: str = "") -> tuple[list[list[float]], str]:
    files = {
        "site.toml": 'title = "Site"\n',
        "one/edition.toml": 'title = "One"\n[[text]]\nfile = "p.md"\n[[handout]]\nid = "s"\n',
        "one/p.md": "# A text\n\nA paragraph.\n",
        "one/questions.md": f'{before}## Why? {{lines="{lines}"}}\n',
    }
    made, _ = made_from(lay_out(files, folder), None)
    return ruled(made["one/handout-s.pdf"]), made["one/index.html"].decode()


def close(pages: list[list[float]]) -> list[list[float]]:
    """The lines that stand as far apart as lines to write on."""
    return [[y for y in page if any(abs(abs(y - other) - PITCH) < 1 for other in page)] for page in pages]


@pytest.mark.parametrize("lines", [40, 41, 60])
def test_as_many_lines_as_were_asked_for(lines: int, tmp_path: Path) -> None:
    pages, html = answered(lines, tmp_path)
    assert sum(map(len, close(pages))) == lines
    assert html.count("<i></i>") == lines


@pytest.mark.parametrize("first", range(4, 14))
def test_no_page_is_left_half_empty_before_the_last_lines(first: int, tmp_path: Path) -> None:
    """Wherever the question begins: where lines go on overleaf, those before reach nearly to the foot of their page."""
    pages = close(answered(20, tmp_path, f'## First? {{lines="{first}"}}\n\n')[0])
    full = [page for page in pages if page]
    assert all(len(page) != 1 for page in full)
    for page in full[:-1]:
        assert max(page) > 842 - 85 - 2 * PITCH, (first, page)
