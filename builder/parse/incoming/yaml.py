"""The YAML that front matter is written in -> its settings: `key: value`, quoted words, lists, blocks of words.

Only that much of YAML is read. What lies deeper (settings within settings, anchors, tags) is kept as it was typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.incoming import Refused
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@value_class(frozen=True, slots=True)
class Setting:
    """One setting. `values` are its words, several for a list, none where it is empty or lies deeper than is read."""

    key: str
    values: tuple[str, ...]
    typed: str
    """What stands after the colon, as it was typed."""
    line: int
    read: bool = True
    """Whether its value was understood."""


_KEY = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#&*!|>%@`\[\]{},?:-](?:[^\s:#]++|\s++(?!:))*+)\s*+:(?:\s+(.*))?"""
)
_BLOCK = re.compile(r"([|>])[+-]?\d?[+-]?\s*(?:#.*)?")
_COMMENT = re.compile(r"\s#.*|\A#.*")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ITEM = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,"'\[\]{}][^,\[\]{}]*+)\s*+(?:,\s*|\Z)""")
_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_SPECIAL = re.compile(r"[&*!|>%@`{}\[\],?](?!\Z)|[?-]\s")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))")
_NAMED = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "0": "",
    "e": "",
    "a": "",
    "b": "",
    "v": "",
    "f": "",
    "N": "\n",
    "_": "\u00a0",
}
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


class _NotRead(Exception):  # noqa: N818  (caught where it is raised for)
    """A value is more than is read here."""


def read_yaml(lines: Sequence[str], first: int) -> tuple[Setting, ...] | Refused:
    """The settings of some lines, of which the first has the number `first`. Refused for a line that is none."""
    found: list[Setting] = []
    for number, line, deeper in _at_margin(lines, first):
        key = _KEY.fullmatch(line.rstrip())
        if key is None:
            shown = line.strip()[:40]
            hint = "write it as key: value, or put the words in quotation marks"
            return Refused(f"this line of the front matter can't be read: {shown}", hint, number)
        rest = key[2] or ""
        typed = "\n".join([rest, *deeper]).strip("\n")
        try:
            values, read = tuple(_values(rest, deeper)), True
        except _NotRead:
            values, read = (), False
        found.append(Setting(_plain(key[1]), values, typed, number, read))
    return tuple(found)


def _at_margin(lines: Sequence[str], first: int) -> Iterator[tuple[int, str, list[str]]]:
    """Each line that begins at the margin with those below it that don't: the parts of one setting."""
    current: tuple[int, str, list[str]] | None = None
    for number, line in enumerate(lines, first):
        inner = line[:1] in (" ", "\t") or line.startswith("- ") or line == "-"
        if current is not None and (inner or not line.strip()):
            current[2].append(line)
        elif line.strip() and not line.startswith("#"):
            if current is not None:
                yield current
            current = (number, line, [])
    if current is not None:
        yield current


def _values(rest: str, deeper: list[str]) -> Iterator[str]:
    below = [line for line in deeper if line.strip() and not line.lstrip().startswith("#")]
    block = _BLOCK.fullmatch(rest)
    if block:
        lines = [line.strip() for line in deeper]
        yield (" " if block[1] == ">" else "\n").join(lines).strip()
        return
    words = _COMMENT.sub("", rest).strip() if rest[:1] not in "\"'[" else rest.strip()
    if not words and below and all(line.lstrip().startswith("-") for line in below):
        for line in below:
            yield from _scalar(line.lstrip()[1:].strip())
        return
    if not words and below:
        raise _NotRead
    whole = " ".join([words, *(line.strip() for line in below)])
    yield from _flow(whole) if whole.startswith("[") else _scalar(whole)


def _flow(words: str) -> Iterator[str]:
    """The items of a list in brackets."""
    closed = re.fullmatch(r"\[(.*)\]\s*(?:\s#.*)?", words)
    if closed is None:
        raise _NotRead
    rest = closed[1].strip()
    reached = 0
    while reached < len(rest):
        item = _ITEM.match(rest, reached)
        if item is None:
            raise _NotRead
        yield from _scalar(item[1].strip())
        reached = item.end()


def _scalar(words: str) -> Iterator[str]:
    """One value, none for an empty one."""
    quoted = re.fullmatch(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?:\s#.*)?""", words)
    if quoted:
        yield _plain(quoted[1])
        return
    words = _COMMENT.sub("", words).strip()
    if words[:1] in ('"', "'") or _SPECIAL.match(words) or re.search(r":(?:\s|\Z)", words):
        raise _NotRead
    if words not in _NOTHING:
        yield words


def _plain(words: str) -> str:
    """Words without the quotation marks around them, and what is escaped in these."""
    if _DOUBLE.fullmatch(words):
        return _ESCAPE.sub(_unescaped, words[1:-1])
    return words[1:-1].replace("''", "'") if _SINGLE.fullmatch(words) else words.strip()


def _unescaped(found: re.Match[str]) -> str:
    number = found[1] or found[2] or found[3]
    if number:
        code = int(number, 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return _NAMED.get(found[4], found[4])
