"""A form as an author lists it -> the spellings that count for it: as it is, with a capital, in the plain plural.

Possessives need no spelling of their own: an apostrophe ends a word. English is meant; the plurals of other languages
are listed in `also`.
"""

from __future__ import annotations

from functools import lru_cache

from builder.model.value import value_class
from builder.relate.normal import plain
from builder.relate.words import TOKEN

_HISSING = ("s", "x", "z", "ch", "sh", "o")
"""What takes -es. (Everywhere it would make “notes” of “not”.)"""


LONGEST = 30
"""Words of a form that is sought: each word of a text may be the first of so many."""


@value_class(frozen=True, slots=True)
class Spelling:
    """One way to write a form, in normal form. `rank` 0 is as listed; a capital adds 1, a plural 2."""

    text: str
    words: tuple[str, ...]
    offset: int
    """Where the first of them begins: signs may stand before it."""
    rank: int


@lru_cache(maxsize=1 << 16)
def spellings(form: str) -> tuple[Spelling, ...]:
    """The spellings of a form, as listed first. None for one without letter or digit, or of too many words."""
    listed = plain(form)
    found = []
    for rank, text in ((0, listed), *((2, plural) for plural in plurals(listed))):
        first = TOKEN.search(text)
        parts = tuple(TOKEN.findall(text))
        if first is None or len(parts) > LONGEST:
            return ()
        found.append(Spelling(text, parts, first.start(), rank))
        if first.start() == 0 and (capital := _capital(text)) != text:
            found.append(Spelling(capital, tuple(TOKEN.findall(capital)), 0, rank + 1))
    return tuple(sorted(found, key=lambda spelling: spelling.rank))


def plurals(form: str) -> tuple[str, ...]:
    """The plain plurals of a form's last word: -s, -es after a hissing sound or o, -ies for -y after a consonant."""
    last = form[-1:]
    if not last.isalnum():
        return ()
    if form.lower().endswith(_HISSING):
        return (f"{form}es",) if last.lower() == "s" else (f"{form}s", f"{form}es")
    if last == "y" and form[-2:-1].isalpha() and form[-2:-1].lower() not in "aeiou":
        return f"{form}s", f"{form[:-1]}ies"
    return (f"{form}s",)


def _capital(text: str) -> str:
    """With a capital where a small letter begins (ß and the like, whose capital is two letters, stay)."""
    first = text[0].upper()
    return first + text[1:] if len(first) == 1 else text
