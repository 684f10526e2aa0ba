"""A prose and the lines it was read from -> what shows as plain words though something else was meant.

These are references and citations that lack one of their brackets, and pictures and links whose brackets or address
Markdown doesn't read.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from builder.model.prose import Break, Close, Element, Open, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.model.prose import Prose

    Fits = Callable[[str, int, int], bool]
    """Whether words of a line, by their begin and end, are those that are sought."""

_AFTER = re.compile(r"\[\[\w*")
_BEFORE = re.compile(r"(?<!\w)\w*+\]\]$")
_LONGEST = 200
"""Letters of a word that is shown with the brackets at its end."""
_PICTURE = re.compile(
    r"!\[[^\[\]\n]{0,200}?\]?\([^()\n]{0,300}?\.(?:png|jpe?g|gif|svg|webp|avif)\b[^()\n]{0,40}\)?", re.IGNORECASE
)
"""What is meant for a picture: among the words of a text it stands only where it wasn't read."""
_EMPTY = re.compile(r"\[\[[^\S\n]*\]\]")
"""A reference without a target."""
_CITED = re.compile(
    r"\[(?:[ ]*-?@\w[^\[\]\0]{0,300}"
    r"|[^\[\]@\0]{1,60}\s-?@\w[\w:.-]{0,80}(?:[,;]|\s+(?:pp?\.|\d)|(?=\]))[^\[\]\0]{0,300})\](?!\()"
    r"|\[@\w(?:[\w:.-]*\w)?|(?<![\w@\[.])@\w[\w:.-]*\](?!\()"
)
"""What is meant for a citation, with both brackets or with one: one that was read is no word any more."""
_LINKED = re.compile(
    r"(?<!!)\[[^\[\]\n]{1,200}\]\((?:(?:https?:|mailto:|www\.)[^()\n]{0,300}|[\w./#-]{1,300}$)", re.MULTILINE
)
"""What is meant for a link: an address that ends nowhere, or has a space in it."""
_BARRED = re.compile(r"^\|[^\s|][^|\n]*$", re.MULTILINE)
"""What is meant for a line of verse: one that was read has no bar any more, and neither has a table's row."""
_CODE = frozenset({Element.CODE, Element.CODE_BLOCK})
_APART = "\0"
"""Stands for what is no plain word: code, a picture, a reference that was read."""


_EFFORT = 50_000_000
"""Characters that are looked through in vain for what is typed otherwise than it shows: a second's work."""
_A_PLACE = 50
"""How many of them a line counts for, or a place that doesn't fit."""
_WITHIN = re.compile(r"(?<=[\[\w@.])")
_TO_BRACKET = re.compile(r"[^\[\]\n]*+\]")


class Unmatched(NamedTuple):
    """Brackets without a counterpart, or a picture or link, as it stands; its line (from 0) and column (from 1)."""

    brackets: str
    line: int
    column: int


def unmatched(prose: Prose, lines: Sequence[str]) -> Iterator[Unmatched]:
    """`[[` or `]]` of which one bracket or both have no counterpart in their block. Escaped ones are none."""
    if "[[" not in prose.content and "]]" not in prose.content:
        return
    typed = _Typed(lines)
    for words in _blocks(prose):
        for brackets, shown in _alone(words):
            if place := typed.next(shown):
                yield Unmatched(brackets, *place)


def empty_references(prose: Prose, lines: Sequence[str]) -> Iterator[Unmatched]:
    """`[[ ]]`, as typed."""
    return _unread(_EMPTY, prose, lines) if "[[" in prose.content else iter(())


def unread_citations(prose: Prose, lines: Sequence[str]) -> Iterator[Unmatched]:
    """`[@key p. 3]`, `[see @key]`; `[@key` or `@key]` of which one bracket is missing, as it stands in the text."""
    return _unread(_CITED, prose, lines, fits=_half_cited) if "@" in prose.content else iter(())


