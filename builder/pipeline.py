"""Folder and theme -> pages and diagnostics: the one place that knows the order of work.

parse → anchor (once, against the author's text) → select (for each view) → gloss and refer (for each view) → compose
→ write. What a view leaves out never reaches a writer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from builder.model.codes import CODES, diagnose
from builder.model.diagnostic import Diagnostic, Severity
from builder.model.note import Audience
from builder.model.site import Address, Copy
from builder.model.view import View, Visit
from builder.parse.edition import parse_edition_folder, pictures_of
from builder.parse.site import Outline, parse_outline
from builder.parse.theme import parse_theme
from builder.relate.anchor import anchor_edition
from builder.relate.gloss import gloss
from builder.relate.refer import refer
from builder.relate.select import select

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.diagnostic import Place
    from builder.model.site import Edition, EditionSettings, Folder, Page
    from builder.model.theme import ThemeFiles
    from builder.model.view import Anchored, Referred

KEPT_EDITIONS = 8
"""How many editions that others refer to are kept at hand; more would let a large site grow in memory."""


class Drafts(Enum):
    """What becomes of editions marked as drafts."""

    LEFT_OUT = "left out"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Options:
    """What a build was asked for besides its folder. No audience: the one of site.toml."""

    audience: Audience | None = None
    drafts: Drafts = Drafts.LEFT_OUT


def check(folder: Folder, outline: Outline, files: ThemeFiles) -> tuple[Diagnostic, ...]:
    """Every diagnostic of a site's editions and theme, drafts included, for every audience; in order, each once."""
    _, slips = parse_theme(files, outline.settings)
    told = list(slips)
    reading = Reading(folder, outline, View(audience=Audience.TEACHER))
    published = View(audience=outline.settings.audience)
    for settings in outline.editions:
        anchored, slips = reading.anchored(settings.id)
        told.extend(slips)
        if anchored is None:
            continue
        for view in dict.fromkeys((reading.view, published)):
            told.extend(reading.referred(anchored, view)[1])
    return levelled(told, outline.settings.quality)


