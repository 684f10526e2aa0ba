"""Editions, one after another -> all pages of the site."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from builder.model.site import Kept, Page
from builder.render import conversation, keeping
from builder.render.address import GLOSSARY_PAGE, PAPER, Spot, tei_path
from builder.render.assets import make_assets
from builder.render.attempts import Attempts, require_faultless
from builder.render.cards import cards_script
from builder.render.cuts import UNPAGED
from builder.render.desk import Desk
from builder.render.edition_views import edition_view, glossary_view, notes_view
from builder.render.feeds import feed, sitemap
from builder.render.given import given
from builder.render.handout_paths import HANDOUT, flashcards_path, handout_path
from builder.render.head import described, edition_metas, edition_structured, head
from builder.render.library import library_view
from builder.render.matter import gather
from builder.render.offline.editions import OfflineEditions
from builder.render.page import NO_SLOTS, Press
from builder.render.page_style import list_style, page_style
from builder.render.paper import paper_script
from builder.render.search import MANIFEST
from builder.render.shelf import Entries, Shelf
from builder.render.site_glossary import site_glossary
from builder.render.views import SiteView
from builder.render.webanno import NAME as ANNOTATIONS
from builder.render.webanno import annotation_document
from builder.render.words import words_for

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from builder.model.book import Leaves
    from builder.model.diagnostic import Diagnostic
    from builder.model.handout import Handout
    from builder.model.site import Edition, HandoutSettings, Settings, Work
    from builder.model.text import Text
    from builder.model.theme import Theme
    from builder.model.view import Groundwork, Referred, Visit
    from builder.render.cuts import Pages
    from builder.render.given import Given
    from builder.render.keeping import Keeper
    from builder.render.views import EditionView
    from builder.render.words import Words

GENERATOR = "Glossator"
EVERYTHING: Mapping[str, bool] = {"glossary": True, "search": True}
"""What an edition's pages may lead to: where one of them does, it is there."""
NO_PICTURES: Mapping[str, bytes] = {}


