"""What an edition gives to the pages that the whole site shares: library, glossary, search, site map."""

from __future__ import annotations

import json
from dataclasses import replace
from operator import is_
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder.model.value import value_class
from builder.render.address import GLOSSARY_PAGE, carried
from builder.render.library import library_entry
from builder.render.search_records import record
from builder.render.search_rows import Group, Row, search_rows, term_rows
from builder.render.term_views import entry_view
from builder.render.views import LinkView, OccurrenceView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.glossary import Term
    from builder.render.desk import Desk
    from builder.render.views import LibraryEntryView, TermView

LINES = 40
"""Lines of a term's concordance that the site's glossary shows; of a term used more often it says in which editions."""


@value_class(frozen=True, slots=True)
class GivenTerm:
    """A term as one edition uses it, seen from the site's glossary."""

    owner: str
    """The edition whose own glossary holds it, "" for the site's."""
    view: TermView
    """Without its concordance and what speaks of it."""
    count: int
    packed: str
    """Its concordance here, `LINES` of it at most: packed, since most are kept by thousands and never shown.

    "" where the term stands so often in all editions together that it isn't shown anyway.
    """
    mentions: tuple[LinkView, ...]
    words: str
    """What a search reads in its entry; "" for an edition's own term, which stands in its record."""

    @property
    def lines(self) -> Iterator[OccurrenceView]:
        """Its concordance here, unpacked."""
        return (OccurrenceView(*line) for line in json.loads(self.packed or "[]"))


@value_class(frozen=True, slots=True)
class Given:
    """All that the site's own pages need of an edition once its pages are made."""

    edition: str
    title: str
    language: str
    entry: LibraryEntryView
    paths: tuple[str, ...]
    """Of its pages, for the site map."""
    terms: tuple[GivenTerm, ...]

    def row(self, term: GivenTerm) -> Row:
        """What a search finds of one of the site's own terms in this edition."""
        view = term.view
        href = f"{self.edition}/{GLOSSARY_PAGE}#{view.id}"
        return Row(Group.TERM, href, "", view.headword, term.words, "", self.language, also=view.forms)

    def lists_alike(self, other: Given) -> bool:
        """Whether the site's first page, its site map and its feed say the same of both."""
        return (self.entry, self.paths) == (other.entry, other.paths)


def named() -> dict[str, object]:
    """The classes that the annotations of a `Given` speak of, at any depth, by their names."""
    from builder.render import views

    return {**vars(views), "GivenTerm": GivenTerm, "Markup": Markup}


def uses_of(given: Given) -> dict[str, int]:
    """How often each term stands in an edition, by `OWNER TERM`."""
    return {f"{term.owner} {term.view.key}": term.count for term in given.terms}


def trimmed(given: Given, uses: Mapping[str, int]) -> Given:
    """Without the lines of terms that stand too often in all editions together (`uses`) for these to be shown."""
    terms = tuple(_trimmed(term, uses) for term in given.terms)
    return given if all(map(is_, terms, given.terms)) else replace(given, terms=terms)


def lacks_lines(given: Given, uses: Mapping[str, int]) -> bool:
    """Whether lines were taken from it that are to be shown now."""
    return any(not term.packed and uses[f"{term.owner} {term.view.key}"] <= LINES for term in given.terms)


def _trimmed(term: GivenTerm, uses: Mapping[str, int]) -> GivenTerm:
    shown = uses[f"{term.owner} {term.view.key}"] <= LINES
    return term if shown or not term.packed else replace(term, packed="")


def given(desk: Desk, paths: tuple[str, ...], terms: Sequence[TermView]) -> tuple[Given, str]:
    """What an edition gives, and the record of what a search finds in it.

    `desk` stands on the site's glossary page, `terms` are as the edition's own shows them.
    """
    edition = desk.matter.edition
    rows = list(term_rows(desk))
    words = {term.id: row.words for term, row in rows if not term.edition}
    found = (*search_rows(desk), *(row for term, row in rows if term.edition))
    kinds = {row.kind: desk.kind(row.kind) for row in found if row.kind}
    gives = Given(
        edition=edition.id,
        title=edition.settings.title,
        language=edition.settings.language,
        entry=library_entry(desk.matter, desk.words),
        paths=paths,
        terms=tuple(_term(desk, term, desk.matter.terms[term.key], words.get(term.key, "")) for term in terms),
    )
    return gives, record(edition.id, edition.settings.title, found, kinds)


def _term(desk: Desk, here: TermView, term: Term, words: str) -> GivenTerm:
    edition = desk.matter.edition
    page = f"{edition.id}/{GLOSSARY_PAGE}"
    if term.edition:
        view = entry_view(desk, term, edition=LinkView(page, edition.settings.title))
    else:
        view = desk.entry(term, f"view {desk.words.language}", entry_view)
    lines = [
        (carried(line.href, page, GLOSSARY_PAGE), line.where, line.left, line.word, line.right)
        for line in here.occurrences[: LINES + 1]
    ]
    return GivenTerm(
        owner=term.edition,
        view=view,
        count=len(here.occurrences),
        packed=json.dumps(lines, ensure_ascii=False),
        mentions=tuple(
            LinkView(carried(link.href, page, GLOSSARY_PAGE), link.words, link.about) for link in here.mentions
        ),
        words=words,
    )
