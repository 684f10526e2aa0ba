"""A file of entries, and what some headings and references in it are to say -> the file with these written anew.

All else stays character for character: ends of lines, the mark at the beginning, white space, comments, fences, the
settings as typed. A heading stays one line, so that no other entry can become another one by it.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.site import Source
from builder.model.value import value_class
from builder.parse.braces import items, written_value
from builder.parse.crossrefs import splits
from builder.parse.entries import parse_entries
from builder.parse.entry_settings import split_list, words_of
from builder.parse.passages import read_passage
from builder.parse.selectors import read_blocks, read_within, selector_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model.note import Selector
    from builder.parse.entries import Entry


class Sort(Enum):
    """What kind of entry holds a selector, and with that where in the heading it is written."""

    NOTE = "note"
    CROSSREF = "crossref"
    QUESTION = "question"
    QUOTED = "quoted"
    """Words in a reference."""
    AT = "at"
    NOT_AT = "not-at"
    """Places that an entry of the glossary names."""


LISTS = {Sort.QUESTION: "about", Sort.AT: "at", Sort.NOT_AT: "not-at"}
"""In which setting they stand."""


@value_class(frozen=True, slots=True)
class Change:
    """What one selector of a heading is to say."""

    sort: Sort
    line: int
    index: int
    """Which side of a cross-reference, which item of a list; 0 for a note: each of its headings has a line."""
    wanted: Selector
    id: str = ""
    """The entry's id, written out where the heading has none: it was made of words that may now be others."""
    typed: str = ""
    """Of a reference what it names, as typed, without the edition; of an item of a list what it must hold."""


_ENDS = re.compile(r"(\r\n|\r|\n)")
_MARK = "\ufeff"


def rewrite(text: str, changes: Iterable[Change]) -> tuple[str, tuple[Change, ...]]:
    """The file with the changes made, and those that were not.

    A heading is left as it is, with all that was to be changed in it, where the line as it would be written, read
    again, doesn't say what is meant.
    """
    parts = _ENDS.split(text)
    refused: list[Change] = []
    by_line: dict[int, list[Change]] = {}
    for change in changes:
        by_line.setdefault(change.line, []).append(change)
    for number, wanted in sorted(by_line.items()):
        at = 2 * (number - 1)
        line = parts[at] if at < len(parts) else ""
        mark = _MARK if number == 1 and line.startswith(_MARK) else ""
        made = _rewritten(line.removeprefix(mark), [one for one in wanted if one.sort is not Sort.QUOTED])
        for change in wanted:
            if made is not None and change.sort is Sort.QUOTED:
                made = _referring(made, change)
        if made is None:
            refused.extend(wanted)
        else:
            parts[at] = mark + made
    return "".join(parts), tuple(refused)


def _rewritten(line: str, changes: Iterable[Change]) -> str | None:
    """The line of a heading with some changes; None where one of them can't be written."""
    for change in changes:
        entry = _entry(line)
        if entry is None:
            return None
        made = _changed(line, entry, change)
        for closed in ("", " {}"):
            # Words that end in a brace, or look like settings, are followed by empty ones.
            again = _entry(made + closed) if made is not None else None
            if again is not None and _says(again, entry, change):
                break
        else:
            return None
        line = f"{made}{closed}"
    return line


def _referring(line: str, change: Change) -> str | None:
    """The line with every reference written anew that names a passage so; None where that can't be."""
    words = retyped(change.typed, change.wanted)
    if words is None or any(mark in words for mark in ("[[", "]]", "|")):
        return None
    typed = re.compile(rf"(\[\[\s*(?:[a-z0-9-]+/)?\s*(?:text:\s*)?){re.escape(change.typed)}(?=\s*(?:\||\]\]))")
    made, count = typed.subn(lambda found: f"{found[1]}{words}", line)
    return made if count else None


def retyped(typed: str, wanted: Selector) -> str | None:
    """A passage as typed outside its text, for another selector in the same; None where it can't be said so."""
    words = _passage(typed, wanted)
    passage = read_passage(words) if words is not None else None
    read = passage.end(Place("")).selector if passage is not None else None
    if read is None or (read.blocks, read.within) != (wanted.blocks, wanted.within):
        return None
    return words if not wanted.readings or wanted.readings[0] in read.readings else None


def _entry(line: str) -> Entry | None:
    """The heading in a line; None where it is none, or one with a fault."""
    file, told = parse_entries(Source("", line, ""))
    return file.entries[0] if len(file.entries) == 1 and not told else None


def _changed(line: str, entry: Entry, change: Change) -> str | None:
    wanted, start = change.wanted, entry.place.column - 1
    end = start + len(entry.heading)
    if change.sort in LISTS:
        return _listed(line, entry, change)
    if change.sort is Sort.CROSSREF:
        side = _side_of(entry.heading, change.index)
        words = _passage(side[1], wanted) if side is not None else None
        if side is None or words is None:
            return None
        start += side[0]
        end = start + len(side[1])
    else:
        words = f"“{wanted.heading}”" if read_blocks(wanted.heading) and not wanted.blocks else wanted.heading
        for name, typed, value in _where(entry, wanted):
            if typed != value:
                line = _set(line, end, name, shown(value) if name == "in" else value)
    if change.id and not entry.id:
        line = _identified(line, entry, change.id)
    return f"{line[:start]}{words}{line[end:]}"


def _where(entry: Entry, wanted: Selector) -> tuple[tuple[str, str, str], ...]:
    """The settings that say where: name, value as typed in its one form, value wanted."""
    return (
        ("in", read_within(words_of(entry, "in")), wanted.within),
        ("before", words_of(entry, "before"), wanted.prefix),
        ("after", words_of(entry, "after"), wanted.suffix),
    )


