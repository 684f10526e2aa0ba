"""Why a file is no TOML, as a parser says it -> what its author has to mend, where that was opened or written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic

TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[{]|[\]}]|\n"
    r"|(?:\\.|[^\s\"'\#\[\]{}\\])+"
    r"|[^\S\n]+"
    r"|.",
    re.DOTALL,
)


def place_at(path: str, text: str, position: int) -> Place:
    """The line and column of a character."""
    return Place(path, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))


_DEEP = 100
"""Brackets in one another that nobody meant."""


def deeply_nested(text: str) -> int:
    """Where the brackets begin that are nested too deeply; 0 where that isn't seen."""
    open_at: list[int] = []
    position = 0
    while len(open_at) < _DEEP and (token := TOKEN.match(text, position)):
        if token[0] in ("[", "{"):
            open_at.append(position)
        elif token[0] in ("]", "}") and open_at:
            open_at.pop()
        position = token.end()
    return open_at[0] if len(open_at) == _DEEP else 0


_LONG_NUMBER = re.compile(r"\b\d(?:_?\d){4299,}")
TOO_LONG = "a number as long as this can't be read"
_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_SINGLE = re.compile(r"\s*\[\[?\s*(text|layer|handout)\s*\]")
"""A header that should stand in double brackets, or one in them that another in single ones stands in the way of."""
_FLAG = re.compile(r"=\s*(?=\S)((?i:true|false))\b")
_YES = re.compile(r"=\s*((?i:yes|no|on|off))\s*(?:#|$)")
_HALF = re.compile(r"\s*\[{1,2}\s*([\w-]+)\s*+\]{0,2}\s*(?:#|$)")
_SETTING = re.compile(r"\s*([\w-]+)[ \t]*(:?)[ \t]*(.*)")
_DATE = re.compile(r"\s*(date)\s*=\s*(\d{1,4})(?:[-./](\d{1,2})(?:[-./](\d{1,4}))?)?\s*(?:#|$)")
_CURLY = "“”„«»‘’‚"
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot redefine", "Cannot mutate", "Duplicate inline table key")


def syntax(message: str, path: str, text: str) -> Diagnostic:
    """What is wrong, and the likely repair, where a parser gave up with this message."""
    if message.startswith("Exceeds the limit"):
        long = _LONG_NUMBER.search(text)
        return diagnose("G101", place_at(path, text, long.start() if long else 0), TOO_LONG, "write a shorter one")
    place = Place(path, text.count("\n") + (not text.endswith("\n")) or 1)
    at = _AT.search(message)
    if at and at[1]:
        place = Place(path, int(at[1]), int(at[2]))
    told = message[: at.start()] if at else message
    told = "a text is not closed before the end of its line" if told == "Illegal character '\\n'" else told
    line = (text.split("\n")[place.line - 1 : place.line] or [""])[0]
    if told.startswith(_TWICE):
        return _twice(told, line, text, place)
    last = place.line if at and at[1] else 0
    known = _commaless(told, text, place) or _unclosed(told, text, last, path) or _of_line(told, line, place)
    if known is not None:
        return diagnose("G101", known[0], f"this is no TOML: {known[1]}", known[2])
    return diagnose("G101", place, f"this is no TOML: {told[:1].lower()}{told[1:]}", _mended(line, place.column))


def _twice(told: str, line: str, text: str, place: Place) -> Diagnostic:
    """What is told of a line that sets something a second time."""
    single = _SINGLE.match(line)
    if not single:
        return diagnose("G128", place, f"something is set a second time ({told})", "keep one of the two")
    name = single[1]
    message = f"[{name}] stands a second time"
    faulty = re.search(rf"^[ \t]*(\[)[ \t]*{name}[ \t]*\](?!\])", text, re.MULTILINE)
    if faulty and "[[" in single[0]:
        place = place_at(place.path, text, faulty.start(1))
        message = f"[{name}] stands in single brackets here, and in double ones further on"
    return diagnose("G128", place, message, f"write each of them in double brackets: [[{name}]]")


