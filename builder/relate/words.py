"""Words in normal form -> where each word begins and ends.

A word is a run of letters, digits and the marks that belong to them. Scripts that put no spaces between words
(Han, kana, Thai, Lao, Burmese, Khmer) have no such runs: there each character stands for itself.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
_UNSPACED += "\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"

TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
"""One word, or one character of a script without spaces. (Marks that no letter composes with fall between tokens:
what is found by tokens is held to `cut` as well.)"""

_ALONE = re.compile(rf"[{_UNSPACED}]")

SIGN = 4
"""So many letters a sign says that is a word by itself."""

_SPACED = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}


def tokens(text: str) -> list[str]:
    """What `TOKEN` finds in a text, in order. Plain letters, as most are, take a fifth of the time."""
    return text.translate(_SPACED).split() if text.isascii() else TOKEN.findall(text)


def placed(text: str, wanted: Container[str]) -> tuple[list[str], list[tuple[int, int]]]:
    """The tokens of a text; and of each that is wanted its number among them and its offset."""
    if not text.isascii():
        matches = list(TOKEN.finditer(text))
        begun = [(number, found.start()) for number, found in enumerate(matches) if found[0] in wanted]
        return [found[0] for found in matches], begun
    spaced = f" {text.translate(_SPACED)} "
    found = spaced.split()
    begun, reached = [], 0
    for number in [number for number, word in enumerate(found) if word in wanted]:
        # Between this one and the last that was wanted the word stands nowhere else.
        word = found[number]
        reached = spaced.index(f" {word} ", reached)
        begun.append((number, reached))
        reached += len(word) + 1
    return found, begun


def wordish(letter: str) -> bool:
    """Whether a character is part of a word: a letter, a digit, or a mark on one."""
    if letter <= "\x7f":
        return letter.isalnum() or letter == "_"
    if _ALONE.match(letter):
        return False
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def letters(text: str) -> int:
    """How many letters a text has, or what says as much: a sign of a script without spaces counts for `SIGN`."""
    return len(text) + (0 if text.isascii() else (SIGN - 1) * len(_ALONE.findall(text)))


def cut(text: str, offset: int) -> bool:
    """Whether `offset` lies inside a word."""
    return 0 < offset < len(text) and wordish(text[offset - 1]) and wordish(text[offset])


def whole(text: str, start: int, end: int) -> bool:
    """Whether [start, end) begins and ends where words do."""
    return not cut(text, start) and not cut(text, end)


def before(text: str, offset: int) -> tuple[int, int] | None:
    """The last word that begins before `offset` (up to it at most), punctuation skipped. None where there is none."""
    end = offset
    while end > 0 and not _lettered(text[end - 1]):
        end -= 1
    if end == 0:
        return None
    start = end - 1
    if not _ALONE.match(text[start]):
        while start > 0 and wordish(text[start - 1]):
            start -= 1
    return start, end


def after(text: str, offset: int) -> tuple[int, int] | None:
    """The first word that ends after `offset` (from it at least), punctuation skipped. None where there is none."""
    start = offset
    while start < len(text) and not _lettered(text[start]):
        start += 1
    if start == len(text):
        return None
    end = start + 1
    if not _ALONE.match(text[start]):
        while end < len(text) and wordish(text[end]):
            end += 1
    return start, end


def split(text: str) -> list[str]:
    """The words of a text, punctuation left out."""
    found = []
    offset = 0
    while (word := after(text, offset)) is not None:
        found.append(text[word[0] : word[1]])
        offset = word[1]
    return found


def _lettered(letter: str) -> bool:
    return letter.isalnum() or wordish(letter) or bool(_ALONE.match(letter))
