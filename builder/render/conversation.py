"""An edition of several texts under one view -> its conversation: the texts face to face, tied passage to passage."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from markupsafe import escape

from builder.model.note import Anchor
from builder.model.prose import BlockKind, Span
from builder.model.quoting import in_line, picture_at, without_strokes
from builder.render.conversation_views import (
    AnswerView,
    ConversationView,
    FacingTextView,
    OpeningView,
    RelationView,
)
from builder.render.edition_views import edition_view
from builder.render.excerpt import marked
from builder.render.note_views import footnote_view, note_view
from builder.render.page_style import glyph_rule
from builder.render.parting import facing_piece, homes
from builder.render.text_views import Margin, text_view
from builder.render.tie_views import crossref_views, end_picture, ends_of, picture, relation, tie_views
from builder.render.tongue import direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from builder.model.crossref import CrossReference, End
    from builder.model.note import Found
    from builder.model.prose import Block
    from builder.model.site import Settings
    from builder.model.text import Text
    from builder.render.conversation_views import FacingPieceView
    from builder.render.desk import Desk
    from builder.render.views import EditionView, NoteView, PieceView

PAGE = "conversation.html"
NOTECARDS = "notecards.js"

COPIES = frozenset({"block", "text", "xref"})
"""Kinds of addresses that lead to the reading page from elsewhere, but stay on the conversation page."""

OPENING = 64
"""Characters of a paragraph that a list shows of it."""

ROOM = 240
"""Characters of its sentence that a copy of a passage keeps on either side."""

LONG = 480
"""Characters of a passage that its copy shows whole; a longer one keeps its first and last words."""

_STOP = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)")
"""The end of a sentence."""


def converses(desk: Desk) -> bool:
    """Whether the edition has texts enough for a conversation."""
    return len(desk.matter.edition.texts) > 1


def conversation_edition(desk: Desk, settings: Settings) -> EditionView:
    """The edition as its conversation page sees it: the list of ties with their reasons, no other list."""
    view = edition_view(desk, settings, shown=(), front=False)
    return replace(view, crossrefs=crossref_views(desk))


def conversation_view(desk: Desk) -> ConversationView:
    """The texts in reading order; the first one's paragraphs with what answers them."""
    edition = desk.matter.edition
    first, *others = edition.texts
    answers = dict(_answers(desk, first))
    return ConversationView(
        texts=(
            _facing(desk, first, answers),
            *(_facing(desk, text, {}) for text in others),
        ),
        relations=_relations(desk),
        unanswered=tuple(_untouched(desk, first, alone=False)) if edition.crossrefs else (),
        answering_nothing=tuple(line for text in others for line in _untouched(desk, text, alone=True))
        if edition.crossrefs
        else (),
        notecards=desk.spot.to(f"{edition.id}/{NOTECARDS}") if any(_has_notes(desk)) else "",
    )


def notecard_views(desk: Desk) -> tuple[NoteView, ...]:
    """Every note that has a number in a text, and the authors' own footnotes, for the cards of the conversation."""
    matter = desk.matter
    notes = [note_view(desk, note) for note in matter.numbering.order if note.id in matter.numbering.notes]
    footnotes = [
        footnote_view(desk, text, footnote, index)
        for text in matter.edition.texts
        for index, footnote in enumerate(text.prose.footnotes)
    ]
    return (*notes, *footnotes)


def conversation_style(desk: Desk) -> str:
    """Rules of the filter by relation (without script), and the signs of the site's own kinds."""
    rules = [
        _alone(name, [crossref.id for crossref in desk.matter.numbering.crossrefs if crossref.relation == name])
        for name in _names(desk)
    ]
    rules += [glyph_rule(desk.kind(name)) for name, kind in desk.matter.kinds.items() if kind.glyph]
    return "".join(rules)


def _alone(name: str, keys: list[str]) -> str:
    """While one relation is chosen the other ties' letters, copies and entries are away, and their words plain."""
    chosen = f"body:has(#_r-{name}:checked)"
    entries = ",".join(f'[data-x="{key}"]' for key in keys)
    letters = ",".join(f'[id="xref-{key}-1"],[id="xref-{key}-2"]' for key in keys)
    words = ",".join(f'[data-x~="{key}"]' for key in keys)
    return (
        f"{chosen} *:is(.between,.xrefs>li):not({entries}),{chosen} .tie[id]:not({letters}){{display:none}}"
        f"{chosen} .pane .tp:not({words}){{background:none;box-shadow:none;text-decoration:none}}"
    )


def _has_notes(desk: Desk) -> Iterator[bool]:
    yield bool(desk.matter.numbering.notes)
    yield from (bool(text.prose.footnotes) for text in desk.matter.edition.texts)


def _names(desk: Desk) -> list[str]:
    used = {crossref.relation for crossref in desk.matter.numbering.crossrefs}
    return [name for name in desk.matter.relations if name in used]


def _relations(desk: Desk) -> tuple[RelationView, ...]:
    told = [crossref.relation for crossref in desk.matter.numbering.crossrefs]
    return tuple(RelationView(name, desk.matter.relations[name].label, told.count(name)) for name in _names(desk))


def _facing(desk: Desk, text: Text, answers: dict[str, AnswerView]) -> FacingTextView:
    view = text_view(desk, text, page_language=desk.matter.edition.settings.language, margin=Margin.NUMBERS)
    home = homes(text, tie_views(desk, text))

    def facing(piece: PieceView) -> FacingPieceView:
        return facing_piece(piece, answers, home)

    return FacingTextView(
        text=view,
        title=facing(view.title_piece) if view.title_piece else None,
        dek=facing(view.dek_piece) if view.dek_piece else None,
        pieces=tuple(facing(piece) for piece in view.pieces),
    )


