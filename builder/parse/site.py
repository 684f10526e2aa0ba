"""A site's folder -> its outline: settings, shared terms and works, and the settings of each edition."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.note import Audience
from builder.model.site import EditionSettings, Settings
from builder.model.value import value_class
from builder.model.vocabulary import BUILT_IN_KINDS, BUILT_IN_RELATIONS
from builder.parse.edition import find_editions
from builder.parse.folder import check_files, check_names, complete, files_by_folder, others_by_folder
from builder.parse.glossary import parse_glossary
from builder.parse.settings import parse_edition, parse_site, site_of
from builder.parse.settings_gone import check_settings_gone, settings_gone
from builder.parse.sources import parse_sources

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.glossary import Term
    from builder.model.site import Folder, Work
    from builder.parse.edition import FoundEdition

SITE, EDITION, GLOSSARY, SOURCES = "site.toml", "edition.toml", "glossary.md", "sources.json"


@value_class(frozen=True, slots=True)
class Outline:
    """What must be known of a site before any of its editions is read."""

    settings: Settings
    editions: tuple[EditionSettings, ...]
    terms: tuple[Term, ...]
    works: Mapping[str, Work]
    """The site's works by key, in the order of sources.json."""
    own_works: Mapping[str, Mapping[str, Work]]
    """Edition id -> the works of its own sources.json, where it has one."""
    lists: Mapping[str, bool]
    """Path of each sources.json that is there -> whether it could be read."""
    flawless: Mapping[str, str]
    """Edition id -> digest of all that its settings were read from; only of editions with which nothing was wrong."""
    unread: tuple[EditionSettings, ...] = ()
    """Editions that are there, and whose edition.toml can't be read, or is gone: as far as their files' names tell."""

    def works_of(self, edition: str) -> Mapping[str, Work]:
        """The works that an edition may cite: its own before the site's."""
        own = self.own_works.get(edition)
        return {**self.works, **own} if own else self.works

    def has_list(self, edition: EditionSettings) -> bool | None:
        """Whether an edition's citations have a list that could be read; None where there is no sources.json."""
        paths = {SOURCES, f"{edition.folder}/{SOURCES}"}.intersection(self.lists)
        return all(self.lists[path] for path in paths) if paths else None


Known = Callable[[str], "tuple[str, EditionSettings] | None"]
"""What an earlier outline said of an edition: `flawless`, and its settings. None for one that isn't known."""


def parse_outline(folder: Folder, known: Known = lambda _: None) -> tuple[Outline | None, tuple[Diagnostic, ...]]:
    """The outline of a site, and what is wrong with it. None where there is no site to speak of.

    The settings of an edition that is `known` aren't read again where all that they come from is as it was.
    """
    told: list[Diagnostic] = []
    settings = _site_settings(folder, told)
    if settings is None:
        return None, tuple(told)
    return _outline(folder, settings, known, told), tuple(told)


def outline_without(folder: Folder) -> tuple[Outline, tuple[Diagnostic, ...]]:
    """The outline of a site whose site.toml can't be read, as if that said nothing; and what is wrong besides."""
    told: list[Diagnostic] = []
    return _outline(folder, _unsettled(SITE), lambda _: None, told), tuple(told)


