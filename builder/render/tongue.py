"""Languages -> the direction in which they are written, and words marked with theirs."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "syr"})
"""Languages written from right to left, by their first subtag."""

SCRIPTS_TO_LEFT = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg"})


@lru_cache(maxsize=64)
def direction(language: str) -> str:
    """`rtl` for a language written from right to left (a script named in its tag decides), else `ltr`."""
    first, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    to_left = script in SCRIPTS_TO_LEFT if script else first in RIGHT_TO_LEFT
    return "rtl" if to_left else "ltr"


def in_tongue(body: Markup, language: str, around: str, *, tag: str) -> Markup:
    """A body marked with its language where that is another than the one around it."""
    if not body or not language or language == around:
        return body
    return Markup('<{0} lang="{1}" dir="{2}">{3}</{0}>').format(Markup(tag), language, direction(language), body)


def apart(words: str, around: str, language: str) -> str:
    """Words in a language that keep their order among others, in the language `around`, which runs the other way."""
    return f"\u2068{words}\u2069" if words and direction(language) != direction(around) else words
