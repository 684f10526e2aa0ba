"""Folder and theme -> pages and diagnostics, all of them or those that are out of date.

parse → anchor (once, against the author's text) → select (for each view) → gloss and refer (for each view) → compose
→ write. What a view leaves out never reaches a writer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from builder import __version__
from builder.model.codes import diagnose
from builder.model.diagnostic import FaultError, Remarks
from builder.model.site import Copy, Kept, Page
from builder.model.view import View, Visit
from builder.parse.site import GLOSSARY
from builder.pipeline.before import Before
from builder.pipeline.binding import bound_in
from builder.pipeline.circumstances import NEW, Circumstances, Making
from builder.pipeline.facts import Change, SiteFacts, change, outdated, site_facts
from builder.pipeline.gate import look_beyond
from builder.pipeline.levels import levelled, stops_build
from builder.pipeline.outputs import ARCHIVE, asked_for, made_for, sets_handouts, shown_terms
from builder.pipeline.overlaid import Overlaid
from builder.pipeline.reading import Drafts, Locks, Options, Reading, lock_path
from builder.pipeline.records import Records
from builder.pipeline.sheets import MadeEdition, Sheet, Sheets
from builder.pipeline.surroundings import said_by, sources_of
from builder.pipeline.tally import Tally
from builder.pipeline.themed import Themed, themed_as
from builder.pipeline.unlisted import differ_in_terms, unlisted
from builder.relate.quality import unused

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from builder.model.diagnostic import Diagnostic, Place
    from builder.model.lock import LockFile
    from builder.model.site import EditionSettings, Folder
    from builder.model.theme import ThemeFiles
    from builder.parse.site import Outline
    from builder.render.bindery import Bindery
    from builder.render.given import Given
    from builder.render.search import SearchIndex

    Made = Page | Copy | Kept | LockFile | Diagnostic | Remarks

GONE = "it is built no longer"
UNWRITTEN = "its anchors.lock is to be written"
LISTS = ""
"""What stands for the lists among the reasons."""

ANYWHERE = Circumstances()


def build(
    folder: Folder, outline: Outline, files: ThemeFiles, options: Options, around: Circumstances = ANYWHERE
) -> Generator[Made, None, Making | None]:
    """The site's pages, the author's files to be copied, and what is wrong with editions and theme, as they are made.

    Also each anchors.lock that is to be another one than was read, whether it will be written or not.
    A diagnostic for which `stops_build` holds means that what was made is not to be published. What the build came to
    is the generator's value, None where it could not go on.
    """
    from builder.render.bindery import Bindery
    from builder.render.page import Press

    before = around.before
    themed = themed_as(files, outline.settings, before.themed if before is not None else None)
    yield from levelled(themed.told, outline.settings.quality)
    outline = made_for(outline, options.audience)
    whole = {
        "the program": __version__,
        "the theme": themed.digest,
        "for whom it is made": f"{outline.settings.audience} {outline.settings.students_alone} {options.drafts.value}",
    }
    facts = site_facts(folder, outline, whole)
    editions = [one for one in outline.editions if options.drafts is Drafts.SHOWN or not one.draft]
    kept = before.kept if before else {}
    reading = Reading(folder, outline, View(audience=outline.settings.audience), options.drafts, kept)
    if any(stops_build(one) for one in themed.told):
        slips = chain.from_iterable(reading.slips(one.id, (reading.view, *around.beside)) for one in editions)
        yield from levelled((*slips, *Press(themed.theme).faults()), outline.settings.quality)
        return None
    each = frozenset(one.id for one in editions if one.pages == "each")
    bindery = before.bindery if before and before.facts.whole == facts.whole and before.themed is themed else None
    work = _Work(
        folder=folder,
        outline=outline,
        reading=reading,
        bindery=bindery or Bindery(themed.theme, asked_for(outline.settings, options.only), each),
        themed=themed,
        facts=facts,
        around=around,
        locks=options.locks,
        changed=change(before.facts, facts) if before is not None else None,
    )
    try:
        return (yield from work.make(editions))
    except FaultError as fault:
        yield from levelled((*fault.told, *Press(themed.theme).faults(fault.told)), outline.settings.quality)
        return None


@dataclass(slots=True)
class _Work:
    """One build."""

    folder: Folder
    outline: Outline
    reading: Reading
    bindery: Bindery
    themed: Themed
    facts: SiteFacts
    around: Circumstances
    locks: Locks
    changed: Change | None
    past: dict[str, MadeEdition] = field(default_factory=dict)
    """The editions as the last build left them."""
    taken: dict[str, str] = field(default_factory=dict)
    kept: list[tuple[str, ...]] = field(default_factory=list)
    """Paths of what stays as it stands."""
    ids: dict[str, str] = field(default_factory=dict)
    """Path of each page of an edition that was made -> its ids."""
    faults: list[Diagnostic] = field(default_factory=list)
    """What the theme's templates are at fault with, on pages of editions."""

    def make(self, editions: Sequence[EditionSettings]) -> Generator[Made, None, Making]:
        """Each edition in turn, made or kept; then what all of them share. FaultError where templates are at fault."""
        from builder.render.attempts import faults_of
        from builder.render.search import SearchIndex

        before = self.around.before
        self.past.update(before.editions if before is not None else {})
        reasons = self._reasons(editions)
        visits = self._visits(editions, reasons)
        held = (self.locks, self.folder.contents, self.around.press is not None)
        last = Before(self.facts, before.kept if before else {}, self.around.read)
        sheets = Sheets(self.outline, self.reading, self.bindery, visits, *held, last, self.around.beside)
        making = self.around.spread(sheets, [one.id for one in editions if one.id in reasons])
        gone = self.past.keys() - ({one.id for one in editions} - reasons.keys())
        tally = Tally(before.givens if before else {}, before.uses if before else {}, gone)
        bound = before.search if before else ()
        search = SearchIndex(Records(bound, self.around.read), bound)
        fresh: dict[str, MadeEdition] = {}
        placed: dict[str, str] = {}
        names: list[str] = []
        kept: list[tuple[str, ...]] = []
        for settings in editions:
            if settings.id not in reasons:
                kept.append(self.past[settings.id].paths)  # under its own name, where nothing else is written
                yield from self._as_it_was(settings, search)
                names.append(settings.id)
                continue
            sheet = self._printed(next(making))
            yield from self._as_made(sheet, settings, search)
            if sheet.made is not None and sheet.given is not None:
                fresh[settings.id] = sheet.made
                placed[settings.id] = sheet.kept
                names.append(settings.id)
                tally.take(sheet.given)
            if self.around.report is not None:
                self.around.report(len(names), len(editions))
        if kept:
            yield from self._all((Kept(tuple(chain.from_iterable(kept))),))
        if self.faults:
            raise FaultError((*self.faults, *faults_of(self.bindery.lists(tally.taken))))
        made = Overlaid(tuple(names), fresh, before.editions if before else {})
        given = tally.givens(made, sheets)
        lists = yield from self._shared(made, given, search, reasons)
        known = (self.facts, made, given, tally.uses, lists, search.bound, reasons)
        return Making(*known, Overlaid(tuple(names), placed, last.kept), self.bindery, self.themed)

    def _as_it_was(self, settings: EditionSettings, search: SearchIndex) -> Iterator[Made]:
        """What is told of an edition of which nothing is out of date, and what is to be written for it all the same."""
        known = self.past[settings.id]
        yield from known.told
        yield Remarks(known.remarks)
        if known.copies:
            yield from self._all(known.copies, settings.place)
        if part := search.add(settings.id, known.size):
            yield from self._all((part,))

    def _as_made(self, sheet: Sheet, settings: EditionSettings, search: SearchIndex) -> Iterator[Made]:
        """What is told of an edition that was made, and all of it."""
        yield from sheet.told
        self.faults.extend(sheet.faults)
        if sheet.made is None:
            return
        yield from self._all(sheet.items, settings.place)
        if sheet.lock is not None:
            yield sheet.lock
        if part := search.add(settings.id, sheet.made.size, sheet.record):
            yield from self._all((part,))
        self.ids.update(sheet.ids)

    def _printed(self, sheet: Sheet) -> Sheet:
        """A sheet with its handouts set, where the site asks for any."""
        if not sets_handouts(self.outline.settings):
            return bound_in(sheet)
        from builder.pipeline.handouts import printed

        return printed(sheet, self.around.press, self.past, self.themed, self.outline.settings)

    def _reasons(self, editions: Sequence[EditionSettings]) -> dict[str, str]:
        """Edition id -> why it is to be made, as far as that is known before any is read."""
        before, changed = self.around.before, self.changed
        if before is None or changed is None:
            return {one.id: self.around.afresh for one in editions}
        reasons = dict.fromkeys(self.past.keys() - {one.id for one in editions}, GONE)
        for one in editions:
            known = self.past.get(one.id)
            why = outdated(one.id, known.facts, changed, self.outline.terms) if known else NEW
            if known and not why and self.locks is Locks.WRITTEN and known.lock:
                why = UNWRITTEN if known.lock != self.folder.digests.get(lock_path(one)) else ""
            if known and not why and known.owed and self.around.press:
                why = "its handouts are owed"
            if why:
                reasons[one.id] = why
        return reasons

    def _shared(
        self, made: Mapping[str, MadeEdition], given: Mapping[str, Given], search: SearchIndex, reasons: dict[str, str]
    ) -> Generator[Made, None, tuple[str, ...]]:
        """What the whole site shares, made again where what it lists has changed. Paths of the lists."""
        from builder.render.search import shared_rows

        before = self.around.before
        why = self.around.afresh if before is None else unlisted(self.changed, self.past, before, given)
        if before is not None and not why:
            lists, rows = before.lists, None
            yield from self._all((Kept(lists),))
        else:
            reasons[LISTS] = why
            givens = list(given.values())
            terms_alone = before is not None and differ_in_terms(self.changed, self.past, before, given)
            standing = before.lists if before is not None and terms_alone else ()
            pages = list(self.bindery.lists(givens, standing))
            lists = tuple(chain.from_iterable(one.paths if isinstance(one, Kept) else (one.path,) for one in pages))
            rows = shared_rows(givens)
            yield from self._all(pages)
        every = tuple(made.values())
        if every:
            spoken = self.bindery.spoken({one.language for one in every})
            yield from self._all(search.close(spoken, several=len(every) > 1, shared=rows))
        if self.changed is None or self.changed.whole:
            yield from self._all(self.bindery.assets)
        else:
            yield from self._all((Kept(tuple(page.path for page in self.bindery.assets)),))
        there = {*self.taken.values(), *chain.from_iterable(self.kept), ARCHIVE}
        told = [*look_beyond((one.beyond for one in every), there, self.ids, self.around.read, self.outline.unread)]
        # a draft that is left out may use what nobody else does, and so may what can't be read
        if len(every) == len((*self.outline.editions, *self.outline.unread)) and all(one.whole for one in every):
            used = frozenset(chain.from_iterable(one.facts.terms for one in every))
            told += unused(shown_terms(self.outline, self.reading.view.audience), used)
        yield from levelled(told, self.outline.settings.quality)
        return lists

    def _all(self, pages: Iterable[Page | Kept | Copy], place: Place | None = None) -> Iterator[Made]:
        for page in pages:
            if isinstance(page, Kept):
                self.kept.append(page.paths)
                yield page
            else:
                yield from self._once(page, place or self.outline.settings.place)

    def _visits(self, editions: Sequence[EditionSettings], reasons: dict[str, str]) -> dict[str, tuple[Visit, ...]]:
        """Edition -> what other editions say of it; who is spoken of otherwise than before gets a reason.

        Only editions whose files name another one are read for it.
        """
        visits: dict[str, list[Visit]] = {}
        known = {settings.id for settings in editions}
        written = sources_of(self.folder, (one for one in editions if one.id in reasons))
        shared = [GLOSSARY] if GLOSSARY in self.folder.digests else []
        for settings in editions:
            if settings.id not in reasons:
                said = self.past[settings.id].visits
            else:
                paths = [*shared, *written[settings.folder]]
                said = said_by(self.reading, settings, paths, known - {settings.id})
            for visit in said:
                visits.setdefault(visit.target.edition, []).append(visit)
        found = {name: tuple(said) for name, said in visits.items()}
        for name in known - reasons.keys():
            if self.past[name].visited != found.get(name, ()):
                reasons[name] = "what others say of it changed"
        return found

    def _once(self, made: Page | Copy, place: Place) -> Iterator[Made]:
        """What was made, unless its path is another's (without case, as some disks have it)."""
        key = made.path.casefold()
        if key in self.taken:
            hint = "the program writes a page of this name itself: rename the file, or the folder that it lies in"
            yield diagnose("G505", place, f"two files would be written to “{made.path}”", hint)
            return
        self.taken[key] = made.path
        yield made
