"""What an author says before the first entry of a file -> Introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.site import Introduction
from builder.parse.entries import parse_entries
from builder.parse.markdown import parse_body

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Source


def introduction(source: Source, of: str) -> tuple[Introduction | None, tuple[Diagnostic, ...]]:
    """The words before the first entry of a file; None where it begins with one. `of` names what the file holds.

    What is wrong with the file itself is told by whoever reads its entries.
    """
    if source.text.startswith("## "):
        return None, ()
    file, _ = parse_entries(source)
    if not file.introduction and not file.title:
        return None, ()
    prose, told = parse_body(file.introduction, path=source.path, line=file.introduction_line)
    return Introduction(of, file.title, prose, source.path), told
