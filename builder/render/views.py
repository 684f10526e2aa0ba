"""What a template may see. This is the theme's API: plain frozen values, every string ready to be shown.

`Markup` values are safe HTML made by `render/html`; every other string is escaped by the template engine.
Hrefs are relative to the page on which they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup


@value_class(frozen=True, slots=True)
class LinkView:
    """A link: where it leads, what it shows, and (sometimes) what it is, for a tool tip or a card."""

    href: str
    words: str
    about: str = ""


@value_class(frozen=True, slots=True)
class MetaView:
    """One `<meta>`: `attribute` is "name" or "property"."""

    attribute: str
    name: str
    content: str


@value_class(frozen=True, slots=True)
class BundleView:
    """Hrefs of a bundle's style and script, "" for one that it lacks."""

    style: str
    script: str


@value_class(frozen=True, slots=True)
class HeadView:
    """Everything between `<head>` and `</head>`, and the document's language."""

    title: str
    description: str
    language: str
    direction: str
    """ltr or rtl."""
    policy: str
    """Content-Security-Policy."""
    early: str
    """Href of the small script that runs before the first paint; "" where the theme has none."""
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    """Deferred scripts."""
    bundles: Mapping[str, BundleView]
    """What only some pages need, by its name in theme.toml: a page loads it at once, or a script on first use."""
    inline_style: Markup
    """The page's own hashed style (anchor names, filters for its kinds); "" where there is none."""
    metas: tuple[MetaView, ...]
    canonical: str
    feed: str
    structured: Markup
    """schema.org JSON-LD, safe inside a script element; "" where there is none."""


@value_class(frozen=True, slots=True)
class SiteView:
    """The site, as seen from one page."""

    title: str
    summary: str
    library: str
    """Href of index.html."""
    glossary: str
    """Href of the site's glossary, "" where no term exists."""
    search: str
    """Href of the script in which a search begins, "" where there is no edition to search in."""
    options: Mapping[str, object]
    """The theme's options as set for this site."""
    generator: str


@value_class(frozen=True, slots=True)
class KindView:
    """A kind of note. `cue` is one of context, source, question, challenge, language, author, highlight."""

    id: str
    label: str
    cue: str
    glyph: str
    about: str
    count: int


@value_class(frozen=True, slots=True)
class NoteView:
    """A note in the margin (or, `kind.cue` = author, one of the text author's own footnotes)."""

    id: str
    """The id in the page: `note-sanctions-relief`."""
    key: str
    """What marks carry in `data-n`: `sanctions-relief`."""
    number: str
    anchor: str
    """The number used for CSS anchors (`--hN`), "" for a note without a mark."""
    kind: KindView
    classes: str
    """Its kind, its cue, and its layer where that isn't the edition's first: what the key switches."""
    label: str
    """For a screen reader: Note 7, question."""
    lemma: str
    """The words it quotes, shortened for the margin."""
    passages: tuple[LinkView, ...]
    """Back to each passage: href `#ref-ID`, words `A ¶4`. At least one, but for a note on its text as a whole."""
    body: Markup
    runs_in: bool
    """Whether the body is one paragraph, whose words stand directly after the label; `body` is then inline HTML."""
    by: str
    """"" where it is the layer's own voice and there is only one layer."""
    date: str
    layer: str
    tags: tuple[str, ...]
    cite: str
    mentions: tuple[LinkView, ...]
    """Where it is discussed."""
    questions: tuple[LinkView, ...]
    replies: tuple[NoteView, ...]
    """Notes that answer this one (`re`), oldest first; they have no number of their own."""


@value_class(frozen=True, slots=True)
class PieceView:
    """One top-level block of a text with the notes that begin in it."""

    id: str
    """`article-p4`, `article-h2`; "" for a list or a quotation whose inner blocks have ids, a rule, raw HTML."""
    number: str
    """"4", or "" for what has none."""
    label: str
    """For a screen reader: Paragraph 4, link."""
    cite: str
    classes: str
    """Kind of block and shape: `paragraph`, `quotation`, `item list`, `verse`, `table`, `code`, `figure` …"""
    html: Markup
    notes: tuple[NoteView, ...]
    mentions: tuple[LinkView, ...]
    """Where passages of it are discussed: notes, terms, questions."""
    ties: tuple[TieView, ...]
    """The cross-references that start or end here, as seen from here."""


