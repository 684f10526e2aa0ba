"""Indented code: what reads as a paragraph is told, what is code isn't."""

from __future__ import annotations

import pytest

from builder.parse.markdown import parse_body

PROSE = [
    "“They are sour,” said the fox.",
    "Tyger Tyger, burning bright,\nIn the forests of the night",
    "He left – and why?  Nobody knows.",
    "狐は葡萄を見た。",
    "Die Füchsin kam. Sie sprang.",
]
CODE = [
    "for each in grapes:\n    print each",
    "import os\nfrom fox import leap, eat",
    "int main(void)\n{\n  return 0;\n}",
    "sudo apt install fox",
    "make test\nmake check",
    "SELECT name,\n  age\nFROM foxes",
    "# Leap. And leap again.\nleap now",
    "fox:\n  name: a hungry one\n  says: they are sour",
    "<p>A fox came. It leapt.</p>",
    "use strict;\nuse warnings, all;",
    "fox    leaps. It does\nhen    sits.  It does",
    "git commit -m 'A fox came. It leapt.'",
    "echo 'A fox came. It leapt.' > fox.txt",
    "the.fox leaps over it. Yes.",
    "1. 2. 3.",
    "Yes.",
]


def told(words: str, indent: str) -> list[tuple[str, int, int]]:
    block = "\n".join(indent + line for line in words.split("\n"))
    _, found = parse_body(f"It says:\n\n{block}\n", path="fox.notes.md", line=10)
    return [(one.code, one.place.line, one.place.column) for one in found]


@pytest.mark.parametrize("words", PROSE)
def test_prose_is_told(words: str) -> None:
    assert told(words, "    ") == [("G151", 12, 5)]
    assert told(words, "\t") == [("G151", 12, 2)]


@pytest.mark.parametrize("words", CODE)
def test_code_is_not(words: str) -> None:
    assert told(words, "    ") == []
