"""A site -> every diagnostic, and where each selector stands; no page is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.note import Audience
from builder.model.site import Kept
from builder.model.value import value_class
from builder.model.view import View
from builder.parse.held_off import check_policy
from builder.parse.site import GLOSSARY, parse_outline
from builder.pipeline.gate import Typed, look_beyond
from builder.pipeline.levels import levelled, stops_build
from builder.pipeline.outputs import ARCHIVE, SITE, asked_for, shown_terms
from builder.pipeline.reading import Locks, Reading
from builder.pipeline.sheets import EVERYWHERE, Sheets
from builder.pipeline.surroundings import said_by, sources_of
from builder.pipeline.themed import themed_as
from builder.relate.quality import unused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.diagnostic import Diagnostic, Place
    from builder.model.site import Folder
    from builder.model.theme import ThemeFiles
    from builder.model.view import Referred, Visit
    from builder.parse.site import Outline
    from builder.pipeline.gate import Beyond
    from builder.pipeline.sheets import Sheet
    from builder.pipeline.themed import Themed


@value_class(frozen=True, slots=True)
class Checked:
    """What a look at a site came to."""

    told: tuple[Diagnostic, ...]
    abroad: Mapping[str, Place]
    """Addresses on the web to which it links, each with the first place at which it can be mended."""


def check(folder: Folder, outline: Outline, files: ThemeFiles, *, templates: bool = False) -> Checked:
    """Every diagnostic of a site's editions and theme, drafts included, for every audience; in order, each once.

    The pages are made as a build would make them, and looked at: but no books, no handouts. With `templates` the
    theme's are all read, also those to which no page comes.
    """
    themed = themed_as(files, outline.settings, None)
    published = View(audience=outline.settings.audience)
    pages = replace(outline, settings=asked_for(outline.settings, frozenset({SITE})))
    reading = Reading(folder, pages, published)
    checking = _Checking(pages, reading, themed)
    told = [*themed.told, *check_policy(files), *checking.told()]
    told += checking.faults() if templates or any(map(stops_build, themed.told)) else ()
    return Checked(levelled(told, outline.settings.quality), checking.abroad)


class _Checking:
    """One site being looked at."""

    def __init__(self, outline: Outline, reading: Reading, themed: Themed) -> None:
        self._outline = outline
        self._reading = reading
        self._themed = themed
        self._beyond: list[tuple[Beyond, ...]] = []
        self._there = {*EVERYWHERE, *ON_A_HOST, ARCHIVE}
        self._ids: dict[str, str] = {}
        self._used: set[str] = set()
        self._whole = True
        self.abroad: dict[str, Place] = {}

    def told(self) -> Iterator[Diagnostic]:
        """All that is wrong with its editions."""
        sheets = self._sheets()
        views = tuple(dict.fromkeys((View(audience=Audience.TEACHER), self._reading.view)))
        faults: dict[Diagnostic, None] = {}
        for settings in self._outline.editions:
            yield from self._reading.slips(settings.id, views)
            if sheets is not None:
                sheet = sheets(settings.id)
                faults.update(dict.fromkeys(sheet.faults))
                yield from self._seen(sheet)
        if faults:
            yield from (*faults, *self.faults(tuple(faults)))
        elif sheets is not None:
            yield from look_beyond(self._beyond, self._there, self._ids, lambda _: None)
            if self._whole:
                yield from unused(shown_terms(self._outline, self._reading.view.audience), self._used)

    def faults(self, told: tuple[Diagnostic, ...] = ()) -> tuple[Diagnostic, ...]:
        """What is wrong with the theme's templates, as far as it can be said without setting them, but where `told`."""
        from builder.render.page import Press

        return Press(self._themed.theme).faults(told)

    def _sheets(self) -> Sheets | None:
        """What makes the pages; None where the theme can't be used."""
        from builder.render.bindery import Bindery

        if any(stops_build(one) for one in self._themed.told):
            return None
        each = frozenset(one.id for one in self._outline.editions if one.pages == "each")
        bindery = Bindery(self._themed.theme, self._outline.settings, each)
        return Sheets(self._outline, self._reading, bindery, self._visits(), Locks.LEFT, {}, composing=False)

    def _visits(self) -> dict[str, tuple[Visit, ...]]:
        """Edition -> what the others say of it."""
        visits: dict[str, tuple[Visit, ...]] = {}
        names = {one.id for one in self._outline.editions}
        folder = self._reading.folder
        written = sources_of(folder, self._outline.editions)
        shared = [GLOSSARY] if GLOSSARY in folder.digests else []
        for one in self._outline.editions:
            for visit in said_by(self._reading, one, [*shared, *written[one.folder]], names - {one.id}):
                visits[visit.target.edition] = (*visits.get(visit.target.edition, ()), visit)
        return visits

    def _seen(self, sheet: Sheet) -> tuple[Diagnostic, ...]:
        """What was found in an edition's pages; what is only known of the whole site is kept for later."""
        if sheet.made is not None:
            self._beyond.append(sheet.made.beyond)
            self._there.update(one.path for one in sheet.items if not isinstance(one, Kept))
            self._ids.update(sheet.ids)
            self._used.update(sheet.made.facts.terms)
            self._whole = self._whole and sheet.made.whole
            typed = Typed(sheet.made.settings, self._reading.folder)
            for address in sheet.abroad:
                self.abroad.setdefault(address, typed.place(address))
        else:
            self._whole = False
        return sheet.told


ON_A_HOST = ("404.html", "feed.xml", "sitemap.xml")
"""Paths of what is made where a site says where it will be hosted."""


def anchored_editions(folder: Folder) -> Iterator[Referred | Diagnostic]:
    """Each edition with every selector sought, drafts included; and what was found wrong on the way.

    Its references are resolved too: what its questions are about is among them.
    """
    outline, told = parse_outline(folder)
    yield from told
    if outline is None:
        return
    reading = Reading(folder, outline, View(audience=Audience.TEACHER))
    for settings in outline.editions:
        anchored, slips = reading.anchored(settings.id)
        yield from slips
        if anchored is not None:
            referred, slips, _ = reading.referred(anchored, reading.view)
            yield from slips
            yield referred
