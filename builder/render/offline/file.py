"""An edition under one view -> all of it as one HTML file: the same bytes for the same content, nothing fetched.

Texts, notes, ties, questions, glossary and sources stand in it as they are read, also without script. What only a
script shows is packed: the conversation and the list of notes, as other views of the same page, in which bodies that
stand in the page already are left out; `offline.js` of the theme moves them over.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from builder.model.pictures import resolved
from builder.render.address import GLOSSARY_PAGE, Spot
from builder.render.conversation import (
    NOTECARDS,
    PAGE,
    conversation_edition,
    conversation_style,
    conversation_view,
    converses,
)
from builder.render.desk import Desk
from builder.render.edition_views import edition_view, glossary_view, notes_view
from builder.render.head import edition_metas, head
from builder.render.notes_list import has_notes
from builder.render.offline.kit import data_address
from builder.render.offline.packed import known, packed
from builder.render.page import NO_SLOTS
from builder.render.page_style import list_style, page_style
from builder.render.paper import paper_words
from builder.render.policy import enclosed_policy
from builder.render.reprint import Reprint
from builder.render.search_records import encoded
from builder.render.views import BundleView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.site import Edition, Settings
    from builder.render.assets import Assets
    from builder.render.keeping import Keeper
    from builder.render.offline.kit import Kit
    from builder.render.page import Press
    from builder.render.shelf import Shelf
    from builder.render.slot import Slot
    from builder.render.term_views import Concordance
    from builder.render.views import EditionView, HeadView, SiteView

MEDIA = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
"""Sorts of pictures by the endings of their names."""

_HREF = re.compile(r'(<(?:a|area)\b(?:[^<>"]|"[^"]*")*?) href="(?!#|\?view=)([^"]*)"')
_IMG = re.compile(r'<img\b(?:[^<>"]|"[^"]*")*>')
_SRC, _ALT = re.compile(r' src="([^"]*)"'), re.compile(r' alt="([^"]*)"')
_ABSOLUTE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


Carried = Callable[[bytes, frozenset[str]], bytes]

NO_LINES: Concordance = {}
"""The glossary in the file is without its concordance: the theme's script makes that from what is packed."""

_POLICY, _STYLE, _PACKED = "\0policy", "\0style", "\0packed"
"""What stands in the file until all else is set: that says which letters its faces must have, and these are long."""

_LATER = re.compile(f"({_POLICY}|{_STYLE}|{_PACKED})")


def offline_file(
    desk: Desk,
    settings: Settings,
    *,
    press: Press,
    kit: Kit,
    assets: Assets,
    site: SiteView,
    pictures: Mapping[str, bytes],
    carried: Carried | None,
    keeper: Keeper | None = None,
) -> bytes:
    """The file of the edition on the desk; `pictures` are the edition's, by path in its folder.

    `keeper` has the paragraphs of the page on which it is read, which was set before; None: they are set here.

    Links to other editions and to the site lead to the web where the site has an address there; else they are words.
    `carried` says what of a face's bytes is needed for some characters; None: all of them.
    """
    maker = _Maker(desk, settings, press, kit, assets, site, pictures)
    return maker.file(carried, Reprint(keeper) if keeper is not None else None)


