"""A TOML file -> its values, and the line and column of every key and table."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.value import value_class
from builder.parse.toml_slips import TOKEN, TOO_LONG, deeply_nested, place_at, syntax

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Source

Steps = tuple[str | int, ...]
"""The way to a value: `("text", 1, "title")`."""

MOST = 20_000
"""Settings and headers of one file: an edition of a thousand texts needs some six thousand."""

PARTS = 50
"""Words of a name in a row, `a.b.c`: reading them takes time that grows with their square. None has over three."""


@value_class(frozen=True, slots=True)
class Document:
    """What a TOML file says, and where."""

    path: str
    values: Mapping[str, object]
    places: Mapping[Steps, Place]
    lines: tuple[str, ...]

    def place(self, *steps: str | int) -> Place:
        """Where a key or a header stands; where that isn't known (inside an inline table), what holds it."""
        while steps and steps not in self.places:
            steps = steps[:-1]
        return self.places.get(steps, Place(self.path))

    def value_place(self, *steps: str | int) -> Place:
        """Where the value of a key begins: what is wrong with it is mended there."""
        place = self.place(*steps)
        line = self.lines[place.line - 1]
        _, end = _key(line, place.column - 1)
        sign = _EQUALS.match(line, end)
        return Place(place.path, place.line, sign.end() + 1) if sign else place

    def table(self, *steps: str | int) -> Mapping[str, object]:
        """The table at `steps`; an empty one where there is none."""
        value: object = self.values
        for step in steps:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return {}
        return value if isinstance(value, dict) else {}


def read_toml(source: Source) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The file's values. None, and what is wrong, where it is no TOML; that was told already of a broken file."""
    text = source.text.removeprefix("\ufeff")
    if source.broken and not text:
        return None, ()
    if long := _LONG_NAME.search(text):
        place = place_at(source.path, text, long.start())
        return None, (diagnose("G120", place, f"a name of more than {PARTS} words in a row", "take it out"),)
    try:
        values = tomllib.loads(text)
    except ValueError as fault:
        slip = syntax(str(fault), source.path, text)
        return None, () if slip.place.line in source.garbled else (slip,)
    except RecursionError:
        place = place_at(source.path, text, deeply_nested(text))
        return None, (diagnose("G120", place, "brackets are nested too deeply to be read"),)
    places = key_places(text, source.path)
    if len(places) > MOST:
        place = list(places.values())[MOST]
        message = f"this file holds {len(places):,} settings and headers; the most that are read are {MOST:,}"
        of_site = source.path.rpartition("/")[2] != "edition.toml"
        hint = "take out what the site doesn't need" if of_site else "part it into several editions"
        return None, (diagnose("G108", place, message, hint),)
    document = Document(source.path, values, places, tuple(text.split("\n")))
    return document, tuple(_controls(values, (), document)) if "\\" in text else ()


def toml_values(text: str) -> dict[str, object]:
    """What a TOML document says, without its places. ValueError for what is none, or would take too long to read."""
    if _LONG_NAME.search(text):
        raise ValueError(f"a name of more than {PARTS} words in a row")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("brackets are nested too deeply to be read") from None
    except ValueError as fault:
        if str(fault).startswith("Exceeds the limit"):
            raise ValueError(TOO_LONG) from None
        raise


def _controls(value: object, steps: Steps, document: Document) -> Iterator[Diagnostic]:
    """A slip for each text that holds what neither a page nor a book can hold: written as an escape, it came so far."""
    if isinstance(value, str):
        if found := _CONTROL.search(value):
            message = f"this holds the control character U+{ord(found[0]):04X}"
            yield diagnose("G107", document.place(*steps), message, "take it out")
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _controls(name, (*steps, name), document)
            yield from _controls(one, (*steps, name), document)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _controls(one, (*steps, index), document)


_LONG_NAME = re.compile(
    r"""(?<![\w"'.\\-])(?:(?:[A-Za-z0-9_-]++|"(?:\\.|[^"\\\n])*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+)""" + f"{{{PARTS}}}"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_BLANK = re.compile(r"(?:\s|\#[^\n]*)*")
_PART = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')[ \t]*""")


def key_places(text: str, path: str) -> dict[Steps, Place]:
    """Where each table and key of a TOML document begins. `text` has been read by tomllib: it is well formed."""
    places: dict[Steps, Place] = {}
    counts: dict[Steps, int] = {}
    table: Steps = ()
    position, line, start = 0, 1, 0
    while True:
        blank = _BLANK.match(text, position)
        end = blank.end() if blank else position
        line, start = _advance(text, position, end, line, start)
        if end >= len(text):
            return places
        place = Place(path, line, end - start + 1)
        if text[end] == "[":
            double = text.startswith("[[", end)
            names, position = _key(text, end + (2 if double else 1))
            table = _entered(names, counts, double=double)
            for count in range(1, len(table)):
                places.setdefault(table[:count], place)
            places[table] = place
            position += 2 if double else 1
        else:
            names, position = _key(text, end)
            for count in range(1, len(names) + 1):
                places.setdefault((*table, *names[:count]), place)
            position = _after_value(text, position)
        line, start = _advance(text, end, position, line, start)


def _advance(text: str, start: int, end: int, line: int, line_start: int) -> tuple[int, int]:
    newline = text.rfind("\n", start, end)
    if newline < 0:
        return line, line_start
    return line + text.count("\n", start, end), newline + 1


def _key(text: str, position: int) -> tuple[tuple[str, ...], int]:
    """A dotted key from `position` on, and where it ends."""
    names: list[str] = []
    while part := _PART.match(text, position):  # pragma: no branch  # what was read before is well formed
        names.append(_bare(part[1]))
        position = part.end()
        if not text.startswith(".", position):
            break
        position += 1
    return tuple(names), max(position, part.end() if part else position + 1)


def _bare(name: str) -> str:
    if name[0] == '"':
        return str(next(iter(tomllib.loads(f"{name} = 1"))))
    return name.strip("'")


def _entered(names: tuple[str, ...], counts: dict[Steps, int], *, double: bool) -> Steps:
    """The steps to a table whose header is `names`: the last of each array of tables on the way is meant."""
    steps: Steps = ()
    for index, name in enumerate(names):
        steps = (*steps, name)
        if double and index == len(names) - 1:
            counts[steps] = counts.get(steps, -1) + 1
        if steps in counts:
            steps = (*steps, counts[steps])
    return steps


def _after_value(text: str, position: int) -> int:
    """Where the line ends on which a value ends: arrays and multi-line strings are passed over."""
    depth = 0
    while token := TOKEN.match(text, position):
        if token[0] == "\n" and depth == 0:
            break
        if token[0] in ("[", "{"):
            depth += 1
        elif token[0] in ("]", "}"):
            depth -= 1
        position = token.end()
    return position
