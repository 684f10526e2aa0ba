"""`anchors.lock` -> what it holds, and back: an inverse pair.

Line by line, with tabs between fields, so that it compares and merges well:

    text TEXT
    block ADDRESS WORDS                         a stretch of the text as read, in its order; without WORDS: it has none
    alias OLD ADDRESS                           an address that was given up, and where it leads
    note ID INDEX LAYER TEXT TYPED STATE PLACE STOOD [QUOTATION PREFIX SUFFIX]
    crossref …                                  the same of an end of a cross-reference, ID and which end
    question …                                  of what a question is about, ID and which in its list
    quoted …                                    of words in a reference: ID is the reference as typed
    at, not-at …                                of what an entry of the glossary names, ID and which in its list
    ref OWNER INDEX TYPED TEXT ADDRESS [ADDRESS]  a reference by a paragraph's number, and which one it meant
    made TEXT LAYER ID TYPED BODY               a note whose id was made from its words, in their order
    given TEXT LAYER ID                         one beside such a note, whose id was given

STATE has its share beside it where that isn't whole, or `settled`.

Nothing in it is a reason to stop: what can't be read is told once, and left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.lock import (
    Lock,
    LockedBlock,
    LockedNote,
    LockedNotes,
    LockedReference,
    LockedText,
)
from builder.model.remember import remembered
from builder.parse.effort import BLOCKS
from builder.parse.ids import may_be_made
from builder.parse.lock_fields import DIGEST, all_written, plain
from builder.parse.lock_selectors import SORTS, read_selector, selector_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.lock import Key, LockedSelector
    from builder.model.site import Source

VERSION = 1
_BEGINS = "glossator anchors "
HEAD = f"{_BEGINS}{VERSION}"
REMARK = ": where each note last stood; kept by the program, never edited, committed with the rest"

_HEAD = re.compile(r"glossator anchors (\d+)")
_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?")
_FIELDS = 9
"""Fields of a line that is no selector's, and some more: of a line that is all tabs no list is made."""
LINES = 500_000
"""Lines of a lock: ten times what the largest editions that are promised have."""
STRETCHES, LETTERS = 2 * BLOCKS, 8 * 1024 * 1024
"""Of one text: twice as many stretches as a text may have blocks, since lines in code part there too; its letters."""
MADE, GIVEN = "made", "given"

AT_HAND: list[tuple[str, Lock]] = []
"""The words that were last read, and what they say: a program that stays reads the same ones at every change."""


def serialize(lock: Lock) -> str:
    """The file's words: texts by their ids, each block in its place; selectors by sort, id and index; made ids."""
    rows: list[tuple[str, ...]] = []
    for text in sorted(lock.texts, key=lambda text: text.id):
        rows.append(("text", text.id))
        rows.extend(_block_rows(text))
        rows.extend(("alias", *alias) for alias in sorted(text.aliases))
    rows.extend(selector_row(one) for one in sorted(lock.selectors, key=lambda one: one.key))
    references = sorted(lock.references, key=lambda one: (one.owner, one.index))
    rows.extend(("ref", one.owner, str(one.index), one.typed, one.text, *one.addresses) for one in references)
    for file in sorted(lock.notes, key=lambda file: (file.text, file.layer)):
        rows.extend(_note_row(file, one) for one in file.notes)
    return "".join((HEAD, REMARK, "\n", all_written(rows)))


def parse(text: str) -> Lock:
    """What a file holds that `serialize` wrote. Of any other, what can be read of it."""
    return _read(text.split("\n"), "")[0]


@remembered
def parse_lock(source: Source | None) -> tuple[tuple[Lock, ...] | None, tuple[Diagnostic, ...]]:
    """What a lock holds, once; twice where a merge left both sides in it; never where there is none.

    None for a lock of a newer program: what it holds isn't known, and it is not to be replaced.
    """
    if source is None:
        return (), ()
    for words, lock in AT_HAND:
        if words == source.text and not source.broken:
            return (lock,), ()
    if source.text.count("\n") > LINES:
        return (Lock((), (), (), ()),), (_damaged(Place(source.path), f"this has more than {LINES:,} lines"),)
    lines = source.text.split("\n")
    if newer := _newer(lines):
        message = f"this was written by a newer version of the program (format {newer}; known is {VERSION})"
        return None, (diagnose("G213", Place(source.path), message, "use that version; until then it is passed over"),)
    first = next((number for number, line in enumerate(lines, 1) if _MARK.fullmatch(line)), 0)
    if not first:
        lock, told = _read(lines, source.path)
        if source.broken and (not told or not source.text):
            told = (_damaged(Place(source.path), "this can't be read as it was meant"),)
        if not told:
            AT_HAND[:] = [(source.text, lock)]
        return (lock,), told
    sides = tuple(_read(list(_side(lines, side)), source.path) for side in ("<", ">"))
    message = "a merge left both sides in this file: of each what agrees with itself is used"
    hint = "build: it is written anew. Resolve conflicts in texts and notes first"
    return tuple(lock for lock, _ in sides), (diagnose("G211", Place(source.path, first), message, hint),)


def _newer(lines: Sequence[str]) -> str:
    """The format of a newer program, "" for none. In a merge either side's head may say so, and both may stand."""
    heads = filter(None, map(_HEAD.match, (line for line in lines if line.startswith(_BEGINS))))
    return next((head[1][:9] for head in heads if int(head[1][:9]) > VERSION), "")


