"""What the site's own pages need of each edition: a few words kept while the editions stream through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.render.matter import sort_key
from builder.render.views import IndexEntryView, IndexView, LibraryEntryView, LibraryView, LinkView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.render.matter import Matter
    from builder.render.words import Words

FEW = 4
"""From this many editions on the library can be arranged and has an index."""


def library_entry(matter: Matter, words: Words) -> LibraryEntryView:
    """An edition as the library lists it, seen from the site's first page."""
    edition = matter.edition
    authors = dict.fromkeys(text.title_page.author for text in edition.texts if text.title_page.author)
    pages = [text.title_page for text in edition.texts]
    date = edition.settings.date or next((page.date for page in pages if page.date), "")
    apart = len(authors) > 1 and any(page.date != date for page in pages) and not edition.settings.date
    of = next((page.author for page in pages if page.date), "") if apart else ""
    return LibraryEntryView(
        href=f"{edition.id}/index.html",
        title=edition.settings.title,
        summary=edition.settings.summary,
        authors=tuple(authors),
        date=words.date(date) if date and (of or not apart) else "",
        datetime=date,
        tags=edition.settings.tags,
        texts=len(edition.texts),
        notes=len(edition.notes),
        terms=len({occurrence.term for occurrence in matter.referred.occurrences}),
        draft=edition.settings.draft,
        id=f"_e-{edition.id}",
        dated=of,
    )


def library_view(entries: Sequence[LibraryEntryView]) -> LibraryView:
    """The site's first page: newest editions first, undated ones last, then by title."""
    titled = sorted(entries, key=lambda entry: (sort_key(entry.title), entry.id))
    ranked = [replace(entry, rank=rank) for rank, entry in enumerate(titled, 1)]
    dated = sorted((entry for entry in ranked if entry.datetime), key=lambda entry: (entry.datetime, entry.title))
    undated = [entry for entry in ranked if not entry.datetime]
    editions = (*reversed(dated), *undated)
    return LibraryView(
        editions=editions,
        authors=tuple(sorted({author for entry in entries for author in entry.authors})),
        tags=tuple(sorted({tag for entry in entries for tag in entry.tags})),
        indexes=_indexes(editions) if len(editions) >= FEW else (),
    )


def _indexes(editions: Sequence[LibraryEntryView]) -> tuple[IndexView, ...]:
    """By author, year and tag, where any edition has one: under each value its editions in the library's order."""
    held: dict[str, list[tuple[LibraryEntryView, Sequence[str]]]] = {
        "author": [(entry, entry.authors) for entry in editions],
        "year": [(entry, (entry.datetime[:4],) if entry.datetime else ()) for entry in editions],
        "tag": [(entry, entry.tags) for entry in editions],
    }
    return tuple(made for by, pairs in held.items() if (made := _index(by, pairs)).entries)


def _index(by: str, held: Sequence[tuple[LibraryEntryView, Sequence[str]]]) -> IndexView:
    links: dict[str, list[LinkView]] = {}
    for entry, values in held:
        for value in dict.fromkeys(values):
            links.setdefault(value, []).append(LinkView(f"#{entry.id}", entry.title))
    order = sorted(links, key=lambda value: (sort_key(value), value), reverse=by == "year")
    return IndexView(
        by,
        tuple(
            IndexEntryView(f"_i-{by}-{number}", value, value, None, tuple(links[value]))
            for number, value in enumerate(order, 1)
        ),
    )
