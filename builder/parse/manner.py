"""How a source of Markdown is read: what its readers ask of it besides its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Sequence


@value_class(frozen=True, slots=True)
class Manner:
    """How a source is read, besides its dialect."""

    path: str
    lines: Sequence[str]
    """The source's lines, in which the places of references are looked up."""
    line: int = 1
    """The line of its file on which the source begins."""
    column: int = 1
    typography: bool = False
    clean: bool = False
    numbered: bool = False
    title: bool = False
    dek: bool = False

    def place(self, line: int, column: int) -> Place:
        """Where a line (from 0) and column (from 1) of the source stand in its file."""
        return Place(self.path, self.line + line, column + (self.column - 1 if line == 0 else 0))
