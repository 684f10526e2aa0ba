"""What the site's own pages need of each edition: a few words kept while the editions stream through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.render.views import LibraryEntryView, LibraryView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.render.matter import Matter
    from builder.render.words import Words


def library_entry(matter: Matter, words: Words) -> LibraryEntryView:
    """An edition as the library lists it, seen from the site's first page."""
    edition = matter.edition
    authors = dict.fromkeys(text.title_page.author for text in edition.texts if text.title_page.author)
    date = edition.settings.date or next((text.title_page.date for text in edition.texts if text.title_page.date), "")
    return LibraryEntryView(
        href=f"{edition.id}/index.html",
        title=edition.settings.title,
        summary=edition.settings.summary,
        authors=tuple(authors),
        date=words.date(date) if date else "",
        datetime=date,
        tags=edition.settings.tags,
        texts=len(edition.texts),
        notes=len(edition.notes),
        terms=len({occurrence.term for occurrence in matter.referred.occurrences}),
        draft=edition.settings.draft,
    )


def library_view(entries: Sequence[LibraryEntryView]) -> LibraryView:
    """The site's first page: newest editions first, undated ones last, then by title."""
    dated = sorted((entry for entry in entries if entry.datetime), key=lambda entry: (entry.datetime, entry.title))
    undated = sorted((entry for entry in entries if not entry.datetime), key=lambda entry: entry.title)
    return LibraryView(
        editions=(*reversed(dated), *undated),
        authors=tuple(sorted({author for entry in entries for author in entry.authors})),
        tags=tuple(sorted({tag for entry in entries for tag in entry.tags})),
    )
