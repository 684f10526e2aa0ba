"""The line of a heading -> its words and the settings in the `{…}` at its end."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping


@value_class(frozen=True, slots=True)
class Value:
    """What a setting was given, escapes resolved, and the column at which it begins (inside its quotation marks)."""

    text: str
    column: int


@value_class(frozen=True, slots=True)
class Braces:
    """The settings of one heading."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


@value_class(frozen=True, slots=True)
class Fault:
    """Why settings can't be read, and at which column."""

    code: str
    message: str
    column: int
    hint: str = ""


NONE = Braces()

WORD = r"(?!-)[^\s!-,./:-@\[-^`{-~“”„«»…¶→↔]+"
"""Letters of any script, digits, hyphens, underscores."""

_SET = rf"""[ \t]*(?:
        \#(?P<id>{WORD})
      | \.(?P<class>{WORD})
      | (?P<key>[A-Za-z][A-Za-z0-9_-]*)=(?:
            "(?P<straight>(?:\\.|[^"\\])*)"
          | '(?P<single>(?:\\.|[^'\\])*)'
          | “(?P<curly>(?:\\.|[^”\\])*)”
        )
    )"""
_ITEM = re.compile(rf"{_SET}(?=[ \t}}])", re.VERBOSE)
_PARTED = re.compile(rf"{_SET}(?P<sign>[ \t]*[,;])?", re.VERBOSE)
"""A setting with the sign by which it is parted from the next: none should stand there."""
_END = re.compile(r"[ \t]*\}")
_ID = re.compile(rf"(?<=[{{ \t])\#({WORD})(?=[ \t,;}}]|$)")
_BARE = re.compile(
    rf"""[ \t]*([A-Za-z][A-Za-z0-9_-]*)=(?!["'“])((?:[^"}} \t]++|[ \t]++)*?)
    (?=[ \t]+(?:[\#.]{WORD}|[A-Za-z][A-Za-z0-9_-]*=)|[ \t]*[}}"])""",
    re.VERBOSE,
)
"""A value without quotation marks: it goes as far as the next setting."""
_SPACED = re.compile(r"""[ \t]*([A-Za-z][A-Za-z0-9_-]*)[ \t]*=[ \t]*("[^"]*"|'[^']*'|“[^”]*”|[^\s}]*)""")
_LONE = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9_-]*)(?=[ \t}])")
_OPENED = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9_-]*)=[\"'“]")
_MARKED = re.compile(rf"[ \t]*(?:[#.]{WORD}|[A-Za-z][A-Za-z0-9_-]*=)")
_BRACKETED = re.compile(rf"(?:^|[ \t])[(\[](\.{WORD}(?:[ \t]+[#.]{WORD})*+)[)\]]$")
_UNOPENED = re.compile(
    rf"""(?:^|[ \t])(
        (?:[#.]{WORD}|[A-Za-z][A-Za-z0-9_-]*="[^"]*")
        (?:[ \t]+(?:[#.]{WORD}|[A-Za-z][A-Za-z0-9_-]*="[^"]*"))*+[ \t]*+(?P<end>\}}$)?
    )""",
    re.VERBOSE,
)
_OPENING = re.compile(r"\{")
_ESCAPED = re.compile(r"\\([\"'”\\])")

_TRIED = 24
"""How many opening braces are tried from the right: an honest heading has one or two."""

_GRAMMAR = 'settings are #id, .class and key="value"; if the braces belong to the words, end the line with {}'


