"""The texts of an edition, without their words -> how each page lists and names them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.prose import BlockKind, Open
from builder.render.desk import Desk
from builder.render.tongue import direction
from builder.render.views import HeadingView, TextView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.text import Text


def outlines(desk: Desk) -> tuple[TextView, ...]:
    """All texts of the edition as this page names them.

    Where each text has a page of its own, its pages name all others alike: these are made once.
    """
    edition, spot = desk.matter.edition, desk.spot
    language = edition.settings.language
    if edition.id not in spot.each:
        return tuple(outline(desk, text, page_language=language) for text in edition.texts)
    folder, _, name = spot.page.rpartition("/")
    beside, known = replace(spot, page=f"{folder}/"), desk.shelf.outlines
    if beside not in known:
        aside = Desk(desk.matter, beside, desk.words, shelf=desk.shelf)
        known[beside] = tuple(outline(aside, text, page_language=language) for text in edition.texts)
    made = list(known[beside])
    for index in _answering(desk).get(name.removesuffix(".html"), ()):  # what lies on a page is led to by its id alone
        made[index] = outline(desk, edition.texts[index], page_language=language)
    return tuple(made)


def _answering(desk: Desk) -> Mapping[str, Sequence[int]]:
    known = desk.shelf.answers
    for index, text in enumerate(() if known else desk.matter.edition.texts):
        for name in {text.id, text.title_page.responds_to}:
            known.setdefault(name, []).append(index)
    return known


def outline(desk: Desk, text: Text, *, page_language: str) -> TextView:
    """What is known of a text, without its words: for contents and for naming it."""
    page = text.title_page
    answered = desk.matter.texts.get(page.responds_to)
    texts = desk.matter.edition.texts
    return TextView(
        id=text.id,
        siglum=text.siglum,
        title=page.title,
        title_piece=None,
        dek_piece=None,
        author=page.author,
        date=desk.words.date(page.date) if page.date else "",
        datetime=page.date,
        source=page.source,
        rights=page.rights,
        language="" if page.language == page_language else page.language,
        direction=direction(page.language),
        responds_to=answered.title_page.title if answered else "",
        responds_href=desk.href("text", answered.id, answered.id) if answered else "",
        pieces=(),
        headings=_headings(desk, text),
        first=bool(texts) and texts[0].id == text.id,
        href=desk.href("text", text.id, text.id),
        notes_on_whole=(),
    )


def _headings(desk: Desk, text: Text) -> tuple[HeadingView, ...]:
    known = desk.shelf.headings
    if text.id not in known:
        known[text.id] = tuple(_found_headings(text))
    return known[text.id]


def _found_headings(text: Text) -> Iterator[HeadingView]:
    levels = {
        event.block: int(event.field("level") or 2)
        for event in text.prose.frame
        if isinstance(event, Open) and event.block is not None
    }
    for index, block in enumerate(text.prose.blocks):
        if block.kind is BlockKind.HEADING:
            yield HeadingView(f"{text.id}-{block.id}", levels.get(index, 2), text.prose.words(block.span))
