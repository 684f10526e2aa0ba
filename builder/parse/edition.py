"""An edition's folder -> Edition: its texts, and everything that is said about them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.glossary import own_terms
from builder.model.pictures import resolved
from builder.model.remember import remembered
from builder.model.site import Edition
from builder.model.text import Text, TitlePage
from builder.parse.addresses import check_addresses
from builder.parse.crossrefs import NO_TIE, parse_crossrefs
from builder.parse.edition_settings import text_id
from builder.parse.entries import front_matter, matter_found, plain_lines
from builder.parse.folder import FoundEdition, complete, files_by_folder, find_editions, missing_texts
from builder.parse.glossary import parse_glossary, together
from builder.parse.imported import IMPORTED, parse_imported
from builder.parse.introductions import introduction
from builder.parse.known_notes import NotesRead
from builder.parse.markdown import local_pictures, parse_text
from builder.parse.notes import NoteFile, parse_notes
from builder.parse.pictures import find_pictures
from builder.parse.quality import check_quality
from builder.parse.questions import parse_questions
from builder.parse.replies import settle_notes
from builder.parse.version import version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.glossary import Term
    from builder.model.lock import Lock
    from builder.model.note import Note
    from builder.model.prose import Prose
    from builder.model.site import EditionSettings, Folder, LayerSettings, Settings, Source, TextSettings

__all__ = ["FoundEdition", "find_editions", "parse_edition_folder", "pictures_of"]


def parse_edition_folder(
    folder: Folder,
    settings: EditionSettings,
    site: Settings,
    shared: tuple[Term, ...],
    sides: Sequence[Lock] = (),
    known: NotesRead | None = None,
) -> tuple[Edition | None, tuple[Diagnostic, ...]]:
    """The edition, `shared` being the terms of the site's glossary. None where it has no text that can be read.

    `sides` is what its anchors.lock holds: ids of notes that were made are kept as it says. `known` are its notes,
    where they were read from the same files before.
    What is wrong with the names of its files is told by `folder.check_files`.
    """
    if not settings.texts or not settings.layers:
        settings = complete(settings, files_by_folder(folder).get(settings.folder, ()))
    desk = _Desk(folder, settings, site)
    texts = tuple(desk.texts())
    if not texts:
        return None, tuple(desk.told)
    layers, notes = known or desk.all_notes(texts, sides)
    edition = Edition(
        missing=missing_texts(settings, files_by_folder(folder).get(settings.folder, ())),
        settings=settings,
        texts=texts,
        layers=layers,
        notes=notes,
        crossrefs=(),
        questions=(),
        terms=shared,
    )
    edition = desk.said_of_all(edition, [text.id for text in texts])
    kept, slips = parse_imported(desk.imported())
    desk.told.extend(slips)
    edition = replace(edition, imported=kept) if kept else edition
    desk.check_pictures(edition)
    desk.told.extend(check_addresses(edition))
    all_ties = all(one.code not in NO_TIE for one in desk.told)
    desk.told.extend(check_quality(edition, all_ties=all_ties))
    return replace(edition, version=version_of(edition)), tuple(desk.told)


AT_HAND = 16
"""Files of each sort that are not parsed again by a process that stays: those of the editions that it keeps at hand."""

_text_as_read = lru_cache(AT_HAND)(parse_text)
_notes_as_read = lru_cache(AT_HAND)(parse_notes)


class _Desk:
    """One edition being read: its folder, and what was found wrong so far."""

    def __init__(self, folder: Folder, settings: EditionSettings, site: Settings) -> None:
        self.told: list[Diagnostic] = []
        self._folder = folder
        self._settings = settings
        self._site = site
        self._base = f"{settings.folder}/" if settings.folder else ""

    def source(self, name: str) -> Source | None:
        """A file of the edition's folder."""
        return self._folder.sources.get(f"{self._base}{name}")

    def imported(self) -> Iterator[Source]:
        """What is kept of annotations from outside, in the order of the files' names."""
        prefix = f"{self._base}{IMPORTED}/"
        top, _, rest = prefix.partition("/")
        names = (name for name in files_by_folder(self._folder).get(top, ()) if name.startswith(rest))
        return (self._folder.sources[f"{top}/{name}"] for name in names if name.endswith(".json"))

    def texts(self) -> Iterator[Text]:
        """The texts that are there, in reading order."""
        for settings in self._settings.texts:
            source = self.source(settings.file)
            if source is not None:
                yield self._text(source, settings)

    def _text(self, source: Source, settings: TextSettings) -> Text:
        words = plain_lines(source.text)
        if front_matter(words):
            self.told.append(matter_found(source.path))
        prose, slips = _text_as_read(words, path=source.path, settings=settings)
        self.told.extend(slips)
        place = Place(source.path)
        empty = not prose.blocks and not prose.content.strip()
        if empty and not slips and not source.broken:
            message = "this text is empty" if not words.strip() else "this text holds no words"
            self.told.append(diagnose("G142", place, message, "write it, or take it out of edition.toml"))
        images, slips = find_pictures(prose, self._folder, self._base, place)
        self.told.extend(slips)
        name = text_id(settings.file)
        page = TitlePage(
            title=settings.title or _heading(prose) or name,
            author=settings.author,
            date=settings.date,
            source=settings.source,
            rights=settings.rights,
            language=settings.language or self._settings.language,
            responds_to=settings.responds_to,
        )
        return Text(name, settings.siglum, page, prose, place, images, unread=empty or source.broken)

    def all_notes(self, texts: Iterable[Text], sides: Sequence[Lock]) -> NotesRead:
        """The notes on all texts, their ids settled."""
        files = [file for text in texts for file in self.notes(text.id)]
        notes, slips = settle_notes((note for file in files for note in file.notes), sides)
        self.told.extend(slips)
        return NotesRead(tuple(file.layer for file in files), notes)

    def notes(self, text: str) -> Iterator[NoteFile]:
        """The notes on a text, layer by layer."""
        kinds = tuple(kind.id for kind in self._site.kinds)
        for index, layer in enumerate(self._settings.layers):
            source = self.source(f"{text}.{layer.id}.notes.md")
            if index == 0:
                source = self.source(f"{text}.notes.md") or source
            if source is None:
                continue
            file, slips = _notes_as_read(source, text=text, layer=self._spoken(layer), kinds=kinds)
            self.told.extend(slips)
            yield file

    def _spoken(self, layer: LayerSettings) -> LayerSettings:
        """The layer with the language of its notes."""
        return layer if layer.language else replace(layer, language=self._settings.language)

    def said_of_all(self, edition: Edition, names: list[str]) -> Edition:
        """The edition with its cross-references, questions and terms."""
        missing = edition.missing
        source = self.source("crossrefs.md")
        if source is not None:
            relations = [relation.id for relation in self._site.relations]
            crossrefs, slips = parse_crossrefs(source, texts=names, missing=missing, relations=relations)
            self.told.extend(slips)
            edition = replace(edition, crossrefs=crossrefs)
        source = self.source("questions.md")
        if source is not None:
            questions, slips = parse_questions(source)
            self.told.extend(slips)
            edition = replace(edition, questions=questions)
        introductions = []
        for of in ("crossrefs", "questions", "glossary"):
            source = self.source(f"{of}.md")
            if source is not None:
                made, slips = introduction(source, of)
                self.told.extend(slips)
                introductions += [made] if made is not None else []
        edition = replace(edition, introductions=tuple(introductions))
        source = self.source("glossary.md")
        if source is not None:
            own, slips = parse_glossary(source, edition=self._settings.id, texts=names, missing=missing)
            self.told.extend(slips)
            edition = replace(edition, terms=together(own, edition.terms))
        return edition

    def check_pictures(self, edition: Edition) -> None:
        """Tell of pictures in bodies that aren't there."""
        for place, prose in _bodies(edition):
            if prose.frame:
                _, slips = find_pictures(prose, self._folder, self._base, place)
                self.told.extend(slips)


