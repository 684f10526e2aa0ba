"""The bindery's pages of one edition, one after the other -> all of them, with what they give to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder.model.site import Page

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from builder.model.book import Leaves
    from builder.render.given import Given
    from builder.render.leads import Part


class Run(NamedTuple):
    """What the bindery makes of an edition."""

    pages: Sequence[Page]
    leaves: Leaves | None
    given: Given
    record: str
    kept: str = ""
    parts: Mapping[str, Sequence[Part]] = {}
    """Path -> what a page is made of, where it is known."""


def gathered(pages: Generator[Page | Leaves, None, tuple[Given, str]]) -> Run:
    """All that the bindery makes of an edition, when it is made."""
    made: list[Page] = []
    leaves = None
    while True:
        try:
            one = next(pages)
        except StopIteration as end:
            given, record = end.value
            return Run(made, leaves, given, record)
        if isinstance(one, Page):
            made.append(one)
        else:
            leaves = one
