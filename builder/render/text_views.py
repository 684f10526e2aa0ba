"""A text -> its pieces: each top-level block woven, with the notes that begin in it beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from enum import Enum
from itertools import chain, groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder.model.prose import BlockKind, FootnoteMark, Open, RawHtml, Run, Span, pieces
from builder.render import html
from builder.render.html_marks import alias_spots, spot_mark
from builder.render.note_views import footnote_view, note_spans, note_view
from builder.render.numbering import on_whole
from builder.render.outlines import outline
from builder.render.parting import homes, parted
from builder.render.raw_pieces import top_level
from builder.render.tie_views import tie_spans, tie_views
from builder.render.views import LinkView, NoteView, PieceView, TextView, TieView
from builder.render.weave import weave

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from builder.model.prose import Block, Frame, Prose
    from builder.model.text import Text
    from builder.render.decoration import Decoration, NoteSpan, Woven
    from builder.render.desk import Desk
    from builder.render.ink import Ink


class Margin(Enum):
    """What a page shows of the notes on a text."""

    NOTES = "notes"
    """Their passages are marked, and the notes stand beside their paragraphs."""
    NUMBERS = "numbers"
    """Numbers alone: the notes stand on the text's own page."""


def text_view(desk: Desk, text: Text, *, page_language: str, margin: Margin = Margin.NOTES) -> TextView:
    """One text with everything beside it."""
    made = list(_pieces(desk, text, margin))
    apart = {kind: piece for kind, piece in made if kind in (BlockKind.TITLE, BlockKind.DEK)}
    return replace(
        outline(desk, text, page_language=page_language),
        title_piece=apart.get(BlockKind.TITLE),
        dek_piece=apart.get(BlockKind.DEK),
        pieces=tuple(piece for kind, piece in made if kind not in apart),
        notes_on_whole=tuple(
            note_view(desk, note)
            for note in desk.matter.numbering.on.get(text.id, ())
            if margin is Margin.NOTES and on_whole(note)
        ),
    )


def _pieces(desk: Desk, text: Text, margin: Margin) -> Iterator[tuple[BlockKind | None, PieceView]]:
    prose = text.prose
    whole = margin is Margin.NOTES
    tied = tie_views(desk, text)
    same, known = _the_same(desk, text, tied) if whole else ({}, frozenset())
    decorations: list[Decoration] = [
        *(note_spans(desk, text, known) if whole else _numbers(desk, text)),
        *tie_spans(desk, tied),
        *desk.term_spans(f"text:{text.id}"),
    ]
    cuts = list(_woven(prose, decorations, same) if same else _cut(weave(prose, prose.frame, decorations)))
    starts = [start for start, _ in cuts]
    beside = _beside(desk, text, starts, cuts, known) if whole else {}
    ties: dict[int, list[TieView]] = defaultdict(list)
    for span, _, tie in sorted(tied, key=lambda one: (one[0].start, one[2].letter)):
        ties[_piece_at(starts, span.start)].append(tie)
    spoken = _spoken(desk, text, starts)
    tying = () if whole else frozenset(homes(text, tied).values())
    ink = desk.ink(f"{text.id}-", text, notes="" if whole else desk.home(text))
    for index, (_, woven) in enumerate(cuts):
        if index in same:
            yield BlockKind.PARAGRAPH, same[index]
            continue
        first = woven[0]
        parts = parted(woven, prose, tying) if tying else woven
        block = prose.blocks[first.block] if isinstance(first, Open) and first.block is not None else None
        view = PieceView(
            id=f"{text.id}-{block.id}" if block else "",
            number=str(block.number) if block and block.number else "",
            label=desk.words.say("paragraph.label", number=block.number) if block and block.number else "",
            cite=desk.cite_block(text, block) if block else "",
            classes=_classes(first, block),
            html=Markup(_spots(block, ink) + html.write(_inside(parts, block), prose, ink)),
            notes=tuple(beside.get(index, ())),
            mentions=tuple(spoken[index]),
            ties=tuple(ties[index]),
        )
        yield block.kind if block else None, desk.keeper.piece(view) if whole and desk.keeper is not None else view


def _the_same(
    desk: Desk, text: Text, tied: Sequence[tuple[Span, object, object]]
) -> tuple[dict[int, PieceView], frozenset[str]]:
    """The pieces that are as the last build set them, by their index, and the ids of the notes that go with them.

    Of such a piece nobody asks more than its id.
    """
    keeper = desk.reprint or desk.keeper
    if keeper is None:
        return {}, frozenset()
    found = keeper.sort(desk.matter, text, _laid(text.prose), [span for span, _, _ in tied])
    same = {index: one for index, one in found.items() if keeper.stood(one.id)}
    views = {index: keeper.piece(PieceView(one.id, *_SILENT)) for index, one in same.items()}
    return views, frozenset(note.id for one in same.values() for note in one.notes)


_SILENT = ("", "", "", "", Markup(""), (), (), ())


