"""A passage as typed outside a text (`comment ¶3 “quotation”`) -> the text's name and a Selector."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.note import Selector
from builder.model.value import value_class
from builder.parse.selectors import is_quotation, quotation_of, read_blocks

if TYPE_CHECKING:
    from builder.model.crossref import End

_PASSAGE = re.compile(
    r"""(?P<name>[^\s“”"„«»‘’'‚¶→↔]+)
        (?:\s+(?P<blocks>title|dek|\*|(?:¶{1,2}\ ?|p)\d{1,99}(?:\ ?[-–]\ ?(?:¶\ ?|p)?\d{1,99})?)(?=\s|$|[“"„«‘'‚]))?
        \s*(?P<quotation>\S.*)?""",
    re.VERBOSE | re.DOTALL,
)


@value_class(frozen=True, slots=True)
class Passage:
    """What was typed, taken apart."""

    name: str
    """The text's."""
    blocks: str
    """`p4`, `p4-6`, `title`, `dek`, `*`, "" where none is named."""
    quotation: str
    """Without its quotation marks, "" where there is none."""
    typed: str
    """What the selector shows and `check --fix` rewrites: the quotation, else the block, else the name."""
    offset: int
    """Where `typed` begins in what was typed."""

    def end(self, place: Place) -> End:
        """The selector of the passage; `place` is where what was typed begins."""
        from builder.model.crossref import End

        place = Place(place.path, place.line, place.column + self.offset)
        if self.quotation:
            return End(self.name, quotation_of(self.quotation, place, within=self.blocks.replace("*", "")))
        return End(self.name, Selector(self.typed, (), place, blocks=self.blocks or "*"))


def read_passage(words: str) -> Passage | None:
    """`NAME`, `NAME title`, `NAME dek`, `NAME ¶3`, each with a “quotation” or without; None for anything else."""
    match = _PASSAGE.fullmatch(words)
    if not match:
        return None
    blocks = read_blocks(match["blocks"]) if match["blocks"] else ""
    quoted = match["quotation"]
    if quoted is None:
        shown = "blocks" if blocks else "name"
        return Passage(match["name"], blocks, "", match[shown], match.start(shown))
    if not is_quotation(quoted):
        return None
    inside = quoted[1:-1]
    offset = match.start("quotation") + 1 + len(inside) - len(inside.lstrip())
    return Passage(match["name"], blocks, inside.strip(), inside.strip(), offset)
