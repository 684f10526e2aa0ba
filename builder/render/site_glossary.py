"""What editions give of their terms -> the glossary of the whole site."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from builder.render.address import GLOSSARY_PAGE
from builder.render.given import LINES
from builder.render.matter import sort_key
from builder.render.views import GlossaryView, LinkView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.render.given import Given, GivenTerm
    from builder.render.views import TermView


@dataclass(slots=True)
class _Entry:
    """A term as the site knows it so far."""

    view: TermView
    count: int = 0
    given: list[GivenTerm] = field(default_factory=list)
    """It as each edition gives it, while all its lines have room."""
    mentions: list[LinkView] = field(default_factory=list)
    spread: list[LinkView] = field(default_factory=list)
    """The editions in which it is used, and how often."""

    def take(self, term: GivenTerm, edition: Given) -> None:
        self.count += term.count
        if self.count <= LINES:
            self.given.append(term)
        if term.count:
            page = f"{edition.edition}/{GLOSSARY_PAGE}#{term.view.id}"
            self.spread.append(LinkView(page, edition.title, str(term.count)))
        self.mentions += term.mentions


def site_glossary(editions: Iterable[Given]) -> GlossaryView:
    """All terms in alphabetical order.

    A shared term's concordance runs through all editions, and gives way to a list of these where it is too long for
    one page. An edition's own term has an entry of its own, with the edition's id in its own where another entry has
    the plain one.
    """
    editions = list(editions)
    ids = page_ids(editions)
    entries: dict[tuple[str, str], _Entry] = {}
    for edition in editions:
        for term in edition.terms:
            key = (term.owner, term.view.key)
            if key not in entries:
                entries[key] = _Entry(replace(term.view, id=ids[key]))
            entries[key].take(term, edition)
    views = [
        replace(
            entry.view,
            occurrences=tuple(line for term in entry.given for line in term.lines) if entry.count <= LINES else (),
            spread=tuple(entry.spread) if entry.count > LINES else (),
            mentions=tuple(entry.mentions),
        )
        for entry in entries.values()
    ]
    return GlossaryView(tuple(sorted(views, key=lambda term: (sort_key(term.headword), term.id))))


def page_ids(editions: Iterable[Given]) -> dict[tuple[str, str], str]:
    """(owner, term) -> the id of its entry in the site's glossary: the plain one for the first that asks for it."""
    ids: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for edition in editions:
        for term in edition.terms:
            key = (term.owner, term.view.key)
            if key not in ids:
                ids[key] = term.view.id if term.view.id not in taken else f"term-{term.owner}-{term.view.key}"
                taken.add(ids[key])
    return ids
