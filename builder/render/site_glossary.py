"""Editions' glossaries, one after another -> the glossary of the whole site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.render.address import carried
from builder.render.matter import sort_key
from builder.render.term_views import entry_view
from builder.render.views import GlossaryView, LinkView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.render.desk import Desk
    from builder.render.views import OccurrenceView, TermView


@dataclass(slots=True)
class _Entry:
    """A term as the site knows it so far."""

    view: TermView
    occurrences: list[OccurrenceView]
    mentions: list[LinkView]


class SiteGlossary:
    """The terms of the editions seen so far.

    A shared term's concordance runs through all editions. An edition's own term has an entry of its own, with the
    edition's id in its own where another entry has the plain one.
    """

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], _Entry] = {}
        self._taken: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._entries)

    def take(self, desk: Desk, page: str, terms: Sequence[TermView]) -> None:
        """Add an edition's terms, as they are shown on its own glossary's `page`. `desk` is at the site's."""
        here = desk.spot.page
        for term in terms:
            owner = desk.matter.terms[term.key].edition
            entry = self._entries.get((owner, term.key))
            if entry is None:
                entry = self._entries[owner, term.key] = _Entry(self._begun(desk, term, owner), [], [])
            entry.occurrences += [replace(one, href=carried(one.href, page, here)) for one in term.occurrences]
            entry.mentions += [replace(one, href=carried(one.href, page, here)) for one in term.mentions]

    def _begun(self, desk: Desk, term: TermView, owner: str) -> TermView:
        view = entry_view(desk, desk.matter.terms[term.key])
        page_id = view.id if view.id not in self._taken else f"term-{owner}-{term.key}"
        self._taken.add(page_id)
        edition = desk.matter.edition
        link = LinkView(desk.spot.to(f"{edition.id}/glossary.html"), edition.settings.title) if owner else None
        return replace(view, id=page_id, edition=link)

    def view(self) -> GlossaryView:
        """All of them, in alphabetical order."""
        entries = [
            replace(entry.view, occurrences=tuple(entry.occurrences), mentions=tuple(entry.mentions))
            for entry in self._entries.values()
        ]
        return GlossaryView(tuple(sorted(entries, key=lambda term: (sort_key(term.headword), term.id))))
