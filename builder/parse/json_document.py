"""The text of a JSON document from outside -> plain values that can be trusted to be plain, or why not.

Numbers are finite, strings hold no lone surrogates and no control characters, nothing lies deeper than `DEEPEST`.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NamedTuple

LONGEST = 50_000_000
"""Characters of a document: more was hardly made of notes on texts."""

DEEPEST = 40
"""Levels of lists and objects in one another. The model of the W3C needs twelve."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_TRAILING = re.compile(r",\s*+([\]}])")


class DocumentError(ValueError):
    """The document can't be read; says why, in words for its author, and where."""

    def __init__(self, why: str, line: int = 1, column: int = 1) -> None:
        super().__init__(why)
        self.line = line
        self.column = column


class NoJson(NamedTuple):
    """Why a text is no JSON, in words that go on a sentence, where it is mended, and how; "" where that isn't known."""

    why: str
    line: int
    column: int
    hint: str = ""


def no_json(fault: json.JSONDecodeError) -> NoJson:
    """What a parser's fault comes of. Of a comma behind which nothing follows some stop at the bracket behind it."""
    text, at = fault.doc, fault.pos
    if text[at : at + 1] in ("]", "}"):
        at = len(text[:at].rstrip()) - 1
    comma = _TRAILING.match(text, at) if at >= 0 else None
    if comma is None:
        return NoJson(f"{fault.msg[:1].lower()}{fault.msg[1:]}", fault.lineno, fault.colno)
    why = f"a comma stands before “{comma[1]}”, and nothing follows it"
    return NoJson(why, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), "take the comma out")


class TooDeepError(DocumentError):
    """Lists and objects lie too deep in one another."""


def read_document(text: str) -> Any:
    """The document as it stands; its parts are still to be `cleaned`. DocumentError says why it can't be read."""
    if len(text) > LONGEST:
        raise DocumentError(f"it holds {len(text):,} characters; {LONGEST:,} are read at most")
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_constant=_no_number)
    except json.JSONDecodeError as fault:
        found = no_json(fault)
        raise DocumentError(f"it is no JSON: {found.why}", found.line, found.column) from None
    except RecursionError:
        raise TooDeepError("lists and objects lie too deep in one another") from None
    except _NoNumberError as fault:
        raise DocumentError(f"it is no JSON: {fault}") from None
    except ValueError:  # Python reads no number of more than some thousand digits
        raise DocumentError("it holds a number of thousands of digits") from None


class _NoNumberError(ValueError):
    """A word where a number is wanted."""


def _no_number(word: str) -> Any:
    raise _NoNumberError(f"{word} is no number of JSON")


def cleaned(value: Any, depth: int = 0) -> Any:
    """A value with its strings fit for a text file and its numbers finite. TooDeepError where it is too deep."""
    if isinstance(value, str):
        return _UNFIT.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if not isinstance(value, (dict, list)):
        return value
    if depth >= DEEPEST:
        raise TooDeepError("lists and objects lie too deep in one another")
    if isinstance(value, list):
        return [cleaned(one, depth + 1) for one in value]
    return {cleaned(key): cleaned(one, depth + 1) for key, one in value.items()}


def listed(value: Any) -> list[Any]:
    """A value of JSON-LD as a list: nothing is none, one thing is a list of it."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def words(value: Any) -> str:
    """A value as words: the first string of a list, "" for what holds none. `{"@value": "x"}` is x."""
    for one in listed(value):
        if isinstance(one, str):
            return one
        if isinstance(one, dict) and isinstance(one.get("@value"), str):
            held: str = one["@value"]
            return held
    return ""


def member(held: dict[str, Any], name: str) -> Any:
    """A member by its name, in JSON-LD's own spelling too: `id` or `@id`."""
    return held.get(name, held.get(f"@{name}"))
