"""Words as typed -> the one normal form in which words are compared, with its map back.

Curly and straight quotation marks, styles of dash and ellipsis, runs of white space, Unicode's composed and
decomposed spellings, soft hyphens and zero-width characters make no difference in it; letters, accents and case do.
*Folded* is normal less case and accents.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.model.prose import Span
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Edit = tuple[int, int, str]
"""(start, end, the words that stand there instead)."""

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
"""Soft hyphen, zero-width characters, and the marks that only steer the direction of writing."""

_UNSEEN = frozenset(
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066"
    "\u2067\u2068\u2069\ufeff"
)
"""The same, one by one: to look for each is faster than to look for any."""
_OF_ASCII = bytes(range(128))

_DOUBLE = "“”„‟«»″"
_SINGLE = "‘’‚‛‹›′ʼ"
_DASHES = "‐‑‒–—―−⸺⸻"
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACES += "\u2028\u2029\u202f\u205f\u3000"
_ONE_FOR_ONE = tuple(
    (old, new) for family, new in ((_DOUBLE, '"'), (_SINGLE, "'"), (_DASHES, "-"), (_SPACES, " ")) for old in family
)
_ASCII = tuple(pair for pair in _ONE_FOR_ONE if pair[0].isascii())

_SMALL = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}

_WIDE = re.compile("  +")
_SHORTENED = re.compile(r"  +|--+|\.\.\.|\. +\. +\.(?!\.)")
"""What becomes one character: a run of white space, of dashes, three dots (close or spaced). Without groups: only so
does Python's engine pass over what can't begin one."""

_DECOMPOSED = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
"""Where a spelling can differ from its composed form: nothing composes with an ASCII character before which it
does not itself stand, so that each such stretch may be looked at alone."""

_ACCENT = 10
"""Combining classes from this one on are accents and vowel points; lower ones (virama, voicing) make the letter."""


@value_class(frozen=True, slots=True)
class Normal:
    """Words in normal form, and where each of them stood: stretches that begin at `starts` came from `sources`.

    A stretch of width 0 is as in the source, character for character; any other stands for `width` characters there.
    """

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]
    widths: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The source's characters for a stretch of the normal form."""
        index = bisect_right(self.starts, start) - 1
        first = self.sources[index] + (0 if self.widths[index] else start - self.starts[index])
        if end <= start:
            return Span(first, first)
        index = bisect_right(self.starts, end - 1) - 1
        width = self.widths[index] or end - self.starts[index]
        return Span(first, self.sources[index] + width)

    def within(self, span: Span) -> Span:
        """The stretch of the normal form whose characters all come from `span` of the source."""
        start = self._first(span.start)
        return Span(start, max(start, self._last(span.end)))

    def _first(self, source: int) -> int:
        """The first character of the normal form that comes from `source` or after."""
        index = bisect_right(self.sources, source) - 1
        if self.widths[index]:
            return self.starts[index] if source == self.sources[index] else self._following(index)
        return min(self.starts[index] + source - self.sources[index], self._following(index))

    def _last(self, source: int) -> int:
        """Where the characters end that come from before `source`."""
        if source <= 0:
            return 0
        index = bisect_right(self.sources, source - 1) - 1
        if self.widths[index]:
            whole = source >= self.sources[index] + self.widths[index]
            return self._following(index) if whole else self.starts[index]
        return min(self.starts[index] + source - self.sources[index], self._following(index))

    def _following(self, index: int) -> int:
        return self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)


@lru_cache(maxsize=64)
def normalize(words: str) -> Normal:
    """The normal form of `words`. Normalizing it again changes nothing.

    The last few are kept: a text is asked for by its notes, its terms and its references in turn.
    """
    return normalized(words)


def normalized(words: str) -> Normal:
    """The same, not kept: for stretches that are asked for once."""
    normal = Normal(words, (0,), (0,), (0,))
    # What is invisible is not printable: most words are known at once to hold nothing of the kind.
    if not words.replace("\n", "").isprintable() and _INVISIBLE.search(words):
        normal = _rewritten(normal, ((match.start(), match.end(), "") for match in _INVISIBLE.finditer(words)))
    if not unicodedata.is_normalized("NFC", normal.text):
        normal = _rewritten(normal, _composed(normal.text))
    text = normal.text
    for old, new in _ASCII if text.isascii() else _ONE_FOR_ONE:
        if old in text:
            text = text.replace(old, new)
    normal = Normal(text, normal.starts, normal.sources, normal.widths)
    if "--" in text or ".." in text or ". ." in text:
        return _rewritten(normal, ((m.start(), m.end(), _short(m[0])) for m in _SHORTENED.finditer(text)))
    if "  " in text:  # as between any two paragraphs
        return _rewritten(normal, ((m.start(), m.end(), " ") for m in _WIDE.finditer(text)))
    return normal