def split_heading(line: str, column: int) -> tuple[str, Braces, Fault | None]:
    """The words of a heading and its settings. `line` is without white space at its ends and begins at `column`.

    The last `{…}` of the line that parses and stands after a space is settings. Braces at the end that don't parse
    are a fault, and no part of the words.
    """
    if not line.endswith("}"):
        return _bracketed(line, column) or _astray(line, column)
    last = line.rfind("{")
    if last > 0 and line[last - 1] in " \t" and (classes := _classes(line[last:])) is not None:
        return line[:last].rstrip(), classes, None
    openings = [match.start() for match in _OPENING.finditer(line)]
    fault: Fault | None = None
    for start in reversed(openings[-_TRIED:]):
        read = _read(line, start, column)
        spaced = start == 0 or line[start - 1] in " \t"
        if isinstance(read, Braces):
            words = line[:start].rstrip()
            if spaced:
                return words, read, None
            if read != NONE:
                message = "the settings must stand after a space"
                return words, read, Fault("G114", message, column + start, f"write: {words} {line[start:]}")
        elif spaced and (fault is None or read.code == "G128"):
            fault = read
            if read.code == "G128":
                break
    if fault is None:
        return _unopened(line, column) if not openings else (line, NONE, None)
    start = next(start for start in reversed(openings) if start == 0 or line[start - 1] in " \t")
    return line[:start].rstrip(), _id_alone(line, start), fault


@lru_cache(maxsize=256)
def _classes(braces: str) -> Braces | None:
    """Settings that are classes alone, as most notes have: the same wherever they stand. None for any others."""
    read = _read(braces, 0, 1) if "#" not in braces and "=" not in braces else None
    return read if isinstance(read, Braces) else None


@value_class(frozen=True, slots=True)
class Item:
    """One setting of a heading as it is typed: `name="…"` from `start` to `end`; no name for an id or a class."""

    name: str
    start: int
    end: int


def items(line: str, opened: int) -> tuple[Item, ...]:
    """The settings in a line, whose brace opens at an offset, in their order."""
    found: list[Item] = []
    position = opened + 1
    while item := _ITEM.match(line, position):
        start = item.start("key") if item["key"] else item.start("id" if item["id"] else "class") - 1
        found.append(Item(item["key"] or "", start, item.end()))
        position = item.end()
    return tuple(found)


def written_value(value: str, quote: str) -> str:
    """A value in quotation marks of a sort (`"`, `'` or `“`), what would end it or be taken away escaped."""
    closing = "”" if quote == "“" else quote
    words = re.sub(rf"[\\{closing}]", lambda found: f"\\{found[0]}", value)
    return f"{quote}{words}{closing}"


def is_set(line: str) -> bool:
    """Whether a line ends with settings that can be read, and not with an empty pair of braces."""
    _, braces, fault = split_heading(line, 1)
    return fault is None and braces != NONE


def _astray(line: str, column: int) -> tuple[str, Braces, Fault | None]:
    """A line that doesn't end in a brace: it holds settings only by mistake."""
    start = line.rfind(" {")
    if start < 0 or not _MARKED.match(line, start + 2):
        return line, NONE, None
    closed = line.rfind("}")
    if closed < start:
        fault = Fault("G114", "the settings have no closing brace", column + start + 1, "end the line with }")
        return line[:start].rstrip(), _id_alone(line, start + 1), fault
    read = _read(line[: closed + 1], start + 1, column)
    if isinstance(read, Fault):
        return line, NONE, None
    after = line[closed + 1 :].strip()
    hint = f"move “{after}” to the left of them" if len(after) < 40 else ""
    fault = Fault("G114", "the settings must be the last thing on the line", column + start + 1, hint)
    return f"{line[:start].rstrip()} {after}", read, fault


def _bracketed(line: str, column: int) -> tuple[str, Braces, Fault | None] | None:
    """A line that ends in settings with other brackets around them; None for any other."""
    found = _BRACKETED.search(line)
    if found is None:
        return None
    fault = Fault("G114", "settings stand in braces", column + found.start(1) - 1, f"write {{{found[1]}}}")
    return line[: found.start()].rstrip(), NONE, fault


