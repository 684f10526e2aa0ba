"""The texts of the edition are held to a frozen copy, character for character."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
EDITION = HERE.parents[1] / "content" / "splitting-russia-and-china"
SHA256 = "7759a9f91e20e0d4675d8e575704e563fe61deba03328cae4d85305ee9c99488"
TEXTS = {"article.md": slice(0, 11), "comment.md": slice(11, 17)}
"""The lines of the frozen copy that each text holds, one to a paragraph."""


def frozen() -> list[str]:
    return (HERE / "source.txt").read_bytes().decode("utf-8").split("\n")


def as_read(markdown: str) -> list[str]:
    """The paragraphs of a text that has no other markup than a title and quotations."""
    return [line.removeprefix("# ").removeprefix("> ") for line in markdown.split("\n") if line]


def test_the_frozen_copy_is_the_one_that_was_frozen() -> None:
    copy = (HERE / "source.txt").read_bytes()
    assert hashlib.sha256(copy).hexdigest() == SHA256
    assert len(frozen()) == 17


@pytest.mark.parametrize("file", TEXTS)
def test_a_text_is_its_source(file: str) -> None:
    markdown = (EDITION / file).read_bytes().decode("utf-8")
    assert as_read(markdown) == frozen()[TEXTS[file]]


@pytest.mark.parametrize("file", TEXTS)
def test_a_text_holds_no_markup_of_ours(file: str) -> None:
    """Nothing but the title, one quotation, and a blank line between paragraphs."""
    markdown = (EDITION / file).read_bytes().decode("utf-8")
    paragraphs = markdown.removesuffix("\n").split("\n\n")
    assert len(paragraphs) == len(frozen()[TEXTS[file]])
    marked = [number for number, words in enumerate(paragraphs) if words.startswith(("# ", "> "))]
    assert marked == ([0, 3] if file == "article.md" else [])
    assert not any(mark in markdown for mark in "*_`[]<\\&|")


def test_slips_stand_as_they_were_typed() -> None:
    comment = (EDITION / "comment.md").read_text(encoding="utf-8")
    slips = ("horrible concussion", "James Bakers' 1991 promise", "Neither are going to happen", "vis-a-vis")
    assert all(slip in comment for slip in slips)
