"""One edition -> its sheet: all that is made of it, what is wrong with it, what must be known of it later."""

from __future__ import annotations

from dataclasses import field, replace
from itertools import chain
from typing import TYPE_CHECKING

from builder.model.glossary import own_terms
from builder.model.value import value_class
from builder.model.view import View
from builder.pipeline.facts import EditionFacts, edition_facts, told_of
from builder.pipeline.gate import Beyond, Surely, Typed, look
from builder.pipeline.groundwork import groundwork
from builder.pipeline.levels import levelled
from builder.pipeline.reading import Locks
from builder.pipeline.surroundings import copies_of, shown_pictures, visits_of
from builder.relate.quality import check_anchored, unused, used_terms
from builder.relate.secrecy import secret_runs
from builder.relate.select import select
from builder.render.address import GLOSSARY_PAGE, fragment_of, page_of
from builder.render.handout_paths import handout_path, handouts_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.handout import Handout
    from builder.model.lock import LockFile
    from builder.model.site import Copy, Edition, EditionSettings, Kept, Page
    from builder.model.view import Anchored, Referred, Visit
    from builder.parse.site import Outline
    from builder.pipeline.gate import Looked
    from builder.pipeline.reading import Reading
    from builder.render.bindery import Bindery
    from builder.render.given import Given


@value_class(frozen=True, slots=True)
class MadeEdition:
    """One edition as a build left it: what it was made from, what was made, what was found wrong."""

    settings: EditionSettings
    flawless: str
    """Digest of all that the settings were read from, "" where something was wrong with them."""
    facts: EditionFacts
    language: str
    size: int
    """Characters of its record in the search index."""
    paths: tuple[str, ...]
    """Of its pages."""
    copies: tuple[Copy, ...]
    """The author's files that it shows: these may change without another word in it."""
    visits: tuple[Visit, ...]
    """What it says of others."""
    visited: tuple[Visit, ...]
    """What others say of it."""
    told: tuple[Diagnostic, ...]
    lock: str
    """Digest of the lock that it is to have, "" where that can't be known."""
    handouts: Mapping[str, str] = field(default_factory=dict)
    """Path of each of its handouts -> the digest of all that it was set from, "" for one that is always set anew."""
    beyond: tuple[Beyond, ...] = ()
    """Its links to what is neither its own nor every site's."""
    whole: bool = True
    """Whether all of its texts could be read: else nobody can say that a term stands nowhere."""
    owed: bool = False
    """Whether its handouts are still to be set as it is now: what stands there is older."""


