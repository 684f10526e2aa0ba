"""questions.md -> Questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.crossref import USUAL_LINES, Question
from builder.model.prose import EMPTY
from builder.parse.entries import empty_file, parse_entries
from builder.parse.entry_settings import (
    QUESTION,
    audience_or_class,
    check_keys,
    columns_of,
    list_of,
    refused,
    words_of,
)
from builder.parse.ids import Wish, settle, slug
from builder.parse.markdown import parse_body, parse_inline
from builder.parse.selectors import without_markup

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Source
    from builder.parse.entries import Entry

MOST_LINES = 60
"""More lines than these don't fit on a page."""


def parse_questions(source: Source) -> tuple[tuple[Question, ...], tuple[Diagnostic, ...]]:
    """The questions of an edition, in their order."""
    file, found = parse_entries(source)
    told = [*found, *empty_file(source)]
    entries = [entry for entry in file.entries if entry.heading]
    wishes = [
        Wish(entry.id or slug(without_markup(entry.heading), "question"), bool(entry.id), entry.place)
        for entry in entries
    ]
    ids, slips = settle(wishes, "question")
    told.extend(slips)
    return tuple(_question(entry, id, told) for entry, id in zip(entries, ids, strict=True)), tuple(told)


def _question(entry: Entry, id: str, told: list[Diagnostic]) -> Question:
    check_keys(entry, QUESTION, "a question", told)
    place = entry.place
    asked, slips = parse_inline(entry.heading, path=place.path, line=place.line, column=place.column)
    told.extend(slips)
    body = EMPTY
    if entry.body:
        body, slips = parse_body(entry.body, path=place.path, line=entry.body_line)
        told.extend(slips)
    return Question(
        id=id,
        asked=asked,
        kind=" ".join(entry.classes),
        about=list_of(entry, "about"),
        level=words_of(entry, "level"),
        lines=_lines(entry, told),
        body=body,
        place=place,
        columns=columns_of(entry, "about"),
        audience=audience_or_class(entry, told),
        tags=list_of(entry, "tags"),
    )


def _lines(entry: Entry, told: list[Diagnostic]) -> int:
    typed = words_of(entry, "lines")
    if not typed:
        return USUAL_LINES
    if typed.isascii() and typed.isdigit() and len(typed) < 4 and int(typed) <= MOST_LINES:
        return int(typed)
    told.append(refused(entry, "lines", f"a whole number from 0 to {MOST_LINES}"))
    return USUAL_LINES
