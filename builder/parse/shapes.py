"""What a setting's value may be: text, a date, one of some words … Each shape reads a raw value or tells why not."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, TypeVar

from builder.parse.harmless import is_harmless
from builder.parse.nearest import nearest
from builder.parse.schema import Shape, Slip, Slips, quoted, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Value = TypeVar("Value")

_DATE = re.compile(r"-?\d{4}(?:-(\d\d)(?:-(\d\d))?)?")
_DATES = 'a year, a month or a day: "2021", "2021-08" or "2021-08-04"'
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_WEB = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

LONGEST = 10_000
"""Characters of a setting: a summary of three pages."""

LONGEST_NAME = 200
"""Bytes of a name of which files are made, in UTF-8: systems take 255, and `.offline.html` and the like come to it."""

ITEMS = 20
"""Items of a list that are told one by one where they are wrong."""

_LISTED = 'for instance: ["one", "two"]'

NAME_RULE = "lower-case letters a to z, digits and hyphens"


def is_name(word: str) -> bool:
    """Whether a word may name a text, an edition, a layer: it becomes a file and an address."""
    return _NAME.fullmatch(word) is not None


def too_long(name: str) -> str:
    """What is said of a name that is too long for the files that are made of it; "" where it isn't."""
    size = len(name.encode("utf-8", "surrogatepass"))
    return f"is too long for a file's name: {size} bytes in UTF-8, and at most {LONGEST_NAME}" * (size > LONGEST_NAME)


def is_date(word: str) -> bool:
    """Whether a word is a year, a month or a day: 2021, 2021-08, 2021-08-04."""
    match = _DATE.fullmatch(word)
    if not match:
        return False
    month, day = int(match[1] or 1), int(match[2] or 1)
    try:
        datetime.date(2000 if word.startswith("-") else max(1, int(word[:4])), month, day)
    except ValueError:
        return False
    return True


def _text(raw: object) -> object:
    if not isinstance(raw, str):
        return Slip("G103", f"must be text, not {spoken(raw)}", "put it in quotation marks")
    if len(raw) > LONGEST:
        return Slip("G104", f"has {len(raw):,} characters; the most that are read are {LONGEST:,}", "make it shorter")
    return " ".join(raw.split())


def _origin(raw: object) -> object:
    """Where something was taken from: words, or an address that a reader may follow."""
    words = _text(raw)
    if isinstance(words, str) and " " not in words and not is_harmless(words):
        hint = "name the page that it was taken from: https://…"
        return Slip("G104", f"“{words[:60]}” is no address that a reader may follow", hint)
    return words


def _flag(raw: object) -> object:
    return (
        raw
        if isinstance(raw, bool)
        else Slip("G103", f"must be true or false, not {spoken(raw)}", "no quotation marks")
    )


def _words(raw: object) -> object:
    if not isinstance(raw, list):
        return Slip("G103", f"must be a list of words, not {spoken(raw)}", _LISTED)
    if odd := _no_words(raw):
        return Slips(odd)
    return tuple(dict.fromkeys(" ".join(one.split()) for one in raw if one.strip()))


def _no_words(raw: list[object]) -> tuple[Slip, ...]:
    """A slip for each item of a list that is no word; of many, the first with the number of the others."""
    odd = [(number, one) for number, one in enumerate(raw, 1) if not isinstance(one, str)]
    said = [f"must be a list of words: its item {n} is {spoken(one)}" for n, one in odd[:ITEMS]]
    if len(odd) > ITEMS:
        said.append(f"must be a list of words: {len(odd) - ITEMS:,} more of its items are none")
    return tuple(Slip("G103", words, _LISTED) for words in said)


def _date(raw: object) -> object:
    if isinstance(raw, datetime.datetime | datetime.time):
        day = f"write the day alone: {raw.date()}" if isinstance(raw, datetime.datetime) else _DATES
        return Slip("G103", "must be a date, without a time of day", day)
    if isinstance(raw, datetime.date):
        return raw.isoformat()
    if not isinstance(raw, str):
        return Slip("G103", f"must be text, not {spoken(raw)}", 'in quotation marks: "2021", "2021-08" or "2021-08-04"')
    if raw and not is_date(raw):
        return Slip("G104", f"can't be “{raw}”", _DATES)
    return raw


def _name(raw: object) -> object:
    value = _matching(_NAME, NAME_RULE)(raw)
    if isinstance(value, str) and (long := too_long(value)):
        return Slip("G104", f"“{value[:60]}…” {long}", "choose a shorter one")
    return value


def _matching(rule: re.Pattern[str], hint: str) -> Callable[[object], object]:
    def read(raw: object) -> object:
        value = _text(raw)
        if not isinstance(value, str) or not value or rule.fullmatch(value):
            return value
        return Slip("G104", f"can't be “{value}”", hint)

    return read


TEXT = Shape('"text"', _text)
FLAG = Shape("true or false", _flag)
WORDS = Shape('["words", …]', _words)
DATE = Shape('"year", "year-month" or "year-month-day"', _date)
LANGUAGE = Shape('"language tag"', _matching(_LANGUAGE, 'a BCP 47 tag, for instance "en", "de" or "grc"'))
ORIGIN = Shape('"text"', _origin)
WEB = Shape('"https://…"', _matching(_WEB, "a whole address: https://example.org/readings/"))
NAME = Shape('"name"', _name)
FILE = Shape('"NAME.md"', _matching(re.compile(r"[^/\\]+\.md"), "the name of a Markdown file beside edition.toml"))


def one_of(choices: Mapping[str, Value]) -> Shape:
    """A shape for one of some words, each standing for a value."""

    def read(raw: object) -> object:
        if not isinstance(raw, str):
            return Slip("G103", f"must be text, not {spoken(raw)}", f"one of: {quoted(choices)}")
        if raw not in choices:
            return Slip("G104", f"can't be “{raw}”", _hint(raw, choices))
        return choices[raw]

    return Shape(" or ".join(f'"{word}"' for word in choices), read)


def some_of(*choices: str) -> Shape:
    """A shape for a list of some words."""
    known = dict.fromkeys(choices)

    def read(raw: object) -> object:
        if not isinstance(raw, list):
            return _words(raw)
        words = _words([one for one in raw if isinstance(one, str)])
        assert isinstance(words, tuple)
        strange = [word for word in words if word not in known]
        slips = list(_no_words(raw))
        slips += [Slip("G104", f"can't hold “{word}”", _hint(word, known)) for word in strange[:ITEMS]]
        if len(strange) > ITEMS:
            slips.append(Slip("G104", f"can't hold {len(strange) - ITEMS:,} more of its words", _hint("", known)))
        return Slips(tuple(slips)) if slips else words

    return Shape(f"list of {', '.join(choices)}", read)


def _hint(word: str, choices: Mapping[str, object]) -> str:
    near = nearest(word, choices)
    return f"{f'did you mean “{near}”? ' if near else ''}allowed: {quoted(choices)}"
