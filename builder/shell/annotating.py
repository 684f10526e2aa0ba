"""Notes from other programs, in JSON files -> entries of an edition: what would be written, and how each fares.

Texts that are imported with them stand there already, as it were.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.model.note import Audience
from builder.model.site import Folder, Source
from builder.model.value import value_class
from builder.model.view import View
from builder.parse.ids import slug
from builder.parse.shapes import NAME_RULE, is_name
from builder.pipeline.annotations import take_in
from builder.pipeline.importing import SETTINGS
from builder.pipeline.reading import Drafts, Reading
from builder.shell.editions import edition_in, site_of
from builder.shell.files import NotRegularError, TooLargeError, blaming, read_regular, shown
from builder.shell.importing import Plan
from builder.shell.incoming import lacking
from builder.shell.opening import outline_of
from builder.shell.read import read_folder
from builder.shell.texts import TEXT_BOUND, decode, read_source
from builder.shell.whence import from_here

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.pipeline.annotations import Row, TakenIn

_BOM = "\ufeff"


@value_class(frozen=True, slots=True)
class NotesPlan:
    """What an import of notes writes, and what is said of it."""

    plan: Plan
    report: tuple[str, ...]
    """A line for each note: where it stands and how sure that is; and how many there are of each sort."""
    told: tuple[Diagnostic, ...]
    """Why a document, or something in it, can't be read; places as seen from where the command was typed."""
    failed: bool
    """Whether there was something to be taken in, and nothing of it could be."""


def plan_notes(
    paths: Sequence[str], into: str, *, layer: str = "", text: str = "", texts: Plan | None = None
) -> NotesPlan:
    """What importing JSON documents of notes would write. SiteError for what the author can mend.

    `texts` are what is imported with them, into the same folder: the notes may be on them, and the plan holds both.
    """
    if not into:
        raise SiteError(f"{shown(paths[0])}: notes are imported into an edition: --into FOLDER")
    if layer and not is_name(layer):
        raise SiteError(f"“{layer}” is no name for a layer: {NAME_RULE}")
    planned = texts.files if texts is not None else {}
    site, before = _home(into, planned)
    inner = os.path.relpath(Path(into).resolve(), site.resolve()).replace(os.sep, "/")
    inside = "" if inner == os.curdir else f"{inner}/"
    folder = _with(before, {inside + name: decode(words.encode(), name)[0] for name, words in planned.items()})
    standing = folder
    rows: list[Row] = []
    told: list[Diagnostic] = []
    files: dict[str, str] = {}
    for path in paths:
        document, slips = _document(path)
        made = _taken(document, path, (site, into), folder, layer=layer, text=text)
        rows += made.rows
        told += [*slips, *made.told]
        files |= made.files
        folder = _with(folder, made.files)
    known = any(row.state != "refused" for row in rows)
    plan = _plan({path.removeprefix(inside): words for path, words in files.items()}, standing, into, inside, texts)
    return NotesPlan(plan, _report(rows), tuple(told), bool(told) and not known)


def _home(into: str, planned: Mapping[str, str]) -> tuple[Path, Folder]:
    """The site of an edition's folder and what stands in it; of one that is yet to be made, the site it will be in."""
    folder = Path(into)
    if not planned or (folder / SETTINGS).is_file():
        site = site_of(folder)
        return site, read_folder(site)[0]
    beside = Path(os.path.abspath(into)).parent
    if (beside / "site.toml").is_file():
        return beside, read_folder(beside)[0]
    return folder, Folder({}, {})


def _document(path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The words of a file. SiteError for one that can't be read as it is meant."""
    try:
        with blaming(path):
            source, slips = read_source(path, shown(path))
    except NotRegularError as fault:
        raise SiteError(f"{shown(path)}: is no file") from fault
    if source.broken:
        raise SiteError(f"{shown(path)}: {slips[0].message}; {slips[0].hint}")
    return source.text, slips


def _taken(document: str, path: str, home: tuple[Path, str], folder: Folder, *, layer: str, text: str) -> TakenIn:
    """What the notes of one document come to in a folder as it would be."""
    site, into = home
    outline = outline_of(folder)
    edition = edition_in(Path(into), site, outline)
    reading = Reading(folder, outline, View(audience=Audience.TEACHER), Drafts.SHOWN)
    anchored, _ = reading.anchored(edition)
    if anchored is None:
        raise SiteError(f"{shown(into)}: this edition can't be read; `glossator check` tells why")
    names = [one.id for one in anchored.edition.texts]
    if text and text not in names:
        raise SiteError(f"this edition has no text “{text}”; it has: {', '.join(names)}")
    stem = slug(os.path.splitext(os.path.basename(path))[0], "")
    name = stem if is_name(stem) else "notes"
    try:
        made = take_in(document, anchored, folder, outline, name=name, layer=layer, text=text)
    except ModuleNotFoundError as fault:
        raise lacking(path, fault) from fault
    of_site = from_here((one for one in made.told if one.place.path != name), site)
    own = (one for one in made.told if one.place.path == name)
    of_document = [replace(one, place=replace(one.place, path=shown(path))) for one in own]
    return replace(made, told=(*of_document, *of_site))


def _with(folder: Folder, files: Mapping[str, str]) -> Folder:
    """A folder in which some files have other words."""
    fresh = {path: Source(path, words, hashlib.sha256(words.encode()).hexdigest()) for path, words in files.items()}
    return replace(folder, sources=dict(sorted({**folder.sources, **fresh}.items())))


def _plan(files: Mapping[str, str], folder: Folder, into: str, inside: str, texts: Plan | None) -> Plan:
    """The files by their names in the edition's folder, as they are and as they are to be, byte for byte."""
    now = dict(texts.files) if texts is not None else {}
    before = dict(texts.before) if texts is not None else {}
    for name, words in files.items():
        source = folder.sources.get(inside + name)
        if source is None:
            now[name] = words
            continue
        if name not in now:
            before[name] = _as_it_is(os.path.join(into, name), source)
        now[name] = _over(now.get(name, before.get(name, "")), source.text, words)
    return Plan(into, now, before, texts.pictures if texts else {}, texts.remarks if texts else ())


def _as_it_is(path: str, source: Source) -> str:
    """A file's words with its own ends of lines. SiteError for a file to which nothing can be added."""
    if os.path.islink(path):
        raise SiteError(f"{shown(path)}: is a link; nothing is added to it")
    try:
        with blaming(path):
            raw = read_regular(path, TEXT_BOUND)
    except (NotRegularError, TooLargeError) as fault:
        raise SiteError(f"{shown(path)}: this is no file to which something can be added") from fault
    if decode(raw, path)[0] != source.text:
        raise SiteError(f"{shown(path)}: changed meanwhile; try again")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise SiteError(f"{shown(path)}: this is no UTF-8 file; nothing can be added to it") from fault


def _over(raw: str, old: str, new: str) -> str:
    """New words for a file that reads as `old`: what it keeps stays as it stands there, the rest ends its lines so."""
    kept, words = (raw, new[len(old) :]) if new.startswith(old) else (_BOM if raw.startswith(_BOM) else "", new)
    return kept + (words.replace("\n", "\r\n") if "\r\n" in raw else words)


def _report(rows: Sequence[Row]) -> tuple[str, ...]:
    counts = Counter(row.state for row in rows)
    said = ", ".join(f"{count} {state}" for state, count in counts.items())
    many = "1 note" if len(rows) == 1 else f"{len(rows)} notes"
    return (*(row.line for row in rows), f"{many}: {said}" if rows else "no notes")
