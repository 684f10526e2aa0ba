"""Editions, one after another -> all pages of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.site import Kept, Page
from builder.render.address import GLOSSARY_PAGE, Spot, offline_page, tei_path
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
from builder.render.cuts import UNPAGED
from builder.render.desk import Desk
from builder.render.edition_views import edition_view, glossary_view, notes_view
from builder.render.feeds import feed, sitemap
from builder.render.flashcards import flashcards
from builder.render.given import given
from builder.render.handout_paths import HANDOUT, flashcards_path, handout_path
from builder.render.head import described, edition_metas, edition_structured, head
from builder.render.library import library_view
from builder.render.matter import gather
from builder.render.page import Press
from builder.render.page_style import list_style, page_style
from builder.render.search import MANIFEST
from builder.render.shelf import Entries, Shelf
from builder.render.site_glossary import site_glossary
from builder.render.views import SiteView
from builder.render.webanno import NAME as ANNOTATIONS
from builder.render.webanno import annotation_document
from builder.render.words import words_for

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from builder.model.book import Leaves
    from builder.model.handout import Handout
    from builder.model.site import HandoutSettings, Settings, Work
    from builder.model.text import Text
    from builder.model.theme import Theme
    from builder.model.view import Groundwork, Referred, Visit
    from builder.render.cuts import Pages
    from builder.render.given import Given
    from builder.render.offline.kit import Kit
    from builder.render.views import EditionView
    from builder.render.words import Words

GENERATOR = "Glossator"
EVERYTHING: Mapping[str, bool] = {"glossary": True, "search": True}
"""What an edition's pages may lead to: where one of them does, it is there."""
NO_PICTURES: Mapping[str, bytes] = {}


