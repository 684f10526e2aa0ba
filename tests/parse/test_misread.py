"""Blocks that were read as something else than they look, and blocks that only look so to a machine."""

from __future__ import annotations

import pytest

from builder.model.diagnostic import Place
from builder.model.site import TextSettings
from builder.parse.markdown import parse_text


def told(source: str) -> list[tuple[str, int]]:
    slips = parse_text(source, path="f", settings=TextSettings("f", Place("f")))[1]
    return [(one.code, one.place.line) for one in slips]


@pytest.mark.parametrize(
    "verse",
    [
        "> | Tell me not, in mournful numbers,\n> | Life is but an empty dream!",
        "> > | a\n> > | b",
        "- | a\n  | b\n- | c\n  | d",
        "| a \\| b\n| c \\| d",
        "| a\n| b | c\n| d",
    ],
)
def test_verse_is_verse_wherever_it_stands(verse: str) -> None:
    assert told(verse) == []


@pytest.mark.parametrize("rows", ["| a | b |\n| c | d |", "> | a | b\n> | c | d", "| 0\n| a | b |\n| c | d |"])
def test_rows_without_a_line_of_dashes_are_told(rows: str) -> None:
    assert told(rows) == [("G149", 2 if "0" in rows else 1)]
