"""Words that stand nowhere -> what is most like them; and every place of words that do stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.relate import finder
from builder.relate.finder import Finder
from builder.relate.nearest import SEEKS, Nearest, fewest_errors
from builder.relate.suggest import Advice, did_you_mean

TEXT = "The Magnitsky Act was passed in 2012.\n\nThe Élysée said nothing of the Act; any policy changes would come."


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("Magnitski Act", "Magnitsky Act"),
        ("magnitsky act", "Magnitsky Act"),
        ("any polisy chnges", "any policy changes"),
        ("Elysee", "Élysée"),
        ("agnitsky Ac", "Magnitsky Act"),
        ("was passed since 2012", "was passed in 2012"),
        ("the hens by the pond", ""),
        ("Ac", ""),
        ("", ""),
    ],
)
def test_what_is_most_like(words: str, nearest: str) -> None:
    found = Nearest(TEXT).seek(words)
    assert [TEXT[span.start : span.end] for span, _ in found[:1]] == ([nearest] if nearest else [])
    assert all(0.6 <= likeness < 1 for _, likeness in found)


def test_the_rest_of_a_long_quotation_is_taken_to_follow() -> None:
    text = " ".join(f"word{n}" for n in range(100))
    quotation = text[200:500].replace("word40", "wrod40")
    [(span, _), *_] = Nearest(text).seek(quotation)
    assert abs(span.start - 200) < 8
    assert abs(span.end - 500) < 16


def test_after_so_many_lost_quotations_the_rest_are_told_without() -> None:
    nearest = Nearest(TEXT, seeks=SEEKS - 1)
    assert nearest.seek("Magnitski Act")
    assert not nearest.seek("any polisy changes")
    assert nearest.seek("Magnitski Act")


def reference(needle: str, text: str) -> tuple[int, int]:
    """Sellers' table, a column a letter: slow and plain."""
    column = list(range(len(needle) + 1))
    best, end = len(needle), 0
    for offset, letter in enumerate(text, 1):
        following = [0]
        for index, wanted in enumerate(needle):
            following.append(min(column[index] + (wanted != letter), column[index + 1] + 1, following[-1] + 1))
        column = following
        if column[-1] < best:
            best, end = column[-1], offset
    return best, end


@given(st.text("abc ", max_size=12), st.text("abc ", max_size=30))
@settings(deadline=None)
def test_fewest_errors(needle: str, text: str) -> None:
    assert fewest_errors(needle, text) == reference(needle, text)


@given(st.text("ab ", max_size=60), st.text("ab ", min_size=1, max_size=9))
@settings(deadline=None)
def test_the_indexes_find_what_going_through_finds(text: str, words: str) -> None:
    plain, indexed = Finder(text), Finder(text, single=finder.FEW_WORDS)
    indexed.found = {str(number): () for number in range(finder.FEW)}
    expected = tuple(place for place in range(len(text)) if text.startswith(words, place))
    assert plain.places(words) == indexed.places(words) == expected


def test_suggestions() -> None:
    known = ["Magnitsky Act", "sanctions", "sanction"]
    assert did_you_mean("magnitski act", known) == "did you mean “Magnitsky Act”?"
    assert did_you_mean("sanctoin", known, "[[{}]]") == "did you mean [[sanction]] or [[sanctions]]?"
    assert did_you_mean("crow", known) == ""
    advice = Advice(left=1)
    assert advice.nearest("sanctoin", known)
    assert advice.nearest("sanctoin", known) == ""
