"""`Source`, `Settings`, `Edition`, `Site`, `Page`: what is read, what a site is, and what is written."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from builder.model.diagnostic import UNREADABLE
from builder.model.note import Audience
from builder.model.remember import remembered
from builder.model.text import RawHtmlPolicy
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.annotation import Keepsake
    from builder.model.crossref import CrossReference, Question, Relation
    from builder.model.diagnostic import Place
    from builder.model.glossary import Term
    from builder.model.note import Layer, Note
    from builder.model.prose import Prose
    from builder.model.text import Text


@value_class(frozen=True, slots=True)
class Source:
    """One file of the author's: its path relative to the site's folder (POSIX), its words and their digest."""

    path: str
    text: str
    digest: str
    broken: bool = False
    """Whether its bytes could not be read as they were meant: what follows from that is not told.

    Each that is none of a text stands as U+FFFD in its words; there are none where all of it couldn't be read.
    """

    @property
    def garbled(self) -> frozenset[int]:
        """Its lines, from 1, that hold what couldn't be read."""
        lines = self.text.split("\n") if self.broken else ()
        return frozenset(number for number, line in enumerate(lines, 1) if UNREADABLE in line)


@value_class(frozen=True, slots=True)
class Folder:
    """A site's folder: every source by path, and the other files (pictures …) by path with their size.

    A source may be read when it is first asked for; the digests of all are known.
    """

    sources: Mapping[str, Source]
    assets: Mapping[str, int]
    name: str = ""
    """The folder's own name, "" where it isn't known: the id of an edition that is the whole site."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Path of each source -> the digest of its words."""
    contents: Mapping[str, bytes] = field(default_factory=dict, compare=False)
    """Path of each picture -> its bytes, which may be read when they are first asked for."""
    prints: Mapping[str, str] = field(default_factory=dict)
    """Path of each picture -> the digest of its bytes."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """Path of each picture that can't be shown -> why."""

    def __post_init__(self) -> None:
        if not self.digests:
            digests = {path: source.digest for path, source in self.sources.items()}
            object.__setattr__(self, "digests", digests)


@value_class(frozen=True, slots=True)
class Page:
    """One file to be written: path relative to the output folder (POSIX), and its bytes."""

    path: str
    content: bytes


@value_class(frozen=True, slots=True)
class Kept:
    """Files that stand in the output as they are to be: paths relative to the output folder."""

    paths: tuple[str, ...]


@value_class(frozen=True, slots=True)
class Copy:
    """A file of the author's to be copied as it is: from the site's folder to the output folder."""

    source: str
    path: str


@value_class(frozen=True, slots=True)
class Kind:
    """A kind of note. `cue` is one of the five: context, source, question, challenge, language."""

    id: str
    label: str
    cue: str
    glyph: str = ""
    about: str = ""
    own: frozenset[str] = frozenset()
    """What of it the site itself has set. The rest of a built-in one is said in the theme's words where it has some."""


@value_class(frozen=True, slots=True)
class TextSettings:
    """One `[[text]]` of edition.toml."""

    file: str
    place: Place
    siglum: str = ""
    title: str = ""
    dek: bool = False
    author: str = ""
    date: str = ""
    source: str = ""
    rights: str = ""
    language: str = ""
    responds_to: str = ""
    typography: bool = False
    references: bool = False
    raw_html: RawHtmlPolicy = RawHtmlPolicy.KEEP


@value_class(frozen=True, slots=True)
class LayerSettings:
    """One `[[layer]]` of edition.toml."""

    id: str
    place: Place
    by: str = ""
    title: str = ""
    language: str = ""


@value_class(frozen=True, slots=True)
class HandoutSettings:
    """One `[[handout]]` of edition.toml. Empty layers or kinds mean all."""

    id: str
    place: Place
    layers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    audience: Audience = Audience.STUDENT
    paper: str = "a4"
    layout: str = "margin"


