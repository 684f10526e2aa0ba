"""Item -> Work: the house style, author and date first."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from builder.model.site import Work

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.parse.csl import Item, Name, Part

Run = tuple[str, str]
"""Words and their style: "", "italic" or "link"."""

_ITALIC = frozenset(
    {
        "book", "classic", "collection", "graphic", "legal_case", "map", "motion_picture", "musical_score",
        "pamphlet", "periodical", "report", "software", "standard",
    }
)  # fmt: skip
"""Works that stand on their own: their titles are set in italics."""

_BARE = frozenset({"bill", "hearing", "legislation", "patent", "personal_communication", "regulation", "treaty"})
"""Titles that are set as they are. All others stand in quotation marks."""

_WITHOUT_DAY = frozenset({"book", "chapter", "article-journal", "thesis", "collection", "classic"})
"""Works for which the year is enough."""

_WITHIN = frozenset({"chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary"})
"""Works that stand *in* another."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_TAG = re.compile(r"<(/?)(i|b|sub|sup|sc|span)\b[^>]*>")
_QUOTES = re.compile(r"[“”\"'‘’]")
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)?")
_MANY = 3
"""From this many authors on, a citation names the first."""
_TITLE_WORDS = 5
"""How many words of its title stand for a work without authors."""


def cited(item: Item, letter: str) -> Work:
    """A work as it is cited and listed; `letter` tells it from others of the same author and year."""
    label = label_of(item)
    year = f"{item.year}-{letter}" if letter and not item.year[-1:].isdigit() else f"{item.year}{letter}"
    short = f"{label} {year}"
    return Work(key=item.key, short=short, entry=_entry(item, year), sort=_sort(item, label, year))


def label_of(item: Item) -> str:
    """What stands before the year in a citation: Kupchan; Savranskaya and Blanton; Welt et al.; “A Title”."""
    names = item.creators
    if not names:
        return _title_label(item)
    if len(names) >= _MANY:
        return f"{names[0].family} et al."
    return " and ".join(name.family for name in names)


def _title_label(item: Item) -> str:
    title = _TAG.sub("", item.title)
    if not title:
        return item.key
    if item["type"] in _BARE | _ITALIC:
        return _first_words(title)
    return f"“{_first_words(_inner_quotes(title))}”"


def _first_words(title: str) -> str:
    head = re.split(r"[:?!;]\s|\s[–—(\[]", title, maxsplit=1)[0]
    words = head.split()
    if len(words) <= _TITLE_WORDS + 1:
        return head
    return f"{' '.join(words[:_TITLE_WORDS]).rstrip(',')} …"


def _sort(item: Item, label: str, year: str) -> str:
    """By author, then year, then title; accents and case, and an article at the beginning, don't count."""
    names = " ".join(f"{name.family} {name.given}" for name in item.creators) or label
    names = re.sub(r"^[“\"'‘]*(?:the|an|a)\s+", "", names.casefold())
    year = f"{item.date[0] + 100_000:06}{year[len(item.year) :]}" if item.date[0] else f"999999{year}"
    key = f"{names}\x1f{year}\x1f{item.title.casefold()}"
    if not key.isascii():
        key = "".join(mark for mark in unicodedata.normalize("NFKD", key) if not unicodedata.combining(mark))
    return _QUOTES.sub("", key)