@value_class(frozen=True, slots=True)
class TieView:
    """A cross-reference seen from one end."""

    id: str
    letter: str
    relation: str
    """In words, from this end: disputes, is answered by."""
    href: str
    """To its other end."""
    entry: str
    """Href of its entry in the list of cross-references (`#xref-ID`)."""
    where: str
    """C ¶2"""
    quote: str
    """The words at the other end, shortened; where these are lost, as typed."""
    state: str
    """What became of the other end where it is lost (“no longer stands”); "" where it stands."""


@value_class(frozen=True, slots=True)
class EndView:
    """One end of a cross-reference in the list."""

    id: str
    href: str
    where: str
    """C ¶2"""
    text: str
    """The text's title."""
    quote: str
    """Its words, shortened; "" for a whole text; where these are lost, as typed."""
    found: bool
    state: str
    """What became of its words where they are lost (“no longer stands”); "" where they stand."""
    language: str
    """The text's, "" where it is the page's own."""
    direction: str


@value_class(frozen=True, slots=True)
class CrossrefView:
    """A cross-reference in the edition's list. Read: one RELATION other."""

    id: str
    """The id in the page: `xref-x01`."""
    key: str
    letter: str
    relation: str
    inverse: str
    both_ways: bool
    one: EndView
    other: EndView
    body: Markup
    by: str


@value_class(frozen=True, slots=True)
class HeadingView:
    """A heading inside a text, for its contents."""

    id: str
    level: int
    words: str


@value_class(frozen=True, slots=True)
class TextView:
    """One text of an edition."""

    id: str
    siglum: str
    title: str
    title_piece: PieceView | None
    """The leading heading as woven, with its notes; None where the text has none (show `title`)."""
    dek_piece: PieceView | None
    author: str
    date: str
    """As shown: August 2021."""
    datetime: str
    source: str
    rights: str
    language: str
    """"" where it is the page's own."""
    direction: str
    responds_to: str
    """Title of the text it answers, "" for none."""
    responds_href: str
    pieces: tuple[PieceView, ...]
    headings: tuple[HeadingView, ...]
    first: bool
    href: str
    """Where it is read (with pages = "each" its own page)."""
    notes_on_whole: tuple[NoteView, ...]
    """Notes whose lemma is `*`."""


@value_class(frozen=True, slots=True)
class QuestionView:
    """A question for discussion; `answer` only in a teacher's output."""

    id: str
    number: str
    asked: Markup
    kind: str
    level: str
    lines: int
    about: tuple[LinkView, ...]
    answer: Markup
    tags: tuple[str, ...]


@value_class(frozen=True, slots=True)
class SourceView:
    """A work cited."""

    id: str
    html: Markup
    mentions: tuple[LinkView, ...]


@value_class(frozen=True, slots=True)
class LostView:
    """A note (or an end of a cross-reference) that lost its passage."""

    id: str
    key: str
    what: str
    """note, cross-reference, term"""
    kind: KindView | None
    classes: str
    """Its kind, its cue, its layer, as a note has them; "" for an end of a cross-reference."""
    quote: str
    """The old words."""
    state: str
    """ambiguous, lost, never found"""
    nearest: tuple[LinkView, ...]
    body: Markup
    by: str = ""
    """Whose note it is, as a note has it."""


@value_class(frozen=True, slots=True)
class LayerView:
    """A layer of notes: its voice and introduction."""

    id: str
    by: str
    title: str
    name: str
    """What it is called in lists: its voice, else its title, else its id."""
    introduction: Markup
    count: int


@value_class(frozen=True, slots=True)
class IndexEntryView:
    """One line of an index: a value and where it is found."""

    id: str
    value: str
    words: str
    """As shown; "" for a kind, which is shown with its cue."""
    kind: KindView | None
    links: tuple[LinkView, ...]


@value_class(frozen=True, slots=True)
class IndexView:
    """What a list holds, by one thing that is said of its entries: `by` is kind, layer, tag, author, year."""

    by: str
    entries: tuple[IndexEntryView, ...]


@value_class(frozen=True, slots=True)
class ListedView:
    """A note in the list of all of them."""

    note: NoteView
    place: LinkView
    """Where it stands on the reading page."""
    short: str
    """What an index calls it: its number, a place, “the words it lost”."""
    layer: str
    """Its layer's name, "" where only one speaks."""
    by: str
    """Who wrote this one note, "" where it is the layer's own voice."""
    tags: tuple[LinkView, ...]
    """Each leads to the notes that have it."""
    lost: tuple[LostView, ...]
    """The passages it lost."""
    replies: tuple[ListedView, ...]
    language: str
    """Of the text it stands in, "" where that is the page's own."""
    direction: str


