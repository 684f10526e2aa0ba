"""Folder and theme -> pages and diagnostics, all of them or those that are out of date.

parse → anchor (once, against the author's text) → select (for each view) → gloss and refer (for each view) → compose
→ write. What a view leaves out never reaches a writer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from builder import __version__
from builder.model.codes import diagnose
from builder.model.site import Copy, Kept, Page
from builder.model.view import View, Visit
from builder.parse.theme import parse_theme
from builder.pipeline.facts import EditionFacts, SiteFacts, change, edition_facts, outdated, site_facts, told_of
from builder.pipeline.levels import levelled, stops_build
from builder.pipeline.reading import Drafts, Options, Reading
from builder.pipeline.surroundings import copies_of, digest_of, named_in, sources_of, visits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from builder.model.diagnostic import Diagnostic, Place
    from builder.model.site import EditionSettings, Folder
    from builder.model.theme import ThemeFiles
    from builder.parse.site import Outline
    from builder.render.bindery import Bindery
    from builder.render.given import Given
    from builder.render.search import Bound, SearchIndex

    Made = Page | Copy | Kept | Diagnostic

NEW = "it is new"


@dataclass(frozen=True, slots=True)
class MadeEdition:
    """One edition as a build left it: what it was made from, what was made, what was found wrong."""

    facts: EditionFacts
    given: Given
    size: int
    """Characters of its record in the search index."""
    paths: tuple[str, ...]
    visits: tuple[Visit, ...]
    """What it says of others."""
    visited: tuple[Visit, ...]
    """What others say of it."""
    told: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Making:
    """A site as a build left it: all that the next one must know to make no more than it has to."""

    facts: SiteFacts
    editions: Mapping[str, MadeEdition]
    lists: tuple[str, ...]
    """Paths of the pages that list editions and terms."""
    search: tuple[Bound, ...]
    reasons: Mapping[str, str]
    """Edition id -> why it was made; only those that were."""
    bindery: Bindery | None = field(default=None, compare=False)
    """What set the pages: its templates are compiled, and serve as long as nothing that concerns them changes."""


def build(
    folder: Folder,
    outline: Outline,
    files: ThemeFiles,
    options: Options,
    *,
    before: Making | None = None,
    read: Callable[[str], bytes | None] = lambda _: None,
) -> Generator[Made, None, Making | None]:
    """The site's pages, the author's files to be copied, and what is wrong with editions and theme, as they are made.

    With `before`, what the last published build came to, only what is out of date is made; all else is `Kept`. `read`
    gives a file of that build's by its path. A diagnostic for which `stops_build` holds means that what was made is
    not to be published. What the build came to is the generator's value, None where it could not go on.
    """
    from builder.render.bindery import Bindery

    quality = outline.settings.quality
    theme, told = parse_theme(files, outline.settings)
    yield from levelled(told, quality)
    if any(stops_build(one) for one in told):
        return None
    view = View(audience=options.audience or outline.settings.audience)
    facts = site_facts(folder, outline, (__version__, view.audience.value, options.drafts.value, digest_of(files)))
    editions = [one for one in outline.editions if options.drafts is Drafts.SHOWN or not one.draft]
    each = frozenset(one.id for one in editions if one.pages == "each")
    bindery = before.bindery if before is not None and before.facts.whole == facts.whole else None
    work = _Work(
        folder=folder,
        outline=outline,
        reading=Reading(folder, outline, view, options.drafts),
        bindery=bindery or Bindery(theme, outline.settings, each),
        facts=facts,
        before=before,
        read=read,
    )
    return (yield from work.make(editions))


@dataclass(slots=True)
class _Work:
    """One build."""

    folder: Folder
    outline: Outline
    reading: Reading
    bindery: Bindery
    facts: SiteFacts
    before: Making | None
    read: Callable[[str], bytes | None]
    taken: dict[str, str] = field(default_factory=dict)

    def make(self, editions: Sequence[EditionSettings]) -> Generator[Made, None, Making]:
        """Each edition in turn, made or kept; then what all of them share."""
        from builder.render.search import SearchIndex

        before = self.before
        reasons = self._reasons(editions)
        visits = self._visits(editions, reasons)
        search = SearchIndex(self._record, before.search if before else ())
        made: dict[str, MadeEdition] = {}
        for settings in editions:
            visited = tuple(visits.get(settings.id, ()))
            known = before.editions.get(settings.id) if before else None
            if known is not None and settings.id not in reasons and known.visited != visited:
                reasons[settings.id] = "what others say of it changed"
            if known is not None and settings.id not in reasons:
                yield from known.told
                yield from self._once(Kept(known.paths), settings.place)
                made[settings.id] = known
                yield from self._all(search.add(settings.id, known.size))
            else:
                fresh, record = yield from self._edition(settings, visited)
                if fresh is not None:
                    made[settings.id] = fresh
                    yield from self._all(search.add(settings.id, fresh.size, record))
        lists = yield from self._shared(made, search)
        return Making(self.facts, made, lists, search.bound, reasons, self.bindery)

    def _reasons(self, editions: Sequence[EditionSettings]) -> dict[str, str]:
        """Edition id -> why it is to be made, as far as that is known before any is read."""
        before = self.before
        if before is None:
            return {one.id: NEW for one in editions}
        changed = change(before.facts, self.facts)
        reasons = {}
        for one in editions:
            known = before.editions.get(one.id)
            why = outdated(one.id, known.facts, changed, self.facts.terms) if known else NEW
            if why:
                reasons[one.id] = why
        return reasons

    def _edition(
        self, settings: EditionSettings, visited: tuple[Visit, ...]
    ) -> Generator[Made, None, tuple[MadeEdition | None, str]]:
        """One edition, and the record of what a search finds in it. None for one that can't be read."""
        quality = self.outline.settings.quality
        anchored, slips = self.reading.anchored(settings.id)
        told = list(levelled(slips, quality))
        yield from told
        if anchored is None:
            return None, ""
        referred, slips, abroad = self.reading.referred(anchored, self.reading.view)
        told += (found := levelled(slips, quality))
        yield from found
        paths: list[str] = []
        pages = self.bindery.edition(referred, works=self.outline.works_of(settings.id), visits=visited)
        given, record = yield from self._pages(pages, settings.place, paths)
        for copy in copies_of(referred.anchored.edition):
            paths.append(copy.path)
            yield from self._once(copy, settings.place)
        facts = edition_facts(referred, self.outline.terms, abroad)
        made = MadeEdition(
            facts=replace(facts, told_of=told_of(told)),
            given=given,
            size=len(record),
            paths=tuple(paths),
            visits=visits_of(settings, anchored, referred.mentions),
            visited=visited,
            told=tuple(told),
        )
        return made, record

    def _pages(
        self, pages: Generator[Page, None, tuple[Given, str]], place: Place, paths: list[str]
    ) -> Generator[Made, None, tuple[Given, str]]:
        while True:
            try:
                page = next(pages)
            except StopIteration as end:
                gives: tuple[Given, str] = end.value
                return gives
            paths.append(page.path)
            yield from self._once(page, place)

    def _shared(self, made: Mapping[str, MadeEdition], search: SearchIndex) -> Generator[Made, None, tuple[str, ...]]:
        """What the whole site shares, made again where what it lists has changed. Paths of the lists."""
        from builder.render.site_glossary import page_ids

        before = self.before
        givens = [one.given for one in made.values()]
        same = before is not None and before.facts.whole == self.facts.whole
        if before is not None and same and [one.given for one in before.editions.values()] == givens:
            lists, ids = before.lists, None
            yield from self._once(Kept(lists), self.outline.settings.place)
        else:
            pages = list(self.bindery.lists(givens))
            lists = tuple(page.path for page in pages)
            ids = {key: name for (owner, key), name in page_ids(givens).items() if not owner}
            yield from self._all(pages)
        yield from self._all(search.close(givens, self.bindery.spoken(givens), ids))
        yield from self._all(self.bindery.assets)
        return lists

    def _all(self, pages: Iterable[Page | Kept], place: Place | None = None) -> Iterator[Made]:
        for page in pages:
            yield from self._once(page, place or self.outline.settings.place)

    def _record(self, edition: str) -> str:
        """What a search finds in an edition that is kept: it stands in the index that was published."""
        from builder.render.search_records import records_of

        before = self.before
        parts = (part.path for part in before.search if edition in part.editions and not part.shared) if before else ()
        path = next(iter(parts), "")
        content = self.read(path) if path else None
        return records_of(content)[edition] if content is not None else ""

    def _visits(self, editions: Sequence[EditionSettings], reasons: Mapping[str, str]) -> dict[str, list[Visit]]:
        """Edition -> what other editions say of it. Only those whose files name another edition are read for it."""
        visits: dict[str, list[Visit]] = {}
        known = {settings.id for settings in editions}
        sources = sources_of(self.folder)
        for settings in editions:
            known_one = self.before.editions.get(settings.id) if self.before else None
            if known_one is not None and settings.id not in reasons:
                found = known_one.visits
            else:
                texts = (self.folder.sources[path].text for path in sources.get(settings.folder, ()))
                named = {name for text in texts for name in named_in(text)}
                anchored = self.reading.anchored(settings.id)[0] if named & (known - {settings.id}) else None
                if anchored is None:
                    continue
                found = visits_of(settings, anchored, self.reading.referred(anchored, self.reading.view)[0].mentions)
            for visit in found:
                visits.setdefault(visit.target.edition, []).append(visit)
        return visits

    def _once(self, made: Page | Copy | Kept, place: Place) -> Iterator[Made]:
        """What was made, unless its path is another's (without case, as some disks have it)."""
        paths = made.paths if isinstance(made, Kept) else (made.path,)
        for path in paths:
            key = path.casefold()
            if key in self.taken:
                hint = "the program writes a page of this name itself: rename the file, or the folder that it lies in"
                yield diagnose("G505", place, f"two files would be written to “{path}”", hint)
                return
            self.taken[key] = path
        yield made
