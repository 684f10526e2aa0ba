"""Plain text: whatever stands in a file is read as it stands there, paragraph for paragraph."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.diagnostic import Place
from builder.model.incoming import Refused
from builder.model.prose import Prose, RawHtml
from builder.model.site import TextSettings
from builder.parse.incoming.plain import read_plain
from builder.parse.markdown import parse_text

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "tests" / "content" / "source.txt"
CONTENT = ROOT / "content" / "splitting-russia-and-china"

MARKUP = "ab cZ0 1.)-+*_`[](){}<>&!#|~=:^\\\"'$%;,/?@\t\u00a0é中\u2028"
words = st.text(st.sampled_from(MARKUP), min_size=1, max_size=30).map(str.strip).filter(bool)
any_words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1).map(str.strip).filter(bool)


def read(markdown: str) -> Prose:
    return parse_text(markdown, path="", settings=TextSettings("x.md", Place("x.md")))[0]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of the text that is made of a file."""
    found = read_plain(text)
    assert not isinstance(found, Refused)
    (made,) = found
    prose = read(made.markdown)
    assert not any(isinstance(event, RawHtml) for event in prose.frame)
    assert "".join(prose.content.split()) == made.words
    return [prose.words(block.span) for block in prose.blocks]


@given(st.lists(st.one_of(words, any_words), min_size=1, max_size=5), st.sampled_from(["\n\n", "\n \n", "\n\n\n\n"]))
def test_blank_lines_part_paragraphs(given: list[str], gap: str) -> None:
    assert paragraphs(gap.join(given)) == given


@given(st.lists(words.map(lambda one: f"{one} {'long ' * 25}.".replace("  ", " ")), min_size=1, max_size=5))
def test_a_line_is_a_paragraph(given: list[str]) -> None:
    assert paragraphs("\n".join(given)) == given


@given(st.lists(st.lists(words, min_size=2, max_size=4), min_size=2, max_size=3))
def test_short_lines_between_blank_ones_are_verse(given: list[list[str]]) -> None:
    assert paragraphs("\n\n".join("\n".join(lines) for lines in given)) == ["\n".join(lines) for lines in given]


PROSE = [line for line in SOURCE.read_text(encoding="utf-8").split("\n") if len(line) > 300]


@pytest.mark.parametrize("width", [60, 66, 72, 78, 84])
def test_wrapped_paragraphs_are_joined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in PROSE)
    assert paragraphs(wrapped) == PROSE


def test_the_source_of_the_example_is_its_texts() -> None:
    found = read_plain(SOURCE.read_text(encoding="utf-8"), ["A very fine piece."])
    assert not isinstance(found, Refused)
    assert len(found) == 2
    for made, name in zip(found, ("article", "comment"), strict=True):
        kept = (CONTENT / f"{name}.md").read_text(encoding="utf-8")
        assert read(made.markdown).content == read(kept).content
        if name == "comment":
            assert made.markdown == kept


def test_more_than_two_texts_of_one_file() -> None:
    found = read_plain("One one.\nTwo two.\nThree three.\nFour four.", ["Three", "Two"])
    assert not isinstance(found, Refused)
    assert [made.markdown for made in found] == ["One one.\n", "Two two.\n", "Three three.\n\nFour four.\n"]


REFUSED = [
    ("nowhere", "doesn't stand"),
    ("two", "begins no paragraph"),
    ("One", "there is nothing before it"),
    ("T", "begins 2 paragraphs"),
    (" ", "are empty"),
]


@pytest.mark.parametrize(("parting", "told"), REFUSED)
def test_words_that_part_nothing(parting: str, told: str) -> None:
    found = read_plain("One one.\nTwo two.\nThree two.", [parting])
    assert isinstance(found, Refused)
    assert told in found.words


TITLES = [
    ("The Fox and the Grapes", True),
    ("Why bells?", True),
    ("Chapter One", True),
    ("A sentence that ends as one does.", False),
    ("Dear Sir,", False),
    ("Look here:", False),
    ("x" * 101, False),
]


@pytest.mark.parametrize(("first", "is_title"), TITLES)
def test_what_is_taken_for_a_title(first: str, is_title: bool) -> None:
    found = read_plain(f"{first}\n{'and then it rang, ' * 8}\n{'and it rang again, ' * 8}")
    assert not isinstance(found, Refused)
    assert found[0].markdown.startswith("# ") is is_title
    assert any("title" in remark.words for remark in found[0].remarks) is is_title