class _Maker:
    """Sets one file."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        press: Press,
        kit: Kit,
        assets: Assets,
        site: SiteView,
        pictures: Mapping[str, bytes],
    ) -> None:
        self._settings = settings
        self._press = press
        self._kit = kit
        self._pictures = pictures
        self._edition = edition = desk.matter.edition
        self._held = _held(edition)
        self._site = replace(site, library="../index.html", glossary="", search="search")
        shelf = desk.shelf.elsewhere()
        self._desk = self._on(desk, "index.html", shelf)
        self._glossary = self._on(desk, GLOSSARY_PAGE, shelf)
        self._words = desk.words
        made = head(
            self._desk.spot,
            assets,
            settings,
            title=edition.settings.title,
            description=edition.settings.summary,
            language=edition.settings.language,
            metas=edition_metas(edition, settings),
        )
        self._head = replace(made, feed="", bundles=_by_name(kit, made))

    def file(self, carried: Carried | None, reprint: Reprint | None) -> bytes:
        """The whole file."""
        desk, slots = replace(self._desk, reprint=reprint), reprint.slots if reprint else NO_SLOTS
        view = self._seen(edition_view(desk, self._settings, shown=self._edition.texts, front=True))
        glossary = glossary_view(self._glossary, self._settings, NO_LINES)
        views = dict(self._views())
        content = {
            **known(self._glossary),
            "paper": paper_words(self._glossary, self._settings),
            "views": views,
        }
        own = encoded(content)[1:]
        made = replace(self._head, policy=_POLICY)
        boot, early = Markup(self._kit.boot), Markup(self._kit.early)
        file = {"early": early, "style": Markup(_STYLE), "boot": boot, "packed": Markup(_PACKED)}
        html = self._enclosed(self._set("offline.html", made, slots, edition=view, glossary=glossary, file=file))
        rules = page_style(view, dict(reprint.styles) if reprint else None)
        style = f"{self._styled(carried, html, own)}{rules}"
        styles = (style, *self._kit.styles.values(), *(one["style"] for one in views.values() if one["style"]))
        scripts = (self._kit.early, self._kit.boot, *self._kit.scripts.values())
        later = {_POLICY: enclosed_policy(scripts, styles), _STYLE: style, _PACKED: packed(self._kit.shared, own)}
        return b"".join(later.get(piece, piece).encode() for piece in _LATER.split(html))

    def _styled(self, carried: Carried | None, *shown: str) -> str:
        """The style, with what of its faces is needed for what is shown."""
        if carried is None:
            return self._kit.whole
        letters = frozenset(self._kit.style).union(self._kit.shared, *shown)
        return self._kit.styled(lambda face: carried(face, letters))

    def _views(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The other views: what is to stand in the place of the reading page's main part, and its style."""
        settings, desk, say = self._settings, self._desk, self._words.say
        title = self._edition.settings.title
        if converses(desk):
            view = self._seen(conversation_edition(desk, settings))
            facing = conversation_view(desk)
            facing = replace(facing, notecards="notes" if facing.notecards else "")
            part = self._part("conversation.html", edition=view, conversation=facing)
            yield "conversation", _view(part, conversation_style(desk), say("title.conversation", title=title))
        if has_notes(desk):
            view, listing = notes_view(desk, settings)
            part = self._part("notes.html", edition=self._seen(view), listing=listing)
            yield "notes", _view(part, list_style(view), say("title.notes", title=title))

    def _seen(self, view: EditionView) -> EditionView:
        """An edition as seen from within: its views are this file's own."""
        within = "?view=conversation" if view.conversation else ""
        cards, paper = "cards" if view.cards else "", "paper" if view.paper else ""
        return replace(view, conversation=within, cards=cards, paper=paper, downloads=())

    def _part(self, template: str, **context: object) -> str:
        html = self._set(template, self._head, NO_SLOTS, frame="templates/offline/part.html", **context)
        return self._enclosed(html).strip()

    def _set(self, template: str, made: HeadView, slots: Mapping[int, Slot], **context: object) -> str:
        within = {"conversation": "#crossrefs" if self._edition.crossrefs else "#_text"}
        given = {"head": made, "site": self._site, "words": self._words.nested, "within": within}
        return self._press.set(template, {**given, **context}, slots).decode()

    def _on(self, desk: Desk, page: str, shelf: Shelf) -> Desk:
        spot = Spot(f"{self._edition.id}/{page}", desk.spot.each, held=self._held)
        return Desk(desk.matter, spot, desk.words, shelf=shelf)

    def _enclosed(self, html: str) -> str:
        """Links that lead out of the file led to the web, pictures put into it."""
        return _IMG.sub(self._picture, _HREF.sub(self._led, html))

    def _led(self, match: re.Match[str]) -> str:
        href, base = match[2], self._settings.base_url.rstrip("/")
        if _ABSOLUTE.match(href):
            return match[0]
        if not base or not href or href.startswith("/"):
            return match[1]
        path, hash_sign, fragment = href.partition("#")
        target = posixpath.normpath(posixpath.join(self._edition.id, path)).removesuffix("index.html")
        return f'{match[1]} href="{base}/{target}{hash_sign}{fragment}"'

    def _picture(self, match: re.Match[str]) -> str:
        src, alt = _SRC.search(match[0]), _ALT.search(match[0])
        name = (resolved(unescape(src[1])) if src else None) or ""
        media = MEDIA.get(name.rpartition(".")[2].lower())
        if src is None or media is None or name not in self._pictures:
            return alt[1] if alt else ""
        address = escape(data_address(media, self._pictures[name]))
        return f'{match[0][: src.start()]} src="{address}"{match[0][src.end() :]}'


def _held(edition: Edition) -> tuple[tuple[str, str], ...]:
    """The edition's pages, and the id at which what is on each begins in the file."""
    pages = dict.fromkeys(("index.html", PAGE, "notes.html", NOTECARDS), "_text")
    pages[GLOSSARY_PAGE] = "_glossary"
    pages |= {f"{text.id}.html": text.id for text in edition.texts}
    return tuple((f"{edition.id}/{page}", begins) for page, begins in pages.items())


def _view(main: str, style: str, title: str) -> dict[str, str]:
    return {"main": main, "style": style, "title": title}


def _by_name(kit: Kit, made: HeadView) -> dict[str, BundleView]:
    """The theme's bundles under the names by which the file's own script finds them."""
    return {
        name: BundleView(name if name in kit.styles else "", name if name in kit.scripts else "")
        for name in made.bundles
    }
