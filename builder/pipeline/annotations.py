"""Annotations out of an edition, and into it: which files they make, and a line on each: where it stands, how sure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.annotation import Foreign, Keepsake, Refused
from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.note import Audience
from builder.model.value import value_class
from builder.model.view import View
from builder.parse.imported import IMPORTED, parse_imported, serialize_imported
from builder.parse.json_document import DocumentError
from builder.parse.webanno import parse_annotations
from builder.pipeline.entering import Entering, Row
from builder.pipeline.groundwork import groundwork
from builder.pipeline.reading import Drafts, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Folder
    from builder.model.view import Anchored
    from builder.parse.site import Outline

__all__ = ["Row", "TakenIn", "give_out", "take_in"]


@value_class(frozen=True, slots=True)
class TakenIn:
    """What an import comes to. Nothing is written: that is for the shell."""

    files: Mapping[str, str]
    """Path relative to the site's folder -> the file's new text; only files that change."""
    rows: tuple[Row, ...]
    """One for each annotation, in the document's order."""
    told: tuple[Diagnostic, ...]


def give_out(
    folder: Folder, outline: Outline, edition: str, audience: Audience = Audience.STUDENT
) -> tuple[str, tuple[Diagnostic, ...]]:
    """An edition as W3C Web Annotations, "" where it can't be read; and what was found wrong on the way."""
    from builder.render.webanno import annotation_document

    view = View(audience=audience, output="webanno")
    reading = Reading(folder, outline, view, Drafts.SHOWN)
    anchored, told = reading.anchored(edition)
    if anchored is None:
        return "", told
    referred, slips, _ = reading.referred(anchored, view)
    each = frozenset(one.id for one in outline.editions if one.pages == "each")
    works = outline.works_of(edition)
    needs = groundwork(referred.anchored)
    document = annotation_document(referred, outline.settings, works=works, each=each, groundwork=needs)
    return document, (*told, *slips)


def take_in(
    document: str, anchored: Anchored, folder: Folder, outline: Outline, *, name: str, layer: str = "", text: str = ""
) -> TakenIn:
    """The annotations of a JSON document as entries of an edition.

    `name` is what the file beside the edition is called that keeps what isn't used (`imported/NAME.json`). All notes go
    into `layer`; without it those of our own export into theirs, others into the edition's first. `text` is the text
    that they are about; without it each is sought where its address says, then in all. What is there already, by its
    id, is left alone: importing twice changes nothing. ModuleNotFoundError where what reads HTML isn't.
    """
    place = Place(f"{IMPORTED}/{name}.json")
    try:
        found = parse_annotations(document)
    except DocumentError as fault:
        return TakenIn({}, (), (diagnose("G144", Place(name, fault.line, fault.column), str(fault)),))
    entering = Entering(anchored, folder, outline.settings, layer=layer, text=text)
    for one in found:
        if isinstance(one, Refused):
            entering.rows.append(Row(one.id, "", "", "refused", 0.0, "", one.reason))
        else:
            entering.take(one)
    entering.settle()
    rows = tuple(_with_told(row, one) for row, one in zip(entering.rows, found, strict=True))
    files = entering.files()
    told = [
        diagnose("G145", Place(name), f"{row.foreign or 'an annotation without an id'}: {row.reason}")
        for row in rows
        if row.state == "refused"
    ]
    kept = _remembered(entering.entered, folder, anchored, place.path)
    return TakenIn({**files, **kept}, rows, (*entering.told, *told))


def _with_told(row: Row, one: Foreign | Refused) -> Row:
    """What became of an annotation, with what was removed from its body where it is taken in."""
    told = one.told if isinstance(one, Foreign) and row.state not in ("known", "deleted", "refused") else ()
    return replace(row, reason="; ".join(part for part in (row.reason, *told) if part))


def _remembered(entered: Mapping[str, Foreign], folder: Folder, anchored: Anchored, path: str) -> dict[str, str]:
    """The file that keeps what isn't used, with what it held before; none where there is nothing to keep."""
    fresh = {}
    for key, one in entered.items():
        if not one.name or one.kept:
            fresh[key] = Keepsake(one.id, one.also, one.kept)
    if not fresh:
        return {}
    base = anchored.edition.settings.folder
    path = f"{base}/{path}" if base else path
    source = folder.sources.get(path)
    known, _ = parse_imported([source] if source is not None else [])
    return {path: serialize_imported({**fresh, **known})}
