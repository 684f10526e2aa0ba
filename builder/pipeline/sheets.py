"""One edition -> its sheet: all that is made of it, what is wrong with it, what must be known of it later."""

from __future__ import annotations

from dataclasses import field, replace
from itertools import chain
from typing import TYPE_CHECKING

from builder.model.diagnostic import FaultError
from builder.model.note import Audience
from builder.model.site import Page
from builder.model.value import value_class
from builder.model.view import View
from builder.pipeline.cover import require_drawing
from builder.pipeline.facts import EditionFacts, edition_facts, told_of
from builder.pipeline.gate import Beyond, Surely, Written, better, is_whole, look
from builder.pipeline.groundwork import groundwork
from builder.pipeline.leaks import guard_of, handouts_read, pages_read
from builder.pipeline.levels import apart, levelled
from builder.pipeline.reading import Locks
from builder.pipeline.run import Run, gathered
from builder.pipeline.surroundings import copies_of, shown_pictures, sound_pictures, visits_of
from builder.relate.select import select
from builder.render.address import GLOSSARY_PAGE, book_path, fragment_of, page_of
from builder.render.cuts import UNPAGED
from builder.render.handout_paths import handout_path, handouts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.book import Leaves
    from builder.model.diagnostic import Diagnostic, Place
    from builder.model.handout import Handout
    from builder.model.lock import LockFile
    from builder.model.site import Copy, EditionSettings, Kept
    from builder.model.view import Anchored, Referred, Visit
    from builder.parse.site import Outline
    from builder.pipeline.before import Before
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
    """What was wrong with it."""
    remarks: tuple[str, ...]
    lock: str
    """Digest of the lock that it is to have, "" where that can't be known, `LATER` where nobody asked yet."""
    handouts: Mapping[str, str] = field(default_factory=dict)
    """Path of each of its handouts -> the digest of all that it was set from, "" for one that is always set anew."""
    pages: tuple[tuple[int, str, int], ...] = ()
    """Where the pages begin of the handout whose pages its book names (`Beginnings`)."""
    beyond: tuple[Beyond, ...] = ()
    """Its links to what is neither its own nor every site's."""
    whole: bool = True
    """Whether all of its texts could be read: else nobody can say that a term stands nowhere."""
    owed: bool = False
    """Whether its handouts are still to be set as it is now: what stands there is older."""