def pictures_of(edition: Edition) -> tuple[str, ...]:
    """Every local picture that an edition shows, as paths relative to its folder, in order of their names."""
    found = {image for text in edition.texts for image in text.images}
    found |= _shown_in(edition.notes)
    for _, prose in _bodies(edition, notes=False):
        found.update(path for src in local_pictures(prose) if (path := resolved(src)) is not None)
    return tuple(sorted(found))


@remembered
def _shown_in(notes: tuple[Note, ...]) -> frozenset[str]:
    """The pictures that notes show: the same while their texts alone are written on."""
    shown = (src for note in notes for src in local_pictures(note.body))
    return frozenset(path for src in shown if (path := resolved(src)) is not None)


def _heading(prose: Prose) -> str:
    """The words of the leading heading."""
    title = prose.block_named("title")
    return " ".join(prose.words(title.span).split()) if title else ""


def _bodies(edition: Edition, *, notes: bool = True) -> Iterator[tuple[Place, Prose]]:
    """Every prose written about the texts, and where its entry stands."""
    for layer in edition.layers:
        source = edition.text(layer.text)
        path = source.place.path.removesuffix(".md") if source else layer.text
        yield Place(f"{path}.notes.md"), layer.introduction
    for note in edition.notes if notes else ():
        yield note.place, note.body
    for crossref in edition.crossrefs:
        yield crossref.place, crossref.body
    for question in edition.questions:
        yield question.place, question.asked
        yield question.place, question.body
    for term in own_terms(edition.terms):
        yield term.place, term.entry
