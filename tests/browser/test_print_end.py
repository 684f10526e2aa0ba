"""On paper, from the browser: the terms at the end, the address and its code, the foot of each page; also at once."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.browser.conftest import chromium
from tests.browser.paper import CAME, COLUMN, HEIGHTS, TITLES, letters
from tests.browser.reader import SITES as BUILT
from tests.browser.reader import settle, until
from tests.browser.test_library import written
from tests.browser.test_print import ESSAY, OFFLINE
from tests.handouts.print_reading import MM, overlaps, words_of
from tests.handouts.sites import counted, lay_out, paragraph
from tests.handouts.test_qr import PRINTER, seen_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.reader import Reader
    from tests.handouts.print_reading import Word

pytestmark = pytest.mark.browser

HEADWORD = 12.67
"""The size of a headword's letters in pixels, as the PDF has them: 9.5 points."""
SECOND = COLUMN + 87.5 * MM
"""Where the second column of the glossary begins."""
TITLE = "Is splitting Russia from China possible?"
URL = "https://read.test/all/splitting-russia-and-china/"
ESSAY = ESSAY.replace("readings", "addressed")
PAGES = {
    "all": ESSAY,
    "student": f"{ESSAY}?print=student",
    "alone": ESSAY.replace("index.html", OFFLINE),
    "conversation": ESSAY.replace("index", "conversation"),
}
USED = """() => [...document.querySelectorAll('main a.term[href*="#term-"]')].filter(a =>
  a.checkVisibility() && !a.closest('.glossary')).map(a => decodeURIComponent(a.hash.slice(6)))"""
STATE = """() => [document.body.outerHTML, document.documentElement.className, scrollY,
  [...document.querySelectorAll('*')].map(e => JSON.stringify(e.getBoundingClientRect()))]"""
"""The page as it is on the screen, and where all of it stands."""

LONGEST = 980
"""Pixels of a page between its margins."""
LOWERED = "far => document.querySelector('.head').style.setProperty('margin-top', `${far}px`, 'important')"