def _entry(item: Item, year: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    if item.creators:
        _sentence(runs, [(_listed(item), "")])
        _sentence(runs, [(year, "")])
        _sentence(runs, _title(item))
    else:
        _sentence(runs, _title(item) or [(item.key, "")])
        _sentence(runs, [(year, "")])
    for sentence in (_container(item), _edited(item), _particulars(item), _published(item)):
        _sentence(runs, sentence)
    if item["DOI"]:
        _sentence(runs, [(f"https://doi.org/{item['DOI']}", "link")])
    elif item["URL"]:
        accessed = item.dates.get("accessed") if item.date[0] == 0 else None
        _sentence(runs, [(f"Accessed {_day(accessed)} {accessed[0][0]}", "")] if accessed else [])
        _sentence(runs, [(item["URL"], "link")])
    _sentence(runs, [(item["note"], "")])
    return _joined(runs)


def _sentence(runs: list[Run], words: Iterable[Run]) -> None:
    """Add a sentence after those that stand there, ended by a full stop unless it ends itself."""
    words = [run for run in words if run[0]]
    if not words:
        return
    if runs:
        runs.append((" ", ""))
    runs.extend(words)
    if not "".join(run[0] for run in words).rstrip("”’'\"").endswith((".", "?", "!")):
        runs.append((".", ""))


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for words, style in runs:
        if joined and joined[-1][1] == style and style != "link":
            joined[-1] = (joined[-1][0] + words, style)
        else:
            joined.append((words, style))
    return tuple(joined)


def _listed(item: Item) -> str:
    names = item.creators
    first = ", ".join(part for part in (names[0].family, names[0].given, names[0].suffix) if part)
    words = _and([first, *map(_natural, names[1:])])
    if not item.names.get("author") and names == item.names.get("editor"):
        return f"{words}, {'ed.' if len(names) == 1 else 'eds.'}"
    return words


def _natural(name: Name) -> str:
    return " ".join(part for part in (name.given, name.family, name.suffix) if part)


def _and(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    comma = "," if len(names) > 2 or "," in names[0] else ""
    return f"{', '.join(names[:-1])}{comma} and {names[-1]}"


def _title(item: Item) -> list[Run]:
    if not item.title:
        return []
    kind = item["type"]
    if kind in _ITALIC:
        return _marked(item.title, "italic")
    if kind in _BARE:
        return _marked(item.title, "")
    stop = "" if item.title.rstrip("”’'\"").endswith((".", "?", "!")) else "."
    return [("“", ""), *_marked(_inner_quotes(item.title), ""), (f"{stop}”", "")]


def _inner_quotes(title: str) -> str:
    """Quotation marks within quotation marks are single ones."""
    return re.sub(r'"([^"]*)"', r"‘\1’", title.replace("“", "‘").replace("”", "’"))


def _marked(words: str, style: str) -> list[Run]:
    """A title's runs: what it has in italics itself stands out from the rest, other markup is left out."""
    runs: list[Run] = []
    position = 0
    turned = False
    for tag in _TAG.finditer(words):
        runs.append((words[position : tag.start()], _turned(style, turned=turned)))
        position = tag.end()
        if tag[2] == "i":
            turned = not tag[1]
    runs.append((words[position:], _turned(style, turned=turned)))
    return runs


def _turned(style: str, *, turned: bool) -> str:
    return ("" if style == "italic" else "italic") if turned else style


def _container(item: Item) -> list[Run]:
    """Where it appeared: the journal with volume, issue and pages; the newspaper with its day; the book."""
    runs: list[Run] = []
    name = item["container-title"]
    if name:
        runs.extend([("In " if item["type"] in _WITHIN else "", ""), *_marked(name, "italic")])
    volume, issue, pages = item["volume"], item["issue"], item["page"].replace("-", "–")
    if volume and name:
        runs.append((f" {volume}", ""))
    elif volume:
        runs.append((f"Vol. {volume}", ""))
    if issue:
        runs.append((f" ({issue})" if volume else f", no. {issue}" if runs else f"No. {issue}", ""))
    if name and (editors := _editors(item)):
        runs.append((f", edited by {editors}", ""))
    if pages and (volume or issue):
        runs.append((f": {pages}", ""))
    if runs and (day := _issued_on(item)):
        runs.append((f", {day}", ""))
    if pages and not volume and not issue:
        runs.append((f", {pages}" if runs else f"Pp. {pages}", ""))
    return runs


def _editors(item: Item) -> str:
    """Who edited a work that has authors: else its editors are named first."""
    editors = item.names.get("editor", ()) if item.names.get("author") else ()
    return _and([_natural(one) for one in editors]) if editors else ""


def _edited(item: Item) -> list[Run]:
    """The editors of a work that stands on its own; those of what it stands in are named with that."""
    editors = "" if item["container-title"] else _editors(item)
    return [(f"Edited by {editors}" if editors else "", "")]


def _issued_on(item: Item) -> str:
    """Day and month of its publication, for works of which the year isn't enough."""
    return "" if item["type"] in _WITHOUT_DAY else _day(item.dates.get("issued", ()))


def _day(dates: tuple[Part, ...]) -> str:
    """Day and month of a date, as far as they are known: 4 August; September–October."""
    if not dates:
        return ""
    shown = [
        " ".join(part for part in (str(day or ""), _MONTHS[month - 1]) if part) for _, month, day in dates if month
    ]
    if len(dates) > 1 and dates[0][0] != dates[1][0]:
        return shown[0] if shown else ""
    return "–".join(dict.fromkeys(shown))


def _particulars(item: Item) -> list[Run]:
    """Edition, kind and number."""
    edition = item["edition"]
    if edition and _NUMBERED.fullmatch(edition):
        edition = f"{_ordinal(int(re.sub(r'[a-z]', '', edition)))} ed."
    number = f"No. {item['number']}" if item["number"].isdigit() else item["number"]
    series = " ".join(part for part in (item["collection-title"], item["collection-number"]) if part)
    translators = item.names.get("translator", ())
    translated = f"translated by {_and([_natural(one) for one in translators])}" if translators else ""
    words = ", ".join(part for part in (translated, edition, item["genre"], number, series) if part)
    return [(words[:1].upper() + words[1:], "")]


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _published(item: Item) -> list[Run]:
    place, publisher = item["publisher-place"], item["publisher"] or item["authority"]
    published = f"{place}: {publisher}" if place and publisher else place or publisher
    archive = ", ".join(part for part in (item["archive"], item["archive_location"]) if part)
    words = ". ".join(part for part in (published, archive) if part)
    day = "" if any(item[name] for name in ("container-title", "volume", "issue")) else _issued_on(item)
    return [(", ".join(part for part in (words, day) if part), "")]