def _answers(desk: Desk, first: Text) -> Iterator[tuple[str, AnswerView]]:
    """(id of the near end, copy of the far one) for every tie that touches the first text."""
    for crossref in desk.matter.numbering.crossrefs:
        ends = ends_of(desk, crossref)
        for side, (end, found) in enumerate(ends):
            if end.text == first.id and isinstance(found, Anchor) and isinstance(ends[1 - side][1], Anchor):
                yield f"xref-{crossref.id}-{side + 1}", _answer(desk, crossref, 1 - side)


def _answer(desk: Desk, crossref: CrossReference, side: int) -> AnswerView:
    end, found = ends_of(desk, crossref)[side]
    text = desk.matter.texts[end.text]
    return AnswerView(
        key=crossref.id,
        letter=desk.matter.numbering.letters[crossref.id],
        relation=relation(desk, crossref, side),
        href=desk.href("xref", f"{crossref.id}-{side + 1}", end.text),
        place=_place(desk, end, found.span if isinstance(found, Anchor) else None),
        passage=_in_its_sentence(desk, end, found),
        language=desk.tongue(text),
        direction=direction(text.title_page.language),
    )


def _place(desk: Desk, end: End, span: Span | None) -> str:
    """Whose passage it is and where: `A reader, ¶2`; the author, or where none is named the title."""
    text = desk.matter.texts[end.text]
    who = text.title_page.author or text.title_page.title
    block = text.prose.block_at(span.start) if span and end.selector.blocks != "*" else None
    if block is None or block.number is None:
        return who
    return desk.words.say("cite.block", siglum=f"{who}{desk.words.say('list.comma').rstrip()}", number=block.number)


def _in_its_sentence(desk: Desk, end: End, found: Found) -> Markup:
    """The words at an end, marked, within their sentence; for a whole text its title."""
    text = desk.matter.texts[end.text]
    if end.selector.blocks == "*" or not isinstance(found, Anchor):
        return escape(text.title_page.title)
    if shown := end_picture(desk, end, found):
        return marked("", shown, "")
    words = " ".join(in_line(text.prose, found.span).split())
    if len(words) > LONG:
        begun, ended = words[: LONG * 2 // 3].rsplit(" ", 1)[0], words[-LONG // 3 :].split(" ", 1)[-1]
        words = f"{without_strokes(begun)} … {without_strokes(ended)}"
    return marked(_before(text, found.span), words, "" if _STOP.search(words[-3:]) else _after(text, found.span))


def _before(text: Text, span: Span) -> str:
    block = text.prose.block_at(span.start)
    left = text.prose.content[block.span.start if block else span.start : span.start]
    left = left[max((stop.end() for stop in _STOP.finditer(left)), default=0) :].lstrip()
    left = in_line(text.prose, Span(span.start - len(left), span.start))
    return f"… {without_strokes(left[-ROOM:].split(' ', 1)[-1])}" if len(left) > ROOM else left


def _after(text: Text, span: Span) -> str:
    block = text.prose.block_at(span.end - 1)
    right = text.prose.content[span.end : block.span.end if block else span.end]
    stop = _STOP.search(right)
    right = in_line(text.prose, Span(span.end, span.end + (stop.end() if stop else len(right))))
    return f"{without_strokes(right[:ROOM].rsplit(' ', 1)[0])} …" if len(right) > ROOM else right.rstrip()


def _untouched(desk: Desk, text: Text, *, alone: bool) -> Iterator[OpeningView]:
    """The numbered blocks of a text that no tie touches; unless `alone`, a tie within the text counts for nothing."""
    tied = list(_tied(desk, text, alone=alone))
    pictures = {shown.id for end, span in tied if (shown := picture_at(text.prose, span, end.selector.blocks))}
    spans = sorted(span for _, span in tied)
    starts = [span.start for span in spans]
    reached = [0, *accumulate((span.end for span in spans), max)]
    for block in text.prose.blocks:
        begun = bisect_left(starts, block.span.end)
        if block.number is not None and reached[begun] <= block.span.start and block.id not in pictures:
            yield _line(desk, text, block)


def _tied(desk: Desk, text: Text, *, alone: bool) -> Iterator[tuple[End, Span]]:
    for crossref in desk.matter.numbering.ties.get(text.id, ()):
        ends = ends_of(desk, crossref)
        for side, (end, found) in enumerate(ends):
            if end.text == text.id and isinstance(found, Anchor) and (alone or ends[1 - side][0].text != text.id):
                yield end, _said_of(end, found)


def _said_of(end: End, found: Anchor) -> Span:
    """A tie to a whole text touches no paragraph of it."""
    return replace(found.span, end=found.span.start) if end.selector.blocks == "*" else found.span


def _line(desk: Desk, text: Text, block: Block) -> OpeningView:
    words = " ".join(in_line(text.prose, block.span).split())
    if block.kind is BlockKind.FIGURE and not words:
        words = picture(desk, text, block)
    opening = words if len(words) <= OPENING else without_strokes(words[:OPENING].rsplit(" ", 1)[0]) + " …"
    return OpeningView(
        href=desk.href("block", f"{text.id}-{block.id}", text.id),
        where=desk.cite_block(text, block),
        opening=opening,
        language=desk.tongue(text),
        direction=direction(text.title_page.language),
    )
