"""What an entry holds -> its lines in a file: the way back of parse/entries.

The law: a file of what is written here is read as what was written. What an entry can't hold is changed as little as
may be: a second-level heading in a body becomes one of the third, a fence that is left open is closed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.parse.braces import NONE, WORD, split_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LINES = re.compile(r"[\r\n]+")
_LEADING = re.compile(r"(?:[ \t]*\n)+")
_WORD = re.compile(WORD)
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOTABLE = re.compile(
    r"^(?:(?P<heading>\#\#)(?=[ \t\n]|\Z)|\ {0,3}(?P<fence>`{3,}+(?=[^`\n]*$)|~{3,})|\ {0,3}(?P<comment><!--))",
    re.MULTILINE | re.VERBOSE,
)


def written_entry(
    heading: str,
    *,
    id: str = "",
    classes: Sequence[str] = (),
    settings: Mapping[str, str] = {},
    body: str = "",
) -> str:
    """An entry's lines, the last one ended; entries are joined by an empty line. `body` is Markdown.

    ValueError for a heading without words, and for an id, a class or a setting's name that no heading can hold.
    """
    line = written_heading(heading, id=id, classes=classes, settings=settings)
    kept = _body(body)
    return f"{line}\n{kept}\n" if kept else f"{line}\n"


def written_heading(heading: str, *, id: str, classes: Sequence[str], settings: Mapping[str, str]) -> str:
    """The line that opens an entry. Line breaks in it become spaces."""
    words = _LINES.sub(" ", heading).strip()
    if not words:
        raise ValueError("a heading holds words")
    for name in (*([id] if id else []), *classes):
        if not _WORD.fullmatch(name):
            raise ValueError(f"no heading can hold “{name}”")
    for name in settings:
        if not _KEY.fullmatch(name):
            raise ValueError(f"no setting can be called “{name}”")
    return f"## {_line(words, id, classes, settings)}"


def _line(words: str, id: str, classes: Sequence[str], settings: Mapping[str, str]) -> str:
    said = [f"#{id}"] if id else []
    said += [f".{name}" for name in classes]
    said += [f'{name}="{_quoted(value)}"' for name, value in settings.items()]
    if said:
        return f"{words} {{{' '.join(said)}}}"
    read, braces, fault = split_heading(words, 1)
    return words if (read, braces, fault) == (words, NONE, None) else f"{words} {{}}"


def _quoted(value: str) -> str:
    return _LINES.sub(" ", value).replace("\\", "\\\\").replace('"', '\\"')


def _body(body: str) -> str:
    """A body that ends with its entry, without empty lines around it."""
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    empty = _LEADING.match(text)
    text = text[empty.end() if empty else 0 :].rstrip()
    out: list[str] = []
    position = 0
    while notable := _NOTABLE.search(text, position):
        if notable["heading"]:
            out.append(f"{text[position : notable.start()]}###")
            position = notable.end()
            continue
        end = _closed(text, notable)
        if end < 0:
            break
        out.append(text[position:end])
        position = end
    rest = text[position:]
    if notable is None:
        return "".join((*out, rest))
    if notable["fence"]:
        return "".join((*out, rest, "\n", notable["fence"]))
    start = notable.start("comment") - position
    open_one = rest[start:].replace("<!--", "\\<!--")
    return "".join((*out, rest[:start], _body(open_one)))


def _closed(text: str, opened: re.Match[str]) -> int:
    """Where the line ends that closes a fence or a comment; -1 where none does."""
    if opened["comment"]:
        end = text.find("-->", opened.end() - 2)
        end = -1 if end < 0 else end + 3
    else:
        closing = rf"^ {{0,3}}{opened['fence'][0]}{{{len(opened['fence'])},}}[ \t]*$"
        found = re.compile(closing, re.MULTILINE).search(text, opened.end())
        end = found.end() if found else -1
    newline = text.find("\n", end) if end >= 0 else -1
    return end if end < 0 else len(text) if newline < 0 else newline