@pytest.fixture(scope="module", autouse=True)
def addressed(reader: Reader, theme: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of this repository on a site that has an address on the web."""
    place = tmp_path_factory.mktemp("addressed")
    shutil.copytree(BUILT["readings"], place / "content")
    site = f'title = "Readings"\ntheme = "{theme}"\nbase_url = "https://read.test/all"\noutputs = ["site", "offline"]\n'
    own = (place / "content/site.toml").read_text("utf-8")
    (place / "content/site.toml").write_text(site + own[own.index("[relation") :], "utf-8")
    output = written(place)
    reader.also("addressed", output)
    return output


def on_paper(page: Page, file: Path, paper: str = "A4") -> bytes:
    """The page as a PDF, once what lays it out has come."""
    until(page, CAME)
    page.pdf(path=file, format=paper)
    return file.read_bytes()


def headwords(words: Sequence[Word]) -> list[tuple[int, bool, str]]:
    """Of each headword of the glossary, downwards: page, whether it stands in the second column, its letters.

    The last, which is kept with what follows, stands below both columns.
    """
    rows: dict[tuple[int, bool, float], list[Word]] = defaultdict(list)
    begins = [(word.page, word.base) for word in words if word.words == "Glossary" and word.size in TITLES]
    for word in words:
        if abs(word.size - HEADWORD) < 0.02 and begins and (word.page, word.base) > begins[-1]:
            rows[word.page, word.left > SECOND - 2, word.base].append(word)
    for (_, second, _), row in rows.items():
        assert abs(min(word.left for word in row) - (SECOND if second else COLUMN)) < 2, row
    lowest = max(rows, key=lambda at: (at[0], at[2]), default=None)
    return [
        (page, second, letters("".join(word.words for word in row)))
        for (page, second, _), row in sorted(rows.items(), key=lambda one: (one[0] == lowest, one[0]))
    ]


def used_on(page: Page, name: str) -> set[str]:
    """Ids of the terms that the page shows on paper without what is laid out for it."""
    page.emulate_media(media="print")
    page.evaluate("name => { if (name === 'student') document.documentElement.dataset.print = name; }", name)
    return set(page.evaluate(USED))


def feet(pdf: bytes, height: float) -> list[tuple[str, str]]:
    """What stands at the foot of each page, at the left and at the right; fails where more than a line of it does."""
    words, found = words_of(pdf), []
    below = (height - 19) * MM
    for number in range(1, len(pypdfium2.PdfDocument(pdf)) + 1):
        mine = [word for word in words if word.page == number and word.top >= below]
        right = [word for word in mine if word.left > 185 * MM]
        found.append((" ".join(w.words for w in mine if w not in right), "".join(w.words for w in right)))
        assert len({round(word.base) for word in right}) == 1, right
    return found


@pytest.mark.parametrize("name", PAGES)
def test_what_stands_at_the_end_and_at_the_foot(reader: Reader, addressed: Path, name: str, tmp_path: Path) -> None:
    script = (addressed / "splitting-russia-and-china/paper.js").read_text("utf-8")
    terms = json.loads(script.removeprefix("glossatorPaper(").rstrip().removesuffix(");"))["terms"]
    with reader.read(PAGES[name]) as page:
        before = page.evaluate(STATE)
        pdf = on_paper(page, tmp_path / "page.pdf")
        settle(page)
        if name != "student":
            assert page.evaluate(STATE) == before
        title, used = page.title(), used_on(page, name)
    words = words_of(pdf)
    told = headwords(words)
    assert [word for _, _, word in told] == [letters(headword) for key, headword, _ in terms if key in used]
    assert len(told) > (10 if name == "student" else 30)
    assert {second for _, second, _ in told} == {False, True}
    cited = [one.page for one, to in pairwise(words) if (one.words, to.words) == ("How", "to")]
    assert cited[-1] == told[-1][0], "how to cite stands on a page of its own"
    assert overlaps(words) == []
    at_foot = feet(pdf, HEIGHTS["A4"])
    assert at_foot == [(title, f"{number}/{len(at_foot)}") for number in range(1, len(at_foot) + 1)]
    (code,) = seen_on(pdf)
    assert code.text == URL
    wide = (code.position.top_right.x - code.position.top_left.x) / PRINTER / MM
    assert abs(wide - 20) < 0.5
    assert URL in "".join(word.words for word in words if word.page == len(at_foot) and word.left > COLUMN + 20 * MM)


@pytest.mark.themes("folio")
@pytest.mark.parametrize(("name", "wait"), {"all": [], "alone": ["--virtual-time-budget=3000"]}.items())
def test_a_page_from_a_disk_is_printed_whole_at_once(
    reader: Reader, name: str, wait: list[str], tmp_path: Path
) -> None:
    """As soon as it has come, nobody waits: the same as later. The edition in one file is given time to unpack."""
    file = tmp_path / "at-once.pdf"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    flags += [f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={file}"]
    subprocess.run(
        [chromium(), *flags, *wait, reader.address(PAGES[name])], check=True, capture_output=True, timeout=120
    )
    with reader.read(PAGES[name]) as page:
        later = words_of(on_paper(page, tmp_path / "later.pdf", "Letter"))
    found = words_of(file.read_bytes())
    assert len(found) > 5000
    assert Counter(word.words for word in found) == Counter(word.words for word in later)
    assert [word for word in found if not alike(word, later)] == []


def alike(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word stands at the same place among others."""
    return any(
        one.words == word.words and one.page == word.page and abs(one.left - word.left) + abs(one.base - word.base) < 2
        for one in words
    )


ODD = r"""He said: "Why?" \ a } b; /* c */ and went on, as titles once did, to the very end of the line that it had, """
ODD += "and then a little farther, so that nobody who held it in hand could ever say that it was too short"


def test_any_title_stands_at_the_foot_and_nothing_else_where_there_is_nothing(
    reader: Reader, theme: str, tmp_path: Path
) -> None:
    site = f'title = "Site"\ntheme = "{theme}"\noutputs = ["site"]\n'
    files = {"one/edition.toml": f"title = {json.dumps(ODD)}\n", "one/a.md": "# One\n\nA text without terms.\n"}
    reader.also("odd", written(lay_out({"site.toml": site, **files}, tmp_path / "content").parent))
    with reader.read("odd/one/index.html") as page:
        pdf = on_paper(page, tmp_path / "page.pdf")
    ((left, right),) = feet(pdf, HEIGHTS["A4"])
    assert (re.sub(r"\s", "", left), right) == (re.sub(r"\s", "", ODD), "1/1")
    assert headwords(words_of(pdf)) == []
    assert seen_on(pdf) == []


@pytest.mark.themes("folio")
@pytest.mark.parametrize("wanted", ["", "?print=student"])
def test_the_address_never_has_a_page_of_its_own(reader: Reader, wanted: str, tmp_path: Path) -> None:
    """Wherever on a page the text ends, how to cite it stands with its address."""
    site = 'title = "Site"\nbase_url = "https://read.test"\noutputs = ["site"]\n'
    text = "\n\n".join(paragraph(first, 125) for first in range(0, 1000, 125))
    notes = f"## {counted(3)} {counted(4)} {{.question}}\nWhy?\n"
    files = {"one/edition.toml": 'title = "One"\n', "one/a.md": f"# One\n\n{text}\n", "one/a.notes.md": notes}
    reader.also("ends", written(lay_out({"site.toml": site, **files}, tmp_path / "content").parent))
    with reader.read(f"ends/one/index.html{wanted}") as page:
        for far in range(0, LONGEST, 80):
            page.evaluate(LOWERED, far)
            words = words_of(on_paper(page, tmp_path / "page.pdf"))
            cited, address = (next(one.page for one in words if one.words == word) for word in ("cite", "links,"))
            assert cited == address == max(one.page for one in words), far