def _outline(folder: Folder, settings: Settings, known: Known, told: list[Diagnostic]) -> Outline:
    found = find_editions(folder)
    told.extend(check_names(folder, found))
    files, others = files_by_folder(folder), others_by_folder(folder)
    editions: list[EditionSettings] = []
    unread: list[EditionSettings] = []
    flawless: dict[str, str] = {}
    for one in found:
        names = files.get(one.folder, ()), others.get(one.folder, ())
        digest = _digest(folder, one, names)
        before = known(one.id)
        gone = settings_gone(folder, one, names[1])
        if before is not None and before[0] == digest and not gone:
            editions.append(before[1])
            flawless[one.id] = digest
            continue
        slips: list[Diagnostic] = []
        given = _edition_settings(folder, one, settings, names[0], slips)
        if given is not None:
            completed = complete(given, names[0])
            slips.extend(check_files(completed, given, *names, folder.sources))
            slips.extend(check_settings_gone(folder, one, names[1]))
            (unread if gone else editions).append(completed)
        else:
            unread.append(complete(_as_folder(one, settings), names[0]))
        told.extend(slips)
        if not slips:
            flawless[one.id] = digest
    if SITE not in folder.sources and len(editions) == 1:
        settings = site_of(editions[0])
    alone = any(not edition.folder for edition in found)
    lists: dict[str, bool] = {}
    return Outline(
        settings=settings,
        editions=tuple(editions),
        terms=() if alone else _terms(folder, told),
        works=_works(folder, SOURCES, lists, told),
        own_works={
            edition.id: _works(folder, f"{edition.folder}/{SOURCES}", lists, told)
            for edition in (*editions, *unread)
            if edition.folder
        },
        lists=lists,
        flawless=flawless,
        unread=tuple(unread),
    )


def _site_settings(folder: Folder, told: list[Diagnostic]) -> Settings | None:
    if SITE in folder.sources:
        settings, slips = parse_site(folder.sources[SITE])
        told.extend(slips)
        return settings
    if EDITION in folder.sources:
        return _unsettled(EDITION)
    hint = 'make a file site.toml with title = "…", or run “glossator new FOLDER” for an example'
    told.append(diagnose("G131", Place(SITE), "there is no site.toml and no edition.toml in this folder", hint))
    return None


def _unsettled(path: str) -> Settings:
    """The settings of a site of which a file says nothing."""
    kinds, relations = BUILT_IN_KINDS, BUILT_IN_RELATIONS
    return Settings(title="", place=Place(path), audience=Audience.STUDENT, kinds=kinds, relations=relations)


def says_the_outline(path: str) -> bool:
    """Whether the outline of a site is read from the file at this path; of all others it knows the names alone."""
    return path in (SITE, GLOSSARY) or path.rpartition("/")[2] in (EDITION, SOURCES)


def _digest(folder: Folder, one: FoundEdition, names: Iterable[tuple[str, ...]]) -> str:
    """Of all that an edition's settings are read from: its table, the names of its files, what the site says first."""
    tables = (folder.digests.get(path, "") for path in (SITE, one.settings or ""))
    parts = (*tables, repr(one), *("\0".join(each) for each in names))
    return hashlib.sha256("\0\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _edition_settings(
    folder: Folder, one: FoundEdition, site: Settings, beside: Collection[str], told: list[Diagnostic]
) -> EditionSettings | None:
    if one.settings is None:
        return _as_folder(one, site)
    source = folder.sources[one.settings]
    settings, slips = parse_edition(source, id=one.id, folder=one.folder, site=site, beside=beside)
    told.extend(slips)
    return settings


def _as_folder(one: FoundEdition, site: Settings) -> EditionSettings:
    """The settings of an edition of which no edition.toml says anything."""
    place = Place(one.settings or one.folder)
    return EditionSettings(
        id=one.id, folder=one.folder, place=place, title=site.title, language=site.language, licence=site.licence
    )


def _terms(folder: Folder, told: list[Diagnostic]) -> tuple[Term, ...]:
    source = folder.sources.get(GLOSSARY)
    if source is None:
        return ()
    terms, slips = parse_glossary(source, edition="", texts=None)
    told.extend(slips)
    return terms


def _works(folder: Folder, path: str, lists: dict[str, bool], told: list[Diagnostic]) -> dict[str, Work]:
    source = folder.sources.get(path)
    if source is None:
        return {}
    works, slips = parse_sources(source)
    told.extend(slips)
    lists[path] = not source.broken and all(one.code != "G126" for one in slips)
    return {work.key: work for work in works}