def fold(words: str) -> Normal:
    """Normal form without case and accents: what a search compares. Folding it again changes nothing."""
    normal = normalize(words)
    foreign = {letter: _folded(letter) for letter in set(normal.text) if letter > "\x7f"}
    longer = "".join(letter for letter, plain in foreign.items() if len(plain) != 1)
    if longer:
        edits = ((m.start(), m.end(), foreign[m.group()]) for m in re.finditer(f"[{longer}]", normal.text))
        normal = _rewritten(normal, edits)
    table = _SMALL | str.maketrans({letter: plain for letter, plain in foreign.items() if len(plain) == 1})
    return Normal(normal.text.translate(table), normal.starts, normal.sources, normal.widths)


@lru_cache(maxsize=1 << 10)
def plain(words: str) -> str:
    """The normal form alone, without white space at its ends: what is compared."""
    return normalized(words).text.strip()


def visible(words: str) -> str:
    """Words composed, without what nobody sees, and no letter in them that is meant for an apostrophe.

    Their tokens are those of the normal form, at a fraction of its cost.
    """
    if words.isascii():
        return words
    return without_unseen(unicodedata.normalize("NFC", words).replace("ʼ", "'"))


def without_unseen(words: str) -> str:
    """Words without what nobody sees, as they are spelt."""
    for one in _UNSEEN & beyond_ascii(words):
        words = words.replace(one, "")
    return words


def beyond_ascii(words: str) -> frozenset[str]:
    """The characters in some words that aren't of ASCII: for a long text in a tenth of the time that `set` takes."""
    beyond = words.encode("utf-8", "surrogatepass").translate(None, _OF_ASCII)
    return frozenset(beyond.decode("utf-8", "surrogatepass"))


def _short(found: str) -> str:
    return " " if found[0] == " " else "-" if found[0] == "-" else "…"


def _rewritten(normal: Normal, edits: Iterable[Edit]) -> Normal:
    """A normal form with `edits` made to its text (in order, apart), its map kept true."""
    pieces: list[str] = []
    stretches: list[tuple[int, int, int]] = []
    done = 0
    length = 0
    old = 0
    for start, end, words in edits:
        old = _keep(normal, done, start, at=length, since=old, into=stretches)
        length += start - done
        source = normal.span(start, end)
        if words:
            stretches.append((length, source.start, len(source)))
        pieces += (normal.text[done:start], words)
        length += len(words)
        done = end
    if not pieces:
        return normal
    _keep(normal, done, len(normal.text), at=length, since=old, into=stretches)
    pieces.append(normal.text[done:])
    if not stretches or stretches[0][1] > 0:
        stretches.insert(0, (0, 0, 0))
    starts, sources, widths = zip(*stretches, strict=True)
    return Normal("".join(pieces), starts, sources, widths)


def _keep(normal: Normal, start: int, end: int, *, at: int, since: int, into: list[tuple[int, int, int]]) -> int:
    """Take over the stretches of `normal` that meet [start, end), now beginning at `at`; the first not passed yet.

    `since` is a stretch that begins at or before `start`: what an earlier call returned.
    """
    starts = normal.starts
    while since + 1 < len(starts) and starts[since + 1] <= start:
        since += 1
    if start >= end:
        return since
    offset = 0 if normal.widths[since] else start - starts[since]
    into.append((at, normal.sources[since] + offset, normal.widths[since]))
    while since + 1 < len(starts) and starts[since + 1] < end:
        since += 1
        into.append((at + starts[since] - start, normal.sources[since], normal.widths[since]))
    return since


def _composed(words: str) -> Iterator[Edit]:
    """Where `words` are not in Unicode's composed form, and what stands there in it."""
    for stretch in _DECOMPOSED.finditer(words):
        if unicodedata.is_normalized("NFC", stretch.group()):
            continue
        bounds = [index for index in range(*stretch.span()) if _begins(words[index])]
        for start, end in _neighbours(stretch.start(), bounds, stretch.end()):
            composed = unicodedata.normalize("NFC", words[start:end])
            if composed != words[start:end]:
                yield start, end, composed


def _neighbours(start: int, bounds: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    """The pieces into which `bounds` cut [start, end)."""
    for bound in bounds:
        if bound > start:
            yield start, bound
            start = bound
    yield start, end


def _begins(letter: str) -> bool:
    """Whether a character never composes with the one before it (marks do, and the later parts of Hangul)."""
    return (
        not unicodedata.combining(letter)
        and not unicodedata.category(letter).startswith("M")
        and not "\u1160" <= letter <= "\u11ff"
    )


def _folded(letter: str) -> str:
    """One character without case and accents: none, one or several characters."""
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFD", letter).casefold())
    kept = "".join(part for part in bare if unicodedata.combining(part) < _ACCENT)
    # One letter, ŉ, brings its apostrophe along.
    return unicodedata.normalize("NFC", kept).replace("ʼ", "'")
