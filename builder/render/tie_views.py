"""Cross-references -> their letters in the text, their list, and what their cards show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.crossref import Direction
from builder.model.note import Anchor
from builder.model.prose import Span
from builder.model.quoting import picture_at, picture_words
from builder.render.decoration import TieSpan, covered
from builder.render.excerpt import quoted
from builder.render.tongue import direction
from builder.render.views import CrossrefView, EndView, TieView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model.crossref import CrossReference, End
    from builder.model.note import Found
    from builder.model.prose import Block
    from builder.model.text import Text
    from builder.render.desk import Desk


Tied = tuple[Span, str, TieView]
"""What of a text is marked for a cross-reference, the cross-reference's id, and how it is seen from there."""


def ends_of(desk: Desk, crossref: CrossReference) -> tuple[tuple[End, Found], tuple[End, Found]]:
    """Both ends of a cross-reference with what was found of them."""
    one, other = desk.matter.referred.anchored.crossrefs[crossref.id]
    return (crossref.one, one), (crossref.other, other)


def tie_spans(desk: Desk, ties: Iterable[Tied]) -> list[TieSpan]:
    """What is woven into a text for the cross-references that touch it."""
    return [
        TieSpan(
            span=span,
            key=key,
            mark_id=view.id,
            href=view.href,
            letter=view.letter,
            label=desk.words.say("tie.label", letter=view.letter, relation=view.relation, where=view.where),
        )
        for span, key, view in ties
    ]


def _far_href(desk: Desk, crossref: CrossReference, number: int, end: End, found: Found) -> str:
    if isinstance(found, Anchor):
        return desk.href("xref", f"{crossref.id}-{number}", end.text)
    return desk.href("xref", crossref.id)


def _mark_span(text: Text, end: End, span: Span) -> Span:
    """A tie to a whole text stands at its title, or where it has none at its first block, and lights nothing."""
    if end.selector.blocks != "*":
        return covered(text.prose, span)
    if not text.prose.blocks:
        return Span(span.start, span.start)
    first = text.prose.blocks[0].span
    return Span(first.end, first.end)


def relation(desk: Desk, crossref: CrossReference, side: int) -> str:
    """The relation in words as read from one side (0: the left end, 1: the right)."""
    known = desk.matter.relations[crossref.relation]
    if crossref.direction is Direction.BOTH_WAYS or side == 0:
        return known.label
    return known.inverse


def end_where(desk: Desk, end: End, found: Found) -> str:
    """`C ¶2`, or the text's title for a whole text."""
    text = desk.matter.texts[end.text]
    if end.selector.blocks == "*" or not isinstance(found, Anchor):
        return text.title_page.title
    return desk.cite(text, found.span)


def end_state(desk: Desk, found: Found) -> str:
    """What became of an end that is lost, in words; "" for one that stands."""
    return "" if isinstance(found, Anchor) else desk.words.say(f"state.{found.state.value.replace(' ', '_')}")


def end_quote(desk: Desk, end: End, found: Found) -> str:
    """The words at an end, shortened; "" for whole blocks and whole texts; as typed where they were lost."""
    if not isinstance(found, Anchor):
        return "" if end.selector.blocks and found.was is None else found.quoted
    if end.selector.blocks:
        return ""
    return quoted(desk.matter.texts[end.text].prose, found.span)


def end_picture(desk: Desk, end: End, found: Anchor) -> str:
    """What stands for the picture to which an end leads; "" where it leads to words."""
    text = desk.matter.texts[end.text]
    block = picture_at(text.prose, found.span, end.selector.blocks)
    return picture(desk, text, block) if block else ""


def picture(desk: Desk, text: Text, block: Block) -> str:
    """What stands for a picture among quoted words: its author's words for it, in brackets."""
    return f"[{picture_words(text.prose).get(block.id) or desk.words.say('paragraph.picture')}]"


def crossref_views(desk: Desk) -> tuple[CrossrefView, ...]:
    """The edition's list of cross-references, in the order of their letters."""
    return tuple(_crossref(desk, crossref) for crossref in desk.matter.numbering.crossrefs)


def _crossref(desk: Desk, crossref: CrossReference) -> CrossrefView:
    known = desk.matter.relations[crossref.relation]
    ends = [
        EndView(
            id=f"xref-{crossref.id}-{side + 1}",
            href=desk.href("xref", f"{crossref.id}-{side + 1}", end.text) if isinstance(found, Anchor) else "",
            where=end_where(desk, end, found),
            text=desk.matter.texts[end.text].title_page.title,
            quote=end_quote(desk, end, found),
            found=isinstance(found, Anchor),
            state=end_state(desk, found),
            language=desk.tongue(desk.matter.texts[end.text]),
            direction=direction(desk.matter.texts[end.text].title_page.language),
        )
        for side, (end, found) in enumerate(ends_of(desk, crossref))
    ]
    return CrossrefView(
        id=f"xref-{crossref.id}",
        key=crossref.id,
        letter=desk.matter.numbering.letters[crossref.id],
        relation=known.label,
        inverse=known.inverse,
        both_ways=crossref.direction is Direction.BOTH_WAYS,
        one=ends[0],
        other=ends[1],
        body=desk.body(crossref.body, f"xref:{crossref.id}"),
        by=crossref.by,
    )


def tie_views(desk: Desk, text: Text) -> list[Tied]:
    """Every cross-reference that touches a text, as seen from there, in the order of their letters."""
    found_ties = []
    for crossref in desk.matter.numbering.ties.get(text.id, ()):
        ends = ends_of(desk, crossref)
        for side, (end, found) in enumerate(ends):
            if end.text != text.id or not isinstance(found, Anchor):
                continue
            far_end, far = ends[1 - side]
            view = TieView(
                id=f"xref-{crossref.id}-{side + 1}",
                letter=desk.matter.numbering.letters[crossref.id],
                relation=relation(desk, crossref, side),
                href=_far_href(desk, crossref, 2 - side, far_end, far),
                entry=desk.href("xref", crossref.id),
                where=end_where(desk, far_end, far),
                quote=end_quote(desk, far_end, far),
                state=end_state(desk, far),
            )
            found_ties.append((_mark_span(text, end, found.span), crossref.id, view))
    return found_ties
