"""`Prose`: characters, the frame of events that gives them structure, and the blocks by which they are cited.

All offsets are half-open and count code points (a Python string's own unit, and W3C's).
A frame holds no HTML: only the writers in `render` know tags.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.typed import Typed


@value_class(frozen=True, slots=True, order=True)
class Span:
    """A stretch of characters, half-open, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """Whether `other` lies within this span (equal counts)."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class BlockKind(Enum):
    """What a citable unit is. Only title, dek, headings and footnotes carry no ¶ number."""

    TITLE = "title"
    DEK = "dek"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    ITEM = "item"
    STANZA = "stanza"
    FIGURE = "figure"
    TABLE = "table"
    CODE = "code"
    DEFINITION = "definition"
    FOOTNOTE = "footnote"


@value_class(frozen=True, slots=True)
class Block:
    """The smallest citable unit: ¶ 4, the title, a heading, one of the author's footnotes."""

    id: str
    """The address within its text: `p4`, `title`, `dek`, `h2`, `fn1`. It is kept when the text around it changes."""
    number: int | None
    """What is shown and cited as ¶ n; None for title, dek, headings and footnotes."""
    kind: BlockKind
    span: Span
    line: int
    """Where it begins in its file, counted from 1."""
    name: str = ""
    """What it would be called by its place now, where that is another than its address; "" where it is the same."""
    aliases: tuple[str, ...] = ()
    """Addresses that were given up, and whose words went here."""

    @property
    def called(self) -> str:
        """Its name by its place now: how it is cited and named in a heading."""
        return self.name or self.id


class Element(Enum):
    """What an `Open` event opens. Inline elements are those for which `inline` is true."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTATION = "quotation"
    BULLET_LIST = "bullet-list"
    ORDERED_LIST = "ordered-list"
    ITEM = "item"
    CODE_BLOCK = "code-block"
    TABLE = "table"
    TABLE_HEAD = "table-head"
    TABLE_BODY = "table-body"
    ROW = "row"
    HEAD_CELL = "head-cell"
    CELL = "cell"
    DEFINITION_LIST = "definition-list"
    DEFINED = "defined"
    DEFINITION = "definition"
    VERSE = "verse"
    STANZA = "stanza"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"
    SPAN = "span"
    TOKEN = "token"

    inline: bool
    """Whether it stands inside a block's words."""

    def __init__(self, name: str) -> None:
        self.inline = name in ("emphasis", "strong", "code", "link", "span", "token")

    __hash__ = object.__hash__
    """Of the member itself: Python's own asks for its name at each look into a table of elements."""


Fields = tuple[tuple[str, str], ...]
"""An element's particulars, in the order in which they are written.

Keys by element: `level` (heading: "1" … "6"); `start` (ordered list, only when not 1); `tight` ("1": a paragraph
or item set without space); `info` (code block: the fence's whole info string; absent for an indented one);
`align` (cell: left, center, right); `href`, `title` (link); `kind` (token: Pygments' short class; link:
"auto"); `id`, `class` (the author's own attributes, on any element).
"""


@value_class(frozen=True, slots=True)
class Open:
    """An element begins."""

    element: Element
    fields: Fields = ()
    block: int | None = None
    """Index into `Prose.blocks` of the block that this element carries (its id and number stand here)."""

    def field(self, name: str) -> str | None:
        """The value of one of the fields, None where it is absent."""
        for key, held in self.fields:
            if key == name:
                return held
        return None


@value_class(frozen=True, slots=True)
class Close:
    """The innermost open element ends."""

    element: Element


@value_class(frozen=True, slots=True)
class Run:
    """Characters of the prose in which spans are still to be woven. A soft line break is the character itself."""

    span: Span


@value_class(frozen=True, slots=True)
class Break:
    """A hard line break; `span` covers its newline in the content."""

    span: Span