@value_class(frozen=True, slots=True)
class ListedTextView:
    """The notes on one text, in the order of their place."""

    id: str
    title: str
    siglum: str
    href: str
    language: str
    """"" where it is the page's own."""
    direction: str
    notes: tuple[ListedView, ...]


@value_class(frozen=True, slots=True)
class NotesListView:
    """All notes of an edition, each once."""

    texts: tuple[ListedTextView, ...]
    lost: tuple[ListedView, ...]
    """Those of which no passage stands any more."""
    kinds: tuple[KindView, ...]
    layers: tuple[LayerView, ...]
    """With their counts; none where only one speaks."""
    tags: tuple[str, ...]
    indexes: tuple[IndexView, ...]
    count: int


@value_class(frozen=True, slots=True)
class OccurrenceView:
    """One line of a concordance."""

    href: str
    where: str
    """A ¶4, note 7, Baker’s promise"""
    left: str
    word: str
    right: str


@value_class(frozen=True, slots=True)
class TermView:
    """A glossary entry."""

    id: str
    """The id in the page: `term-magnitsky-act`."""
    key: str
    headword: str
    forms: tuple[str, ...]
    """Other spellings that count."""
    classes: str
    short: Markup
    rest: Markup
    """What follows the short definition; "" where nothing does."""
    occurrences: tuple[OccurrenceView, ...]
    mentions: tuple[LinkView, ...]
    cite: str
    edition: LinkView | None
    """On the site's glossary: the edition that it belongs to; None for a shared term."""
    spread: tuple[LinkView, ...] = ()
    """On the site's glossary, for a term whose concordance is too long for it: the editions, `about` how often."""


@value_class(frozen=True, slots=True)
class IntroductionView:
    """A title of the author's own for a list ("" for none), and what he says before it."""

    title: str
    body: Markup


@value_class(frozen=True, slots=True)
class CiteView:
    """How to cite the edition, ready to paste, and its rights."""

    words: str
    voice: str
    """Whose notes they are, as a sentence; "" where nobody is named."""
    licence: str
    licence_href: str
    """Known licences lead to their deed; "" otherwise."""
    version: str


@value_class(frozen=True, slots=True)
class EditionView:
    """An edition: what its pages are made from."""

    id: str
    title: str
    summary: str
    eyebrow: str
    """One line over the title: An essay with notes and a reader's reply."""
    texts: tuple[TextView, ...]
    shown: tuple[TextView, ...]
    """The texts on this page (all of them, or with pages = "each" one, or none on the contents page)."""
    kinds: tuple[KindView, ...]
    """Those that occur, with their counts."""
    layers: tuple[LayerView, ...]
    present: tuple[LayerView, ...]
    """The layers that speak on this page, with their counts here, to be switched; none where fewer than two do."""
    crossrefs: tuple[CrossrefView, ...]
    questions: tuple[QuestionView, ...]
    sources: tuple[SourceView, ...]
    terms: tuple[TermView, ...]
    lost: tuple[LostView, ...]
    read: str
    """Hrefs of this edition's pages as seen from this one; "" where there is none."""
    glossary: str
    conversation: str
    notes: str
    cards: str
    """The classic script with the short definitions and the far ends of ties, loaded on first use."""
    paper: str
    """The classic script with what only paper shows: the glossary, the address on the web."""
    downloads: tuple[LinkView, ...]
    """Other forms of the edition, where they were made: `about` is the media type. On the list of its notes alone."""
    cite: CiteView
    introductions: Mapping[str, IntroductionView]
    """What its author says before the lists: by `crossrefs`, `questions`, `glossary`."""
    moved: tuple[LinkView, ...]
    """On the contents page of an edition with a page for each text: every id (words) and where it now stands (href)."""


@value_class(frozen=True, slots=True)
class LibraryEntryView:
    """An edition in the library."""

    href: str
    title: str
    summary: str
    authors: tuple[str, ...]
    date: str
    datetime: str
    tags: tuple[str, ...]
    texts: int
    notes: int
    terms: int
    draft: bool
    id: str
    """Its id in the page: `_e-fable`."""
    rank: int = 0
    """Its place by title, from 1."""
    dated: str = ""
    """Whose text the date is of, where others wrote others; "" where it is of all of them."""


@value_class(frozen=True, slots=True)
class LibraryView:
    """The site's first page."""

    editions: tuple[LibraryEntryView, ...]
    """The newest first, undated ones last."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    indexes: tuple[IndexView, ...]
    """Where the editions of each author, year and tag are; none where there are too few to be sought."""


@value_class(frozen=True, slots=True)
class GlossaryView:
    """The terms of the whole site."""

    terms: tuple[TermView, ...]
