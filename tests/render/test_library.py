"""The library's line on who wrote an edition, and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.render.test_pages import pages_of

if TYPE_CHECKING:
    from pathlib import Path


def line(folder: Path, settings: str, *texts: str) -> str:
    tables = "".join(f'[[text]]\nfile = "t{number}.md"\n{text}\n' for number, text in enumerate(texts))
    files = {f"one/t{number}.md": f"Text {number}.\n" for number in range(len(texts))}
    made = pages_of(
        folder, {"site.toml": 'title = "All"\n', "one/edition.toml": f'title = "One"\n{settings}\n{tables}', **files}
    )
    found = re.search(r'<p class="by">(.*?)</p>', made["index.html"])
    return re.sub(r"<[^>]*>", "", found[1]) if found else ""


THORNE = 'author = "Josiah Thorne"\ndate = "1834-05-17"'


@pytest.mark.parametrize(
    ("settings", "texts", "expected"),
    [
        pytest.param("", [THORNE, 'author = "A student"', 'author = "Anon."'],
                     "Josiah Thorne, 17 May 1834 · A student · Anon.", id="only the first has a date"),
        pytest.param("", ['author = "A student"', THORNE], "A student · Josiah Thorne, 17 May 1834", id="the second"),
        pytest.param("", [THORNE, 'author = "A student"\ndate = "1835"'],
                     "Josiah Thorne, 17 May 1834 · A student", id="each has its own"),
        pytest.param("", [THORNE, 'author = "Anon."\ndate = "1834-05-17"'],
                     "Josiah Thorne, Anon., 17 May 1834", id="they share it"),
        pytest.param('date = "1900"', [THORNE, 'author = "Anon."'], "Josiah Thorne, Anon., 1900", id="the edition's"),
        pytest.param("", [THORNE], "Josiah Thorne, 17 May 1834", id="one text"),
        pytest.param("", [THORNE, 'author = "Josiah Thorne"'], "Josiah Thorne, 17 May 1834", id="one author"),
        pytest.param("", ['date = "1834"', 'author = "A"', 'author = "B"'], "A, B", id="nobody's text"),
        pytest.param("", ['author = "A"', 'author = "B"'], "A, B", id="no date"),
        pytest.param("", ['date = "1834"', ""], "1834", id="no author"),
    ],
)  # fmt: skip
def test_a_date_stands_with_whose_it_is(tmp_path: Path, settings: str, texts: list[str], expected: str) -> None:
    assert line(tmp_path, settings, *texts) == expected
