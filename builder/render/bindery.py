"""Editions, one after another -> all pages of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.site import Page
from builder.render.address import GLOSSARY_PAGE, Spot
from builder.render.assets import make_assets
from builder.render.cards import cards_script
from builder.render.conversation import (
    COPIES,
    NOTECARDS,
    PAGE,
    conversation_edition,
    conversation_style,
    conversation_view,
    converses,
    notecard_views,
)
from builder.render.desk import Desk
from builder.render.edition_views import edition_view, glossary_view, notes_view
from builder.render.feeds import feed, sitemap
from builder.render.head import edition_metas, edition_structured, head
from builder.render.library import library_entry, library_view
from builder.render.matter import gather
from builder.render.page import Press
from builder.render.page_style import list_style, page_style
from builder.render.search import MANIFEST, SearchIndex
from builder.render.search_rows import search_rows, term_rows
from builder.render.site_glossary import SiteGlossary
from builder.render.views import SiteView
from builder.render.words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.site import Settings, Work
    from builder.model.text import Text
    from builder.model.theme import Theme
    from builder.model.view import Referred, Visit
    from builder.render.matter import Matter
    from builder.render.views import LibraryEntryView
    from builder.render.words import Words

GENERATOR = "Glossator"


class Bindery:
    """One site in the making: pages leave as soon as their edition is known, the lists when all are."""

    def __init__(self, theme: Theme, settings: Settings, each: frozenset[str]) -> None:
        self._theme = theme
        self._settings = settings
        self._each = each
        self._press = Press(theme)
        self._assets = make_assets(theme)
        self._entries: list[LibraryEntryView] = []
        self._glossary = SiteGlossary()
        self._spoken: dict[str, Words] = {}
        self._paths: list[str] = []
        self._search = SearchIndex()

    def edition(
        self, referred: Referred, *, works: Mapping[str, Work], visits: tuple[Visit, ...] = ()
    ) -> Iterator[Page]:
        """The pages of one edition under its view; `visits` are mentions from other editions that lead here."""
        settings = self._settings
        matter = gather(referred, works=works, kinds=settings.kinds, relations=settings.relations, visits=visits)
        edition = matter.edition
        words = self._words(edition.settings.language)
        front = f"{edition.id}/index.html"
        if edition.id in self._each:
            yield self._reading(matter, front, words, ())
            for text in edition.texts:
                yield self._reading(matter, f"{edition.id}/{text.id}.html", words, (text,))
        else:
            yield self._reading(matter, front, words, edition.texts)
        yield from self._conversation(matter, words)
        desk = self._desk(matter, f"{edition.id}/glossary.html", words)
        glossary = glossary_view(desk, settings)
        if glossary.terms:
            title = words.say("title.glossary", title=edition.settings.title)
            yield self._page(
                "glossary.html",
                desk.spot,
                words,
                {"edition": glossary},
                title=title,
                language=edition.settings.language,
            )
            self._glossary.take(self._desk(matter, GLOSSARY_PAGE, words), desk.spot.page, glossary.terms)
        if glossary.notes:
            yield self._notes(matter, words)
        if glossary.terms or edition.crossrefs:
            script = cards_script(self._desk(matter, front, words))
            yield Page(f"{edition.id}/cards.js", script.encode())
        yield from self._searched(matter, words)
        self._entries.append(library_entry(matter, words))

    def site(self) -> Iterator[Page]:
        """The library, the site's glossary, what a host needs, and the theme's assets."""
        words = self._words(self._settings.language)
        library = library_view(self._entries)
        yield self._page(
            "library.html",
            Spot("index.html", self._each),
            words,
            {"library": library},
            title=self._settings.title,
            description=self._settings.summary,
        )
        glossary = self._glossary.view()
        if glossary.terms:
            yield self._page(
                "site-glossary.html",
                Spot("glossary.html", self._each),
                words,
                {"glossary": glossary},
                title=words.say("title.glossary", title=self._settings.title),
            )
        if self._settings.base_url:
            yield sitemap(self._settings, self._paths)
            yield feed(self._settings, library.editions)
            yield self._page("404.html", self._lost(), words, {}, title=words.say("title.lost"))
        shared = {term.key: term.id for term in glossary.terms if term.edition is None}
        spoken = {name: told for name, told in self._spoken.items() if name != self._settings.language}
        yield from self._search.close({**spoken, "": words}, shared)
        yield from self._assets.pages

    def _searched(self, matter: Matter, words: Words) -> Iterator[Page]:
        """Take an edition into the search."""
        desk = self._desk(matter, "index.html", words)
        settings = matter.edition.settings
        terms = list(term_rows(desk))
        rows = (*search_rows(desk), *(row for term, row in terms if term.edition))
        shared = {term.id: row for term, row in terms if not term.edition}
        kinds = {row.kind: desk.kind(row.kind) for row in rows if row.kind}
        yield from self._search.add(matter.edition.id, settings.title, rows, shared=shared, kinds=kinds)

    def _lost(self) -> Spot:
        """Where the page for an address that leads nowhere stands: anywhere, so its links begin at the site's own."""
        return Spot("404.html", self._each, f"{self._settings.base_url.rstrip('/')}/")

    def _words(self, language: str) -> Words:
        if language not in self._spoken:
            self._spoken[language] = words_for(language, self._theme.words)
        return self._spoken[language]

    def _desk(self, matter: Matter, page: str, words: Words) -> Desk:
        return Desk(matter, Spot(page, self._each), words)

    def _reading(self, matter: Matter, page: str, words: Words, shown: tuple[Text, ...]) -> Page:
        edition = matter.edition
        desk = self._desk(matter, page, words)
        front = page.endswith("/index.html")
        view = edition_view(desk, self._settings, shown=shown, front=front)
        title = edition.settings.title
        if not front and shown:
            title = words.say("title.text", text=shown[0].title_page.title, title=title)
        return self._page(
            "edition.html" if shown else "contents.html",
            desk.spot,
            words,
            {"edition": view},
            title=title,
            description=edition.settings.summary or _description(edition.texts),
            language=edition.settings.language,
            inline_style=page_style(view),
            metas=edition_metas(edition, self._settings),
            structured=edition_structured(edition, self._settings),
        )

    def _notes(self, matter: Matter, words: Words) -> Page:
        """The list of all notes of an edition."""
        settings = matter.edition.settings
        desk = self._desk(matter, f"{matter.edition.id}/notes.html", words)
        view, listing = notes_view(desk, self._settings)
        return self._page(
            "notes.html",
            desk.spot,
            words,
            {"edition": view, "listing": listing},
            title=words.say("title.notes", title=settings.title),
            language=settings.language,
            inline_style=list_style(view),
        )

    def _conversation(self, matter: Matter, words: Words) -> Iterator[Page]:
        """The page on which the texts stand side by side, and the notes for its cards."""
        edition = matter.edition
        desk = Desk(matter, Spot(f"{edition.id}/{PAGE}", self._each, copies=COPIES), words)
        if not converses(desk):
            return
        view = conversation_view(desk)
        yield self._page(
            "conversation.html",
            desk.spot,
            words,
            {"edition": conversation_edition(desk, self._settings), "conversation": view},
            title=words.say("title.conversation", title=edition.settings.title),
            language=edition.settings.language,
            inline_style=conversation_style(desk),
        )
        if view.notecards:
            context = {"notes": notecard_views(desk), "words": words.nested}
            yield Page(f"{edition.id}/{NOTECARDS}", self._press.set("notecards.js", context))

    def _page(self, template: str, spot: Spot, words: Words, context: Mapping[str, object], **parts: object) -> Page:
        made = head(spot, self._assets, self._settings, **parts)  # type: ignore[arg-type]
        site = SiteView(
            title=self._settings.title,
            summary=self._settings.summary,
            library=spot.to("index.html"),
            glossary=spot.to("glossary.html") if self._glossary or template != "library.html" else "",
            search=spot.to(MANIFEST) if self._entries or template != "library.html" else "",
            options=self._theme.options,
            generator=GENERATOR,
        )
        self._paths.append(spot.page)
        content = self._press.set(template, {"head": made, "site": site, "words": words.nested, **context})
        return Page(spot.page, content)


def _description(texts: tuple[Text, ...]) -> str:
    """The dek of the first text, else its first words."""
    if not texts:
        return ""
    prose = texts[0].prose
    block = next((block for block in prose.blocks if block.id in ("dek", "p1")), None)
    return " ".join(prose.words(block.span).split()) if block else ""
