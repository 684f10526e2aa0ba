"""One edition -> its sheet: all that is made of it, what is wrong with it, what must be known of it later."""

from __future__ import annotations

from dataclasses import field, replace
from itertools import chain
from typing import TYPE_CHECKING

from builder.model.note import Audience
from builder.model.site import Page
from builder.model.value import value_class
from builder.model.view import View
from builder.pipeline.facts import EditionFacts, edition_facts, told_of
from builder.pipeline.groundwork import groundwork
from builder.pipeline.leaks import leaks
from builder.pipeline.levels import levelled
from builder.pipeline.reading import Locks
from builder.pipeline.surroundings import copies_of, visits_of
from builder.relate.secrecy import secret_runs
from builder.relate.select import select
from builder.render.cuts import UNPAGED
from builder.render.galley import pages_in, paginated
from builder.render.handout_paths import handouts_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from builder.model.book import Leaves
    from builder.model.diagnostic import Diagnostic
    from builder.model.handout import Handout
    from builder.model.lock import LockFile
    from builder.model.site import Copy, EditionSettings, Kept
    from builder.model.view import Anchored, Visit
    from builder.parse.site import Outline
    from builder.pipeline.reading import Reading
    from builder.relate.secrecy import Runs
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
    pages: tuple[tuple[str, int], ...] = ()
    """Where the pages begin of the handout whose pages its book names (`Beginnings`)."""
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
    handouts: tuple[Handout, ...] = ()
    """Composed, not yet set."""
    leaves: Leaves | None = None
    """Its book, not yet bound."""


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
        self._settings = {one.id: one for one in outline.editions}

    def __call__(self, edition: str) -> Sheet:
        """The sheet of an edition by its id."""
        settings = self._settings[edition]
        quality = self._outline.settings.quality
        anchored, slips = self._reading.anchored(edition)
        told = levelled(slips, quality)
        if anchored is None:
            return Sheet(told)
        referred, slips, abroad = self._reading.referred(anchored, self._reading.view)
        told = (*told, *levelled(slips, quality))
        visited = self._visits.get(edition, ())
        copies = tuple(copies_of(referred.anchored.edition))
        asked = "webanno" in self._outline.settings.outputs
        secrets = self._secrets(anchored, visited)
        handouts = self._handouts(anchored, secrets) if self._composing else ()
        numbered = paginated(handouts)
        made = self._bindery.edition(
            referred,
            works=self._outline.works_of(edition),
            visits=visited,
            pictures=self._pictures(edition, copies),
            groundwork=groundwork(referred.anchored) if asked else None,
            pages=pages_in(numbered) if numbered else UNPAGED,
        )
        pages, leaves, given, record = _run(made)
        if self._reading.view.audience is not Audience.TEACHER:
            told = (
                *told,
                *levelled(tuple(leaks(secrets, (*pages, *_as_pages(leaves)), given, record, settings.place)), quality),
            )
        facts = edition_facts(referred, self._outline.terms, abroad)
        lock = self._reading.lock(edition)
        digest = lock.digest if lock is not None else ""
        lock = lock if lock is not None and digest != lock.was else None
        lasting = told
        if lock is not None and self._locks is Locks.WRITTEN:  # what was wrong with the old lock goes with it
            lasting = tuple(one for one in told if one.place.path != lock.path)
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
            ),
            given=given,
            record=record,
            handouts=handouts,
            leaves=leaves,
        )

    def _secrets(self, anchored: Anchored, visits: tuple[Visit, ...]) -> Runs:
        """The runs of words that nothing may hold which is made for students."""
        site, edition = self._outline.settings, anchored.edition.id
        works = ("".join(words for words, _ in work.entry) for work in self._outline.works_of(edition).values())
        titles = (site.title, site.summary, *(visit.title for visit in visits))
        return secret_runs(anchored, select(anchored, View()), chain(works, titles))

    def _handouts(self, anchored: Anchored, secrets: Runs) -> tuple[Handout, ...]:
        """The handouts of an edition that are made, composed. What is wrong with their views was told of the site's.

        All that are asked for are composed together: only so do their lines break alike, in whatever site each is made.
        """
        edition, reading = anchored.edition, self._reading
        made_here = {one.id for one in handouts_of(edition.settings.handouts, self._outline.settings)}
        if not made_here:
            return ()
        views = []
        for one in edition.settings.handouts:
            view = View(audience=one.audience, layers=one.layers, kinds=one.kinds, output=f"handout {one.id}")
            views.append((one, reading.referred(anchored, view)[0]))
        made = self._bindery.handouts(views, works=self._outline.works_of(edition.id))
        kept = (one for one, (asked, _) in zip(made, views, strict=True) if asked.id in made_here)
        return tuple(replace(one, secrets=secrets) if one.student else one for one in kept)

    def _pictures(self, edition: str, copies: tuple[Copy, ...]) -> dict[str, bytes]:
        """The edition's pictures by their paths in its folder, where something that is made carries them within."""
        if _CARRIES.isdisjoint(self._outline.settings.outputs):
            return {}
        held = ((copy.path.removeprefix(f"{edition}/"), copy.source) for copy in copies)
        return {path: self._contents[source] for path, source in held if source in self._contents}


_CARRIES = frozenset({"epub", "offline"})
"""The outputs that carry pictures within."""


def _as_pages(leaves: Leaves | None) -> Iterator[Page]:
    """The files of a book, as if each lay in the output by itself."""
    for name, content in leaves.files.items() if leaves else ():
        yield Page(f"{leaves.path}/{name}" if leaves else name, content)


def _run(
    pages: Generator[Page | Leaves, None, tuple[Given, str]],
) -> tuple[list[Page], Leaves | None, Given, str]:
    made: list[Page] = []
    leaves = None
    while True:
        try:
            one = next(pages)
        except StopIteration as end:
            given, record = end.value
            return made, leaves, given, record
        if isinstance(one, Page):
            made.append(one)
        else:
            leaves = one
