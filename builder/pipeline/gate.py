"""Pages as made -> links that lead nowhere and pages that weigh too much, told where their author can mend it.

Within an edition all is known once its pages are made. What leads out of it is kept with the edition, and judged when
the whole site is there: so an edition that did not change is not looked at again.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.glossary import own_terms
from builder.model.value import value_class
from builder.relate.proses import entry_of, pieces_in
from builder.relate.quality import check_anchored, unused, used_terms
from builder.render.leads import Lead, holds, outgoing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Edition, EditionSettings, Folder, Page
    from builder.model.view import Referred, Visit
    from builder.render.leads import Outgoing, Part

BUDGET = 3_000_000
"""Bytes of a page with its pictures: half a minute on a slow telephone line, and three times what a long text needs."""
_TOP = "top"
"""A fragment that every page has."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")
"""Of pictures those are taken along that a page shows: a link alone to one leads nowhere."""
_OFFLINE = ".offline.html"
"""How the name of the file ends that carries all of an edition within, and weighs what that weighs."""


@value_class(frozen=True, slots=True)
class Beyond:
    """A link that leads out of its edition's pages, and where in the sources it can be mended."""

    lead: Lead
    place: Place


@value_class(frozen=True, slots=True)
class Looked:
    """What was found in the pages of one edition."""

    told: tuple[Diagnostic, ...]
    beyond: tuple[Beyond, ...]
    ids: Mapping[str, str]
    """Path of each page -> its ids in a row, each between spaces."""
    abroad: tuple[tuple[str, Place], ...]
    """Addresses on the web to which it links, in order, and where each was typed."""


@value_class(frozen=True, slots=True)
class Surely:
    """What is there without being looked for."""

    paths: frozenset[str]
    """Files of the site's and the edition's own besides its pages."""
    spots: frozenset[tuple[str, str]]
    """(path, fragment) of what references lead to in other editions: that was found when they were read."""


def look(
    pages: Iterable[Page],
    sizes: Mapping[str, int],
    surely: Surely,
    typed: Written,
    known: Mapping[str, Sequence[Part]] = MappingProxyType({}),
) -> Looked:
    """Look at an edition's pages. `sizes` are those of its pictures, by their paths in the output.

    `known` are, by path, the parts of which some pages are made.
    """
    made = {page.path: page for page in pages if page.path.endswith(".html")}
    found = {path: outgoing(path, page.content, known.get(path, ())) for path, page in made.items()}
    told: dict[Diagnostic, None] = {}
    beyond: dict[tuple[str, str], Beyond] = {}
    for lead in (lead for one in found.values() for lead in one.leads):
        spot = (lead.path, lead.fragment)
        if lead.path in made:
            if _is_missing(lead, found[lead.path].ids) and not holds(made[lead.path].content, lead.fragment):
                told[_dead(lead, typed.place(lead.href))] = None
        elif lead.path not in surely.paths and spot not in surely.spots and spot not in beyond:
            beyond[spot] = Beyond(lead, typed.place(lead.href))
    heavy = _heavy(made.values(), sizes, found, typed)
    ids = {path: f" {' '.join(one.ids)} " for path, one in found.items()}
    web = sorted(frozenset().union(*(one.abroad for one in found.values())))
    abroad = tuple((address, typed.place(address)) for address in web)
    return Looked((*_each_once(told), *heavy), tuple(beyond[key] for key in sorted(beyond)), ids, abroad)


def _is_missing(lead: Lead, ids: Collection[str]) -> bool:
    return lead.fragment not in ("", _TOP) and lead.fragment not in ids


