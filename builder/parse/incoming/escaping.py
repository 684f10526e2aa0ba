"""Plain words -> Markdown that is read as just these words."""

from __future__ import annotations

import re

_PUNCTUATION = r"!-/:-@\[-`{-~"
_INLINE = re.compile(
    rf"\\(?=[{_PUNCTUATION}\s]|\Z)"
    r"|`|\["
    r"|\*(?!(?<=\s\*)(?=\s))"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|<(?=[A-Za-z/!?]|\Z)"
    r"|&(?=\#?\w|\Z)"
)
"""Characters that may begin or end markup where they stand: a star between spaces, an underscore in a word do not."""

_AT_START = re.compile(r"(?=[#>|{]|[-+*:~=](?:[\s~=+|:-]|\Z)|~~~|\+\+\+|---)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|\Z)")
_CLOSING = re.compile(r"(?<!#)#++\Z")


def escaped(words: str) -> str:
    """The words, which stand on one line, as Markdown for the inside of a paragraph."""
    return _INLINE.sub(r"\\\g<0>", words)


def paragraph(words: str) -> str:
    """One line of words as a paragraph: nothing at its beginning is a heading, a list, a quotation."""
    return at_start(escaped(words))


def at_start(markdown: str) -> str:
    """Inline Markdown, no part of which may be read as the mark that begins a block."""
    if _AT_START.match(markdown):
        return f"\\{markdown}"
    return _NUMBERED.sub(r"\1\\\2", markdown, count=1) if _NUMBERED.match(markdown) else markdown


def heading(words: str) -> str:
    """One line of words as the title of a text."""
    closing = _CLOSING.search(inside := escaped(words))
    return f"# {inside[: closing.start()]}" + r"\#" * len(closing[0]) if closing else f"# {inside}"


def verse_line(words: str) -> str:
    """One line of a stanza, its indent kept."""
    bare = words.lstrip(" ")
    return f"| {' ' * (len(words) - len(bare))}{at_start(escaped(bare))}"
