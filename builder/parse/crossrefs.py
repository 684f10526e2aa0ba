"""crossrefs.md -> the edition's cross-references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.crossref import CrossReference, Direction
from builder.model.diagnostic import Place
from builder.model.prose import EMPTY
from builder.model.value import value_class
from builder.model.vocabulary import DEFAULT_RELATION
from builder.parse.entries import empty_file, parse_entries
from builder.parse.entry_settings import (
    CROSSREF,
    audience_of,
    check_keys,
    date_of,
    list_of,
    meant_as_audience,
    words_of,
)
from builder.parse.ids import Wish, settle, slug
from builder.parse.markdown import parse_body
from builder.parse.nearest import did_you_mean
from builder.parse.passages import Passage, read_passage

if TYPE_CHECKING:
    from collections.abc import Collection

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Source
    from builder.parse.entries import Entry

_ARROW = re.compile(r"<->|->|↔|→")
_BOTH = frozenset({"<->", "↔"})
NO_TIE = frozenset({"G134", "G135"})
"""What is told of headings that can't be read, so that their cross-references are left out."""

_ARROWS = 64
"""More arrows than these are no heading that somebody wrote by hand."""

_NUMBERED = re.compile(r"(?:(?:¶|p)\d+(?:-\d+)?[ \t]+)?")
_QUOTED = re.compile('[“”"„«»‘’‚]')
_HALF = re.compile(r"""[“"„](?P<begun>[^“”"„«»]+)|(?P<ended>[^“”"„«»]+)[”"]""")
"""Words with a quotation mark at one end."""


@value_class(frozen=True, slots=True)
class Split:
    """A heading cut at one of its arrows, both sides of which parse whole."""

    one: Passage
    other: Passage
    direction: Direction
    offset: int
    """Where the right side begins in the heading."""


def splits(heading: str) -> tuple[Split, ...]:
    """Every way in which a heading can be read: one in a heading without fault."""
    arrows = list(_ARROW.finditer(heading))
    found: list[Split] = []
    for arrow in arrows if len(arrows) <= _ARROWS else ():
        left, right = heading[: arrow.start()].rstrip(), heading[arrow.end() :]
        one = read_passage(left)
        other = read_passage(right.strip())
        if one is not None and other is not None:
            direction = Direction.BOTH_WAYS if arrow[0] in _BOTH else Direction.ONE_WAY
            found.append(Split(one, other, direction, arrow.end() + len(right) - len(right.lstrip())))
    return tuple(found)


def parse_crossrefs(
    source: Source, *, texts: Collection[str], relations: Collection[str], missing: Collection[str] = ()
) -> tuple[tuple[CrossReference, ...], tuple[Diagnostic, ...]]:
    """The cross-references of an edition, in their order. Those whose heading can't be read are left out.

    So are those with a text among the `missing`, whose files aren't there: that is told of the files.
    """
    file, found = parse_entries(source)
    told = [*found, *empty_file(source)]
    read: list[tuple[Entry, Split]] = []
    for entry in file.entries:
        split = _split(entry, texts, missing, told) if entry.heading else None
        if split is not None:
            read.append((entry, split))
        else:
            _rest(entry, relations, told)
    wishes = [
        Wish(entry.id or slug(_name(split.one), "tie"), bool(entry.id), entry.place, tails=("-1", "-2"))
        for entry, split in read
    ]
    ids, slips = settle(wishes, "cross-reference")
    told.extend(slips)
    made = [_crossref(entry, split, id, relations, told) for (entry, split), id in zip(read, ids, strict=True)]
    garbled = source.garbled
    return tuple(made), tuple(one for one in told if one.code not in NO_TIE or one.place.line not in garbled)


def _name(passage: Passage) -> str:
    """The words from which an id is made: those of the left side."""
    return f"{passage.name} {passage.blocks.replace('*', '')} {passage.quotation}"


