"""A file of entries -> its title, introduction and entries: the one grammar of all four kinds of file."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.value import value_class
from builder.parse.braces import NONE, Value, is_set, split_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Source


@value_class(frozen=True, slots=True)
class Entry:
    """One `##` heading and what follows it.

    `heading` is its words as typed, without settings, and stands at `place`; `body` is Markdown that begins in line
    `body_line`, without empty lines around it ("" where it holds nothing but comments).
    """

    heading: str
    place: Place
    id: str
    classes: tuple[str, ...]
    settings: Mapping[str, Value]
    body: str
    body_line: int

    def at(self, value: Value) -> Place:
        """Where a setting's value stands."""
        return Place(self.place.path, self.place.line, value.column)


@value_class(frozen=True, slots=True)
class EntryFile:
    """Everything in a file of entries, in its order."""

    title: str
    introduction: str
    introduction_line: int
    entries: tuple[Entry, ...]


MOST = 20_000
"""Entries of one file: twice those of the largest commentary that a page is held to."""

MARKS = 100_000
"""Signs of markup in one file: ten for each of ten thousand notes."""
_MARK = re.compile(r"[\[*_`<&]")

_NOTABLE = re.compile(
    r"^(?:(?P<heading>\#\#(?=[ \t\n]|\Z))[^\n]*|\ {0,3}(?P<fence>`{3,}+(?=[^`\n]*$)|~{3,})|\ {0,3}(?P<comment><!--)"
    r"|(?P<near>\#[ \t]|\#\#(?=[^\s\#])|\ {1,4}\#\#[ \t]|\#{3,}+(?=[^\n]*\}[ \t]*$))[^\n]*)",
    re.MULTILINE | re.VERBOSE,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^##(?=[ \t])", re.MULTILINE)
_TITLE = re.compile(r"\s*^#[ \t]+([^\n]*)", re.MULTILINE)
_SAID = re.compile(r"\S")
_EMPTY_LINES = re.compile(r"(?:[ \t]*\n)*")
_MATTER_KEY = re.compile(r"[\w\"'-]+\s*[:=]")
_MATTER_END = re.compile(r"^(?:---|\.\.\.|\+\+\+)[ \t]*$\n?", re.MULTILINE)


def parse_entries(source: Source) -> tuple[EntryFile, tuple[Diagnostic, ...]]:
    """The entries of a file, in one pass over it."""
    text = plain_lines(source.text)
    told: list[Diagnostic] = []
    first = 0
    if matter := front_matter(text):
        first = matter
        told.append(matter_found(source.path))
    text = _bounded(text, source.path, told)
    entries: list[Entry] = []
    headings = list(islice(_headings(text, first, source.path, told), MOST + 1))
    if len(headings) > MOST:
        place = Place(source.path, text.count("\n", 0, headings[MOST][0]) + 1)
        message = f"this file holds more than {MOST:,} entries"
        told.append(diagnose("G108", place, message, "part it into several files"))
        text = text[: headings.pop()[0]]
    line = 1 + text.count("\n", 0, first)
    before = first
    starts: list[tuple[int, int, int]] = []
    for start, end in headings:
        line += text.count("\n", before, start)
        before = start
        starts.append((start, end, line))
    for index, (start, end, line) in enumerate(starts):
        stop = starts[index + 1][0] if index + 1 < len(starts) else len(text)
        entries.append(_entry(text, (start, end, stop), Place(source.path, line), told))
    title, introduction, introduction_line = _opening(text, first, headings[0][0] if headings else len(text))
    return EntryFile(title, introduction, introduction_line, tuple(entries)), tuple(told)


def _bounded(text: str, path: str, told: list[Diagnostic]) -> str:
    """A file as far as it is read: of short notes each may be full of links, and all of them together too many."""
    if sum(map(text.count, "[*_`<&")) <= MARKS:
        return text
    end = next(islice(_MARK.finditer(text), MARKS, None)).start()
    place = Place(path, text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end))
    message = f"this file holds more than {MARKS:,} signs of links, emphasis, code and HTML"
    told.append(diagnose("G108", place, message, "part it into several files"))
    return text[: text.rfind("\n## ", 0, end) + 1 or end]


def empty_file(source: Source) -> tuple[Diagnostic, ...]:
    """What is told of a file that is there and holds nothing at all."""
    if source.broken or plain_lines(source.text).strip():
        return ()
    return (diagnose("G142", Place(source.path), "this file is empty", "write its first entry, or take the file away"),)


