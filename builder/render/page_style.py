"""What a reading page needs of style that is its own: CSS anchors for its notes, switches for its kinds and layers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.render.views import EditionView, KindView, NoteView, PieceView

_STARTS = re.compile(r'<(?:mark|span)\b[^<>]*? data-a="([^"]+)"')


READ = (
    ("body", ":is(.note,.ref,.re,.lost>li)", "display:none!important"),
    ("body", ":is(mark,mark span)", "background:none;padding:0;text-decoration:none"),
)
"""What a box that isn't checked puts away: notes and their numbers, and what marks draw on the words."""

LIST = (("html:not(.js) body", ":is(.listed,.re)", "display:none"),)


def page_style(view: EditionView, known: dict[str, str] | None = None) -> str:
    """Rules for the notes (each level with its mark, without script) and for the switches of the key.

    `known` are those of pieces by their ids; the rules of others are added there.
    """
    known = {} if known is None else known
    rules: list[str] = []
    for text in view.shown:
        for piece in (text.title_piece, text.dek_piece, *text.pieces):
            if piece is None:
                continue
            if not piece.id or piece.id not in known:
                known[piece.id] = "".join(_of_piece(piece))
            rules.append(known[piece.id])
    rules.extend(_switched(tuple(switches(view)), READ))
    rules.extend(glyph_rule(kind) for kind in view.kinds if kind.glyph)
    return "".join(rules)


def _of_piece(piece: PieceView) -> Iterator[str]:
    for started in dict.fromkeys(_STARTS.findall(piece.html)):
        names = ",".join(f"--h{number}" for number in started.split(" "))
        yield f'[data-a="{started}"]{{anchor-name:{names}}}'
    yield from _anchored(piece.notes)


def list_style(view: EditionView) -> str:
    """Rules for the switches of the list of all notes: a script does more, so they hold only where there is none."""
    rules = [*_switched(tuple(switches(view)), LIST), *(glyph_rule(kind) for kind in view.kinds if kind.glyph)]
    return "".join(rules)


def switches(view: EditionView) -> Iterator[tuple[str, str]]:
    """(id of a box of the key, what of a note or mark says that the box speaks for it).

    The edition's first layer has no class of its own, so that it costs nothing: its are those of no other layer. What
    the text's author says is of no layer, and the permalink of a highlight stays.
    """
    for kind in view.kinds:
        yield f"f-{kind.id}", f".k-{kind.id}"
    others = [f".l-{layer.id}" for layer in view.layers[1:]]
    for layer in view.present:
        own = f".l-{layer.id}"
        yield f"_l-{layer.id}", own if own in others else f":not({','.join(others)},.c-author,.highlight)"


def _anchored(notes: Iterable[NoteView]) -> Iterator[str]:
    for note in notes:
        if note.kind.cue == "author":
            yield f"#ref-{note.key}{{anchor-name:--h{note.anchor}}}"
        yield f"#{note.id}{{position-anchor:--h{note.anchor}}}"


def _switched(given: tuple[tuple[str, str], ...], parts: tuple[tuple[str, str, str], ...]) -> Iterator[str]:
    for page, part, drawn in parts:
        chosen = ",".join(f"{page}:has(#{box}:not(:checked)) {part}{said}" for box, said in given)
        if chosen:
            yield f"{chosen}{{{drawn}}}"


def glyph_rule(kind: KindView) -> str:
    """A site's own kind borrows another's line: its sign stands before its numbers."""
    escaped = "".join(f"\\{ord(letter):x} " for letter in kind.glyph)
    return f'.ref.k-{kind.id}::before{{content:"{escaped}"}}'