def _of_line(told: str, line: str, place: Place) -> tuple[Place, str, str] | None:
    """What is wrong with a line as a whole: place, message, hint."""
    if "statement" in told or "declaration" in told:
        header = _HALF.match(line)
        if header is None:
            return None
        opening, closing = ("[[", "]]") if "[[" in line or "]]" in line else ("[", "]")
        return place, "a header is not closed as it was opened", f"write {opening}{header[1]}{closing}"
    if told.startswith("Expected '='") and (setting := _SETTING.match(line)):
        name, colon, value = setting[1], setting[2], setting[3].rstrip(" \t")
        said = value if value[:1] in ('"', "'", "[") or not value else f'"{value}"'
        message = "“=” stands between a setting and its value, not “:”" if colon else "a setting has no value"
        return place, message, f"write {name} = {said or '…'}"
    return None


def _mended(line: str, column: int) -> str:
    """The likely repair of a line that is no TOML from a column on."""
    flag = _FLAG.search(line)
    if flag and flag.start(1) < column <= flag.end() + 1:
        return f"true and false are written in small letters: {flag[1].lower()}"
    answer = _YES.search(line)
    if answer and answer.start(1) < column <= answer.end(1) + 1:
        meant = "true" if answer[1].lower() in ("yes", "on") else "false"
        return f"yes and no are true and false here: {meant}; words stand in quotation marks"
    if date := _DATE.match(line):
        return f'a date stands in quotation marks, as a year, a month or a day: {date[1]} = "{_spelled(date)}"'
    if line[column - 1 : column] in _CURLY and line[column - 1 : column]:
        return 'text stands in straight quotation marks: title = "…", not in curly ones'
    return 'text stands in quotation marks: title = "…"; inside it, a quotation mark is written \\"'


def _spelled(date: re.Match[str]) -> str:
    """A date as it may be written, where its year comes first; another's for instance."""
    year, *rest = (part for part in date.groups()[1:] if part)
    return "-".join((year, *(part.zfill(2) for part in rest))) if len(year) == 4 else "2021-08-04"


_ASSIGNED = re.compile(r"[ \t]*[=.]")
_NEXT = re.compile(r"\s*(?:[\w-]+\s*=|\[|$)")
"""How a line begins that is no more of a list."""


def _commaless(told: str, text: str, place: Place) -> tuple[Place, str, str] | None:
    """Two texts of a list between which no comma stands, where it belongs, if a parser gave up at the second."""
    if told != "Unclosed array":
        return None
    lines = text.split("\n")
    second = sum(map(len, lines[: place.line - 1])) + place.line - 1 + place.column - 1
    token = TOKEN.match(text, second)
    if token is None or token[0][0] not in "\"'" or len(token[0]) == 1 or _ASSIGNED.match(text, token.end()):
        return None
    first, position = token, 0
    while position < second and (one := TOKEN.match(text, position)):
        if one[0].strip() and one[0][0] != "#":
            first = one
        position = one.end()
    if first[0][-1] not in "\"'":
        return None
    before, after = (found[0] if len(found[0]) < 40 else f"{found[0][:40]}…" for found in (first, token))
    message = f"a comma is missing between {before} and {after}"
    return place_at(place.path, text, first.end()), message, f"write {before}, {after}"


def _unclosed(told: str, text: str, line: int, path: str) -> tuple[Place, str, str] | None:
    """What was opened and is never closed, where it was opened, if a parser saw that at a line, or (0) at the end."""
    if told == "Unterminated string" and (start := max(text.rfind('"""'), text.rfind("'''"))) >= 0:
        hint = f"write {text[start : start + 3]} where it ends"
        return place_at(path, text, start), "the text that begins here is never closed", hint
    lines = text.split("\n")
    if told not in ("Unclosed array", "Invalid value") or (line and not _NEXT.match(lines[line - 1])):
        return None
    end = sum(map(len, lines[: line - 1])) + line - 1 if line else len(text)
    open_at: list[int] = []
    position = 0
    while position < end and (token := TOKEN.match(text, position)):
        if token[0] == "[":
            open_at.append(position)
        elif token[0] == "]" and open_at:
            open_at.pop()
        position = token.end()
    if not open_at:
        return None
    return place_at(path, text, open_at[-1]), "the list that begins here is never closed", "write “]” where it ends"
