"""The one normal form: what makes no difference, and the way back to the source."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.prose import Span
from builder.relate.normal import Normal, fold, normalize, plain
from tests.relate.making import cases

TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from(".…-–— \n\t\u00a0\u00ad\u200be\u0301İßaé“\"'’가\u1100\u1161\u11a8\u0958"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


@pytest.mark.parametrize("case", cases("normal"))
def test_what_makes_a_difference(case: dict[str, Any]) -> None:
    assert len({plain(words) for words in case.get("same", ["x"])}) == 1
    assert len({plain(words) for words in case.get("other", [])}) == len(case.get("other", []))


@pytest.mark.parametrize("case", cases("folded"))
def test_what_makes_a_difference_to_a_search(case: dict[str, Any]) -> None:
    assert len({fold(words).text for words in case.get("same", ["x"])}) == 1
    assert len({fold(words).text for words in case.get("other", [])}) == len(case.get("other", []))


@pytest.mark.parametrize("case", cases("folds"))
def test_what_a_search_compares(case: dict[str, Any]) -> None:
    """The script of the theme says the same: tests/browser/test_search_words.py."""
    assert fold(case["typed"]).text == case["folded"]


@given(TRICKY)
@settings(deadline=None)
def test_twice_is_once(words: str) -> None:
    for form in (normalize, fold):
        once = form(words).text
        assert form(once).text == once


@given(TRICKY)
@settings(deadline=None)
def test_the_way_back_is_a_span_of_the_source(words: str) -> None:
    for form in (normalize, fold):
        normal = form(words)
        for start in range(len(normal.text)):
            for end in range(start + 1, min(len(normal.text), start + 3) + 1):
                span = normal.span(start, end)
                assert 0 <= span.start < span.end <= len(words)
                assert normal.within(span).holds(Span(start, end))
        assert normal.within(Span(0, len(words))) == Span(0, len(normal.text))


@given(TRICKY, TRICKY, TRICKY)
@settings(deadline=None)
def test_the_way_back_leads_to_what_reads_the_same(before: str, words: str, after: str) -> None:
    source = f"{before} x{words}x {after}"
    normal = normalize(source)
    start = normal.text.find(normalize(f" x{words}x ").text)
    if start >= 0:
        span = normal.span(start + 1, start + len(normalize(f" x{words}x ").text) - 1)
        assert plain(source[span.start : span.end]) == plain(f"x{words}x")


def test_what_is_removed_belongs_to_no_side() -> None:
    source = "a\u00ad\u00adb  c"
    normal = normalize(source)
    assert normal == Normal("ab c", (0, 1, 2, 3), (0, 3, 4, 6), (0, 0, 2, 0))
    assert normal.span(0, 1) == Span(0, 1)
    assert normal.span(1, 2) == Span(3, 4)
    assert normal.span(0, 2) == Span(0, 4)


def test_a_megabyte_is_quick() -> None:
    source = "He said: “so it goes” – and it’s gone…\n\n" * 25_000
    start = time.process_time()
    normalize(source)
    assert time.process_time() - start < 1
