"""imported/NAME.json <-> what is remembered of annotations that were taken in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from builder.model.annotation import Keepsake
from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.parse.json_document import DocumentError, cleaned, read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Source

IMPORTED = "imported"
"""The folder beside an edition's texts."""

_OBJECTS = ("members", "original", "quotations", "was")
_LISTS = ("bodies", "targets")


def parse_imported(sources: Iterable[Source]) -> tuple[dict[str, Keepsake], tuple[Diagnostic, ...]]:
    """All that is remembered, by `note:ID` and the like; of two files that speak of the same the first one counts."""
    found: dict[str, Keepsake] = {}
    told: list[Diagnostic] = []
    for source in sources:
        try:
            read = _read(cleaned(read_document(source.text)))
        except DocumentError as fault:
            told.append(diagnose("G143", Place(source.path, fault.line, fault.column), str(fault)))
            continue
        if read is None:
            told.append(diagnose("G143", Place(source.path), "it isn't what an import left"))
            continue
        for name, keepsake in read.items():
            found.setdefault(name, keepsake)
    return found, tuple(told)


def _read(document: Any) -> dict[str, Keepsake] | None:
    held = document.get("annotations") if isinstance(document, dict) else None
    if not isinstance(held, dict):
        return None
    found = {}
    for name, one in held.items():
        if not isinstance(one, dict) or not isinstance(one.get("id"), str):
            return None
        also = one.get("also", [])
        kept = one.get("kept", {})
        if not _is_strings(also) or not isinstance(kept, dict) or not _is_kept(kept):
            return None
        found[name] = Keepsake(one["id"], tuple(also), kept)
    return found


def _is_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_kept(kept: dict[str, Any]) -> bool:
    fit = all(isinstance(kept.get(name, {}), dict) for name in _OBJECTS)
    fit = fit and all(isinstance(kept.get(name, []), list) for name in _LISTS)
    quotations = kept.get("quotations", {}).values() if fit else ()
    fit = fit and all(isinstance(one, dict) and _is_strings(list(one.values())) for one in quotations)
    return fit and all(isinstance(one, dict) and {"as", "was"} <= one.keys() for one in kept.get("was", {}).values())


def serialize_imported(keepsakes: Mapping[str, Keepsake]) -> str:
    """The file's text: sorted, one member a line, so that it diffs well."""
    held = {
        name: {
            "id": one.id,
            **({"also": list(one.also)} if one.also else {}),
            **({"kept": one.kept} if one.kept else {}),
        }
        for name, one in keepsakes.items()
    }
    return json.dumps({"annotations": held}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
