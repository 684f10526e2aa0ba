"""Where words begin and end, and the spellings of a form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.relate import words
from builder.relate.inflect import plurals, spellings


def test_words_of_a_text() -> None:
    assert words.split("It's 3 a.m. – well_known") == ["It", "s", "3", "a", "m", "well_known"]


def test_a_mark_belongs_to_its_letter() -> None:
    text = "ax\u0302b c"
    assert words.split(text) == ["ax\u0302b", "c"]
    assert words.cut(text, 2)
    assert not words.cut(text, 4)


def test_scripts_without_spaces_have_words_of_one_character() -> None:
    assert words.split("制裁は and") == ["制", "裁", "は", "and"]
    assert words.whole("対露制裁は", 2, 4)


@given(st.text("ab_9 .'-\n\x1fé漢字"), st.sets(st.text("ab_9é漢", min_size=1, max_size=3)))
def test_tokens_and_where_some_of_them_begin(text: str, wanted: set[str]) -> None:
    matches = list(words.TOKEN.finditer(text))
    assert words.tokens(text) == [match[0] for match in matches]
    begun = [(number, match.start()) for number, match in enumerate(matches) if match[0] in wanted]
    assert words.placed(text, wanted) == (words.tokens(text), begun)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("sanction", ["sanctions"]),
        ("box", ["boxs", "boxes"]),
        ("country", ["countrys", "countries"]),
        ("day", ["days"]),
        ("not", ["nots"]),
        ("sanctions", ["sanctionses"]),
        ("NGO", ["NGOs", "NGOes"]),
        ("C++", []),
    ],
)
def test_plain_plurals(form: str, expected: list[str]) -> None:
    assert list(plurals(form)) == expected


def test_a_small_first_letter_may_be_a_capital() -> None:
    assert [spelling.text for spelling in spellings("ad hoc")] == ["ad hoc", "Ad hoc", "ad hocs", "Ad hocs"]
    assert [spelling.text for spelling in spellings("Act")] == ["Act", "Acts"]


def test_a_form_of_signs_is_no_word() -> None:
    assert spellings("§") == ()
