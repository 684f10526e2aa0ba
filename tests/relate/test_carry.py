"""The map from one text to another: what is kept goes along, what is not is never said to."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.anchoring.kinds import KINDS, edited
from benchmarks.anchoring.quotations import quotations
from benchmarks.anchoring.shapes import shape
from builder.model.prose import Span
from builder.relate.carry import Carry
from builder.relate.kept import share
from builder.relate.normal import plain

LATIN = st.sampled_from(("the", "a", "fox", "grapes", "vine", "sour", "were", "said"))
GREEK = st.sampled_from(("ἡ", "ἀλώπηξ", "βότρυς", "ὄμφακες", "εἰσίν", "ἔφη"))
WORDS = LATIN | st.sampled_from(("—", "“ripe”", "狐狸", "🍇"))
SENTENCES = st.lists(WORDS, min_size=1, max_size=9).map(lambda words: " ".join(words) + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
TEXTS = st.lists(PARAGRAPHS, max_size=6).map("\n\n".join)


@st.composite
def texts_and_span(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(TEXTS.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(texts_and_span())
def test_an_unchanged_text_keeps_every_place(one: tuple[str, Span]) -> None:
    text, span = one
    if text[span.start : span.end].strip():
        found = Carry(text, text).where(span)
        assert (found.span, found.share, found.moved, found.same) == (span, 1.0, False, True)


@given(texts_and_span(), TEXTS)
def test_every_offset_lies_in_the_new_text(one: tuple[str, Span], new: str) -> None:
    text, span = one
    found = Carry(text, new).where(span)
    for place in (found.span, found.gap):
        assert place is None or 0 <= place.start <= place.end <= len(new)
    assert 0 <= found.share <= 1


@given(texts_and_span(), TEXTS)
def test_no_more_is_said_to_be_kept_than_is(one: tuple[str, Span], new: str) -> None:
    text, span = one
    found = Carry(text, new).where(span)
    if found.span is not None:
        words, now = text[span.start : span.end], new[found.span.start : found.span.end]
        assert found.share <= share(words, now) + 1e-9
        assert not found.same or plain(words) == plain(now)


@given(st.lists(LATIN, min_size=1, max_size=40), st.lists(GREEK, max_size=40))
def test_wholly_other_words_are_not_what_was_kept(old: list[str], new: list[str]) -> None:
    found = Carry(" ".join(old), " ".join(new)).where(Span(0, len(" ".join(old))))
    assert found.span is None or found.share == 0


def test_a_paragraph_moved_is_said_to_be_and_its_neighbours_are_not() -> None:
    text = shape("ordinary", 1).text
    paragraphs = text.split("\n\n")
    new = "\n\n".join([*paragraphs[:2], *paragraphs[3:20], paragraphs[2], *paragraphs[20:]])
    carried = Carry(text, new).blocks()
    assert [found.moved for _, found in carried] == [index == 2 for index in range(len(paragraphs))]
    assert all(found.same for _, found in carried)


def test_order_is_kept_where_nothing_moved() -> None:
    one = shape("ordinary", 2)
    for kind in KINDS[:8]:
        rng = random.Random(kind.name)
        new = edited(one.text, quotations(one.text, rng, 3)[:1], kind, one, rng).text
        spans = [found.span for _, found in Carry(one.text, new).blocks() if found.span is not None]
        assert all(before.end <= after.start for before, after in pairwise(spans)), kind.name


def test_two_words_that_changed_places_at_the_edge_are_both_held() -> None:
    old, new = "It was good in getting its way by military means.", "It was good in getting its by way military means."
    found = Carry(old, new).where(_at(old, "way by"))
    assert found.span == _at(new, "by way")


def test_a_word_that_changed_places_with_its_neighbour_is_found_beside() -> None:
    old, new = "Ask it: this lucid judge ignores them.", "Ask it: this judge lucid ignores them."
    assert Carry(old, new).where(_at(old, "lucid")).span == _at(new, "lucid")


def test_a_sentence_put_into_a_moved_one_does_not_part_it() -> None:
    old = f"{_prose(1)}\n\nThe stern map judges of every trade, every lesser officer starts on a reform.\n\n{_prose(2)}"
    moved = (
        "The stern map judges of every trade, every lesser (the grave cabinet shapes upon our reserve, a early engine "
    )
    moved += "reads upon some map) officer starts on a reform."
    new = f"{_prose(1)}\n\n{_prose(2)}\n\n{moved}"
    found = Carry(old, new).where(
        _at(old, "The stern map judges of every trade, every lesser officer starts on a reform.")
    )
    assert found.span == _at(new, moved)


def test_what_is_gone_takes_nothing_from_what_stands_there_now() -> None:
    old = f"It rests through the hand.\n\nA leader of one cruel effort invites them all to his house. {_prose(3)}"
    new = f"It rests through the hand.\n\nNo young nation sees around another coast which it never saw. {_prose(3)}"
    found = Carry(old, new).where(Span(0, old.index(" invites")))
    assert found.span is not None
    assert new[found.span.start : found.span.end].startswith("It rests through the hand.")
    assert len(found.span) < 40


def test_a_hundred_thousand_words_take_little_time() -> None:
    """CPU seconds, the best of three: a word changed, and a thorough revision."""
    long = shape("long", 1)
    middle = long.text.index(" ", len(long.text) // 2)
    revised = edited(long.text, [Span(middle + 1, middle + 9)], KINDS[-1], long, random.Random(1)).text
    assert _seconds(long.text, f"{long.text[:middle]} indeed{long.text[middle:]}") < 0.2
    assert _seconds(long.text, revised) < 1


def _seconds(old: str, new: str) -> float:
    taken = []
    for _ in range(3):
        before = time.process_time()
        Carry(old, new)
        taken.append(time.process_time() - before)
    return min(taken)


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _prose(seed: int) -> str:
    return shape("ordinary", seed).text[:900].rsplit(". ", 1)[0] + "."


def test_a_sentence_put_in_beside_changed_words_is_no_part_of_them() -> None:
    old = "They spent the years vilifying and antagonizing Russia. Having driven both together, they wonder."
    new = "They spent the years villifying and antagonising Russia. Nobody said so aloud. Having driven both together."
    start = old.index("vilifying")
    found = Carry(old, new).where(Span(start, old.index(". Having")))
    assert found.span is not None
    assert new[found.span.start : found.span.end] == "villifying and antagonising Russia"


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("I am sure of it, and it is telling that nobody asked.", "I am sure of it"),
        ("I am sure of it! It is telling that nobody asked.", "I am sure of it!"),
    ],
)
def test_a_full_stop_takes_no_word_along(new: str, found: str) -> None:
    old = "I am sure of it. It is telling that nobody asked."
    span = Carry(old, new).where(_at(old, "I am sure of it.")).span
    assert span is not None
    assert new[span.start : span.end] == found