@value_class(frozen=True, slots=True)
class Sheet:
    """All of one edition. Where it can't be read there is nothing but `told`."""

    told: tuple[Diagnostic, ...]
    items: tuple[Page | Copy | Kept, ...] = ()
    lock: LockFile | None = None
    """The lock that it is to have, where it doesn't have it."""
    made: MadeEdition | None = None
    given: Given | None = None
    record: str = ""
    """What a search finds in it."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """Path of each page -> its ids in a row, each between spaces."""
    abroad: tuple[str, ...] = ()
    """Addresses on the web to which it links."""
    handouts: tuple[Handout, ...] = ()
    """Composed, not yet set."""


class Sheets:
    """Makes the sheet of any edition of a site, one as well before another as after it."""

    def __init__(
        self,
        outline: Outline,
        reading: Reading,
        bindery: Bindery,
        visits: Mapping[str, tuple[Visit, ...]],
        locks: Locks,
        contents: Mapping[str, bytes],
        composing: bool,
    ) -> None:
        """`visits` are what other editions say, by the edition that they speak of; `contents` the bytes of pictures.

        `composing` is whether handouts are to be set from the sheets: that takes as long as the pages.
        """
        self._outline = outline
        self._reading = reading
        self._bindery = bindery
        self._visits = visits
        self._locks = locks
        self._composing = composing
        self._contents = contents
        self._quality = outline.settings.quality
        self._settings = {one.id: one for one in outline.editions}
        self._fixed = frozenset({*(page.path for page in bindery.assets), *EVERYWHERE})
        self._each = frozenset(one.id for one in outline.editions if one.pages == "each")

    def __call__(self, edition: str) -> Sheet:
        """The sheet of an edition by its id."""
        settings = self._settings[edition]
        anchored, slips = self._reading.anchored(edition)
        told = levelled(slips, self._quality)
        if anchored is None:
            return Sheet(told)
        referred, slips, abroad = self._reading.referred(anchored, self._reading.view)
        visited = self._visits.get(edition, ())
        copies = tuple(copies_of(referred.anchored.edition))
        made = self._bindery.edition(
            referred,
            works=self._outline.works_of(edition),
            visits=visited,
            pictures=self._pictures(edition, copies),
            groundwork=groundwork(referred.anchored) if "webanno" in self._outline.settings.outputs else None,
        )
        pages, given, record = _run(made)
        looked = self._looked(referred, pages, copies, visited)
        told = (*told, *levelled((*slips, *_better(referred, visited), *looked.told), self._quality))
        facts = edition_facts(referred, self._outline.terms, abroad)
        lock = self._reading.lock(edition)
        digest = lock.digest if lock is not None else ""
        lock = lock if lock is not None and digest != lock.was else None
        lasting = self._lasting(told, lock)
        return Sheet(
            told=told,
            items=(*pages, *copies),
            lock=lock,
            made=MadeEdition(
                settings=settings,
                flawless=self._outline.flawless.get(edition, ""),
                facts=replace(facts, told_of=told_of(lasting)),
                language=given.language,
                size=len(record),
                paths=tuple(page.path for page in pages),
                copies=copies,
                visits=visits_of(settings, anchored, referred.mentions),
                visited=visited,
                told=lasting,
                lock=digest,
                beyond=looked.beyond,
                whole=_is_whole(anchored.edition),
            ),
            ids=looked.ids,
            abroad=looked.abroad,
            given=given,
            record=record,
            handouts=self._handouts(anchored) if self._composing else (),
        )

    def _lasting(self, told: tuple[Diagnostic, ...], lock: LockFile | None) -> tuple[Diagnostic, ...]:
        """What is still wrong once the lock is written: what was wrong with the old one goes with it."""
        if lock is None or self._locks is not Locks.WRITTEN:
            return told
        return tuple(one for one in told if one.place.path != lock.path)

    def _looked(
        self, referred: Referred, pages: Sequence[Page], copies: Sequence[Copy], visited: tuple[Visit, ...]
    ) -> Looked:
        """What is found in an edition's pages once they are made."""
        settings, site = referred.anchored.edition.settings, self._outline.settings
        sizes = {copy.path: self._reading.folder.assets.get(copy.source, 0) for copy in copies}
        links = (*referred.links.values(), *chain.from_iterable(referred.about.values()))
        spoken = [link.address for link in links if link.address is not None]
        spoken += [visit.origin for visit in visited]
        prints = (handout_path(settings.id, one.id) for one in handouts_of(settings.handouts, site))
        shown = shown_pictures(referred.anchored.edition)  # of one that isn't there its text was told already
        paths = frozenset({*(page.path for page in pages), *sizes, *prints, *shown, *self._fixed})
        spots = frozenset((page_of(one, self._each), fragment_of(one)) for one in spoken)
        return look(pages, sizes, Surely(paths, spots), Typed(settings, self._reading.folder))

    def _handouts(self, anchored: Anchored) -> tuple[Handout, ...]:
        """The handouts of an edition, composed. What its views have wrong with them was told of the site's."""
        edition, reading = anchored.edition, self._reading
        asked = handouts_of(edition.settings.handouts, self._outline.settings)
        views = []
        for one in asked:
            view = View(audience=one.audience, layers=one.layers, kinds=one.kinds, output=f"handout {one.id}")
            views.append((one, reading.referred(anchored, view)[0]))
        made = self._bindery.handouts(views, works=self._outline.works_of(edition.id))
        if not any(one.student for one in made):
            return made
        secrets = secret_runs(anchored, select(anchored, View()))
        return tuple(replace(one, secrets=secrets) if one.student else one for one in made)

    def _pictures(self, edition: str, copies: tuple[Copy, ...]) -> dict[str, bytes]:
        """The edition's pictures by their paths in its folder, where something that is made carries them within."""
        if _CARRIES.isdisjoint(self._outline.settings.outputs):
            return {}
        held = ((copy.path.removeprefix(f"{edition}/"), copy.source) for copy in copies)
        return {path: self._contents[source] for path, source in held if source in self._contents}


EVERYWHERE = ("index.html", GLOSSARY_PAGE, "assets/search.js")
"""Paths of what every page may link to besides the theme's own files."""

_CARRIES = frozenset({"epub", "offline"})
"""The outputs that carry pictures within."""


def _better(referred: Referred, visited: tuple[Visit, ...]) -> Iterator[Diagnostic]:
    """What could be better in an edition of which others speak."""
    yield from check_anchored(referred.anchored)
    edition = referred.anchored.edition
    if _is_whole(edition):
        spoken = {one.target.id for one in visited if one.target.kind == "term"}
        yield from unused(own_terms(edition.terms), used_terms(referred) | spoken)


def _is_whole(edition: Edition) -> bool:
    """Whether all of an edition's texts are there, and were read."""
    return len(edition.texts) >= len(edition.settings.texts) and not any(text.unread for text in edition.texts)


def _run(pages: Generator[Page, None, tuple[Given, str]]) -> tuple[list[Page], Given, str]:
    made: list[Page] = []
    while True:
        try:
            made.append(next(pages))
        except StopIteration as end:
            given, record = end.value
            return made, given, record
