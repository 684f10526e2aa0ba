"""A plain text file's words -> texts in Markdown: one paragraph a line, or paragraphs with blank lines between."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.model.incoming import Incoming, Refused, Remark
from builder.model.value import value_class
from builder.parse.incoming.escaping import heading, paragraph, verse_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NARROWEST, WIDEST = 50, 100
"""Characters of the longest line of a text that was wrapped by hand or by a mail program: most have 65 to 80."""

FILLED = 0.8
"""A line of a wrapped text with the next line's first word is at least so long, as a part of the longest line."""

TITLE = 100
"""Characters that a title has at most."""

_NO_TITLE = re.compile(r"[.,;:…]\W*\Z")
_WORD = re.compile(r"\S+")


@value_class(frozen=True, slots=True)
class Piece:
    """Lines that belong together. `verse`: each is a line of a poem; else they are one paragraph."""

    lines: tuple[str, ...]
    line: int
    verse: bool = False

    @property
    def words(self) -> str:
        """The piece as it is read."""
        return "\n".join(self.lines) if self.verse else " ".join(line.strip() for line in self.lines)


def read_plain(text: str, parting: Sequence[str] = ()) -> tuple[Incoming, ...] | Refused:
    """The texts of a file: one, and one more for each of the words in `parting`, before which it is parted.

    `text` has LF at the ends of its lines. Refused where such words don't stand at the beginning of one paragraph.
    """
    pieces, remarks = _pieces(text)
    if not pieces:
        return Refused("there are no words in this file")
    bounds = [0]
    for words in parting:
        places = [index for index, piece in enumerate(pieces) if _flat(piece.words).startswith(_flat(words))]
        if len(places) != 1 or not words.strip():
            return _unparted(words, [pieces[place].line for place in places], _flat(text).count(_flat(words)))
        if places[0] == 0:
            return Refused(f"“{words}” is the file's beginning: there is nothing before it", line=pieces[0].line)
        bounds.append(places[0])
    if len(set(bounds)) < len(bounds):
        return Refused("two of the places at which to part the file are the same one", "give each of them once")
    openings = dict(zip(bounds[1:], parting, strict=True))
    ends = [*sorted(bounds)[1:], len(pieces)]
    return tuple(
        _text(pieces[start:end], openings.get(start, ""), remarks if start == 0 else [])
        for start, end in zip(sorted(bounds), ends, strict=True)
    )


def _unparted(words: str, lines: Sequence[int], anywhere: int) -> Refused:
    if not words.strip():
        return Refused("the words before which to part the file are empty")
    if len(lines) > 1:
        listed = ", ".join(map(str, lines[:8]))
        return Refused(f"“{words}” begins {len(lines)} paragraphs (lines {listed})", "give more of its words")
    if anywhere:
        return Refused(f"“{words}” begins no paragraph", "give the first words of the paragraph that begins a text")
    return Refused(f"“{words}” doesn't stand in this file", "give the words as they stand in it")


def _flat(words: str) -> str:
    return " ".join(words.split())


def _text(pieces: Sequence[Piece], opening: str, remarks: Sequence[Remark]) -> Incoming:
    blocks = [_markdown(piece) for piece in pieces]
    told = [*remarks]
    if _is_title(pieces):
        blocks[0] = heading(pieces[0].words)
        told.append(Remark(f"the first line is taken for the title: “{pieces[0].words}”", pieces[0].line))
    words = "".join("".join(piece.words for piece in pieces).split())
    gaps = ["\n|\n" if one.verse and other.verse else "\n\n" for one, other in pairwise(pieces)]
    markdown = "".join(part for block in zip(blocks, [*gaps, "\n"], strict=True) for part in block)
    return Incoming(markdown, words, opening=opening, remarks=tuple(told))


def _markdown(piece: Piece) -> str:
    if not piece.verse:
        return paragraph(piece.words)
    lines = [line[: -len(line.lstrip())].expandtabs(4) + line.lstrip() for line in piece.lines]
    indent = min(len(line) - len(line.lstrip()) for line in lines)
    return "\n".join(verse_line(line[indent:]) for line in lines)


def _is_title(pieces: Sequence[Piece]) -> bool:
    """Whether a text begins with a title: one short line that ends like no sentence, and longer ones after it."""
    if len(pieces) < 2 or pieces[0].verse or len(pieces[0].lines) > 1:
        return False
    words = pieces[0].words
    rest = sorted(len(piece.words) for piece in pieces[1:])
    return len(words) <= TITLE and not _NO_TITLE.search(words) and len(words) < rest[len(rest) // 2]


def _pieces(text: str) -> tuple[list[Piece], list[Remark]]:
    groups = list(_groups(text))
    longest = max((len(line) for _, lines in groups for line in lines), default=0)
    parted = len(groups) > 1
    pieces: list[Piece] = []
    joined = hyphens = 0
    for first, lines in groups:
        if len(lines) > 1 and _is_wrapped(lines, longest):
            pieces.append(Piece(tuple(lines), first))
            joined += 1
            hyphens += sum(line.endswith("-") for line in lines[:-1])
        elif len(lines) > 1 and parted and longest <= WIDEST:
            pieces.append(Piece(tuple(line.rstrip() for line in lines), first, verse=True))
        else:
            pieces.extend(Piece((line,), first + index) for index, line in enumerate(lines))
    return pieces, list(_guessed(pieces, joined, hyphens))


def _guessed(pieces: Sequence[Piece], joined: int, hyphens: int) -> Iterator[Remark]:
    if joined:
        yield Remark(f"wrapped lines are joined in {joined} paragraph{'' if joined == 1 else 's'}")
    if hyphens:
        yield Remark(f"{hyphens} of these lines end with a hyphen, which stays, with a space after it: look for “- ”")
    stanzas = sum(piece.verse for piece in pieces)
    if stanzas:
        yield Remark(f"{stanzas} group{'' if stanzas == 1 else 's'} of short lines are set as verse, line by line")


def _groups(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines without a blank one between them, and the number of the first."""
    group: list[str] = []
    number = 0
    for number, line in enumerate(text.replace("\f", "\n").split("\n"), 1):
        if line.strip():
            group.append(line)
        elif group:
            yield number - len(group), group
            group = []
    if group:
        yield number + 1 - len(group), group


def _is_wrapped(lines: Sequence[str], longest: int) -> bool:
    """Whether lines are one paragraph that was cut to a width: each is as full as the next one's first word allows."""
    if not NARROWEST <= longest <= WIDEST:
        return False
    if len(lines) > 2 and all(line.lstrip()[0].isupper() for line in lines):
        return False
    return all(
        len(line.rstrip()) + 1 + len(first[0]) >= FILLED * longest
        for line, after in pairwise(lines)
        if (first := _WORD.search(after)) is not None
    )
