"""A selector's line in anchors.lock <-> what it says: an inverse pair. See lock for the fields."""

from __future__ import annotations

import re

from builder.model.lock import LockedPlace, LockedSelector
from builder.model.note import State
from builder.parse.lock_fields import DIGEST, plain

_PLACE = re.compile(r"([a-z0-9-]*)\+(\d{1,9})\.\.([a-z0-9-]*)\+(\d{1,9})")
_FIELDS = 16
"""Fields of a line, and some more: of a line that is all tabs no list is made."""
_SCORE = re.compile(r"(?:0(?:\.\d{1,20})?|[1-9](?:\.\d{1,20})?e-\d{1,3})")
"""A share below 1, as Python writes it."""
SORTS = ("at", "crossref", "not-at", "note", "question", "quoted")
_USUAL = re.compile(
    rf"({'|'.join(SORTS)})\t([^\t\\]+)\t([0-9]{{1,8}})\t([^\t\\]*)\t([^\t\\]+)\t({DIGEST.pattern})\texact\t"
    rf"{_PLACE.pattern}\t({DIGEST.pattern})"
)
_STATES = {state.value.replace(" ", "-"): state for state in State}
_WRITTEN = {state: name for name, state in _STATES.items()}
SETTLED = "settled"
"""Beside the state of what is lost: its author has said so."""


def read_selector(line: str) -> LockedSelector:
    """What a line says of a selector; ValueError for one that says nothing."""
    if (usual := _usual(line)) is not None:
        return usual
    sort, *fields = line.split("\t", _FIELDS)
    return _read(sort, fields)


def selector_row(one: LockedSelector) -> tuple[str, ...]:
    """The fields of a selector's line."""
    place = one.place
    state = _WRITTEN[one.state]
    return (
        one.sort,
        one.id,
        str(one.index),
        one.layer or "-",
        one.text,
        one.typed,
        f"{state} {SETTLED}" if one.settled else state if one.score == 1 else f"{state} {one.score!r}",
        f"{place.first}+{place.start}..{place.last}+{place.end}" if place else "-",
        one.stood or "-",
        *(one.kept or ()),
    )


def _read(sort: str, fields: list[str]) -> LockedSelector:
    name, index, layer, text, typed, stated, placed, stood, *rest = map(plain, fields)
    state, _, score = stated.partition(" ")
    settled = score == SETTLED
    score = "" if settled else score
    place = None if placed == "-" else _place(placed)
    if not (name and text and index.isascii() and index.isdigit() and len(index) < 9 and state in _STATES):
        raise ValueError(name)
    if not (DIGEST.fullmatch(typed) and (DIGEST.fullmatch(stood) if place else stood == "-")):
        raise ValueError(name)
    if (score and not _SCORE.fullmatch(score)) or len(rest) not in (0, 3) or not (place or rest):
        raise ValueError(name)
    return LockedSelector(
        sort=sort,
        id=name,
        index=int(index),
        layer="" if layer == "-" else layer,
        text=text,
        typed=typed,
        state=_STATES[state],
        score=float(score) if score else 1.0,
        place=place,
        stood=stood if place else "",
        kept=(rest[0], rest[1], rest[2]) if rest else None,
        settled=settled,
    )


def _usual(line: str) -> LockedSelector | None:
    """What a line says of a selector that stands exactly where it is sought, as nearly all do; None for any other."""
    found = _USUAL.fullmatch(line)
    if found is None:
        return None
    sort, name, index, layer, text, typed, first, start, last, end, stood = found.groups()
    place = LockedPlace(first, int(start), last, int(end))
    layer = "" if layer == "-" else layer
    return LockedSelector(sort, name, int(index), layer, text, typed, State.EXACT, 1.0, place, stood)


def _place(placed: str) -> LockedPlace:
    found = _PLACE.fullmatch(placed)
    if found is None:
        raise ValueError(placed)
    return LockedPlace(found[1], int(found[2]), found[3], int(found[4]))
