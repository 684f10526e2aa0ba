"""The script compares words as builder/relate/normal.py does, and finds their places in what was typed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.relate.normal import fold
from tests.browser.reader import until
from tests.relate.making import cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.themes("folio")]

SETTLED = [
    chr(point)
    for point in range(0x110000)
    if unicodedata.ucd_3_2_0.category(chr(point)) not in ("Cn", "Co", "Cs") and point not in (0x0, 0xD)
]
"""What has long been in Unicode: Python's edition of it and the browser's agree on these. A page in a message turns
neither NUL nor CR into what it was."""
TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from(".…-–— \n\t\u00a0\u00ad\u200be\u0301İßaé“\"'’ʼ가\u1100\u1161\u11a8\u0958北の"),
        st.sampled_from(SETTLED),
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def page(reader: Reader) -> Iterator[Page]:
    """A page in which a search was begun, so that its scripts are there."""
    with reader.read("readings/index.html") as opened:
        opened.keyboard.press("/")
        opened.locator("#_search[open]").wait_for()
        yield opened


@pytest.mark.parametrize("case", cases("folds"))
def test_the_table(page: Page, case: dict[str, Any]) -> None:
    assert page.evaluate("words => folio.fold(words)", case["typed"]) == case["folded"]


@pytest.mark.parametrize("case", cases("folded"))
def test_what_makes_a_difference(page: Page, case: dict[str, Any]) -> None:
    def folded(name: str) -> list[str]:
        return [page.evaluate("words => folio.fold(words)", words) for words in case.get(name, [])]

    assert len(set(folded("same"))) <= 1
    assert len(set(folded("other"))) == len(case.get("other", []))


def test_every_letter(page: Page) -> None:
    """One by one, between two others, so that nothing is lost at an end."""
    typed = [f"a{letter}B" for letter in SETTLED]
    script = page.evaluate("all => all.map(words => folio.fold(words))", typed)
    expected = [fold(words).text for words in typed]
    assert [pair for pair in zip(typed, expected, script, strict=True) if pair[1] != pair[2]] == []


def test_any_words(page: Page) -> None:
    @given(TRICKY)
    @settings(max_examples=400)
    def agree(words: str) -> None:
        assert page.evaluate("words => folio.fold(words)", words) == fold(words).text

    agree()


def test_words_are_the_same_before_and_after_folding(page: Page) -> None:
    """The index splits what is folded, the page what is typed: both must come to the same words."""

    @given(TRICKY)
    @settings(max_examples=400)
    def agree(words: str) -> None:
        typed = page.evaluate("words => folio.search.wordsOf(words).map(one => one.word)", words)
        assert typed == page.evaluate("words => folio.search.wordsOf(folio.fold(words)).map(one => one.word)", words)

    agree()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("The “right way”—and U.S. aims", ["the", "right", "way", "and", "u", "s", "aims"]),
        ("Russia’s, readers' ʼtis", ["russia's", "readers", "tis"]),
        ("conces\u00adsions re\u0301sume\u0301", ["concessions", "resume"]),
        ("anti-war 1,200", ["anti", "war", "1", "200"]),
        ("北京 のか", ["北", "京", "の", "か"]),
        ("… — ¶ „“", []),
    ],
)
def test_what_a_word_is(page: Page, typed: str, words: list[str]) -> None:
    found = page.evaluate("words => folio.search.wordsOf(words)", typed)
    assert [one["word"] for one in found] == words
    assert [fold(typed[one["start"] : one["end"]]).text.strip("'") for one in found] == words


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("give some", [(["give"], False), (["some"], False)]),
        ("“give something” up", [(["give", "something"], True), (["up"], False)]),
        ('"give someth', [(["give", "someth"], False)]),
        ("anti-war", [(["anti", "war"], False)]),
        ("— …", []),
        ('""', []),
    ],
)
def test_what_is_asked(page: Page, typed: str, asked: list[tuple[list[str], bool]]) -> None:
    found = page.evaluate("words => folio.search.asked(words)", typed)
    assert [(part["words"], part["exact"]) for part in found] == asked


ROWS = [
    # group, page, id, place, head, words, text, a term's other forms
    [0, 0, "begun", "", "", "We have quokkaish shores.", 0],
    [0, 0, "apart", "", "", "The quokka, small and round, has a tail.", 0],
    [0, 0, "together", "", "", "A small Quokka is seen.", 0],
    [0, 0, "heading", "", "Of the small quokka", "", 0],
    [0, 0, "first", "", "Small quokka and others", "", 0],
    [0, 0, "title", "", "Small quokka", "", 0],
    [2, 0, "other", "", "wombat", "Not a small quokka.", 0, []],
    [2, 0, "also", "", "marsupial", "", 0, ["the small quokkas", "small quokka"]],
    [2, 0, "term", "", "quokkas", "A marsupial.", 0, []],
]
TAKE = """rows => folio.search.take(
  [{id: 'made', title: '', pages: [''], texts: [['', 'en']], kinds: [], rows}], () => {})"""
FOUND = """words => folio.search.seek(folio.search.asked(words), 'made')
  .map(group => group.rows.map(one => one.row[2]))"""


@pytest.fixture(scope="module")
def taken(reader: Reader) -> Iterator[Page]:
    """A page that has taken in these rows after its own."""
    with reader.read("readings/index.html") as opened:
        opened.keyboard.press("/")
        opened.locator("#_search[open]").wait_for()
        opened.evaluate(TAKE, ROWS)
        until(opened, "!folio.search.taking()")  # what the page itself is still taking in comes first
        yield opened


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("small quokka", [["also", "other"], ["title", "first", "heading", "together", "apart"]]),
        ("quokka small", [["heading", "first", "title", "apart", "together"], ["also", "other"]]),
        ('"small quokka"', [["also", "other"], ["title", "first", "heading", "together"]]),
        ('"quokka small"', [["apart"]]),
        ("quokka", [["heading", "first", "title", "apart", "together", "begun"], ["term", "also", "other"]]),
        ("quokkas", [["term", "also"]]),
        ("quokk", [["heading", "first", "title", "begun", "apart", "together"], ["term", "also", "other"]]),
        ("uokka", []),
        ("quokka wombat", [["other"]]),
    ],
)
def test_what_comes_first(taken: Page, typed: str, found: list[list[str]]) -> None:
    assert taken.evaluate(FOUND, typed) == found