def levelled(told: list[Diagnostic], quality: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """In order, each once, at the level that site.toml's [quality] gives it."""
    levels = {"error": Severity.ERROR, "warn": Severity.WARNING}
    kept = []
    helped = {(one.code, one.place, one.message) for one in told if one.hint}
    for one in sorted(set(told), key=Diagnostic.sort_key):
        if not one.hint and (one.code, one.place, one.message) in helped:
            continue  # another view tells the same, and how to mend it
        level = quality.get(one.code, "")
        if level == "ignore":
            continue
        severity = levels.get(level, one.severity)
        kept.append(Diagnostic(one.code, severity, one.place, one.message, one.hint))
    return tuple(kept)


def stops_build(one: Diagnostic) -> bool:
    """Whether a build must leave the last good site in place: an error with which no whole site can be made."""
    return one.severity is Severity.ERROR and not CODES[one.code].bearable


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
            referred, slips = reading.referred(anchored, reading.view)
            yield from slips
            yield referred


class Reading:
    """The editions of a site, parsed and anchored when first asked for; a few are kept at hand."""

    def __init__(self, folder: Folder, outline: Outline, view: View, drafts: Drafts = Drafts.LEFT_OUT) -> None:
        self.view = view
        self._drafts = drafts
        self._folder = folder
        self._outline = outline
        self._settings: dict[str, EditionSettings] = {settings.id: settings for settings in outline.editions}
        self._kept: dict[str, tuple[Anchored | None, tuple[Diagnostic, ...]]] = {}

    def anchored(self, edition: str) -> tuple[Anchored | None, tuple[Diagnostic, ...]]:
        """An edition with every selector sought, and all that is wrong with it. None for an unknown or broken one."""
        if edition in self._kept:
            return self._kept[edition]
        settings = self._settings.get(edition)
        if settings is None:
            return None, ()
        parsed, told = parse_edition_folder(self._folder, settings, self._outline.settings, self._outline.terms)
        result: tuple[Anchored | None, tuple[Diagnostic, ...]] = (None, told)
        if parsed is not None:
            anchored, slips = anchor_edition(parsed)
            result = (anchored, (*told, *slips))
        if len(self._kept) >= KEPT_EDITIONS:
            del self._kept[next(iter(self._kept))]
        self._kept[edition] = result
        return result

    def sources(self, settings: EditionSettings) -> Iterator[str]:
        """What is written about an edition's texts, as typed."""
        folder = f"{settings.folder}/" if settings.folder else ""
        for path, source in self._folder.sources.items():
            if path.startswith(folder) and path.endswith(".md"):
                yield source.text

    def referred(self, anchored: Anchored, view: View) -> tuple[Referred, tuple[Diagnostic, ...]]:
        """An edition under a view, its terms found and its references resolved."""
        seen = select(anchored, view)
        return refer(
            seen,
            works=self._outline.works_of(anchored.edition.id),
            abroad=lambda name: self._abroad(name, view, anchored.edition.settings),
            occurrences=gloss(seen),
        )

    def _abroad(self, name: str, view: View, asking: EditionSettings) -> Anchored | None:
        """Another edition under the view. A draft that isn't built is left out, but for other drafts."""
        anchored, _ = self.anchored(name)
        if anchored is None:
            return None
        seen = select(anchored, view)
        if self._drafts is Drafts.LEFT_OUT and anchored.edition.settings.draft and not asking.draft:
            return replace(seen, left_out=seen.left_out | {f"edition:{name}"})
        return seen


def build(folder: Folder, outline: Outline, files: ThemeFiles, options: Options) -> Iterator[Page | Copy | Diagnostic]:
    """The site's pages, the author's files to be copied, and what is wrong with editions and theme, as they are made.

    A diagnostic for which `stops_build` holds means that what was made is not to be published.
    """
    from builder.render.bindery import Bindery

    quality = outline.settings.quality
    theme, told = parse_theme(files, outline.settings)
    yield from levelled(list(told), quality)
    if any(stops_build(one) for one in told):
        return
    view = View(audience=options.audience or outline.settings.audience)
    reading = Reading(folder, outline, view, options.drafts)
    editions = [one for one in outline.editions if options.drafts is Drafts.SHOWN or not one.draft]
    each = frozenset(one.id for one in editions if one.pages == "each")
    visits = _visits(reading, editions)
    bindery = Bindery(theme, outline.settings, each)
    taken: dict[str, str] = {}
    for settings in editions:
        anchored, slips = reading.anchored(settings.id)
        yield from levelled(list(slips), quality)
        if anchored is None:
            continue
        referred, slips = reading.referred(anchored, view)
        yield from levelled(list(slips), quality)
        pages = bindery.edition(
            referred, works=outline.works_of(settings.id), visits=tuple(visits.get(settings.id, ()))
        )
        for page in pages:
            yield from _once(page, settings.place, taken)
        for copy in _copies(referred.anchored.edition):
            yield from _once(copy, settings.place, taken)
    for page in bindery.site():
        yield from _once(page, outline.settings.place, taken)


_ABROAD = re.compile(r"\[\[\s*([a-z0-9-]+)/")


def _visits(reading: Reading, editions: list[EditionSettings]) -> dict[str, list[Visit]]:
    """Edition -> what other editions say of it. Only those whose files name another edition are read for it."""
    visits: dict[str, list[Visit]] = {}
    known = {settings.id for settings in editions}
    for settings in editions:
        named = {name for source in reading.sources(settings) for name in _ABROAD.findall(source)}
        if not named & (known - {settings.id}):
            continue
        anchored, _ = reading.anchored(settings.id)
        if anchored is None:
            continue
        texts = {f"note:{note.id}": note.text for note in anchored.edition.notes}
        for mention in reading.referred(anchored, reading.view)[0].mentions:
            if mention.target.edition in ("", settings.id):
                continue
            sort, _, name = mention.origin.partition(":")
            kind = {"answer": "question"}.get(sort, sort)
            origin = Address(settings.id, kind, name, texts.get(mention.origin, ""))
            visits.setdefault(mention.target.edition, []).append(Visit(settings.title, origin, mention.target))
    return visits


def _copies(edition: Edition) -> Iterator[Copy]:
    """The pictures that an edition shows under its view: those of its texts, and of what is said about them."""
    folder = f"{edition.settings.folder}/" if edition.settings.folder else ""
    for path in pictures_of(edition):
        yield Copy(f"{folder}{path}", f"{edition.id}/{path}")


def _once(made: Page | Copy, place: Place, taken: dict[str, str]) -> Iterator[Page | Copy | Diagnostic]:
    """What was made, unless its path is another's (without case, as some disks have it)."""
    key = made.path.casefold()
    if key in taken:
        hint = "the program writes a page of this name itself: rename the file, or the folder that it lies in"
        yield diagnose("G505", place, f"two files would be written to “{made.path}”", hint)
        return
    taken[key] = made.path
    yield made