def _side(lines: Iterable[str], wanted: str) -> Iterator[str]:
    """One side of a merge, and what both have."""
    side = ""
    for line in lines:
        mark = _MARK.fullmatch(line)
        if mark is not None:
            side = {"<": "<", "|": "|", "=": ">", ">": ""}[line[0]]
        elif side in ("", wanted):
            yield line


@dataclass(slots=True)
class _Growing:
    """A text that is being read."""

    blocks: list[LockedBlock] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    bare: list[tuple[int, str]] = field(default_factory=list)
    letters: int = 0

    def take(self, address: str, *words: str) -> None:
        """One stretch; ValueError for one too many: all of them are compared with the text of now."""
        self.letters += sum(map(len, words))
        if len(self.blocks) + len(self.bare) >= STRETCHES or self.letters > LETTERS:
            raise ValueError(address)
        if words:
            self.blocks.append(LockedBlock(address, *words[:1]))
        else:
            self.bare.append((len(self.blocks), address))
        if len(words) > 1:
            raise ValueError(address)


class _Reader:
    """Takes line after line; ValueError for one that says nothing."""

    def __init__(self) -> None:
        self._texts: dict[str, _Growing] = {}
        self._selectors: dict[Key, LockedSelector] = {}
        self._references: dict[tuple[str, int], LockedReference] = {}
        self._notes: dict[tuple[str, str], dict[str, LockedNote]] = {}
        self._text: _Growing | None = None

    def lock(self) -> Lock:
        """What was read, in order."""
        texts = (
            LockedText(name, tuple(text.blocks), tuple(sorted(text.aliases.items())), tuple(text.bare))
            for name, text in sorted(self._texts.items())
        )
        selectors, references = sorted(self._selectors.items()), sorted(self._references.items())
        notes = (LockedNotes(*file, tuple(found.values())) for file, found in sorted(self._notes.items()))
        return Lock(tuple(texts), tuple(one for _, one in selectors), tuple(one for _, one in references), tuple(notes))

    def take(self, line: str) -> None:
        """One line."""
        if line.partition("\t")[0] in SORTS:
            selector = read_selector(line)
            if self._selectors.setdefault(selector.key, selector) is not selector:
                raise ValueError(line)
            return
        kind, *fields = line.split("\t", _FIELDS)
        if kind == "ref":
            reference = _reference(fields)
            if self._references.setdefault((reference.owner, reference.index), reference) is not reference:
                raise ValueError(line)
        elif kind in (MADE, GIVEN):
            file, note = _note(kind, fields)
            if self._notes.setdefault(file, {}).setdefault(note.id, note) is not note:
                raise ValueError(line)
        elif kind == "text":
            (name,) = map(plain, fields)
            self._text = None
            if not name or name in self._texts:
                raise ValueError(line)
            self._text = self._texts[name] = _Growing()
        elif self._text is None:
            raise ValueError(line)
        elif kind == "block":
            self._text.take(*map(plain, fields))
        elif kind == "alias":
            old, new = map(plain, fields)
            self._text.aliases.setdefault(old, new)
        else:
            raise ValueError(line)


def _read(lines: list[str], path: str) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """What can be read of some lines, and what is said of the others."""
    reader, bad = _Reader(), [] if lines and _HEAD.match(lines[0]) else [1]
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        try:
            reader.take(line)
        except ValueError:
            bad.append(number)
    if not bad:
        return reader.lock(), ()
    many = f"{len(bad)} lines of this can't be read, line {bad[0]} the first"
    what = many if len(bad) > 1 else "this line can't be read"
    return reader.lock(), (_damaged(Place(path, bad[0]), what),)


def _damaged(place: Place, what: str) -> Diagnostic:
    hint = "build: it is written anew, and only what stood there is forgotten. Or take it from your last commit"
    return diagnose("G212", place, what, hint)


def _reference(fields: list[str]) -> LockedReference:
    owner, index, typed, of, *addresses = map(plain, fields)
    if len(addresses) not in (1, 2) or not (index.isascii() and index.isdigit() and len(index) < 9):
        raise ValueError(owner)
    return LockedReference(owner, int(index), typed, of, tuple(addresses))


def _note(kind: str, fields: list[str]) -> tuple[tuple[str, str], LockedNote]:
    """The text and layer of a note, and what is known of its id."""
    text, layer, name, *digests = map(plain, fields)
    if not (text and layer and name) or len(digests) != (2 if kind == MADE else 0):
        raise ValueError(name)
    typed, body = digests or ("", "-")
    if kind == MADE and not (DIGEST.fullmatch(typed) and (body == "-" or DIGEST.fullmatch(body)) and may_be_made(name)):
        raise ValueError(name)  # the note gets this id, and a page has it in many places
    return (text, layer), LockedNote(name, typed, "" if body == "-" else body)


def _note_row(file: LockedNotes, one: LockedNote) -> tuple[str, ...]:
    if not one.typed:
        return GIVEN, file.text, file.layer, one.id
    return MADE, file.text, file.layer, one.id, one.typed, one.body or "-"


def _block_rows(text: LockedText) -> Iterator[tuple[str, ...]]:
    bare = iter((*text.bare, (len(text.blocks) + 1, "")))
    before, address = next(bare)
    for index in range(len(text.blocks) + 1):
        while before == index:
            yield "block", address
            before, address = next(bare)
        if index < len(text.blocks):
            yield "block", text.blocks[index].id, text.blocks[index].words
