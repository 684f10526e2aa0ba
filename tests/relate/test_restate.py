"""A selector said anew finds the passage that is meant, and says no more than it must."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builder.model.diagnostic import Place
from builder.model.prose import Span
from builder.parse.selectors import readings, selector_of
from builder.relate.restate import own_place, restated, singled_out

from .making import stack_of

if TYPE_CHECKING:
    from builder.relate.haystack import Haystack

TEXT = """# The title

The fox saw the grapes. The fox jumped and jumped again.

A crow saw the grapes and the fox[^1] too; the end.

- one item
- another item

[^1]: A fox is red, and the grapes are not.
"""
STACK = stack_of(TEXT)


def at(stack: Haystack, words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = stack.prose.content.index(words, start + 1)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("typed", "settings", "words", "nth", "heading", "says"),
    [
        # What still stands there stays as it was typed, markup and all; a setting that holds stays too.
        ("*jumped* again", {}, "jumped again", 0, "*jumped* again", ("", "", "")),
        ("the fox", {"suffix": "too"}, "the fox", 0, "the fox", ("", "", "too")),
        # A paragraph is renumbered, one that isn't needed is not added.
        ("saw the grapes", {"within": "p1"}, "saw the grapes", 1, "saw the grapes", ("p2", "", "")),
        ("A crow", {"within": "p7"}, "A crow", 0, "A crow", ("p2", "", "")),
        ("A hawk", {}, "A crow", 0, "A crow", ("", "", "")),
        # Where words stand more than once: their paragraph, else what stands beside them.
        ("the grape", {}, "the grapes", 1, "the grapes", ("p2", "", "")),
        ("a fox", {}, "The fox", 1, "The fox", ("", "grapes", "")),
        ("a fox", {"prefix": "gone"}, "The fox", 1, "The fox", ("", "grapes", "")),
        # A range stays one, with as many words at its ends as it takes.
        ("A fox … grapes", {}, "The fox saw the grapes. The fox jumped", 0, "The fox saw … jumped", ("", "", "")),
        ("A hawk … end", {}, "A crow saw the grapes and the fox too; the end", 0, "A crow … end", ("", "", "")),
        # Too short for a range: the words themselves.
        ("one thing … item", {}, "one item", 0, "one item", ("", "", "")),
        # A footnote is always named.
        ("A wolf is red", {}, "A fox is red", 0, "A fox is red", ("fn1", "", "")),
        ("¶1", {}, "one item\n\nanother item", 0, "¶3-4", ("", "", "")),
        ("title", {}, "one item", 0, "¶3", ("", "", "")),
    ],
)  # fmt: skip
def test_what_is_said(
    typed: str, settings: dict[str, str], words: str, nth: int, heading: str, says: tuple[str, str, str]
) -> None:
    span = at(STACK, words, nth)
    made = restated(selector_of(typed, Place("f"), **settings), STACK, span)
    assert made is not None
    assert (made.heading, (made.within, made.prefix, made.suffix)) == (heading, says)
    assert own_place(made, STACK) == span


def test_what_has_no_settings_beside_it_may_have_no_way() -> None:
    selector = selector_of("a fox", Place("f"))
    assert restated(selector, STACK, at(STACK, "The fox", 1), beside=False) is None
    assert restated(selector, STACK, at(STACK, "the grapes", 1), beside=False) is not None


def test_half_a_block_is_none() -> None:
    assert restated(selector_of("¶1", Place("f")), STACK, at(STACK, "The fox")) is None


def test_soft_hyphens_are_not_copied() -> None:
    stack = stack_of("A con\u00adver\u00adsation in one room.\n")
    made = restated(selector_of("a convention", Place("f")), stack, at(stack, "con\u00adver\u00adsation"))
    assert made is not None
    assert made.heading == "conversation"


def test_a_range_is_singled_out_by_its_beginning() -> None:
    stack = stack_of("One fox came and sat down.\n\nAnother fox came and sat down.\n")
    selector = selector_of("fox … down", Place("f"))
    found = [singled_out(selector, stack, at(stack, "fox", nth)) for nth in (0, 1)]
    assert [one.within for one in found if one is not None] == ["p1", "p2"]


WORDS = st.sampled_from(["a", "b", "the", "Fox", "…", "(c)"])


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=9), min_size=1, max_size=4),
    st.sampled_from(["a", "the … b", "Fox a", "x … y … z"]),
    st.data(),
)
def test_what_was_made_finds_its_passage(paragraphs: list[list[str]], typed: str, data: st.DataObject) -> None:
    stack = stack_of("\n\n".join(" ".join(words) for words in paragraphs))
    length = len(stack.prose.content)
    first = data.draw(st.integers(0, length - 1))
    span = Span(first, data.draw(st.integers(first + 1, length)))
    words = stack.prose.words(span)
    assume(words == words.strip() and any(letter.isalnum() for letter in words))
    made = restated(selector_of(typed, Place("f")), stack, span)
    if made is None:
        return
    assert own_place(made, stack) == span
    assert made.readings[0] in readings(made.heading)