@value_class(frozen=True, slots=True)
class Sheet:
    """All of one edition. Where it can't be read, or set, there is nothing but `told`, `faults` and `handouts`."""

    told: tuple[Diagnostic, ...]
    faults: tuple[Diagnostic, ...] = ()
    """What the theme's templates are at fault with."""
    items: tuple[Page | Copy | Kept, ...] = ()
    lock: LockFile | None = None
    """The lock that it is to have, where it doesn't have it."""
    made: MadeEdition | None = None
    given: Given | None = None
    record: str = ""
    """What a search finds in it."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """Path of each page -> its ids in a row, each between spaces."""
    abroad: tuple[tuple[str, Place], ...] = ()
    """Addresses on the web to which it links."""
    handouts: tuple[Handout, ...] = ()
    """Composed, not yet set."""
    leaves: Leaves | None = None
    """Its book, not yet bound."""
    kept: str = ""
    """Its notes, and where its paragraphs stand in its pages, for the next build; "" where none of them are kept."""


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
        before: Before | None = None,
        beside: tuple[View, ...] = (),
    ) -> None:
        """`visits` are what other editions say, by the edition that they speak of; `contents` the bytes of pictures.

        `composing` is whether handouts are to be set from the sheets: that takes as long as the pages. `before` is
        what there is of the last build, None where nobody will build on this one; what is wrong under the views
        `beside` is told as well.
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
        self._before = before
        self._beside = beside

    def __call__(self, edition: str) -> Sheet:
        """The sheet of an edition by its id."""
        settings = self._settings[edition]
        anchored, slips = self._reading.anchored(edition)
        told = levelled(slips, self._quality)
        if anchored is None:
            return Sheet(told)
        referred, slips, abroad = self._reading.referred(anchored, self._reading.view)
        slips = (*slips, *chain.from_iterable(self._reading.referred(anchored, view)[1] for view in self._beside))
        visited, copies = self._visits.get(edition, ()), tuple(copies_of(referred.anchored.edition))
        handouts = self._handouts(anchored) if self._composing else ()
        try:
            run = self._run(referred, visited, copies, handouts)
        except FaultError as fault:
            return Sheet((*told, *levelled(slips, self._quality)), faults=fault.told, handouts=handouts)
        looked = self._looked(referred, run, copies, visited)
        seen = (*slips, *better(referred, visited), *looked.told, *self._leaks(anchored, visited, run, handouts))
        told = (*told, *levelled(seen, self._quality))
        lock, digest, next_read = self._lock(edition, run)
        wrong, remarks = apart(lasting := self._lasting(told, lock))
        return Sheet(
            told=told,
            items=(*run.pages, *copies),
            lock=lock,
            made=MadeEdition(
                settings=settings,
                flawless=self._outline.flawless.get(edition, ""),
                facts=replace(edition_facts(referred, self._outline.terms, abroad), told_of=told_of(lasting)),
                language=run.given.language,
                size=len(run.record),
                paths=tuple(page.path for page in run.pages),
                copies=copies,
                visits=visits_of(settings, anchored, referred.mentions),
                visited=visited,
                told=wrong,
                remarks=remarks,
                lock=digest,
                beyond=looked.beyond,
                whole=is_whole(anchored.edition),
            ),
            ids=looked.ids,
            abroad=looked.abroad,
            given=run.given,
            record=run.record,
            handouts=handouts,
            leaves=run.leaves,
            kept=f"{self._reading.kept_notes(edition, next_read)}\n{run.kept}" if run.kept else "",
        )

    def _lock(self, edition: str, run: Run) -> tuple[LockFile | None, str, str | None]:
        """The lock that an edition is to have, where it is another; its digest; its words, if the next build reads it.

        That takes an eighth of what is made of a large edition, so where no lock is written it is left for later.
        """
        if self._locks is Locks.LATER and run.kept:
            return None, LATER, None
        lock = self._reading.lock(edition)
        if lock is None:
            return None, "", None
        digest, text = lock.digest, lock.text if self._locks is Locks.WRITTEN else None
        return lock if digest != lock.was else None, digest, text

    def _run(
        self, referred: Referred, visits: tuple[Visit, ...], copies: tuple[Copy, ...], handouts: Sequence[Handout]
    ) -> Run:
        """All that the bindery makes of an edition; its book names the pages of one of its handouts."""
        edition = referred.anchored.edition.id
        pages = UNPAGED
        if handouts:
            from builder.render.galley import pages_in, paginated

            pages = pages_in(numbered) if (numbered := paginated(handouts)) else pages
        here, before = referred.anchored.edition, self._before
        keeper = before.keeper(here, self._reading.folder) if before and self._bindery.keeps(here) else None
        made = self._bindery.edition(
            referred,
            works=self._outline.works_of(edition),
            visits=visits,
            pictures=self._pictures(edition, copies),
            groundwork=groundwork(referred.anchored) if "webanno" in self._outline.settings.outputs else None,
            pages=pages,
            keeper=keeper,
        )
        run = gathered(made)
        if run.leaves is not None:
            require_drawing(run.leaves, self._bindery.theme)
        if keeper is None:
            return run
        kept = keeper.written({page.path: page.content for page in run.pages})
        return run._replace(kept=kept, parts=keeper.parts)

    def _leaks(
        self, anchored: Anchored, visits: tuple[Visit, ...], run: Run, handouts: Sequence[Handout]
    ) -> Iterator[Diagnostic]:
        """What stands in what is made for students of an edition, and only teachers may read."""
        site, edition = self._outline.settings, anchored.edition
        works = ("".join(words for words, _ in work.entry) for work in self._outline.works_of(edition.id).values())
        titles = (site.title, site.summary, *(visit.title for visit in visits))
        guard = guard_of(anchored, select(anchored, View()), chain(works, titles), site, self._bindery.theme)
        pages = (*run.pages, *_as_pages(run.leaves)) if self._reading.view.audience is not Audience.TEACHER else ()
        return guard.told(chain(pages_read(pages, run.given, run.record) if pages else (), handouts_read(handouts)))

    def _lasting(self, told: tuple[Diagnostic, ...], lock: LockFile | None) -> tuple[Diagnostic, ...]:
        """What is still wrong once the lock is written: what was wrong with the old one goes with it."""
        if lock is None or self._locks is not Locks.WRITTEN:
            return told
        return tuple(one for one in told if one.place.path != lock.path)

    def _looked(self, referred: Referred, run: Run, copies: Sequence[Copy], visited: tuple[Visit, ...]) -> Looked:
        """What is found in an edition's pages once they are made."""
        settings = referred.anchored.edition.settings
        printed = handouts_of(settings.handouts, self._outline.settings)
        sizes = {copy.path: self._reading.folder.assets.get(copy.source, 0) for copy in copies}
        links = (*referred.links.values(), *chain.from_iterable(referred.about.values()))
        spoken = [link.address for link in links if link.address is not None]
        spoken += [visit.origin for visit in visited]
        prints = (book_path(settings.id), *(handout_path(settings.id, one.id) for one in printed))
        shown = shown_pictures(referred.anchored.edition)  # of one that isn't there its text was told already
        paths = frozenset(
            {*(page.path for page in run.pages), *sizes, *prints, *shown, book_path(settings.id), *self._fixed}
        )
        spots = frozenset((page_of(one, self._each), fragment_of(one)) for one in spoken)
        written = Written(referred.anchored.edition, self._reading.folder)
        return look(run.pages, sizes, Surely(paths, spots), written, run.parts)

    def _handouts(self, anchored: Anchored) -> tuple[Handout, ...]:
        """The handouts of an edition that are made, together with those that aren't: their lines break alike."""
        edition, reading, views = anchored.edition, self._reading, []
        asked = handouts_of(edition.settings.handouts, self._outline.settings)
        for one in edition.settings.handouts if asked else ():
            view = View(one.audience, one.layers, one.kinds, f"handout {one.id}")
            views.append((one, reading.referred(anchored, view)[0]))
        works, pictures = self._outline.works_of(edition.id), sound_pictures(edition, reading.folder)
        made = self._bindery.handouts(views, works=works, pictures=pictures) if views else ()
        paths = {handout_path(edition.id, one.id) for one in asked}
        return tuple(one for one in made if one.path in paths)

    def _pictures(self, edition: str, copies: tuple[Copy, ...]) -> dict[str, bytes]:
        """The edition's pictures by their paths in its folder, where something that is made carries them within."""
        if _CARRIES.isdisjoint(self._outline.settings.outputs):
            return {}
        held = ((copy.path.removeprefix(f"{edition}/"), copy.source) for copy in copies)
        return {path: self._contents[source] for path, source in held if source in self._contents}


LATER = "asked later"
"""What stands for the digest of a lock: it is none of any file's."""

EVERYWHERE = ("index.html", GLOSSARY_PAGE, "assets/search.js")
"""Paths of what every page may link to besides the theme's own files."""

_CARRIES = frozenset({"epub", "offline"})
"""The outputs that carry pictures within."""


def _as_pages(leaves: Leaves | None) -> list[Page]:
    """The files of a book, as if each lay in the output by itself."""
    return [Page(f"{leaves.path}/{name}", content) for name, content in leaves.files.items()] if leaves else []
