"""Blocks of HTML that are to be cleaned -> `Tangled` where their tags lie in one another past all reason.

Whoever reads HTML looks at each tag through what is open there, and opens again, paragraph after paragraph, what was
left open: that multiplies. So it is reckoned before: each tag takes as many steps as the open tags have letters.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.raw_html import FOLLOWED, VOID, tags
from builder.parse.effort import Tangled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

LETTERS_BEFORE = 4_000_000
LETTERS_EACH = 4
"""Steps that the HTML of a source may take: so many, and so many more for each of its characters. Twelve hundred
`<div>` in one another take the former; a page with a thousand elements, thirty deep, a tenth of it."""

_TOLD = "tags of HTML lie in one another past reading"


def require_cleanable(tokens: Iterable[Token], length: int) -> None:
    """Tangled, with its line, where cleaning the HTML of a source so long would take too much."""
    left = LETTERS_BEFORE + LETTERS_EACH * length
    for token in tokens:
        if token.type != "html_block":
            continue
        for at, letters in _effort(token.content):
            left -= letters
            if left < 0:
                raise Tangled((token.map or [0])[0] + token.content.count("\n", 0, at), _TOLD)


def _effort(html: str) -> Iterable[tuple[int, int]]:
    """Where each tag stands, and the letters of the tags that are open there.

    A closing tag closes the last of its name alone. What HTML lets end where the next of its kind begins isn't counted.
    """
    still_open: dict[str, list[int]] = defaultdict(list)
    letters = 0
    for piece in tags(html):
        name = (piece["name"] or "").lower()
        if piece["ends"]:
            letters -= still_open[name].pop() if still_open[name] else 0
        elif name and name not in VOID and name not in FOLLOWED:
            still_open[name].append(len(piece[0]))
            letters += len(piece[0])
        yield piece.start(), letters
