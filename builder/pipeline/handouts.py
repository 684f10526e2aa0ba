"""Handouts composed -> PDFs: the press is asked where the lines fall, the margins are made up, and it sets them.

Text and notes are set apart first: where the text's lines fall is asked once for all handouts of an edition on one
paper, so that page and line are the same place in all of them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from builder.model.codes import diagnose
from builder.model.diagnostic import Diagnostic, Place
from builder.model.handout import FACING, WORDS, SettingError
from builder.model.site import Kept, Page
from builder.pipeline.binding import bound_in
from builder.pipeline.letters import faces_for, shown
from builder.pipeline.levels import levelled
from builder.render.answers import ground_of, heights_of, require_answered, words_of
from builder.render.division import counted, in_parts, line_starts, tagged
from builder.render.galley import (
    FOLD,
    Reckoning,
    beginnings,
    no_margins,
    paginated,
    said_notes,
    said_text,
)
from builder.render.handout_paths import handout_path, handouts_of
from builder.render.makeup import Sizes, make_up

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from builder.model.book import Beginnings
    from builder.model.handout import Ground, Handout, Press, Printed
    from builder.model.site import Settings
    from builder.pipeline.sheets import MadeEdition, Sheet
    from builder.pipeline.themed import Themed
    from builder.render.galley import Said

Grounds = dict[tuple[str, str], "Ground"]
"""Paper and layout -> where the text fell."""

Parts = dict[str, list["Said"]]


def digest_of(handout: Handout, theme: str) -> str:
    """A digest of all that a handout is set from, `theme` being that of its theme.

    "" where it shows pictures, which may change without a word.
    """
    if handout.images:
        return ""
    said = [theme, handout.path, handout.paper, handout.layout, handout.view, handout.texts]
    spots = [handout.spots, handout.within]
    passages = [[[at.place, at.footnote] for at in one.passages] for one in handout.remarks]
    remarks = [[one.key, one.cuts, one.said] for one in handout.remarks]
    return hashlib.sha256(json.dumps([said, spots, passages, remarks], sort_keys=True).encode()).hexdigest()


def printed(
    sheet: Sheet, press: Press | None, past: Mapping[str, MadeEdition], themed: Themed, settings: Settings
) -> Sheet:
    """An edition's sheet with its handouts set, and its book bound, which names their pages.

    Without a press handouts are owed, and those of `past` are kept till then. `past` are editions as last made, by
    their ids. Of an edition whose pages can't be set the handouts are only tried.
    """
    if sheet.made is None:
        tried = print_all(sheet.handouts, press, (), themed, {}) if press is not None else ()
        told = levelled([one for one in tried if isinstance(one, Diagnostic)], settings.quality)
        return replace(sheet, told=(*sheet.told, *told))
    if asked := handouts_of(sheet.made.settings.handouts, settings):
        before = past.get(sheet.made.settings.id)
        digests = before.handouts if before else {}
        pages = before.pages if before else ()
        if press is None:
            paths = [handout_path(sheet.made.settings.id, one.id) for one in asked]
            standing = {path: digests[path] for path in paths if path in digests}
            kept = [Kept(tuple(standing))] if standing else []
            sheet = _with(sheet, kept, handouts=standing, pages=pages, owed=True)
        else:
            sheet = _set(sheet, press, digests, pages, themed, settings)
    return bound_in(sheet)


def _set(
    sheet: Sheet, press: Press, before: Mapping[str, str], pages: Beginnings, themed: Themed, settings: Settings
) -> Sheet:
    """With its handouts set; `pages` are as they were `before`, where none is set of which that could be asked."""
    grounds: Grounds = {}
    digests = {one.path: digest_of(one, themed.digest) for one in sheet.handouts}
    same = {path for path, digest in digests.items() if digest and digest == before.get(path)}
    made = list(print_all(sheet.handouts, press, same, themed, grounds))
    numbered = paginated(sheet.handouts)
    if numbered and (ground := grounds.get((numbered.paper, numbered.layout))):
        pages = beginnings(numbered, ground)
    told = levelled([one for one in made if isinstance(one, Diagnostic)], settings.quality)
    items = [one for one in made if not isinstance(one, Diagnostic)]
    return _with(sheet, items, told, handouts=digests, pages=pages, owed=False)


def _with(sheet: Sheet, items: Sequence[Page | Kept], told: tuple[Diagnostic, ...] = (), **known: Any) -> Sheet:
    """With what was made for its handouts, and `known` of the edition: `handouts`, `pages`, `owed`."""
    assert sheet.made is not None
    paths = (*sheet.made.paths, *known["handouts"])
    made = replace(sheet.made, paths=paths, told=(*sheet.made.told, *told), **known)
    return replace(sheet, told=(*sheet.told, *told), items=(*sheet.items, *items), made=made)


def print_all(
    handouts: Sequence[Handout], press: Press, same: Container[str], themed: Themed, grounds: Grounds
) -> Iterator[Page | Kept | Diagnostic]:
    """The handouts of one edition, those kept whose paths are among the `same`. What can't be set is told.

    Into `grounds` goes where the text fell on each paper.
    """
    for handout in handouts:
        if handout.path in same:
            yield Kept((handout.path,))
            continue
        key = (handout.paper, handout.layout)
        try:
            if key not in grounds:
                grounds[key] = ground_of(press.ask(said_text(handout), handout.images))
            require_answered(handout, grounds[key])
            printed = _print(handout, grounds[key], press)
            yield Page(handout.path, printed.content)
        except SettingError as fault:
            for one in (fault, *fault.also):
                place = Place(themed.files.origins.get(one.file, one.file), one.line, one.column)
                yield diagnose("G506", place, f"the handout “{handout.path}” can't be set: {one.message}", one.hint)
        else:
            if printed.lost:
                yield _formless(handout, printed.lost)


def _formless(handout: Handout, letters: Sequence[str]) -> Diagnostic:
    found = f"the handout “{handout.path}” has letters without a form: {shown(letters)}"
    faces = faces_for(letters)
    hint = f"install {' and '.join(faces)}, or put it (.otf, .ttf) into theme/faces/ beside site.toml" if faces else ""
    return diagnose("G508", handout.place, found, hint)


def _print(handout: Handout, ground: Ground, press: Press) -> Printed:
    reckoning = Reckoning(handout, ground)
    if handout.layout == FACING:
        return press.set(reckoning.whole(no_margins(handout), {}), handout.images)
    answer = press.ask(said_notes(handout, reckoning.said, reckoning.where), handout.images)
    heights = heights_of(answer, reckoning.said)
    parts: Parts = {}
    undivided: set[str] = set()
    while True:
        high = _heights(handout, parts, reckoning, press) if parts else {}
        items = reckoning.items(heights, frozenset(undivided))
        makeup = make_up(items, reckoning.rooms, Sizes(ground.width, FOLD, high))
        wanted = {key: rooms for key, rooms in makeup.divided.items() if key not in parts}
        if not wanted:
            return press.set(reckoning.whole(makeup, parts), handout.images)
        found = _divide(handout, reckoning, wanted, press)
        parts.update(found)
        undivided.update(wanted.keys() - found.keys())


def _heights(handout: Handout, parts: Parts, reckoning: Reckoning, press: Press) -> dict[str, tuple[float, ...]]:
    """The heights of the parts of each remark that is divided."""
    said = {f"{key}/{at}": part for key, several in parts.items() for at, part in enumerate(several)}
    heights = heights_of(press.ask(said_notes(handout, said, reckoning.where), handout.images), said)
    return {key: tuple(heights[f"{key}/{at}"][0] for at in range(len(several))) for key, several in parts.items()}


def _divide(handout: Handout, reckoning: Reckoning, wanted: Mapping[str, Sequence[float]], press: Press) -> Parts:
    """The parts of each remark that is to go on in the next margins; without those that can't be divided there."""
    asked = {key: {**reckoning.said[key], "nodes": tagged(reckoning.said[key]["nodes"])} for key in wanted}
    answer = press.ask(said_notes(handout, asked, reckoning.where, WORDS), handout.images)
    words = words_of(answer, {key: counted(one["nodes"]) for key, one in asked.items()})
    found: Parts = {}
    for key, rooms in wanted.items():
        said = reckoning.said[key]
        starts = line_starts(words.get(key, []), to_left=said["direction"] == "rtl")
        if parts := in_parts(said["nodes"], starts, rooms):
            names = ["head", *["middle"] * (len(parts) - 2), "tail"]
            pages = range(said["at"]["page"] + 1, said["at"]["page"] + 1 + len(parts))
            found[key] = [
                {**said, "nodes": nodes, "part": name, "other": page}
                for nodes, name, page in zip(parts, names, pages, strict=True)
            ]
    return found
