"""What a search finds in an edition -> its record, as a part of the index holds it; and back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from builder.render.cards import script_safe
from builder.render.search_rows import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.render.search_rows import Row
    from builder.render.views import KindView

_CALL = re.compile(r"glossatorFind\((.*)\);\n", re.DOTALL)


def record(edition: str, title: str, rows: Iterable[Row], kinds: Mapping[str, KindView]) -> str:
    """What is found in an edition, as a part of the index holds it."""
    return encoded(recorded(edition, title, rows, kinds))


_BEGIN = '{"editions":['
"""How what a part calls the search with begins; the records follow, with a comma between each two."""


def records_of(part: bytes) -> dict[str, str]:
    """The records that a part of the index holds, as they stand there, by their edition. ValueError for no part."""
    called = _CALL.fullmatch(part.decode())
    if called is None or not called[1].startswith(_BEGIN):
        raise ValueError("no part of a search index")
    text, at, read = called[1], len(_BEGIN), json.JSONDecoder().raw_decode
    records: dict[str, str] = {}
    while text[at] != "]":
        one, end = read(text, at)
        records[one["id"]] = text[at:end]
        at = end + (text[end] == ",")
    return records


def recorded(edition: str, title: str, rows: Iterable[Row], kinds: Mapping[str, KindView]) -> dict[str, object]:
    """An edition as the script reads it: what repeats is told once and named by its index."""
    pages: dict[str, int] = {}
    texts: dict[tuple[str, str], int] = {}
    told: dict[str, int] = {}
    made: list[list[object]] = []
    for row in rows:
        page, _, name = row.href.partition("#")
        made.append(
            [
                int(row.group),
                pages.setdefault(page, len(pages)),
                name,
                row.place,
                row.head,
                row.words,
                texts.setdefault((row.text, row.language), len(texts)),
            ]
        )
        if row.kind:
            made[-1].append(told.setdefault(row.kind, len(told)))
        elif row.group is Group.TERM:
            made[-1].append(row.also)
    shown = [kinds[name] for name in told]
    return {
        "id": edition,
        "title": title,
        "pages": list(pages),
        "texts": list(texts),
        "kinds": [[kind.id, kind.cue, kind.label, kind.glyph] for kind in shown],
        "rows": made,
    }


def encoded(value: object) -> str:
    """A value as JSON, as short as can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def script(encoded: str) -> bytes:
    """JSON as a classic script that hands it over."""
    return f"glossatorFind({script_safe(encoded)});\n".encode()
