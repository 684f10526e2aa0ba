"""An edition -> the documents of its book, set by the theme: title page, a chapter a text, glossary, what follows."""

from __future__ import annotations

import posixpath
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from builder.model.pictures import resolved
from builder.model.value import value_class
from builder.render.address import GLOSSARY_PAGE, Spot
from builder.render.desk import Desk
from builder.render.edition_views import edition_view, glossary_view
from builder.render.tongue import direction
from builder.render.xhtml import as_xhtml, file_name, plain_xml, xml_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.model.site import Settings
    from builder.model.text import Text
    from builder.render.page import Press
    from builder.render.views import EditionView, SiteView

GLOSSARY = "glossary.xhtml"
MATTER = "matter.xhtml"
TITLE = "title.xhtml"

_ROW = 15
"""Characters of a title that the cover sets in one row."""


@value_class(frozen=True, slots=True)
class Chapter:
    """One document of the book."""

    name: str
    """Its file: `text-article.xhtml`."""
    title: str
    body: str
    """XHTML, to stand in the document's body."""
    language: str
    headings: tuple[tuple[str, str], ...] = ()
    """Id and words of what a table of contents lists within it."""

    @property
    def document(self) -> str:
        """The whole document."""
        return document(self.title, self.language, f"<body>\n{self.body.strip()}\n</body>")


def document(title: str, language: str, body: str) -> str:
    """A document of the book; `body` is the whole element."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}" dir="{direction(language)}">\n'
        f'<head><meta charset="utf-8"/><title>{escape(plain_xml(" ".join(title.split())))}</title>'
        f'<link rel="stylesheet" type="text/css" href="style.css"/></head>\n{body}\n</html>\n'
    )


@value_class(frozen=True, slots=True)
class Chapters:
    """The documents of a book in their order, and what they show."""

    chapters: tuple[Chapter, ...]
    cover: str
    """The cover, as SVG."""
    pictures: tuple[str, ...]
    """Paths of the pictures shown, relative to the edition's folder."""
    view: EditionView
    """The edition with its glossary."""


def chapters(
    desk: Desk,
    settings: Settings,
    press: Press,
    site: SiteView,
    pictures: Mapping[str, bytes],
    spots: Mapping[str, tuple[int, ...]],
) -> Chapters:
    """The documents of an edition's book; `pictures` are those that can be had, by path in the edition's folder.

    `spots` are the places in each text (by its id) that get a mark, since a printed page may begin there.
    """
    edition = desk.matter.edition
    maker = _Maker(desk, settings, press, site, pictures, spots)
    glossary = glossary_view(maker.desk(GLOSSARY_PAGE), settings)
    front = edition_view(maker.desk("index.html"), settings, shown=(), front=True)
    made = [maker.title(front)]
    made += [maker.text(text) for text in edition.texts]
    if glossary.terms:
        made.append(maker.set("glossary", GLOSSARY, desk.words.say("epub.glossary"), glossary))
    made.append(maker.set("matter", MATTER, desk.words.say("epub.matter"), front, _parts(desk, front)))
    cover = {
        "title": textwrap.wrap(edition.settings.title, _ROW),
        "authors": list(dict.fromkeys(text.title_page.author for text in edition.texts if text.title_page.author)),
        "margin": textwrap.wrap(front.eyebrow, _ROW),
    }
    svg = press.set("epub/cover.svg", {"edition": front, "site": site, "cover": cover, "words": desk.words.nested})
    return Chapters(tuple(made), svg.decode(), tuple(sorted(maker.shown)), glossary)


def _parts(desk: Desk, front: EditionView) -> tuple[tuple[str, str], ...]:
    """What follows the texts, as the table of contents lists it."""
    words = desk.words
    parts = [("crossrefs", words.say("crossrefs.title"))] if front.crossrefs else []
    parts += [("questions", words.say("questions.title"))] if front.questions else []
    parts += [("_sources", words.say("sources.title"))] if front.sources else []
    return (*parts, ("_about", words.say("about.title")))


class _Maker:
    """Sets one book's documents; remembers which pictures they show."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        press: Press,
        site: SiteView,
        pictures: Mapping[str, bytes],
        spots: Mapping[str, tuple[int, ...]],
    ) -> None:
        self._desk = desk
        self._settings = settings
        self._press = press
        self._site = site
        self._pictures = pictures
        self._shelf = desk.shelf.elsewhere(spots)
        self._edition = desk.matter.edition
        self._each = desk.spot.each | {self._edition.id}
        self._files = {f"{self._edition.id}/{text.id}.html": f"text-{text.id}.xhtml" for text in self._edition.texts}
        self._files[f"{self._edition.id}/index.html"] = MATTER
        self._files[f"{self._edition.id}/{GLOSSARY_PAGE}"] = GLOSSARY
        self.shown: set[str] = set()

    def desk(self, page: str) -> Desk:
        """The desk of a document, as of the page of this name where each text has its own."""
        spot = Spot(f"{self._edition.id}/{page}", self._each)
        return Desk(self._desk.matter, spot, self._desk.words, shelf=self._shelf)

    def title(self, front: EditionView) -> Chapter:
        """The title page."""
        return self.set("title", TITLE, self._desk.words.say("epub.title"), front)

    def text(self, text: Text) -> Chapter:
        """A text with its notes."""
        language = text.title_page.language or self._edition.settings.language
        view = edition_view(self.desk(f"{text.id}.html"), self._settings, shown=(text,), front=False)
        if not self._settings.base_url:  # else a link leads to the web's: a book has none
            view = replace(view, conversation="")
        headings = tuple((one.id, one.words) for one in view.shown[0].headings)
        made = self.set("text", f"text-{text.id}.xhtml", text.title_page.title, view, headings, page=f"{text.id}.html")
        return replace(made, language=language)

    def set(
        self,
        template: str,
        name: str,
        title: str,
        view: EditionView,
        headings: tuple[tuple[str, str], ...] = (),
        *,
        page: str = "",
    ) -> Chapter:
        """A document, set by one of the theme's templates for books."""
        context = {"edition": view, "site": self._site, "words": self._desk.words.nested}
        context |= {"t": view.shown[0]} if view.shown else {}
        html = self._press.set(f"epub/{template}.html", context).decode()
        here = f"{self._edition.id}/{page or {GLOSSARY: GLOSSARY_PAGE}.get(name, 'index.html')}"
        body = as_xhtml(html, self._leading(here), self._showing)
        named = tuple((xml_id(id), words) for id, words in headings)
        return Chapter(name, title, body, self._edition.settings.language, named)

    def _leading(self, here: str) -> Callable[[str], str | None]:
        base, folder = self._settings.base_url.rstrip("/"), posixpath.dirname(here)
        targets: dict[str, str] = {}

        def leads(href: str) -> str | None:
            path, _, fragment = href.partition("#")
            mark = f"#{xml_id(fragment)}" if fragment else ""
            if not path:
                return mark or None
            if path.startswith(("http://", "https://", "mailto:")):
                return href
            if path not in targets:
                targets[path] = posixpath.normpath(posixpath.join(folder, path))
            target = targets[path]
            if target in self._files:
                return f"{self._files[target]}{mark}"
            return f"{base}/{target}{'#' + fragment if fragment else ''}" if base and not path.startswith("/") else None

        return leads

    def _showing(self, src: str) -> str | None:
        path = resolved(src)
        if path is None or path not in self._pictures:
            return None
        self.shown.add(path)
        return f"pictures/{file_name(path)}"