@value_class(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    fields: Fields = ()


@value_class(frozen=True, slots=True)
class Image:
    """A picture. Its words (`alt`) are not part of the text as read."""

    src: str
    alt: str
    title: str | None = None
    fields: Fields = ()


@value_class(frozen=True, slots=True)
class FootnoteMark:
    """Where the author's own footnote is called; `index` into `Prose.footnotes`."""

    index: int
    occurrence: int
    """1 for the first call of this footnote, 2 for the next …"""


@value_class(frozen=True, slots=True)
class Reference:
    """`[[target | words]]` or `[@key, locator]`: an annotator's reference, still to be resolved."""

    kind: ReferenceKind
    target: str
    """What stands inside the brackets before the last ` | `, trimmed; for a citation `key`."""
    words: str | None
    """The words to show, when the writer gave them; for a citation its locator (`p. 12`)."""
    line: int
    column: int


class ReferenceKind(Enum):
    """Which of the two bracket forms a reference was written in."""

    PASSAGE = "passage"
    SOURCE = "source"


@value_class(frozen=True, slots=True)
class RawHtml:
    """The author's own HTML, as typed."""

    html: str
    block: bool


Piece = TypeVar("Piece")
Event = Open | Close | Run | Break | Rule | Image | FootnoteMark | Reference | RawHtml
Frame = tuple[Event, ...]


@value_class(frozen=True, slots=True)
class Footnote:
    """One of the text author's own footnotes. Its characters stand in `Prose.content` after the main part."""

    label: str
    block: Block
    frame: Frame


@value_class(frozen=True, slots=True)
class Prose:
    """A text, a note's body or a glossary entry: all are woven alike.

    `content` is the main part as read (blocks joined by a blank line, cells by a tab, breaks as newlines), then,
    after another blank line each, the footnotes. `main` is the span of the main part: what offsets in
    anchors.lock and in `glossator anchors` count.
    """

    content: str
    frame: Frame
    blocks: tuple[Block, ...]
    main: Span
    footnotes: tuple[Footnote, ...] = ()
    addresses: tuple[Typed, ...] = ()
    """Of links and pictures, and of HTML that is kept: in the order in which they were read."""
    source: str = field(default="", compare=False)
    """Of a body: the Markdown in which it was written, as it may be handed on (see parse/handed)."""
    altered: bool = field(default=False, compare=False)
    """Whether that is not what was typed: a comment was taken out, or a tag escaped."""

    def words(self, span: Span) -> str:
        """The characters of a span."""
        return self.content[span.start : span.end]

    def events(self, kind: type[Piece]) -> list[Piece]:
        """Every event of one kind, footnotes included, as they stand."""
        if not self.footnotes and kind not in map(type, self.frame):
            return []
        frames = (self.frame, *(note.frame for note in self.footnotes))
        return [event for frame in frames if kind in map(type, frame) for event in frame if isinstance(event, kind)]

    def block_at(self, offset: int) -> Block | None:
        """The innermost block that holds the character at `offset` (footnotes included), None between blocks."""
        blocks = self.blocks if offset < self.main.end else tuple(note.block for note in self.footnotes)
        for index in range(bisect_right(blocks, offset, key=_start) - 1, -1, -1):
            if offset < blocks[index].span.end:
                return blocks[index]
        return None

    def block_named(self, name: str) -> Block | None:
        """The block with this id (`p4`, `title`, `fn1`), None where there is none."""
        for block in (*self.blocks, *(note.block for note in self.footnotes)):
            if block.id == name:
                return block
        return None


_start = attrgetter("span.start")

EMPTY = Prose(content="", frame=(), blocks=(), main=Span(0, 0))


def pieces(frame: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    """The frame cut at its top level: each top-level element whole, or a lone event (a rule, raw HTML)."""
    depth = 0
    first = 0
    for index, kind in enumerate(map(type, frame)):
        if kind is Open:
            depth += 1
        elif kind is Close:
            depth -= 1
        if depth == 0:
            yield frame[first : index + 1]
            first = index + 1
