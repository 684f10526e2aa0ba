"""The settings of an entry's heading: which may stand where, and how each value is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from builder.model.codes import diagnose
from builder.model.crossref import USUAL_LINES
from builder.model.diagnostic import Place
from builder.model.note import Audience
from builder.model.value import value_class
from builder.parse.nearest import did_you_mean, nearest
from builder.parse.schema import SettingRow
from builder.parse.shapes import is_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.parse.entries import Entry

Choice = TypeVar("Choice")


@value_class(frozen=True, slots=True)
class EntryKey:
    """One setting that a heading may hold."""

    name: str
    type: str
    default: str
    about: str


_BY = EntryKey("by", "words", "the layer's", "Who says it.")
_DATE = EntryKey("date", "year, year-month or year-month-day", "", "When it was said.")
_TAGS = EntryKey("tags", "list", "", "Words under which it is found.")
_AUDIENCE = EntryKey("audience", "all, student or teacher", "all", "For whom it is meant.")

WHERE = (
    EntryKey("in", "¶4, ¶4-6, title, dek, h2 or fn1", "", "The block of the text in which the quoted words stand."),
    EntryKey("before", "words", "", "The words that stand just before the quoted ones."),
    EntryKey("after", "words", "", "The words that stand just after the quoted ones."),
)
"""What every heading of a note may hold, the second and later ones included."""

NOTE = (*WHERE, EntryKey("re", "#id", "", "The note to which this one replies."), _BY, _DATE, _AUDIENCE, _TAGS)
CROSSREF = (EntryKey("by", "words", "", "Who says it."), _DATE, _AUDIENCE, _TAGS)
TERM = (
    EntryKey("also", "list", "", "Further spellings that count as the term."),
    EntryKey("at", "list of TEXT “words”", "", "Passages that mean the term without using it."),
    EntryKey("not", "list", "", "Phrases in which the term's words mean something else."),
    EntryKey("not-at", "list of TEXT “words” or TEXT ¶4", "", "Places where the term's words mean something else."),
    EntryKey("link", "first, first-in-section, all or none", "first", "Which occurrences become links."),
    _AUDIENCE,
)
QUESTION = (
    EntryKey("about", "list of targets, as in [[…]]", "", "What the question is about."),
    EntryKey("level", "words", "", "For which level it is meant."),
    EntryKey("lines", "0 to 60", str(USUAL_LINES), "How many lines are ruled for the answer where students print."),
    _AUDIENCE,
    _TAGS,
)

_FILES = (
    ("## of TEXT.notes.md", NOTE),
    ("## of crossrefs.md", CROSSREF),
    ("## of glossary.md", TERM),
    ("## of questions.md", QUESTION),
)

_AUDIENCES = {audience.value: audience for audience in Audience}
_CLASSED = frozenset({Audience.STUDENT.value, Audience.TEACHER.value})
"""Audiences that are typed as classes by mistake."""


def entry_rows() -> tuple[SettingRow, ...]:
    """Every setting of every kind of entry, as rows of documentation."""
    return tuple(SettingRow(file, key.name, key.type, key.default, key.about) for file, keys in _FILES for key in keys)


def check_keys(entry: Entry, keys: tuple[EntryKey, ...], what: str, told: list[Diagnostic]) -> None:
    """Tell of every setting that `what` doesn't have."""
    if not entry.settings:
        return
    known = [key.name for key in keys]
    for name, value in entry.settings.items():
        if name in known:
            continue
        hint = did_you_mean(name, known) if name != "kind" else f"a kind is written with a dot: .{value.text}"
        place = Place(entry.place.path, entry.place.line, value.column - len(name) - len('="'))
        told.append(diagnose("G115", place, f"{what} has no setting “{name}”", hint))


def words_of(entry: Entry, name: str) -> str:
    """A setting as one line of words, "" where it isn't given."""
    value = entry.settings.get(name)
    return " ".join(value.text.split()) if value else ""


def list_of(entry: Entry, name: str) -> tuple[str, ...]:
    """A setting's list, each item once, in order."""
    value = entry.settings.get(name)
    return tuple(dict.fromkeys(item for item, _ in split_list(value.text))) if value else ()


def columns_of(entry: Entry, name: str) -> tuple[int, ...]:
    """The columns in which the items of `list_of` are typed."""
    value = entry.settings.get(name)
    found: dict[str, int] = {}
    for item, offset in split_list(value.text) if value else ():
        found.setdefault(item, value.column + offset if value else 0)
    return tuple(found.values())


def audience_of(entry: Entry, told: list[Diagnostic]) -> Audience:
    """The `audience` setting."""
    return choice_of(entry, "audience", _AUDIENCES, Audience.ALL, told)


def audience_or_class(entry: Entry, told: list[Diagnostic]) -> Audience:
    """The `audience` setting of an entry whose classes are free words: of one that means an audience it is told.

    Until it is mended it counts as that audience: a teacher's words are not to be anybody else's.
    """
    audience = audience_of(entry, told)
    for name in entry.classes:
        if hint := meant_as_audience(name):
            told.append(diagnose("G115", entry.place, f"“.{name}” says nothing of who is to see this", hint))
            if "audience" not in entry.settings:
                audience = _AUDIENCES[_audience_in(name)]
    return audience


def meant_as_audience(name: str) -> str:
    """What is to be written for a class that names an audience (`.teacher`); "" for any other."""
    meant = _audience_in(name)
    return f'for whom an entry is meant is written audience="{meant}"' if meant else ""


def _audience_in(name: str) -> str:
    word = name.casefold().removesuffix("s")
    return word if word in _CLASSED else ""


def choice_of(
    entry: Entry, name: str, choices: Mapping[str, Choice], default: Choice, told: list[Diagnostic]
) -> Choice:
    """A setting that is one of some words, each standing for a value."""
    value = entry.settings.get(name)
    if value is None:
        return default
    if value.text in choices:
        return choices[value.text]
    near = nearest(value.text, choices)
    told.append(refused(entry, name, f"did you mean “{near}”?" if near else f"allowed: {', '.join(choices)}"))
    return default


def date_of(entry: Entry, told: list[Diagnostic]) -> str:
    """The `date` setting."""
    date = words_of(entry, "date")
    if not date or is_date(date):
        return date
    told.append(refused(entry, "date", "a year, a month or a day: 2021, 2021-08 or 2021-08-04"))
    return ""


def refused(entry: Entry, name: str, hint: str) -> Diagnostic:
    """The diagnostic for a setting's value that can't be."""
    value = entry.settings[name]
    return diagnose("G116", entry.at(value), f"“{name}” can't be “{value.text}”", hint)


_PIECE = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|;|[^;“\"«]+|.", re.DOTALL)


def split_list(words: str) -> tuple[tuple[str, int], ...]:
    """The items of a list, each with its offset: cut at every `;` that doesn't stand in quotation marks."""
    items: list[tuple[str, int]] = []
    start = 0
    for piece in _PIECE.finditer(words):
        if piece[0] == ";":
            items.append((words[start : piece.start()], start))
            start = piece.end()
    items.append((words[start:], start))
    return tuple(
        (" ".join(item.split()), offset + len(item) - len(item.lstrip())) for item, offset in items if item.strip()
    )
