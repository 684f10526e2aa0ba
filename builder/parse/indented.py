"""Code that is set so by its indent alone -> what is told of words that rather look like a paragraph's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from builder.model.diagnostic import Diagnostic
    from builder.parse.manner import Manner

_CODE = re.compile(
    r"""[{}<>=\\|_$\#@/*+~^&`\[\]%]      # signs that sentences have not
    | \w[(.:]\w | ;[ \t]*$ | ::          # calls, members, ends of statements
    | (?<!\S)--?\w                       # options
    | \S[ ]{2,}\S(?<![.!?:][ ]{2}\S)     # columns
    | \b[A-Z]{2,}\b[^.!?]*?\b[A-Z]{2,}\b # SELECT … FROM
    """,
    re.MULTILINE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^\W\d_][.!?…؟।][\"'”’»“‘)]*(?:\s|$)|[^\W\d_],[\"”’»]?[ \t]*$|[。！？]", re.MULTILINE)
"""The end of a sentence, or a comma with which a line ends, as lines of verse do."""
_FULL_WIDTH = re.compile(r"[。！？]")
_LEAST = 4
"""Words that a block has which is taken for a paragraph."""


def indented_prose(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    """Indented code that reads as sentences do.

    Not what follows a line of verse, which is told as such, nor what has attributes, and so is meant.
    """
    verse_ends = -1
    for token in tokens:
        if token.type == "verse_open" and token.map:
            verse_ends = token.map[1]
        if token.type != "code_block" or not token.map or token.attrs or token.map[0] == verse_ends:
            continue
        if _reads_as_prose(token.content):
            line = manner.lines[token.map[0]]
            words = line.strip(" \t>")
            indent = "a tab" if "\t" in line[: line.find(words)] else "four spaces"
            message = f"“{words[:60]}” is set as code, since it begins with {indent}"
            hint = "take them out, or fence code by lines of ```"
            yield diagnose("G151", manner.place(token.map[0], line.find(words) + 1), message, hint)


def _reads_as_prose(words: str) -> bool:
    """Whether a block has words enough, the ends of sentences or of lines of verse, and no sign of code."""
    enough = len(_WORD.findall(words)) >= _LEAST or _FULL_WIDTH.search(words)
    return bool(enough and _SENTENCE.search(words) and not _CODE.search(words))
