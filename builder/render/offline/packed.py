"""What a file shows by script alone -> compressed words in it: other views, scripts, what search and cards know."""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from builder.render.cards import tie_cards
from builder.render.offline.letters import GROUP, lettered
from builder.render.search import said
from builder.render.search_records import record
from builder.render.search_rows import Group, Row, search_rows, term_rows
from builder.render.term_views import concordance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.render.desk import Desk


THOROUGH = 6
"""How thoroughly it is compressed: all that zlib can takes half as long again and spares four bytes in a thousand."""


def packed(shared: str, own: str) -> str:
    """A text as the theme's script unpacks it: deflated, in base 85.

    It begins with what is `shared`, which is alike in the file of each edition: that is packed for the first alone.
    """
    letters, left, begun = _begun(shared)
    packing = begun.copy()
    return letters + lettered(left + packing.compress(own.encode()) + packing.flush())


@lru_cache(maxsize=2)
def _begun(shared: str) -> tuple[str, bytes, Any]:
    """What files begin with: letters for whole groups of bytes, the bytes left, and what goes on from there."""
    packing = zlib.compressobj(THOROUGH)
    done = packing.compress(shared.encode())
    whole = len(done) - len(done) % GROUP
    return lettered(done[:whole]), done[whole:], packing


def known(desk: Desk) -> dict[str, object]:
    """What search, cards and concordance know besides what stands in the page: alike beside alike, to pack well."""
    edition = desk.matter.edition
    rows = tuple(_rows(desk))
    kinds = {row.kind: desk.kind(row.kind) for row in rows if row.kind}
    return {
        "found": json.loads(record(edition.id, edition.settings.title, rows, kinds)),
        "lines": _concordance(desk),
        "ties": {end: {"w": tie["w"], "r": tie["r"], "t": tie["t"]} for end, tie in tie_cards(desk).items()},
        "words": said(desk.words),
        "used": desk.words.say("glossary.used"),
    }


def _rows(desk: Desk) -> Iterator[Row]:
    """All that is found. Words that stand in the page under the row's address are read there, and not told again."""
    for row in (*search_rows(desk), *(row for _, row in term_rows(desk))):
        if row.group is Group.TEXT and row.head:
            yield row
        else:
            yield Row(row.group, row.href, row.place, row.head, "", row.text, row.language, row.kind, row.also)


def _concordance(desk: Desk) -> dict[str, list[tuple[str, ...]]]:
    """Term -> its lines: (address, where it is). What stands around a term that is a link is read from the page."""
    lines = concordance(desk)
    return {
        term.id: [
            (line.href, line.where)
            if line.href.startswith("#occ-")
            else (line.href, line.where, line.left, line.word, line.right)
            for line in lines[term.id]
        ]
        for term in desk.matter.filed
        if term.id in lines
    }
