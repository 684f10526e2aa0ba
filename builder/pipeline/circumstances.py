"""`Making` and `Circumstances`: what a build came to, and what surrounds the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.pipeline.sheets import Sheet

if TYPE_CHECKING:
    from builder.model.handout import Press
    from builder.model.view import View
    from builder.pipeline.facts import SiteFacts
    from builder.pipeline.sheets import MadeEdition
    from builder.pipeline.themed import Themed
    from builder.render.bindery import Bindery
    from builder.render.given import Given
    from builder.render.search import Bound

Spread = Callable[[Callable[[str], Sheet], Sequence[str]], Iterator[Sheet]]
"""How the sheets of several editions are made: like `map`, in their order, but perhaps side by side."""

NEW = "it is new"


@value_class(frozen=True, slots=True)
class Making:
    """A site as a build left it: all that the next one must know to make no more than it has to."""

    facts: SiteFacts
    editions: Mapping[str, MadeEdition]
    givens: Mapping[str, Given]
    """Edition id -> what it gives to the pages that list editions and terms."""
    uses: Mapping[str, int]
    """How often each term stands in all editions together."""
    lists: tuple[str, ...]
    """Paths of these pages."""
    search: tuple[Bound, ...]
    reasons: Mapping[str, str]
    """Edition id -> why it was made, or went; only those that were or did. "" stands for the lists."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Edition id -> its notes, and where its paragraphs stand in its pages; of large editions alone."""
    bindery: Bindery | None = field(default=None, compare=False)
    """What set the pages: its templates are compiled, and serve as long as nothing that concerns them changes."""
    themed: Themed | None = field(default=None, compare=False)


@value_class(frozen=True, slots=True)
class Circumstances:
    """What surrounds a build: what was there before, and how editions are made."""

    before: Making | None = None
    """What the last published build came to. With it only what is out of date is made; all else is `Kept`."""
    read: Callable[[str], bytes | None] = lambda _: None
    """A file of that build's by its path."""
    spread: Spread = map
    report: Callable[[int, int], None] | None = None
    """What hears how many editions are made, and of how many."""
    press: Press | None = None
    """What sets handouts; without it they are owed."""
    afresh: str = NEW
    """Why all is made, where there is nothing before."""
    beside: tuple[View, ...] = ()
    """Views besides that of the build under which, too, what is wrong with the editions is told."""