def _each_once(told: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """One of those that are told of the same words: an address that is wrong is so on every page."""
    seen: set[tuple[Place, str]] = set()
    for one in told:
        what = (one.place, one.message.partition("”")[0])
        if what not in seen:
            seen.add(what)
            yield one


def look_beyond(
    beyond: Iterable[Sequence[Beyond]],
    there: Collection[str],
    ids: Mapping[str, str],
    read: Callable[[str], bytes | None],
    unread: Iterable[EditionSettings] = (),
) -> Iterator[Diagnostic]:
    """Which links that lead out of their editions lead nowhere. `there` are the paths of all that the site has.

    `ids` are those of pages that were just made; of others it is `read`. Of `unread` editions no page could be made.
    """
    lacking = {one.id for one in unread}
    for one in chain.from_iterable(beyond):
        lead = one.lead
        if lead.path.partition("/")[0] in lacking:
            continue
        if lead.path not in there:
            yield _dead(replace(lead, fragment=""), one.place)
        elif lead.fragment not in ("", _TOP) and lead.path.endswith(".html"):
            known = ids.get(lead.path)
            page = read(lead.path) if known is None else b""
            if f" {lead.fragment} " not in known if known is not None else page and not holds(page, lead.fragment):
                yield _dead(lead, one.place)


def _dead(lead: Lead, place: Place) -> Diagnostic:
    message = f"“{lead.href}” leads nowhere (on {lead.page})"
    if lead.path.startswith(".."):
        hint = "it leads out of the site: addresses of its own pages are relative, and don't begin with a slash"
    elif lead.fragment:
        hint = f"{lead.path} has no place “{lead.fragment}”; a reference in [[ ]] is checked, and follows what it names"
    elif lead.path.lower().endswith(_PICTURES):
        hint = f"the site has no {lead.path}: for a picture write ! before it: ![what it shows]({lead.href})"
    else:
        hint = f"the site has no {lead.path}"
    return diagnose("G601", place, message, hint)


def _heavy(
    pages: Iterable[Page], sizes: Mapping[str, int], found: Mapping[str, Outgoing], typed: Written
) -> Iterator[Diagnostic]:
    for page in pages:
        if page.path.endswith(_OFFLINE):
            continue
        shown = {lead.path: lead.href for lead in found[page.path].leads if sizes.get(lead.path)}
        weight = len(page.content) + sum(sizes[path] for path in shown)
        if weight > BUDGET:
            heaviest = max(shown, key=lambda path: (sizes[path], path), default="")
            if len(page.content) > sizes.get(heaviest, 0):
                place = typed.text_of(page.path)
                hint = f"the heaviest in it are its words, with {len(page.content):,}: part it into several"
            else:
                place = typed.place(shown[heaviest])
                hint = f"the heaviest in it is {heaviest}, with {sizes[heaviest]:,}"
            yield diagnose("G610", place, f"{page.path} weighs {weight:,} bytes with its pictures", hint)


class Written:
    """An edition's own files, to find in them what its pages link to."""

    def __init__(self, edition: Edition, folder: Folder) -> None:
        self.settings = edition.settings
        self._edition = edition
        self._folder = folder
        self._known: dict[str, Place] = {}

    def place(self, href: str) -> Place:
        """Where an address was typed first; else, for what a theme links to, the edition's settings."""
        if href not in self._known:
            self._known[href] = self._typed.get(href) or self._found(href) or self.settings.place
        return self._known[href]

    def text_of(self, page: str) -> Place:
        """The longest text of those that stand on a page, by its path; the edition's settings where there is none."""
        texts = [text for text in self._edition.texts if text.id in page.split("/")] or self._edition.texts
        longest = max(texts, key=lambda text: len(text.prose.content), default=None)
        return longest.place if longest is not None else self.settings.place

    @cached_property
    def _typed(self) -> Mapping[str, Place]:
        """Every address in what is written in Markdown."""
        found: dict[str, Place] = {}
        entries = (entry_of(term) for term in self._edition.terms)
        for piece in (*pieces_in(self._edition), *entries):
            for one in piece.prose.addresses:
                found.setdefault(one.address, Place(piece.path, one.line, one.column))
        return found

    def _found(self, href: str) -> Place | None:
        for before in ("='", '="', ""):
            for path in self._others():
                text = self._folder.sources[path].text
                offset = text.find(before + href)
                if offset >= 0:
                    offset += len(before)
                    line = text.count("\n", 0, offset) + 1
                    return Place(path, line, offset - text.rfind("\n", 0, offset))
        return None

    def _others(self) -> Iterator[str]:
        """What holds addresses besides: settings and the works cited, the edition's own before the site's."""
        base = f"{self.settings.folder}/" if self.settings.folder else ""
        for path in (f"{base}edition.toml", f"{base}sources.json", "site.toml", "glossary.md", "sources.json"):
            if path in self._folder.sources:
                yield path


def better(referred: Referred, visited: tuple[Visit, ...]) -> Iterator[Diagnostic]:
    """What could be better in an edition of which others speak."""
    yield from check_anchored(referred.anchored)
    edition = referred.anchored.edition
    if is_whole(edition):
        spoken = {one.target.id for one in visited if one.target.kind == "term"}
        yield from unused(own_terms(edition.terms), used_terms(referred) | spoken)


def is_whole(edition: Edition) -> bool:
    """Whether all of an edition's texts are there, and were read."""
    return len(edition.texts) >= len(edition.settings.texts) and not any(text.unread for text in edition.texts)