def _split(entry: Entry, texts: Collection[str], missing: Collection[str], told: list[Diagnostic]) -> Split | None:
    found = splits(entry.heading)
    if not found:
        told.append(diagnose("G134", entry.place, "this heading is no cross-reference", _why(entry.heading, texts)))
        return None
    if len(found) > 1:
        message = "this heading can be read in two ways: more than one arrow parts two passages"
        block = f"{_names(texts)[0]} ¶1"
        hint = f"put each quotation in curly quotation marks and quote fewer words, or name the block: {block}"
        told.append(diagnose("G135", entry.place, message, hint))
        return None
    split = found[0]
    known = True
    for passage, offset in ((split.one, 0), (split.other, split.offset)):
        if passage.name not in texts:
            known = False
            if passage.name in missing:
                continue
            place = Place(entry.place.path, entry.place.line, entry.place.column + offset)
            hint = did_you_mean(passage.name, texts)
            told.append(diagnose("G137", place, f"this edition has no text “{passage.name}”", hint))
    return split if known else None


def _names(texts: Collection[str]) -> tuple[str, str]:
    """Two texts to tell how a passage is written: the edition's last and its first."""
    names = list(texts) or ["TEXT"]
    return names[-1], names[0]


def _why(heading: str, texts: Collection[str]) -> str:
    """What is missing in a heading that can't be read."""
    last, first = _names(texts)
    example = f"write it like this: {last} “the words quoted” → {first} ¶1 {{.answers}}"
    arrow = _ARROW.search(heading)
    if not arrow:
        return f"an arrow is missing (→, ->, ↔ or <->); {example}"
    for side in (heading[: arrow.start()].strip(), heading[arrow.end() :].strip()):
        if not side:
            return f"one side of the arrow is empty; {example}"
        if read_passage(side) is None:
            shown = side if len(side) <= 50 else f"{side[:50]}…"
            return f"this side can't be read: {shown}; {_in_quotes(side, texts) or example}"
    return f"it holds more than {_ARROWS} arrows: quote fewer words; {example}"


def _in_quotes(side: str, texts: Collection[str]) -> str:
    """What to write for a side that lacks nothing but quotation marks, or one; "" for any other."""
    name, _, rest = side.partition(" ")
    if name not in texts:
        return ""
    block = _NUMBERED.match(rest)
    assert block is not None  # it may be empty
    words = rest[block.end() :].strip()
    if half := _HALF.fullmatch(words):
        which = "closing" if half["begun"] else "opening"
        return f"the {which} quotation mark is missing: {name} {block[0]}“{half['begun'] or half['ended']}”"
    if _QUOTED.search(rest):
        return ""
    return f"put the words in quotation marks: {name} {block[0]}“{words}”" if words else ""


def _crossref(
    entry: Entry, split: Split, id: str, relations: Collection[str], told: list[Diagnostic]
) -> CrossReference:
    check_keys(entry, CROSSREF, "a cross-reference", told)
    body = EMPTY
    if entry.body:
        body, slips = parse_body(entry.body, path=entry.place.path, line=entry.body_line)
        told.extend(slips)
    right = Place(entry.place.path, entry.place.line, entry.place.column + split.offset)
    return CrossReference(
        id=id,
        relation=_relation(entry, relations, told),
        direction=split.direction,
        one=split.one.end(entry.place),
        other=split.other.end(right),
        body=body,
        place=entry.place,
        audience=audience_of(entry, told),
        by=words_of(entry, "by"),
        date=date_of(entry, told),
        tags=list_of(entry, "tags"),
    )


def _rest(entry: Entry, relations: Collection[str], told: list[Diagnostic]) -> None:
    """Tell what else is wrong with an entry that is left out: whoever mends its heading should not come again."""
    check_keys(entry, CROSSREF, "a cross-reference", told)
    told.extend(parse_body(entry.body, path=entry.place.path, line=entry.body_line)[1] if entry.body else ())
    audience_of(entry, told)
    date_of(entry, told)
    _relation(entry, relations, told)


def _relation(entry: Entry, relations: Collection[str], told: list[Diagnostic]) -> str:
    found = [name for name in entry.classes if name in relations]
    for name in entry.classes:
        if name not in relations:
            hint = meant_as_audience(name) or did_you_mean(name, relations)
            told.append(diagnose("G136", entry.place, f"there is no relation “{name}”", hint))
    if len(found) > 1:
        message = f"a cross-reference has one relation, and this one has {len(found)}: {', '.join(found)}"
        told.append(diagnose("G128", entry.place, message, "keep one of them, or write a second cross-reference"))
    return found[0] if found else DEFAULT_RELATION
