"""What a reading page needs of style that is its own: CSS anchors for its notes, filters for its kinds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.render.views import EditionView, KindView, NoteView

_STARTS = re.compile(r'<(?:mark|span)\b[^>]*? data-a="([^"]+)"')


def page_style(view: EditionView) -> str:
    """Rules for the notes (each level with its mark, without script) and for the switches of the key."""
    rules: list[str] = []
    for text in view.shown:
        for piece in (text.title_piece, text.dek_piece, *text.pieces):
            if piece is None:
                continue
            for started in dict.fromkeys(_STARTS.findall(piece.html)):
                names = ",".join(f"--h{number}" for number in started.split(" "))
                rules.append(f'[data-a="{started}"]{{anchor-name:{names}}}')
            rules.extend(_anchored(piece.notes))
    rules.extend(_filter(kind.id) for kind in view.kinds)
    rules.extend(glyph_rule(kind) for kind in view.kinds if kind.glyph)
    return "".join(rules)


def _anchored(notes: Iterable[NoteView]) -> Iterator[str]:
    for note in notes:
        if note.kind.cue == "author":
            yield f"#ref-{note.key}{{anchor-name:--h{note.anchor}}}"
        if note.anchor:
            yield f"#{note.id}{{position-anchor:--h{note.anchor}}}"


def _filter(kind: str) -> str:
    off = f"body:has(#f-{kind}:not(:checked))"
    return (
        f"{off} :is(.note,.ref,.re).k-{kind}{{display:none!important}}"
        f"{off} :is(mark,mark span).k-{kind}{{background:none;text-decoration:none}}"
        f"{off} :is(mark,mark span).k-{kind}::before,{off} :is(mark,mark span).k-{kind}::after{{display:none}}"
    )


def glyph_rule(kind: KindView) -> str:
    """A site's own kind borrows another's line: its sign stands before its numbers."""
    escaped = "".join(f"\\{ord(letter):x} " for letter in kind.glyph)
    return f'.ref.k-{kind.id}::before{{content:"{escaped}"}}'