@value_class(frozen=True, slots=True)
class EditionSettings:
    """edition.toml, read and checked."""

    id: str
    """The folder's name; for a lone edition at the site's root, its folder's name too."""
    folder: str
    """Path relative to the site's folder, "" where it is that folder itself."""
    place: Place
    title: str
    summary: str = ""
    language: str = "en"
    licence: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()
    by: str = ""
    version: str = ""
    draft: bool = False
    pages: str = "one"
    texts: tuple[TextSettings, ...] = ()
    layers: tuple[LayerSettings, ...] = ()
    handouts: tuple[HandoutSettings, ...] = ()


@value_class(frozen=True, slots=True)
class Settings:
    """site.toml, read and checked."""

    title: str
    place: Place
    base_url: str = ""
    language: str = "en"
    theme: str = "folio"
    audience: Audience = Audience.STUDENT
    students_alone: bool = False
    """Whether it was said that it is made for students: then no handout for teachers is made beside it."""
    outputs: tuple[str, ...] = ("site", "offline", "epub", "handout", "webanno", "tei")
    subset_fonts: bool = False
    """Whether a file that carries faces carries only the letters that it shows."""
    licence: str = ""
    summary: str = ""
    theme_options: Mapping[str, object] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    """The five, then the site's own, in the order of site.toml."""
    relations: tuple[Relation, ...] = ()
    quality: Mapping[str, str] = field(default_factory=dict)
    """Code -> "error", "warn" or "ignore"."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where `theme` and each `theme_options.NAME` stand, so that what is wrong with them can be told there."""

    def place_of(self, setting: str) -> Place:
        """Where a setting stands; the beginning of site.toml where that isn't known."""
        return self.places.get(setting, self.place)


@value_class(frozen=True, slots=True)
class Work:
    """A work cited: one entry of sources.json (CSL-JSON), already set in the house style.

    `short` is what a citation shows (Kupchan 2021); `entry` the works-cited line as inline runs of
    (words, style) with style "" or "italic" or "link" (an address, shown and followed).
    """

    key: str
    short: str
    entry: tuple[tuple[str, str], ...]
    sort: str


@value_class(frozen=True, slots=True)
class Introduction:
    """What stands before the first entry of a file. `of` is `crossrefs`, `questions` or `glossary`."""

    of: str
    title: str
    prose: Prose
    path: str


@value_class(frozen=True, slots=True)
class Edition:
    """Texts that belong together, with all that is said about them, as parsed (nothing anchored yet)."""

    settings: EditionSettings
    texts: tuple[Text, ...]
    layers: tuple[Layer, ...]
    notes: tuple[Note, ...]
    crossrefs: tuple[CrossReference, ...]
    questions: tuple[Question, ...]
    terms: tuple[Term, ...]
    """The terms that hold here: the edition's own, then the site's that it doesn't replace."""
    introductions: tuple[Introduction, ...] = ()
    imported: Mapping[str, Keepsake] = field(default_factory=dict)
    """What is remembered of annotations from outside, by `note:ID`, `crossref:ID`, `question:ID`."""
    version: str = ""
    """Of what is said in it to all, whatever of that is shown."""
    missing: tuple[str, ...] = ()
    """Names of texts whose files aren't there, also those that were likely meant: that is told of the files."""

    @property
    def id(self) -> str:
        """The edition's id: its folder's name."""
        return self.settings.id

    def text(self, name: str) -> Text | None:
        """The text with this id."""
        return _texts_by_id(self.texts).get(name)


@remembered
def _texts_by_id(texts: tuple[Text, ...]) -> Mapping[str, Text]:
    return {text.id: text for text in reversed(texts)}


@value_class(frozen=True, slots=True)
class Address:
    """What a frame or a view holds instead of a hyperlink; `render/address` turns it into one.

    `kind` is one of: block, title, dek, text, note, ref, term, occ, xref, question, source, page.
    `id` is the rest: `article-p4`, a note's id, `magnitsky-act`, `magnitsky-act-3`, `x01-1` …
    `edition` is "" for the site's own glossary and library.
    """

    edition: str
    kind: str
    id: str
    text: str = ""
    """The text on whose page it stands, where editions have a page for each text; "" elsewhere."""
