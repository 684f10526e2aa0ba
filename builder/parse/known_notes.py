"""An edition's notes as they were read -> a line, and back: of the same files thousands of them are not read anew.

A line is only believed under the same key: a digest of all that notes and their ids are made from.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.model.coding import CodingError
from builder.model.diagnostic import Place
from builder.model.note import Audience, Layer, Note, Selector
from builder.model.prose import EMPTY
from builder.parse.markdown import parse_body, simple_body

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


APART = 2
"""Lines from a heading of a note to the next, or to its body: of a body further below nothing is written."""


ANEW = 300_000
"""Letters of bodies that would be read anew, to be sure that they come out the same, and again by the next build."""
_SHORT = 10
"""Fields of a note that has little to say of itself."""

_UNSAID = (Audience.ALL, "", "", (), "", False)
"""What most notes say of their audience, author, date, tags and the note that they answer, and whether what they say
was altered."""


AT_HAND: list[tuple[str, NotesRead]] = []
"""The line that was last read or written, and what it says."""


class NotesRead(NamedTuple):
    """What the files of an edition's notes came to, with the ids that are settled; nothing was wrong with them."""

    layers: tuple[Layer, ...]
    notes: tuple[Note, ...]


def write_notes(key: str, read: NotesRead) -> str:
    """The notes on a line; "" where some of them can't be written so that they come out the same."""
    layers = [_layer_row(layer) for layer in read.layers]
    rows = []
    anew = 0
    for note in read.notes:
        rows.append(row := _row(note))
        anew += len(note.body.source) if len(row) > _SHORT else 0
        if not row or anew > ANEW:
            return ""
    if not all(layers):
        return ""
    line = json.dumps([key, layers, rows], ensure_ascii=False, separators=(",", ":"))
    AT_HAND[:] = [(line, read)]
    return line


def read_notes(line: str, key: str) -> NotesRead | None:
    """The notes of a line again, None where it was written under another key. CodingError where it isn't sound."""
    if not begins(line, key):
        return None
    for known, read in AT_HAND:
        if known == line:
            return read
    try:
        _, layers, rows = json.loads(line)
        read = NotesRead(tuple(map(_layer, layers)), tuple(map(_note, rows)))
    except (ValueError, TypeError, RecursionError) as fault:
        raise CodingError("no notes") from fault
    AT_HAND[:] = [(line, read)]
    return read


def begins(line: str, key: str) -> bool:
    """Whether a line was written under a key."""
    return line.startswith(f'["{key}",')


def _layer_row(layer: Layer) -> list[Any]:
    """A layer as a row, [] for one whose introduction hangs on the line in which it stands."""
    introduction = layer.introduction
    row = [layer.id, layer.text, layer.by, layer.title, layer.language, introduction.source, introduction.altered]
    made = _layer(row)
    return row if made == layer and made.introduction.source == introduction.source else []


def _layer(row: Sequence[Any]) -> Layer:
    id, text, by, title, language, source, altered = row
    introduction = parse_body(source, path="", line=1)[0]
    return Layer(id, text, by, title, replace(introduction, altered=True) if altered else introduction, language)


def _row(note: Note) -> list[Any]:
    """A note as a row, [] for one that doesn't come out of any as it is. Most are short ones."""
    selector, place, source = note.selectors[0], note.place, note.body.source
    row = [note.id, note.kind, note.text, note.layer, place.path, place.line, place.column, note.given_id, source]
    if _is_short(note, selector):
        return [*row, selector.heading]
    audience, tags = note.audience.value, list(note.tags)
    said = [audience, note.by, note.date, tags, note.answers, note.body.altered]
    more = [*row, "", [_seek(one) for one in note.selectors], *said]
    after = range(1, APART * len(note.selectors) + 1)
    return next(([*more, lines] for lines in after if _same(_note([*more, lines]), note)), [])


def _is_short(note: Note, selector: Selector) -> bool:
    """Whether a note has nothing but one passage, sought by its heading as it is, and a body of plain words."""
    heading, body = selector.heading, note.body
    said = (note.audience, note.by, note.date, note.tags, note.answers, body.altered)
    if len(note.selectors) > 1 or said != _UNSAID or selector != Selector(heading, ((heading,),), note.place):
        return False
    known = simple_body(body.source) if body.source else EMPTY
    return body == known


def _same(one: Note, other: Note) -> bool:
    """Whether two notes are the same in all that is ever asked of them."""
    bodies = one.body, other.body
    return one == other and bodies[0].source == bodies[1].source and bodies[0].altered == bodies[1].altered


def _note(row: Sequence[Any]) -> Note:
    id, kind, text, layer, path, line, column, given, source, heading, *more = row
    place = Place(path, line, column)
    if not more:
        body = simple_body(source) if source else EMPTY
        return Note(id, kind, text, layer, (Selector(heading, ((heading,),), place),), body, place, given_id=given)
    selectors, audience, by, date, tags, answers, altered, lines = more
    body = parse_body(source, path=path, line=line + lines)[0]
    return Note(
        id=id,
        kind=kind,
        text=text,
        layer=layer,
        selectors=tuple(_sought(path, one) for one in selectors),
        body=replace(body, altered=True) if altered else body,
        place=place,
        audience=Audience(audience),
        by=by,
        date=date,
        tags=tuple(tags),
        answers=answers,
        given_id=given,
    )


def _seek(one: Selector) -> list[Any]:
    readings = [list(reading) for reading in one.readings]
    return [one.heading, readings, one.place.line, one.place.column, one.blocks, one.within, one.prefix, one.suffix]


def _sought(path: str, row: Sequence[Any]) -> Selector:
    heading, readings, line, column, *others = row
    return Selector(heading, tuple(map(tuple, readings)), Place(path, line, column), *others)


def made_ids(lock: str) -> str:
    """What of an anchors.lock says which ids were made: its last lines."""
    found: Iterable[int] = (lock.find(f"\n{sort}\t") for sort in ("made", "given"))
    return lock[min((at for at in found if at >= 0), default=len(lock)) :]