class Bindery:
    """Sets the pages of one site: those of each edition, and those that all share."""

    def __init__(self, theme: Theme, settings: Settings, each: frozenset[str]) -> None:
        self.theme = theme
        self._settings = settings
        self._each = each
        self._press = Press(theme)
        self._attempts = Attempts()
        self._assets = make_assets(theme)
        self._offline = OfflineEditions(theme, settings, self._press, self._assets)
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
        keeper: Keeper | None = None,
    ) -> Generator[Page | Leaves, None, tuple[Given, str]]:
        """The pages of one edition under its view; what it gives to the site's own, and to the search.

        `visits` are mentions from other editions that lead here; `pictures` are its own, by path in its folder, for
        what carries them within; `groundwork` for its annotations, None: nobody asked; `pages` for its unbound book;
        `keeper` keeps its paragraphs for the next build. FaultError, with all that they are at fault with, where
        templates could not be set.
        """
        settings = self._settings
        words = self.words(referred.anchored.edition.settings.language)
        kinds, relations = map(words.kind, settings.kinds), map(words.relation, settings.relations)
        matter = gather(referred, works=works, kinds=tuple(kinds), relations=tuple(relations), visits=visits)
        spot = Spot(f"{matter.edition.id}/{GLOSSARY_PAGE}", self._each)
        desk = Desk(matter, spot, words, shelf=Shelf(entries=self._entries))
        glossary = glossary_view(desk, settings)
        paths, source = [], matter.edition.settings.place
        told: list[Diagnostic] = []
        for page in self._attempts.each(self._pages(desk, glossary, keeper), told, source):
            paths += [page.path] if page.path.endswith(".html") else []
            yield page
        yield from self._attempts.each(self._books(desk, pictures, pages, keeper), told, source)
        require_faultless(told)
        if groundwork is not None:
            document = annotation_document(referred, settings, works=works, each=self._each, groundwork=groundwork)
            yield Page(f"{matter.edition.id}/{ANNOTATIONS}", document.encode())
        return given(desk.on(GLOSSARY_PAGE, keeper=keeper), tuple(paths), glossary.terms)

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

    def keeps(self, edition: Edition) -> bool:
        """Whether the paragraphs of an edition can be kept, and are worth it."""
        return len(edition.notes) >= keeping.MANY and self.theme.known and edition.id not in self._each

    def _pages(self, desk: Desk, glossary: EditionView, keeper: Keeper | None) -> Iterator[Callable[[], Page]]:
        """What makes the pages of an edition; `desk` is that of its glossary."""
        edition, words = desk.matter.edition, desk.words
        front = desk.on(f"{edition.id}/index.html", keeper=keeper)
        if edition.id in self._each:
            yield partial(self._reading, front, ())
            for text in edition.texts:
                yield partial(self._reading, desk.on(f"{edition.id}/{text.id}.html"), (text,))
        else:
            yield partial(self._reading, front, edition.texts)
        yield from self._conversation(desk.on(f"{edition.id}/{conversation.PAGE}", conversation.COPIES))
        if glossary.terms:
            title = words.say("title.glossary", title=edition.settings.title)
            made = partial(self._page, "glossary.html", desk.spot, words, {"edition": glossary})
            yield partial(made, title=title, language=edition.settings.language)
        if glossary.notes:
            yield partial(self._notes, desk.on(f"{edition.id}/notes.html", keeper=keeper))
        if glossary.terms or edition.crossrefs:
            yield lambda: Page(f"{edition.id}/cards.js", cards_script(front).encode())
        if glossary.paper:
            yield lambda: Page(f"{edition.id}/{PAPER}", paper_script(front, self._settings).encode())
        if HANDOUT in self._settings.outputs:
            from builder.render.flashcards import flashcards

            if cards := flashcards(front, self._settings):
                yield lambda: Page(flashcards_path(edition.id), cards.encode())
        if "tei" in self._settings.outputs:
            from builder.render import tei

            yield lambda: Page(tei_path(edition.id), tei.document(desk.matter, self._settings))

    def _books(
        self, desk: Desk, pictures: Mapping[str, bytes], pages: Pages, keeper: Keeper | None
    ) -> Iterator[Callable[[], Page | Leaves]]:
        """What makes the edition off the web, as far as the site asks for it, once its pages are made."""
        site = self._site(desk.spot, EVERYTHING)
        if "offline" in self._settings.outputs and self._press.has("offline.html"):
            yield partial(self._offline.page, desk, site, pictures, keeper)
        if "epub" in self._settings.outputs and self._press.has("epub/text.html"):
            from builder.render.epub.book import leaves

            given = (desk, self._settings, self.theme, self._press)
            yield partial(leaves, *given, site=site, pictures=pictures, pages=pages)

    def lists(self, editions: Sequence[Given], standing: Sequence[str] = ()) -> Iterator[Page | Kept]:
        """Library, glossary, what a host needs. `standing`: their paths, where nothing but terms is other than then."""
        told: list[Diagnostic] = []
        yield from self._attempts.each(self._lists(editions, standing), told)
        require_faultless(told)

    def _lists(self, editions: Sequence[Given], standing: Sequence[str]) -> Iterator[Callable[[], Page | Kept]]:
        glossary = site_glossary(editions)
        shared = {"glossary": bool(glossary.terms), "search": bool(editions)}
        if standing and shared["glossary"] == (GLOSSARY_PAGE in standing):
            yield lambda: Kept(tuple(path for path in standing if path != GLOSSARY_PAGE))
        else:
            yield from self._library(editions, shared)
        if glossary.terms:
            words = self.words(self._settings.language)
            spot, said = Spot(GLOSSARY_PAGE, self._each), words.say("title.glossary", title=self._settings.title)
            yield partial(self._page, "site-glossary.html", spot, words, {"glossary": glossary}, shared, title=said)

    def _library(self, editions: Sequence[Given], shared: Mapping[str, bool]) -> Iterator[Callable[[], Page]]:
        words = self.words(self._settings.language)
        library = library_view([edition.entry for edition in editions])
        title, summary, spot = self._settings.title, self._settings.summary, Spot("index.html", self._each)
        made = partial(self._page, "library.html", spot, words, {"library": library}, shared)
        yield partial(made, title=title, description=summary)
        paths = ["index.html", *(path for edition in editions for path in edition.paths)]
        paths += [GLOSSARY_PAGE] if shared["glossary"] else []
        if self._settings.base_url:
            yield partial(sitemap, self._settings, paths)
            yield partial(feed, self._settings, library.editions)
            # It stands for any address that leads nowhere, so its links begin at the site's own.
            spot = Spot("404.html", self._each, f"{self._settings.base_url.rstrip('/')}/")
            yield partial(self._page, "404.html", spot, words, {}, shared, title=words.say("title.lost"))

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
            self._spoken[language] = words_for(language, self._settings.language, self.theme.words)
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
            inline_style=page_style(view, desk.keeper.styles if desk.keeper else None),
            keeper=desk.keeper,
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
            keeper=desk.keeper,
        )

    def _conversation(self, desk: Desk) -> Iterator[Callable[[], Page]]:
        """What makes the page on which the texts stand side by side, and the notes for its cards."""
        edition, words = desk.matter.edition, desk.words
        if not conversation.converses(desk):
            return
        view = conversation.conversation_view(desk)
        yield partial(
            self._page,
            "conversation.html",
            desk.spot,
            words,
            {"edition": conversation.conversation_edition(desk, self._settings), "conversation": view},
            title=words.say("title.conversation", title=edition.settings.title),
            language=edition.settings.language,
            inline_style=conversation.conversation_style(desk),
        )
        if view.notecards:
            context = {"notes": conversation.notecard_views(desk), "words": words.nested}
            path = f"{edition.id}/{conversation.NOTECARDS}"
            yield lambda: Page(path, self._press.set("notecards.js", context))

    def _page(
        self,
        template: str,
        spot: Spot,
        words: Words,
        context: Mapping[str, object],
        shared: Mapping[str, bool] = EVERYTHING,
        keeper: Keeper | None = None,
        **parts: object,
    ) -> Page:
        """`shared` says which of the site's own pages there are; `keeper` keeps paragraphs of this one."""
        made = head(spot, self._assets, self._settings, **parts)  # type: ignore[arg-type]
        seen = {"head": made, "site": self._site(spot, shared), "words": words.nested, **context}
        return Page(spot.page, self._press.set(template, seen, keeper.slots if keeper else NO_SLOTS))

    def _site(self, spot: Spot, shared: Mapping[str, bool]) -> SiteView:
        return SiteView(
            title=self._settings.title,
            summary=self._settings.summary,
            library=spot.to("index.html"),
            glossary=spot.to(GLOSSARY_PAGE) if shared["glossary"] else "",
            search=spot.to(MANIFEST) if shared["search"] else "",
            options=self.theme.options,
            generator=GENERATOR,
        )
