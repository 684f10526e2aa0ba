"""The editions of a site, parsed, anchored and referred when they are first asked for."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from builder.model.lock import LOCK, LockFile
from builder.model.value import value_class
from builder.parse.edition import parse_edition_folder
from builder.parse.folder import complete, files_by_folder
from builder.parse.known_notes import NotesRead, begins, made_ids, read_notes, write_notes
from builder.parse.lock import parse_lock, serialize
from builder.pipeline.facts import digest_of
from builder.relate.addresses import readdressed
from builder.relate.anchor import anchor_edition
from builder.relate.gloss import gloss
from builder.relate.gone import gone_files
from builder.relate.locking import locked, settle
from builder.relate.memories import memories, texts_by_id
from builder.relate.numbered import numbered
from builder.relate.refer import refer
from builder.relate.select import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.lock import Key, Lock, LockedReference, Remembered
    from builder.model.note import Audience, Found
    from builder.model.site import EditionSettings, Folder
    from builder.model.view import Anchored, Referred, View
    from builder.parse.site import Outline
    from builder.relate.numbered import Renumbered

KEPT_EDITIONS = 8
"""How many editions that others refer to are kept at hand; more would let a large site grow in memory."""


class Locks(Enum):
    """What becomes of an anchors.lock that is to be another one."""

    LEFT = "left as it is"
    LATER = "left as it is, and of a large edition nobody asks yet what it is to be"
    WRITTEN = "written"


class Drafts(Enum):
    """What becomes of editions marked as drafts."""

    LEFT_OUT = "left out"
    SHOWN = "shown"


@value_class(frozen=True, slots=True)
class Options:
    """What a build was asked for besides its folder. No audience: the one of site.toml."""

    audience: Audience | None = None
    drafts: Drafts = Drafts.LEFT_OUT
    locks: Locks = Locks.LEFT
    only: frozenset[str] = frozenset()
    """Words of `outputs`: nothing else is made. None: all that the site asks for."""


class _Read(NamedTuple):
    """An edition as it was read: anchored, what is wrong with it, what its lock said (None: it can't be known)."""

    anchored: Anchored | None
    told: tuple[Diagnostic, ...]
    lock: tuple[Lock, ...] | None = ()
    memories: Mapping[Key, Remembered] = {}
    notes: NotesRead | None = None
    """Its notes, None where something was wrong with them."""
    line: str = ""
    """On which they were written down already."""


class _Numbers(NamedTuple):
    """What became of an edition's references by number; which other editions they name."""

    references: tuple[LockedReference, ...] = ()
    told: tuple[Diagnostic, ...] = ()
    renumbered: tuple[Renumbered, ...] = ()
    abroad: frozenset[str] = frozenset()


NOTHING: Mapping[Key, Found] = {}
NOTHING_KEPT: Mapping[str, str] = {}


def sources_but_texts(folder: Folder, settings: EditionSettings) -> Iterator[str]:
    """All that is read for an edition but the words of its texts and its lock: paths and digests."""
    base = f"{settings.folder}/" if settings.folder else ""
    whole = complete(settings, files_by_folder(folder).get(settings.folder, ()))
    texts = {f"{base}{text.file}" for text in whole.texts}
    for path, digest in sorted(folder.digests.items()):
        if ("/" not in path or path.startswith(base)) and path != lock_path(settings):
            yield path if path in texts else f"{path} {digest}"


def notes_key(folder: Folder, settings: EditionSettings, lock: str | None = None) -> str:
    """By what the notes of an edition are known: all that they are made from, with a lock of now or of these words."""
    if lock is None:
        source = folder.sources.get(lock_path(settings))
        lock = source.text if source is not None else ""
    return digest_of((*sources_but_texts(folder, settings), made_ids(lock)))


def lock_path(settings: EditionSettings) -> str:
    """Where an edition's anchors.lock stands in the site's folder."""
    return f"{settings.folder}/{LOCK}" if settings.folder else LOCK


class Reading:
    """The editions of a site, parsed and anchored when first asked for; a few are kept at hand."""

    def __init__(
        self,
        folder: Folder,
        outline: Outline,
        view: View,
        drafts: Drafts = Drafts.LEFT_OUT,
        kept: Mapping[str, str] = NOTHING_KEPT,
    ) -> None:
        """`kept` is, by edition, what the last build wrote down of large ones: on its first line their notes."""
        self.view = view
        self._kept_notes = kept
        self._drafts = drafts
        self.folder = folder
        self._outline = outline
        self._settings: dict[str, EditionSettings] = {settings.id: settings for settings in outline.editions}
        self._kept: dict[str, _Read] = {}
        self._numbers: dict[str, _Numbers] = {}

    def anchored(self, edition: str) -> tuple[Anchored | None, tuple[Diagnostic, ...]]:
        """An edition with every selector sought, and all that is wrong with it. None for an unknown or broken one."""
        read = self._read(edition)
        return read.anchored, (*read.told, *self._numbered(edition).told)

    def slips(self, edition: str, views: Iterable[View]) -> Iterator[Diagnostic]:
        """All that is wrong with an edition, under some views."""
        anchored, told = self.anchored(edition)
        yield from told
        if anchored is not None:
            for view in views:
                yield from self.referred(anchored, view)[1]

    def memories(self, edition: str) -> Mapping[Key, Remembered]:
        """What is remembered of an edition's selectors from the last good build."""
        return self._read(edition).memories

    def renumbered(self, edition: str) -> tuple[Renumbered, ...]:
        """The references of an edition whose number means another paragraph now."""
        return self._numbered(edition).renumbered

    def lock(self, edition: str, settled: Mapping[Key, Found] = NOTHING) -> LockFile | None:
        """The lock that an edition is to have, whether it has it or not; None where that can't be known.

        `settled` is what an author has said of some selectors, instead of what was found.
        """
        read = self._read(edition)
        if read.anchored is None or read.lock is None:
            return None
        path = lock_path(read.anchored.edition.settings)
        anchored, known = settle(read.anchored, read.memories, settled)
        lock = locked(anchored, read.lock, known, self._numbered(edition).references)
        return LockFile(path, serialize(lock), self.folder.digests.get(path, ""))

    def kept_notes(self, edition: str, lock: str | None) -> str:
        """The notes of an edition as they were read, for the next build, if that finds a lock of these words.

        None for the lock of now.
        """
        read = self._read(edition)
        if read.notes is None:
            return ""
        key = notes_key(self.folder, self._settings[edition], lock)
        return read.line if begins(read.line, key) else write_notes(key, read.notes)

    def _read(self, edition: str) -> _Read:
        if edition in self._kept:
            return self._kept[edition]
        settings = self._settings.get(edition)
        if settings is None:
            return _Read(None, ())
        lock, of_lock = parse_lock(self.folder.sources.get(lock_path(settings)))
        site, terms = self._outline.settings, self._outline.terms
        line = self._kept_notes.get(edition, "").partition("\n")[0]
        notes = read_notes(line, notes_key(self.folder, settings)) if line else None
        parsed, told = parse_edition_folder(self.folder, settings, site, terms, lock or (), notes)
        result = _Read(None, told)
        if parsed is not None:
            if notes is None and not any(one.place.path.endswith(".notes.md") for one in told):
                line, notes = "", NotesRead(parsed.layers, parsed.notes)
            parsed = readdressed(parsed, texts_by_id(lock or ()))
            known = memories(parsed, lock or ())
            anchored, slips = anchor_edition(parsed, known)
            gone = gone_files(parsed, lock or (), self.folder.sources, lock_path(settings))
            result = _Read(anchored, (*told, *of_lock, *gone, *slips), lock, known, notes, line)
        if len(self._kept) >= KEPT_EDITIONS:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._numbers.pop(oldest, None)
        self._kept[edition] = result
        return result

    def _numbered(self, edition: str) -> _Numbers:
        """Apart from reading: for these others are read, which may in turn refer to this one."""
        if edition in self._numbers:
            return self._numbers[edition]
        read = self._read(edition)
        anchored, lock = read.anchored, read.lock
        if anchored is None:
            return _Numbers()
        asked: set[str] = set()

        def abroad(name: str) -> tuple[Anchored | None, Sequence[Lock]]:
            asked.add(name)
            other = self._read(name)
            return other.anchored, other.lock or ()

        found = _Numbers(*numbered(anchored, lock or (), abroad), frozenset(asked))
        if edition in self._kept:
            self._numbers[edition] = found
        return found

    def referred(self, anchored: Anchored, view: View) -> tuple[Referred, tuple[Diagnostic, ...], frozenset[str]]:
        """An edition under a view, its terms found and its references resolved; and the editions that they ask for."""
        seen = select(anchored, view)
        asked: set[str] = set()

        def abroad(name: str) -> Anchored | None:
            asked.add(name)
            return self._abroad(name, view, anchored.edition.settings)

        works = self._outline.works_of(anchored.edition.id)
        listed = self._outline.has_list(anchored.edition.settings)
        unread = [one.id for one in self._outline.unread]
        referred, told = refer(seen, works=works, listed=listed, abroad=abroad, occurrences=gloss(seen), unread=unread)
        return referred, told, self._numbered(anchored.edition.id).abroad.union(asked)

    def _abroad(self, name: str, view: View, asking: EditionSettings) -> Anchored | None:
        """Another edition under the view. A draft that isn't built is left out, but for other drafts."""
        anchored = self._read(name).anchored
        if anchored is None:
            return None
        seen = select(anchored, view)
        if self._drafts is Drafts.LEFT_OUT and anchored.edition.settings.draft and not asking.draft:
            return replace(seen, left_out=seen.left_out | {f"edition:{name}"})
        return seen
