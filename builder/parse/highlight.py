"""A code block -> its tokens, by Pygments, imported only when a text has code in a language that is known."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer

LONGEST = 8_000
"""Characters of a block of code beyond which it is shown as it is: on some input Pygments takes time that grows with
their square, and nobody reads two hundred lines of code in a margin."""

IN_ALL = 4 * LONGEST
"""Characters of code of one text beyond which the blocks that follow are shown as they are."""


def tokens(code: str, language: str) -> Iterator[tuple[str, str]]:
    """(short class, characters) of each token; class "" for what has none. The characters joined are the code."""
    lexer = _lexer(language) if language and len(code) <= LONGEST else None
    found = tuple(lexer.get_tokens(code)) if lexer else ()
    if "".join(words for _, words in found) != code:
        yield "", code
        return
    from pygments.token import STANDARD_TYPES

    held, kind = "", ""
    for token, words in found:
        name = STANDARD_TYPES.get(token, "")
        name = "" if name in ("w", "p", "n") else name
        if name == kind:
            held += words
        else:
            if held:
                yield kind, held
            held, kind = words, name
    if held:
        yield kind, held


@cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
