"""A site -> every diagnostic, and where each selector stands; nothing of what is made for it is written."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from builder.model.diagnostic import Diagnostic
from builder.model.note import Audience
from builder.model.site import Copy, Kept, Page
from builder.model.value import value_class
from builder.model.view import View
from builder.parse.held_off import check_policy
from builder.parse.site import GLOSSARY, parse_outline
from builder.pipeline.gate import look_beyond
from builder.pipeline.levels import levelled, stops_build
from builder.pipeline.making import build
from builder.pipeline.outputs import ARCHIVE, shown_terms
from builder.pipeline.reading import Locks, Options, Reading
from builder.pipeline.sheets import EVERYWHERE, Sheets
from builder.pipeline.surroundings import said_by, sources_of
from builder.pipeline.themed import themed_as
from builder.relate.quality import unused
from builder.render.page import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from builder.model.diagnostic import Place
    from builder.model.site import Folder
    from builder.model.theme import ThemeFiles
    from builder.model.view import Referred, Visit
    from builder.parse.site import Outline
    from builder.pipeline.circumstances import Circumstances
    from builder.pipeline.sheets import Sheet


@value_class(frozen=True, slots=True)
class Checked:
    """What a look at a site came to."""

    told: tuple[Diagnostic, ...]
    abroad: Mapping[str, Place]
    """Addresses on the web to which it links, but for its own, each with the first place at which it can be mended."""


def check(folder: Folder, outline: Outline, files: ThemeFiles, around: Circumstances, *, templates: bool) -> Checked:
    """Every diagnostic of a site's editions and theme, drafts included, for every audience; in order, each once.

    All is made as a build would make it `around`, its press included, and looked at. With `templates` the theme's are
    all read, also those to which no page comes.
    """
    checking = _Checking(folder, outline, files, around)
    told = [*check_policy(files), *checking.built(), *checking.drafts()]
    if templates:
        told += Press(checking.themed.theme).faults(tuple(one for one in told if one.code == "G509"))
    base = outline.settings.base_url
    abroad = {address: place for address, place in checking.abroad.items() if not _is_own(address, base)}
    return Checked(levelled(told, outline.settings.quality), abroad)


def _is_own(address: str, base: str) -> bool:
    """Whether an address is one of the site's own, where it is hosted: there perhaps nothing stands as yet."""
    page = re.split(r"[?#]", address, maxsplit=1)[0]
    return bool(base) and f"{page}/".startswith(f"{base.rstrip('/')}/")


class _Checking:
    """One site being looked at."""

    def __init__(self, folder: Folder, outline: Outline, files: ThemeFiles, around: Circumstances) -> None:
        published = View(audience=outline.settings.audience)
        self.themed = themed_as(files, outline.settings, None)
        self.abroad: dict[str, Place] = {}
        self._outline = outline
        self._reading = Reading(folder, outline, published)
        beside = () if published.audience is Audience.TEACHER else (View(audience=Audience.TEACHER),)
        self._around = replace(around, spread=self._seen, beside=beside)
        self._spread = around.spread
        self._there = {*EVERYWHERE, *ON_A_HOST, ARCHIVE}
        self._ids: dict[str, str] = {}
        self._used: set[str] = set()
        self._whole = True

    def built(self) -> Iterator[Diagnostic]:
        """What a build tells, and what it would tell of it for teachers."""
        for one in build(self._reading.folder, self._outline, self.themed.files, Options(), self._around):
            if isinstance(one, Diagnostic):
                yield one
            elif isinstance(one, (Page, Copy)):
                self._there.add(one.path)

    def drafts(self) -> Iterator[Diagnostic]:
        """What is wrong with the editions that a build leaves out, once all others are `built`."""
        names = [one.id for one in self._outline.editions if one.draft]
        views = (self._reading.view, *self._around.beside)
        if any(map(stops_build, self.themed.told)):
            yield from chain.from_iterable(self._reading.slips(name, views) for name in names)
        elif names:
            yield from self._as_if_built(names)

    def _as_if_built(self, names: Sequence[str]) -> Iterator[Diagnostic]:
        sheets = list(self._seen(self._sheets(), names))
        for sheet in sheets:
            yield from self._printed(sheet).told
            self._there.update(one.path for one in sheet.items if not isinstance(one, Kept))
        if faults := tuple(dict.fromkeys(chain.from_iterable(sheet.faults for sheet in sheets))):
            yield from (*faults, *Press(self.themed.theme).faults(faults))
            return
        beyond = (sheet.made.beyond for sheet in sheets if sheet.made is not None)
        yield from look_beyond(beyond, self._there, self._ids, lambda _: None, self._outline.unread)
        if self._whole and not self._outline.unread:
            yield from unused(shown_terms(self._outline, self._reading.view.audience), self._used)

    def _printed(self, sheet: Sheet) -> Sheet:
        """A sheet with its handouts set, where there is what sets them."""
        if self._around.press is None:
            return sheet
        from builder.pipeline.handouts import printed

        return printed(sheet, self._around.press, {}, self.themed, self._outline.settings)

    def _sheets(self) -> Sheets:
        """What makes the pages of drafts."""
        from builder.render.bindery import Bindery

        each = frozenset(one.id for one in self._outline.editions if one.pages == "each")
        bindery = Bindery(self.themed.theme, self._outline.settings, each)
        held = (Locks.LEFT, self._reading.folder.contents, self._around.press is not None)
        return Sheets(self._outline, self._reading, bindery, self._visits(), *held, None, self._around.beside)

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

    def _seen(self, make: Callable[[str], Sheet], names: Sequence[str]) -> Iterator[Sheet]:
        """The sheets of editions; what is only to be known of the whole site is kept for later."""
        for sheet in self._spread(make, names):
            self._whole = self._whole and sheet.made is not None and sheet.made.whole
            if sheet.made is not None:
                self._ids.update(sheet.ids)
                self._used.update(sheet.made.facts.terms)
                for address, place in sheet.abroad:
                    self.abroad.setdefault(address, place)
            yield sheet


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