def _woven(
    prose: Prose, decorations: list[Decoration], same: Container[int]
) -> Iterator[tuple[int, tuple[Woven, ...]]]:
    """As `_cut`, with nothing woven into the pieces that are the `same`: none of the decorations meets these.

    What lies between two of them is woven by itself: what covers passages there begins and ends there.
    """
    cuts = _laid(prose)
    starts = [start for start, _ in cuts]
    mine: dict[int, list[Decoration]] = defaultdict(list)
    for one in decorations:
        mine[_piece_at(starts, one.span.start)].append(one)
    for kept, run in groupby(range(len(cuts)), key=lambda index: index in same):
        indexes = list(run)
        if kept:
            yield from (cuts[index] for index in indexes)
            continue
        frame = tuple(chain.from_iterable(cuts[index][1] for index in indexes))
        begun = list(chain.from_iterable(mine.get(index, ()) for index in indexes))
        made = [piece for _, piece in _cut(weave(prose, frame, begun))]
        yield from zip((starts[index] for index in indexes), made, strict=True)


def _numbers(desk: Desk, text: Text) -> list[NoteSpan]:
    """The notes' numbers where their passages end, with nothing marked."""
    return [replace(one, span=Span(one.span.end, one.span.end)) for one in note_spans(desk, text) if not one.highlight]


def _spots(block: Block | None, ink: Ink) -> str:
    """Where a piece's old addresses lead: its wrapper has the one of now. And the page that may begin at a picture."""
    if block is None:
        return ""
    begins = block.kind is BlockKind.FIGURE and block.span.start in ink.spots
    page = spot_mark(f"{ink.prefix}at-{block.span.start}") if begins else ""
    return page + alias_spots(block, ink.prefix)


def _inside(woven: tuple[Woven, ...], block: Block | None) -> tuple[Woven, ...]:
    """Title and dek without their own element: the template sets them in a heading of its own level."""
    return woven[1:-1] if block and block.kind in (BlockKind.TITLE, BlockKind.DEK) else woven


def _classes(first: Woven, block: Block | None) -> str:
    element = first.element.value if isinstance(first, Open) else "html" if isinstance(first, RawHtml) else "rule"
    kind = block.kind.value if block else ""
    return element if not kind or kind == element else f"{element} {kind}"


def _cut(woven: tuple[Woven, ...]) -> Iterator[tuple[int, tuple[Woven, ...]]]:
    """Woven events -> (offset at which it begins, events) of each top-level element or lone event."""
    found = list(top_level(woven))
    return zip(_offsets(found), found, strict=True)


def _laid(prose: Prose) -> list[tuple[int, Frame]]:
    """The same of a text into which nothing is woven, as long as there is no HTML of its author's in it."""
    found = list(pieces(prose.frame))
    return list(zip(_offsets(found), found, strict=True))


def _offsets(found: Iterable[tuple[Woven, ...]]) -> Iterator[int]:
    reached = 0
    for piece in found:
        runs = [event.span for event in piece if type(event) is Run]
        yield runs[0].start if runs else reached
        reached = runs[-1].end if runs else reached


def _piece_at(starts: list[int], offset: int) -> int:
    return max(0, bisect_right(starts, offset) - 1)


def _beside(
    desk: Desk, text: Text, starts: list[int], cuts: list[tuple[int, tuple[Woven, ...]]], known: Container[str]
) -> dict[int, list[NoteView]]:
    """Piece -> its notes in the order in which they begin; a note of one of the essayist's footnotes after it.

    Those that are `known` are left out.
    """
    placed: dict[int, list[tuple[int, int, NoteView]]] = defaultdict(list)
    home: dict[int, int] = {}
    for piece, (_, woven) in enumerate(cuts):
        reached = starts[piece]
        for event in woven:
            if type(event) is Run:
                reached = event.span.end
            elif type(event) is FootnoteMark:
                for one in called(text.prose, event.index):
                    if one not in home:
                        home[one] = piece
                        view = footnote_view(desk, text, text.prose.footnotes[one], one)
                        placed[piece].append((reached, 1, view))
    for note in desk.matter.numbering.on.get(text.id, ()):
        if note.id in known or on_whole(note) or note.kind == "highlight":
            continue
        start = desk.matter.numbering.starts[note.id]
        piece = _piece_at(starts, start)
        if start >= text.prose.main.end:
            piece = next(
                (
                    home[index]
                    for index, footnote in enumerate(text.prose.footnotes)
                    if index in home and footnote.block.span.start <= start < footnote.block.span.end
                ),
                piece,
            )
        placed[piece].append((start, 0, note_view(desk, note)))
    return defaultdict(
        list, {piece: [view for _, _, view in sorted(found, key=lambda p: p[:2])] for piece, found in placed.items()}
    )


def called(prose: Prose, index: int) -> tuple[int, ...]:
    """A footnote and those that are called within it, each once, in the order of their calls."""
    found = {index: None}
    waiting = [index]
    while waiting:
        for event in prose.footnotes[waiting.pop()].frame:
            if isinstance(event, FootnoteMark) and event.index not in found:
                found[event.index] = None
                waiting.append(event.index)
    return tuple(found)


def _spoken(desk: Desk, text: Text, starts: list[int]) -> dict[int, list[LinkView]]:
    """Piece -> where its passages are discussed."""
    spoken: dict[int, list[LinkView]] = defaultdict(list)
    for block in text.prose.blocks:
        for link in desk.spoken_of("block", f"{text.id}-{block.id}"):
            found = spoken[_piece_at(starts, block.span.start)]
            if link not in found:
                found.append(link)
    return spoken
