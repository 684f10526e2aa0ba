"""Notes from other programs, in a JSON file -> entries of an edition: what would be written, and how each fares."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.model.note import Audience
from builder.model.value import value_class
from builder.model.view import View
from builder.parse.ids import slug
from builder.parse.shapes import is_name
from builder.parse.site import parse_outline
from builder.pipeline.annotations import take_in
from builder.pipeline.reading import Drafts, Reading
from builder.shell.editions import edition_in, site_of
from builder.shell.files import blaming, shown
from builder.shell.importing import Plan
from builder.shell.read import read_folder
from builder.shell.texts import read_source

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.pipeline.annotations import TakenIn


@value_class(frozen=True, slots=True)
class NotesPlan:
    """What an import of notes writes, and what is said of it."""

    plan: Plan
    report: tuple[str, ...]
    """A line for each note: where it stands and how sure that is."""
    told: tuple[Diagnostic, ...]
    """Why the document, or something in it, can't be read."""
    site: Path


def plan_notes(path: str, into: str, *, layer: str = "", text: str = "") -> NotesPlan:
    """What importing a JSON document of notes would write. SiteError for what the author can mend."""
    if not into:
        raise SiteError(f"{shown(path)}: notes are imported into an edition: --into FOLDER")
    site = site_of(Path(into))
    folder, _ = read_folder(site)
    outline, _ = parse_outline(folder)
    if outline is None:
        raise SiteError("the settings of the site can't be read; `glossator check` tells why")
    edition = edition_in(Path(into), site, outline)
    reading = Reading(folder, outline, View(audience=Audience.TEACHER), Drafts.SHOWN)
    anchored, _ = reading.anchored(edition)
    if anchored is None:
        raise SiteError(f"{shown(into)}: this edition can't be read; `glossator check` tells why")
    stem = slug(os.path.splitext(os.path.basename(path))[0], "")
    name = stem if is_name(stem) else "notes"
    with blaming(path):
        source, _ = read_source(path, shown(path))
    made = take_in(source.text, anchored, folder, outline, name=name, layer=layer, text=text)
    return NotesPlan(_plan(made, into, site, anchored.edition.settings.folder), _report(made), made.told, site)


def _plan(made: TakenIn, into: str, site: Path, base: str) -> Plan:
    """The files by their names in the edition's folder."""
    inside = f"{base}/" if base else ""
    files = {path.removeprefix(inside): words for path, words in made.files.items()}
    before = {}
    for name in files:
        there = os.path.join(site, inside, name)
        if os.path.lexists(there):
            with open(there, encoding="utf-8", newline="") as file:
                before[name] = file.read()
    return Plan(into, files, before, {}, ())


def _report(made: TakenIn) -> tuple[str, ...]:
    states: dict[str, int] = {}
    for row in made.rows:
        states[row.state] = states.get(row.state, 0) + 1
    counts = ", ".join(f"{count} {state}" for state, count in states.items())
    return (*(row.line for row in made.rows), f"{len(made.rows)} notes: {counts}" if made.rows else "no notes")