def plain_lines(text: str) -> str:
    """The text with LF at the end of every line and no mark at its beginning."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff")


def front_matter(text: str) -> int:
    """Where front matter ends with which a file begins; 0 where it begins with none."""
    first, newline, _ = text.partition("\n")
    if first.rstrip() not in ("---", "+++") or not newline:
        return 0
    end = _MATTER_END.search(text, len(first) + 1)
    if not end:
        return 0
    lines = (line.strip() for line in text[len(first) + 1 : end.start()].split("\n"))
    key = next((line for line in lines if line and not line.startswith("#")), "")
    return end.end() if _MATTER_KEY.match(key) else 0


def matter_found(path: str) -> Diagnostic:
    """The diagnostic for front matter in a file."""
    hint = "move its settings to edition.toml, under [[text]] or [[layer]], and delete it here"
    return diagnose("G113", Place(path), "the file begins with front matter", hint)


def _headings(text: str, position: int, path: str, told: list[Diagnostic]) -> Iterator[tuple[int, int]]:
    """Start and end of each line that opens an entry: outside code fences and comments."""
    begun = _SAID.search(text, position)
    line, counted, most = 1, 0, len(told) + MOST
    while notable := _NOTABLE.search(text, position):
        if notable["heading"]:
            yield notable.span()
            position = notable.end()
            continue
        if notable["near"]:
            line, counted = line + text.count("\n", counted, notable.start()), notable.start()
            titled = begun is not None and begun.start() == counted and notable["near"] == "# "
            if not titled and len(told) < most:
                _nearly(notable, Place(path, line), told)
            position = notable.end()
            continue
        if notable["comment"]:
            closed = text.find("-->", notable.end() - 2)
            end = -1 if closed < 0 else closed + 3
        else:
            end = _fence_end(text, notable["fence"], notable.end())
        if end < 0:
            _never_closed(text, notable, path, told)
            return
        newline = text.find("\n", end)
        if newline < 0:
            return
        position = newline + 1


def _fence_end(text: str, opening: str, position: int) -> int:
    for closing in _FENCE.finditer(text, position):
        if closing[1][0] == opening[0] and len(closing[1]) >= len(opening):
            return closing.end()
    return -1


def _nearly(line: re.Match[str], place: Place, told: list[Diagnostic]) -> None:
    """Tell of a line that its writer may take for a heading; a title at the file's beginning is one of its own."""
    words = line[0].strip().lstrip("#").strip()
    if line["near"].startswith("###") and not is_set(words):
        return
    message = "this line looks like a heading, but begins no entry: it is part of what stands above it"
    told.append(diagnose("G140", place, message, f"write: ## {words[:60]}"))


def _never_closed(text: str, opened: re.Match[str], path: str, told: list[Diagnostic]) -> None:
    swallowed = _HEADING.search(text, opened.end())
    if swallowed is None and not opened["comment"]:
        return
    what = "comment" if opened["comment"] else "code block"
    place = Place(path, text.count("\n", 0, opened.start()) + 1)
    lost = "what follows is"
    if swallowed:
        line = text.count("\n", 0, swallowed.start()) + 1
        lost = f"the entries from line {line} on are"
    message = f"a {what} that begins here is never closed: {lost} part of it"
    told.append(diagnose("G139", place, message, f"close it with {'-->' if opened['comment'] else opened['fence']}"))


def _entry(text: str, bounds: tuple[int, int, int], place: Place, told: list[Diagnostic]) -> Entry:
    start, end, stop = bounds
    line = text[start + 2 : end]
    words = line.strip()
    column = 3 + len(line) - len(line.lstrip()) if words else 1
    place = Place(place.path, place.line, column)
    heading, braces, fault = split_heading(words, column) if words else ("", NONE, None)
    if fault:
        told.append(diagnose(fault.code, Place(place.path, place.line, fault.column), fault.message, fault.hint))
    elif not heading:
        hint = "after ## stands what the entry is about"
        told.append(diagnose("G118", place, "this heading holds no words", hint))
    body, offset = _body(text, end + 1, stop)
    return Entry(heading, place, braces.id, braces.classes, braces.values, body, place.line + 1 + offset)


def _body(text: str, start: int, stop: int) -> tuple[str, int]:
    """The words between two headings without empty lines around them, and how many lines stand before them."""
    empty = _EMPTY_LINES.match(text, start, stop)
    first = empty.end() if empty else start
    body = text[first:stop].rstrip()
    return "" if _is_silent(body) else body, text.count("\n", start, first)


def _is_silent(body: str) -> bool:
    """Whether a body holds nothing but comments."""
    position = 0
    while body.startswith("<!--", position):
        closed = body.find("-->", position + 2)
        if closed < 0:
            return False
        position = closed + 3
        while body[position : position + 1].isspace():
            position += 1
    return position == len(body)


def _opening(text: str, start: int, stop: int) -> tuple[str, str, int]:
    """Title and introduction: what stands before the first entry."""
    title = ""
    heading = _TITLE.match(text, start, stop)
    if heading:
        title = re.sub(r"[ \t]+#+$", "", heading[1].strip())
        start_of_rest = heading.end()
    else:
        start_of_rest = start
    introduction, offset = _body(text, start_of_rest, stop)
    return title, introduction, text.count("\n", 0, start_of_rest) + 1 + offset
