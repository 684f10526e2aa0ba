"""Editions, one after another -> all pages of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.site import Page
from builder.render.address import GLOSSARY_PAGE, Spot
from builder.render.assets import make_assets
from builder.render.cards import cards_script
from builder.render.desk import Desk
from builder.render.edition_views import edition_view, glossary_view
from builder.render.feeds import feed, sitemap
from builder.render.head import edition_metas, edition_structured, head
from builder.render.library import library_entry, library_view, site_glossary
from builder.render.matter import gather
from builder.render.page import Press
from builder.render.page_style import page_style
from builder.render.search import MANIFEST, SearchIndex
from builder.render.search_rows import search_rows, term_rows
from builder.render.term_views import term_views
from builder.render.views import LinkView, SiteView
from builder.render.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.site import Settings, Work
    from builder.model.text import Text
    from builder.model.theme import Theme
    from builder.model.view import Referred, Visit
    from builder.render.matter import Matter
    from builder.render.views import LibraryEntryView, TermView

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
        self._terms: list[tuple[str, LinkView, TermView]] = []
        self._paths: list[str] = []
        self._search = SearchIndex()
        self._spoken: dict[str, Words] = {}

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
        desk = self._desk(matter, f"{edition.id}/glossary.html", words)
        glossary = glossary_view(desk, settings)
        owners = {term.id: term.edition for term in edition.terms}
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
            site_desk = self._desk(matter, GLOSSARY_PAGE, words)
            link = LinkView(f"{edition.id}/{GLOSSARY_PAGE}", edition.settings.title)
            self._terms += [(owners[term.key], link, term) for term in term_views(site_desk)]
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
        glossary = site_glossary(self._terms)
        if self._terms:
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
        yield from self._search.close({**self._spoken, "": words}, shared)
        yield from self._assets.pages

    def _searched(self, matter: Matter, words: Words) -> Iterator[Page]:
        """Take an edition into the search."""
        desk = self._desk(matter, "index.html", words)
        settings = matter.edition.settings
        terms = list(term_rows(desk))
        rows = (*search_rows(desk), *(row for term, row in terms if term.edition))
        shared = {term.id: row for term, row in terms if not term.edition}
        kinds = {row.kind: desk.kind(row.kind) for row in rows if row.kind}
        if settings.language != self._settings.language:
            self._spoken[settings.language] = words
        yield from self._search.add(matter.edition.id, settings.title, rows, shared=shared, kinds=kinds)

    def _lost(self) -> Spot:
        """Where the page for an address that leads nowhere stands: anywhere, so its links begin at the site's own."""
        return Spot("404.html", self._each, f"{self._settings.base_url.rstrip('/')}/")

    def _words(self, language: str) -> Words:
        wording = self._theme.words
        for name in (language, language.split("-", maxsplit=1)[0], "en"):
            if name in wording:
                return Words(wording[name], name)
        return Words({}, language)

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

    def _page(self, template: str, spot: Spot, words: Words, context: Mapping[str, object], **parts: object) -> Page:
        made = head(spot, self._assets, self._settings, **parts)  # type: ignore[arg-type]
        site = SiteView(
            title=self._settings.title,
            summary=self._settings.summary,
            library=spot.to("index.html"),
            glossary=spot.to("glossary.html") if self._terms or template != "library.html" else "",
            search=spot.to(MANIFEST) if self._entries or template != "library.html" else "",
            options=self._theme.options,
            generator=GENERATOR,
        )
        self._paths.append(spot.page)
        content = self._press.set(template, {"head": made, "site": site, "words": _nested(words), **context})
        return Page(spot.page, content)


def _nested(words: Words) -> dict[str, object]:
    """The words as templates see them: `words.nav.read`."""
    tree: dict[str, object] = {}
    for key, value in words.wording.items():
        *folders, name = key.split(".")
        branch = tree
        for folder in folders:
            branch = branch.setdefault(folder, {})  # type: ignore[assignment]
        branch[name] = value
    return tree


def _description(texts: tuple[Text, ...]) -> str:
    """The dek of the first text, else its first words."""
    if not texts:
        return ""
    prose = texts[0].prose
    block = next((block for block in prose.blocks if block.id in ("dek", "p1")), None)
    return " ".join(prose.words(block.span).split()) if block else ""