def _unopened(line: str, column: int) -> tuple[str, Braces, Fault | None]:
    """A line that ends in a closing brace and has no other: settings stand before it, or it is one of the words."""
    found = next((one for one in _UNOPENED.finditer(line) if one["end"]), None)
    if found is None:
        return line, NONE, None
    hint = f"write {{{found[1]}"
    fault = Fault("G114", "the settings have no opening brace", column + found.start(1), hint)
    return line[: found.start()].rstrip(), NONE, fault


def _read(line: str, start: int, column: int) -> Braces | Fault:
    """The settings between the brace at `start` and the end of the line, or the first thing wrong with them."""
    name = ""
    classes: list[str] = []
    values: dict[str, Value] = {}
    position = start + 1
    last = len(line) - 1
    while item := _ITEM.match(line, position):
        if item["id"] is not None:
            if name:
                return Fault("G128", f"two ids: “{name}” and “{item['id']}”", column + item.start("id") - 1, "keep one")
            name = unicodedata.normalize("NFC", item["id"])
        elif item["class"] is not None:
            classes.append(unicodedata.normalize("NFC", item["class"]))
        else:
            key = item["key"]
            if key in values:
                return Fault("G128", f"“{key}” is given twice", column + item.start("key"), "keep one of them")
            quote = next(quote for quote in ("straight", "single", "curly") if item[quote] is not None)
            values[key] = Value(_ESCAPED.sub(r"\1", item[quote]), column + item.start(quote))
        position = item.end()
    end = _END.match(line, position)
    if end and end.end() == last + 1:
        return Braces(name, tuple(dict.fromkeys(classes)), values)
    return _parted(line, start, column) or _why(line, position, column)


def _id_alone(line: str, start: int) -> Braces:
    """The id in settings that can't be read: what replies and refers to it is right, and nothing is told of that."""
    found = _ID.search(line, start)
    return Braces(unicodedata.normalize("NFC", found[1])) if found else NONE


def _parted(line: str, start: int, column: int) -> Fault | None:
    """What is told of settings with commas between them; None where there is none before what can't be read."""
    typed: list[str] = []
    signs: list[int] = []
    position = start + 1
    while item := _PARTED.match(line, position):
        typed.append(line[position : item.start("sign") if item["sign"] else item.end()].strip())
        if item["sign"]:
            signs.append(item.end() - 1)
        position = item.end()
    if not signs:
        return None
    end = _END.match(line, position)
    hint = f"write {{{' '.join(typed)}}}" if end and end.end() == len(line) else "a space alone parts them"
    sign = "comma" if line[signs[0]] == "," else "semicolon"
    return Fault("G114", f"no {sign} stands between settings", column + signs[0], hint)


def _why(line: str, position: int, column: int) -> Fault:
    opened = _OPENED.match(line, position)
    if opened:
        hint = "close it; inside it, a quotation mark of the same sort is written with \\ before it"
        return Fault("G114", f"the value of “{opened[1]}” is not closed", column + opened.start(1), hint)
    bare = _BARE.match(line, position)
    if bare:
        message = f"the value of “{bare[1]}” can't be read"
        hint = f'put it in quotation marks: {bare[1]}="{bare[2].strip() or "…"}"'
        return Fault("G114", message, column + bare.start(1), hint)
    apart = _SPACED.match(line, position)
    if apart:
        message = f"the value of “{apart[1]}” can't be read"
        return Fault("G114", message, column + apart.start(1), f"no spaces around =: {apart[1]}={_in_quotes(apart[2])}")
    rest = line[position:-1].strip()
    if len(rest) > 40:
        rest = f"{rest[:40]}…"
    offset = len(line[position:]) - len(line[position:].lstrip())
    message = f"“{rest}” is no setting" if rest else "these braces can't be read"
    lone = _LONE.match(line, position)
    hint = f"write .{lone[1]} for a kind; {_GRAMMAR}" if lone else _GRAMMAR
    return Fault("G114", message, column + position + offset, hint)


def _in_quotes(value: str) -> str:
    return value if value[:1] in ("“", "'", '"') and value else f'"{value or "…"}"'
