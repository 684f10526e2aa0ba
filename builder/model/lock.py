"""What `anchors.lock` holds: the texts as they last stood, and where in them each selector was last found."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.note import Note, Selector, State
    from builder.model.prose import Span

LOCK = "anchors.lock"
"""The file's name: one in each edition's folder."""

BETWEEN = "\n\n"
"""What stands between two stretches of a text as read."""


@value_class(frozen=True, slots=True)
class LockedBlock:
    """A stretch of a text as read between two blank lines, and the block that it belonged to."""

    id: str
    """The block's address (`p4`, `title`, `h2`, `fn1`): given once, and kept. "" for a stretch of no block."""
    words: str


@value_class(frozen=True, slots=True)
class LockedPlace:
    """Two ends in a text, each as an address and the code points from where that block begins.

    Of a block without words both are that block and 0.
    """

    first: str
    start: int
    last: str
    end: int


@value_class(frozen=True, slots=True)
class LockedText:
    """One text as it last stood. A block may have several stretches (code with a blank line in it)."""

    id: str
    blocks: tuple[LockedBlock, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    """Addresses that were given up, each with the one to which its words went."""
    bare: tuple[tuple[int, str], ...] = ()
    """Blocks without a stretch of their own (a picture, a list's outer item): before which stretch, and the address."""

    @property
    def content(self) -> str:
        """The text as read."""
        return BETWEEN.join(block.words for block in self.blocks)

    def begins(self) -> dict[str, int]:
        """Address -> where the first of its stretches begins in the content."""
        found: dict[str, int] = {}
        for block, start in zip(self.blocks, self._starts(), strict=True):
            found.setdefault(block.id, start)
        return found

    def starts(self) -> list[int]:
        """Where each stretch begins in the content."""
        return list(self._starts())

    def _starts(self) -> Iterator[int]:
        lengths = (len(block.words) + len(BETWEEN) for block in self.blocks[:-1])
        return accumulate(lengths, initial=0) if self.blocks else iter(())


@value_class(frozen=True, slots=True)
class LockedSelector:
    """One selector as the last good build left it."""

    sort: str
    """`note`, `crossref`, `question` (what it is about), `quoted` (words in references), `at`, `not-at` (a term's)."""
    id: str
    index: int
    """Which selector of the note, which end of the cross-reference, which in a list; from 0."""
    layer: str
    """The note's layer, "" for all else."""
    text: str
    typed: str
    """Digest of the selector as it was typed."""
    state: State
    score: float
    place: LockedPlace | None
    """Where it stands in the text; None where it is lost."""
    stood: str
    """Digest of the words there, "" without a place: a place that was merged or edited by hand is known by it."""
    kept: tuple[str, str, str] | None = None
    """Words, and what stood before and after them, where the text no longer has them so: from when it last had."""
    settled: bool = False
    """Whether its author has said that the passage is gone."""

    @property
    def key(self) -> Key:
        """By what it is known again."""
        return self.sort, self.id, self.index


@value_class(frozen=True, slots=True)
class LockedReference:
    """A reference that names a paragraph by its number, and what it meant when it was first seen."""

    owner: str
    """The prose that holds it, as `relate/proses` names it."""
    index: int
    """Which of those in that prose, from 0."""
    typed: str
    text: str
    addresses: tuple[str, ...]
    """Of the paragraph meant; of the first and the last one of several."""


@value_class(frozen=True, slots=True)
class LockedNote:
    """A note whose id was made from its words; or one whose id its author gave, that stands beside such a note."""

    id: str
    typed: str = ""
    """Digest of its selectors as they were typed, "" where the id was given."""
    body: str = ""
    """Digest of its body, "" where it has none."""


@value_class(frozen=True, slots=True)
class LockedNotes:
    """The notes of one layer on one text, in their order, as far as ids were made."""

    text: str
    layer: str
    notes: tuple[LockedNote, ...]


Key = tuple[str, str, int]
"""The sort, the id of what it belongs to, the index of the selector."""


@value_class(frozen=True, slots=True)
class Lock:
    """All that one anchors.lock holds: texts by their ids, selectors by their keys, references, made ids; in order."""

    texts: tuple[LockedText, ...] = ()
    selectors: tuple[LockedSelector, ...] = ()
    references: tuple[LockedReference, ...] = ()
    notes: tuple[LockedNotes, ...] = ()


@value_class(frozen=True, slots=True)
class LockFile:
    """An anchors.lock that is to be another one than was read: its path in the site's folder, and its words."""

    path: str
    text: str
    was: str
    """Digest of the words that were read, "" where there was none."""

    @property
    def digest(self) -> str:
        """Digest of its words, as a source has it."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@value_class(frozen=True, slots=True)
class Remembered:
    """What is known of one selector from the last good build. Offsets count code points of `old`."""

    old: str
    """The text as read then."""
    span: Span | None
    """Where it stood in `old`; None where it was lost already: then `quotation` and what stood around it are known."""
    quotation: str
    """The words that stood there when it last was exact, as the text had them. So `old` has other ones at `span`
    where the state is moved or reworded."""
    prefix: str
    """What stood before them then. Where it is lost, long enough to tell the place from every other one."""
    suffix: str
    state: State
    score: float
    same: bool
    """Whether the selector is written now as it was then."""
    settled: bool = False
    """Whether its author has said that the passage is gone."""
    block: str = ""
    """The address of the block without words that it was; "" where there were words, or where that isn't known."""


def digest_of_typed(selector: Selector) -> str:
    """A digest of a selector as it was typed: of its heading, and of the settings that choose among places."""
    return _typed(selector.heading, selector.within, selector.prefix, selector.suffix)


@lru_cache(maxsize=1 << 15)
def _typed(*parts: str) -> str:
    """A build asks five times of each selector."""
    return short_digest(*parts)


def digests_of_note(note: Note) -> tuple[str, str]:
    """Of a note's selectors as they were typed, and of its body; "" for no body."""
    return _of_note(note.body.source, *map(digest_of_typed, note.selectors))


@lru_cache(maxsize=1 << 15)
def _of_note(source: str, *typed: str) -> tuple[str, str]:
    """A build asks twice of each note."""
    return short_digest(*typed), short_digest(source) if source else ""


def short_digest(*parts: str) -> str:
    """Enough to notice a change by: nobody gains by forging it."""
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=6).hexdigest()