def _half_cited(words: str, at: int, end: int) -> bool:
    """What lacks a bracket is sought among what doesn't have both."""
    if words[at] == "@":
        return _WITHIN.match(words, at) is None
    return words[end - 1] == "]" or _TO_BRACKET.match(words, end) is None


def unread_links(prose: Prose, lines: Sequence[str]) -> Iterator[Unmatched]:
    """What was meant for a link and stands in the text as it was typed."""
    return _unread(_LINKED, prose, lines) if "](" in prose.content else iter(())


def unread_verse(prose: Prose, lines: Sequence[str]) -> Iterator[Unmatched]:
    """What was meant for a line of verse and stands in the text with its bar; the first of each block."""
    return _unread(_BARRED, prose, lines, most=1) if "|" in prose.content else iter(())


def unread_pictures(prose: Prose, lines: Sequence[str]) -> Iterator[Unmatched]:
    """What was meant for a picture and stands in the text as it was typed."""
    return _unread(_PICTURE, prose, lines) if "![" in prose.content else iter(())


def _unread(
    pattern: re.Pattern[str],
    prose: Prose,
    lines: Sequence[str],
    *,
    most: int | None = None,
    fits: Fits | None = None,
) -> Iterator[Unmatched]:
    """What looks so among the words of a prose, so many in a block. What has a backslash before it is meant to."""
    typed = _Typed(lines)
    for words in _blocks(prose):
        for found in islice(pattern.finditer(words), most):
            if place := typed.next(found[0].partition("\n")[0], fits):
                yield Unmatched(found[0], *place)


def _blocks(prose: Prose) -> Iterator[str]:
    """The words of each block, without code."""
    for frame in (prose.frame, *(footnote.frame for footnote in prose.footnotes)):
        words: list[str] = []
        code = 0
        for event in frame:
            if isinstance(event, Open | Close) and event.element in _CODE:
                code += 1 if isinstance(event, Open) else -1
                words.append(_APART)
            elif isinstance(event, Open | Close) and not event.element.inline:
                yield "".join(words)
                words = []
            elif isinstance(event, Run | Break):
                words.append(_APART if code else prose.words(event.span))
            elif not isinstance(event, Open | Close):
                words.append(_APART)
        yield "".join(words)


def _alone(words: str) -> Iterator[tuple[str, str]]:
    """Double brackets that aren't closed, or close nothing: each with the letters beside it, by which it is found."""
    still_open: list[int] = []
    found: dict[int, tuple[str, str]] = {}
    for offset, sign in enumerate(words):
        if sign == "[":
            still_open.append(offset)
        elif sign == "]" and still_open:
            still_open.pop()
        elif sign == "]" and words[offset - 1 : offset] == "]" and offset - 1 not in found:
            match = _BEFORE.search(words, max(0, offset - _LONGEST), offset + 1)
            found[offset] = ("]]", match[0] if match else "]]")
    for offset in still_open:
        match = _AFTER.match(words, offset)
        if match:
            found[offset] = ("[[", match[0])
    return (found[offset] for offset in sorted(found))


class _Typed:
    """The lines of a source, in which words are sought that follow one another."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._line = self._offset = 0
        self._left = _EFFORT
        self._missed: set[str] = set()

    def next(self, shown: str, fits: Fits | None = None) -> tuple[int, int] | None:
        """Line (from 0) and column (from 1) at which some words are typed; None where they are escaped."""
        if shown in self._missed or self._left < 0:
            return None
        for line in range(self._line, len(self._lines)):
            words = self._lines[line]
            at = words.find(shown, self._offset if line == self._line else 0)
            while at >= 0:
                escaped = words[at - 1 : at] == "\\"
                if escaped or fits is None or fits(words, at, at + len(shown)):
                    self._line, self._offset = line, at + 1
                    return None if escaped else (line, at + 1)
                self._left -= _A_PLACE
                at = words.find(shown, at + 1)
            self._left -= len(words) + _A_PLACE
        self._missed.add(shown)
        return None