class Bindery:
    """Sets the pages of one site: those of each edition, and those that all share."""

    def __init__(self, theme: Theme, settings: Settings, each: frozenset[str]) -> None:
        self._theme = theme
        self._settings = settings
        self._each = each
        self._press = Press(theme)
        self._assets = make_assets(theme)
        self._kit: Kit | None = None
        self._spoken: dict[str, Words] = {}
        self._entries: Entries = {}

    def edition(
        self,
        referred: Referred,
        *,
        works: Mapping[str, Work],
        visits: tuple[Visit, ...] = (),
        pictures: Mapping[str, bytes] = NO_PICTURES,
        groundwork: Groundwork | None = None,
        pages: Pages = UNPAGED,
    ) -> Generator[Page | Leaves, None, tuple[Given, str]]:
        """The pages of one edition under its view; what it gives to the site's own, and to the search.

        `visits` are mentions from other editions that lead here; `pictures` are its own, by path in its folder, for
        what carries them within; `groundwork` for its annotations, None: nobody asked; `pages` for its unbound book.
        """
        settings = self._settings
        words = self.words(referred.anchored.edition.settings.language)
        kinds, relations = map(words.kind, settings.kinds), map(words.relation, settings.relations)
        matter = gather(referred, works=works, kinds=tuple(kinds), relations=tuple(relations), visits=visits)
        spot = Spot(f"{matter.edition.id}/{GLOSSARY_PAGE}", self._each)
        desk = Desk(matter, spot, words, shelf=Shelf(entries=self._entries))
        glossary = glossary_view(desk, settings)
        paths = []
        for page in self._pages(desk, glossary):
            paths += [page.path] if page.path.endswith(".html") else []
            yield page
        yield from self._books(desk, pictures, pages)
        if groundwork is not None:
            document = annotation_document(referred, settings, works=works, each=self._each, groundwork=groundwork)
            yield Page(f"{matter.edition.id}/{ANNOTATIONS}", document.encode())
        return given(desk.on(GLOSSARY_PAGE), tuple(paths), glossary.terms)

    def handouts(
        self, views: Sequence[tuple[HandoutSettings, Referred]], works: Mapping[str, Work], pictures: frozenset[str]
    ) -> tuple[Handout, ...]:
        """The handouts of one edition, each as its view sees it, composed. `pictures` are those that can be set."""
        from builder.render.handout import Draft, compose

        drafts = []
        for asked, referred in views:
            words = self.words(referred.anchored.edition.settings.language)
            kinds, relations = map(words.kind, self._settings.kinds), map(words.relation, self._settings.relations)
            matter = gather(referred, works=works, kinds=tuple(kinds), relations=tuple(relations))
            drafts.append(Draft(asked, Desk(matter, Spot(handout_path(matter.edition.id, asked.id)), words)))
        return compose(drafts, self._settings, pictures)

    def _pages(self, desk: Desk, glossary: EditionView) -> Iterator[Page]:
        """The pages of an edition; `desk` is that of its glossary."""
        edition, words = desk.matter.edition, desk.words
        front = desk.on(f"{edition.id}/index.html")
        if edition.id in self._each:
            yield self._reading(front, ())
            for text in edition.texts:
                yield self._reading(desk.on(f"{edition.id}/{text.id}.html"), (text,))
        else:
            yield self._reading(front, edition.texts)
        yield from self._conversation(desk.on(f"{edition.id}/{PAGE}", COPIES))
        if glossary.terms:
            title = words.say("title.glossary", title=edition.settings.title)
            language = edition.settings.language
            yield self._page("glossary.html", desk.spot, words, {"edition": glossary}, title=title, language=language)
        if glossary.notes:
            yield self._notes(desk.on(f"{edition.id}/notes.html"))
        if glossary.terms or edition.crossrefs:
            yield Page(f"{edition.id}/cards.js", cards_script(front).encode())
        if HANDOUT in self._settings.outputs and (cards := flashcards(front)):
            yield Page(flashcards_path(edition.id), cards.encode())
        if "tei" in self._settings.outputs:
            from builder.render import tei

            yield Page(tei_path(edition.id), tei.document(desk.matter, self._settings))

    def _books(self, desk: Desk, pictures: Mapping[str, bytes], pages: Pages) -> Iterator[Page | Leaves]:
        """The edition off the web, as far as the site asks for it."""
        edition = desk.matter.edition.id
        site = self._site(desk.spot, EVERYTHING)
        if "offline" in self._settings.outputs and self._press.has("offline.html"):
            yield Page(offline_page(edition), self._offline(desk, site, pictures))
        if "epub" in self._settings.outputs and self._press.has("epub/text.html"):
            from builder.render.epub.book import leaves

            yield leaves(desk, self._settings, self._theme, self._press, site=site, pictures=pictures, pages=pages)

    def _offline(self, desk: Desk, site: SiteView, pictures: Mapping[str, bytes]) -> bytes:
        from builder.render.offline.faces import require_extra, subset
        from builder.render.offline.file import offline_file
        from builder.render.offline.kit import make_kit

        if self._settings.subset_fonts:
            require_extra()
        self._kit = self._kit or make_kit(self._theme, self._assets)
        return offline_file(
            desk,
            self._settings,
            press=self._press,
            kit=self._kit,
            assets=self._assets,
            site=site,
            pictures=pictures,
            carried=subset if self._settings.subset_fonts else None,
        )

    def lists(self, editions: Sequence[Given], standing: Sequence[str] = ()) -> Iterator[Page | Kept]:
        """Library, glossary, what a host needs. `standing`: their paths, where nothing but terms is other than then."""
        glossary = site_glossary(editions)
        shared = {"glossary": bool(glossary.terms), "search": bool(editions)}
        if standing and shared["glossary"] == (GLOSSARY_PAGE in standing):
            yield Kept(tuple(path for path in standing if path != GLOSSARY_PAGE))
        else:
            yield from self._library(editions, shared)
        if glossary.terms:
            words = self.words(self._settings.language)
            spot, said = Spot(GLOSSARY_PAGE, self._each), words.say("title.glossary", title=self._settings.title)
            yield self._page("site-glossary.html", spot, words, {"glossary": glossary}, shared, title=said)

    def _library(self, editions: Sequence[Given], shared: Mapping[str, bool]) -> Iterator[Page]:
        words = self.words(self._settings.language)
        library = library_view([edition.entry for edition in editions])
        described = {"title": self._settings.title, "description": self._settings.summary}
        spot = Spot("index.html", self._each)
        yield self._page("library.html", spot, words, {"library": library}, shared, **described)
        paths = ["index.html", *(path for edition in editions for path in edition.paths)]
        paths += [GLOSSARY_PAGE] if shared["glossary"] else []
        if self._settings.base_url:
            yield sitemap(self._settings, paths)
            yield feed(self._settings, library.editions)
            # It stands for any address that leads nowhere, so its links begin at the site's own.
            spot = Spot("404.html", self._each, f"{self._settings.base_url.rstrip('/')}/")
            yield self._page("404.html", spot, words, {}, shared, title=words.say("title.lost"))

    def spoken(self, languages: Iterable[str]) -> dict[str, Words]:
        """The words of a site's own pages by "", and by language those of editions in another."""
        spoken = {language: self.words(language) for language in languages}
        spoken.pop(self._settings.language, None)
        return {**spoken, "": self.words(self._settings.language)}

    @property
    def assets(self) -> tuple[Page, ...]:
        """The theme's style, scripts and fonts."""
        return self._assets.pages

    def words(self, language: str) -> Words:
        """The theme's words in a language."""
        if language not in self._spoken:
            self._spoken[language] = words_for(language, self._settings.language, self._theme.words)
        return self._spoken[language]

    def _reading(self, desk: Desk, shown: tuple[Text, ...]) -> Page:
        edition, words = desk.matter.edition, desk.words
        front = desk.spot.page.endswith("/index.html")
        view = edition_view(desk, self._settings, shown=shown, front=front)
        title = edition.settings.title
        title = title if front or not shown else words.say("title.text", text=shown[0].title_page.title, title=title)
        return self._page(
            "edition.html" if shown else "contents.html",
            desk.spot,
            words,
            {"edition": view},
            title=title,
            description=edition.settings.summary or described(edition.texts),
            language=edition.settings.language,
            inline_style=page_style(view),
            metas=edition_metas(edition, self._settings),
            structured=edition_structured(edition, self._settings),
        )

    def _notes(self, desk: Desk) -> Page:
        """The list of all notes of an edition."""
        settings, words = desk.matter.edition.settings, desk.words
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

    def _conversation(self, desk: Desk) -> Iterator[Page]:
        """The page on which the texts stand side by side, and the notes for its cards."""
        edition, words = desk.matter.edition, desk.words
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

    def _page(
        self,
        template: str,
        spot: Spot,
        words: Words,
        context: Mapping[str, object],
        shared: Mapping[str, bool] = EVERYTHING,
        **parts: object,
    ) -> Page:
        """`shared` says which of the site's own pages there are."""
        made = head(spot, self._assets, self._settings, **parts)  # type: ignore[arg-type]
        site = self._site(spot, shared)
        content = self._press.set(template, {"head": made, "site": site, "words": words.nested, **context})
        return Page(spot.page, content)

    def _site(self, spot: Spot, shared: Mapping[str, bool]) -> SiteView:
        return SiteView(
            title=self._settings.title,
            summary=self._settings.summary,
            library=spot.to("index.html"),
            glossary=spot.to(GLOSSARY_PAGE) if shared["glossary"] else "",
            search=spot.to(MANIFEST) if shared["search"] else "",
            options=self._theme.options,
            generator=GENERATOR,
        )