def _side_of(heading: str, index: int) -> tuple[int, str] | None:
    """Where one side of a cross-reference begins in its heading, and its words."""
    found = splits(heading)
    if len(found) != 1:
        return None
    left = heading[: found[0].offset].rstrip()
    arrow = next(arrow for arrow in ("<->", "->", "↔", "→") if left.endswith(arrow))
    sides = ((0, left.removesuffix(arrow).rstrip()), (found[0].offset, heading[found[0].offset :]))
    return sides[index]


def _passage(typed: str, wanted: Selector) -> str | None:
    """`NAME ¶3 “words”` for another selector in the same text; None for one that can't be said like that."""
    passage = read_passage(typed)
    if passage is None or wanted.prefix or wanted.suffix:
        return None
    if wanted.blocks:
        return f"{passage.name} {shown(wanted.blocks)}" if wanted.blocks != "*" else passage.name
    before = typed[: passage.offset].rstrip()[:-1]
    opening, closing = typed[len(before)], typed[-1]
    if not passage.quotation or closing in wanted.heading or opening in wanted.heading:
        opening, closing = "“", "”"
    words = f"{opening}{wanted.heading}{closing}"
    if wanted.within == passage.blocks and passage.quotation:
        return f"{before}{words}"
    return " ".join(part for part in (passage.name, shown(wanted.within), words) if part)


def shown(block: str) -> str:
    """A block's name in its one form (`p4`) as it is typed: `¶4`."""
    return f"¶{block[1:]}" if read_blocks(block) and block.startswith("p") else block


def _listed(line: str, entry: Entry, change: Change) -> str | None:
    """The line with one item of a list in its settings written anew."""
    value = entry.settings.get(LISTS[change.sort])
    listed = split_list(value.text) if value is not None else ()
    if value is None or change.index >= len(listed):
        return None
    item, start = listed[change.index]
    if change.typed not in item:
        return None
    words = _passage(item, change.wanted)
    stop = listed[change.index + 1][1] if change.index + 1 < len(listed) else len(value.text)
    kept = value.text[start:stop]
    rest = kept[len(kept.rstrip("; \t")) :] if change.index + 1 < len(listed) else kept[len(kept.rstrip()) :]
    if words is None:
        return None
    heading = entry.place.column - 1 + len(entry.heading)
    return _set(line, heading, LISTS[change.sort], f"{value.text[:start]}{words}{rest}{value.text[stop:]}")


def _set(line: str, heading: int, name: str, value: str) -> str:
    """The line with a setting; `heading` is where the words before the braces end. No value: without it."""
    opened = line.find("{", heading)
    if opened < 0:
        words = line.rstrip()
        return f"{words} {{{name}={written_value(value, chr(34))}}}{line[len(words) :]}" if value else line
    for item in items(line, opened):
        if item.name != name:
            continue
        if value:
            quote = line[item.start + len(name) + 1]
            return f"{line[: item.start]}{name}={written_value(value, quote)}{line[item.end :]}"
        before = line[: item.start].rstrip() if item.start > opened + 1 else line[: item.start]
        return f"{before}{line[item.end :] if before[-1] != '{' else line[item.end :].lstrip()}"
    closed = line.rindex("}")
    gap = "" if line[opened + 1 : closed].strip() == "" else " "
    inside = line[:closed].rstrip() if gap else line[: opened + 1]
    return f"{inside}{gap}{name}={written_value(value, chr(34))}{line[closed:]}" if value else line


def _identified(line: str, entry: Entry, id: str) -> str:
    """The line with an id in its settings."""
    opened = line.find("{", entry.place.column - 1 + len(entry.heading))
    if opened < 0:
        words = line.rstrip()
        return f"{words} {{#{id}}}{line[len(words) :]}"
    rest = line[opened + 1 :]
    gap = "" if rest.startswith((" ", "\t", "}")) else " "
    return f"{line[: opened + 1]}#{id}{gap}{rest}"


def _says(entry: Entry, before: Entry, change: Change) -> bool:
    """Whether a heading, read again, says what is meant, and else what it said before."""
    named = before.id or (change.id if change.sort not in LISTS else "")
    changed = {"in", "before", "after"} if change.sort is Sort.NOTE else {LISTS.get(change.sort, "")}
    kept = [{name: one.text for name, one in each.settings.items()} for each in (entry, before)]
    same = all(kept[0].get(name) == kept[1].get(name) for name in {**kept[0], **kept[1]} if name not in changed)
    read = _read(entry, change)
    wanted = change.wanted
    return (entry.id, entry.classes, same) == (named, before.classes, True) and (
        read is not None
        and (read.blocks, read.within) == (wanted.blocks, wanted.within)
        and (read.prefix, read.suffix) == (wanted.prefix, wanted.suffix)
        and (not wanted.readings or wanted.readings[0] in read.readings)
    )


def _read(entry: Entry, change: Change) -> Selector | None:
    """The selector that a change is about, as the heading has it."""
    if change.sort is Sort.NOTE:
        where = {name: typed for name, typed, _ in _where(entry, change.wanted)}
        return selector_of(
            entry.heading, entry.place, within=where["in"], prefix=where["before"], suffix=where["after"]
        )
    if change.sort is Sort.CROSSREF:
        side = _side_of(entry.heading, change.index)
        typed = side[1] if side is not None else ""
    else:
        value = entry.settings.get(LISTS[change.sort])
        listed = split_list(value.text) if value is not None else ()
        typed = listed[change.index][0] if change.index < len(listed) else ""
    passage = read_passage(typed)
    return passage.end(Place("")).selector if passage is not None else None
