"""What the template of the conversation page may see: part of the theme's API, beside `views`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from markupsafe import Markup

    from builder.render.views import PieceView, TextView, TieView


@value_class(frozen=True, slots=True)
class AnswerView:
    """A copy of the passage at a tie's far end, to stand after the paragraph at its near end. It carries no ids."""

    key: str
    """The cross-reference's own id, without prefix."""
    letter: str
    relation: str
    """In words, from the far end: disputes, is extended by."""
    href: str
    """To the far end on this page."""
    place: str
    """Whose passage it is and where: A reader, ¶2."""
    passage: Markup
    language: str
    """"" where it is the page's own."""
    direction: str


@value_class(frozen=True, slots=True)
class FacingPartView:
    """A piece's HTML up to the end of a stanza, an item, a paragraph of a quotation to which a tie leads, or its rest.

    Elements that begin in one part may end in a later one: what is set behind a part stands within them.
    """

    html: Markup
    answers: tuple[AnswerView, ...]
    """Those that are to stand behind it."""
    ties: tuple[TieView, ...]


@value_class(frozen=True, slots=True)
class FacingPieceView:
    """One block of a text with the passages that answer it: in the first text alone, elsewhere `answers` is empty."""

    piece: PieceView
    answers: tuple[AnswerView, ...]
    parts: tuple[FacingPartView, ...]
    """The same, each answer with what it answers; one part at least."""


@value_class(frozen=True, slots=True)
class FacingTextView:
    """One text as it stands in its pane: title, dek and blocks woven with ties, terms and the numbers of notes."""

    text: TextView
    title: FacingPieceView | None
    dek: FacingPieceView | None
    pieces: tuple[FacingPieceView, ...]


@value_class(frozen=True, slots=True)
class RelationView:
    """A relation that occurs among the ties, for the filter."""

    id: str
    label: str
    count: int


@value_class(frozen=True, slots=True)
class OpeningView:
    """A numbered block, told by how it begins."""

    href: str
    where: str
    """C ¶2"""
    opening: str
    """Its first words."""
    language: str
    """Theirs, "" where it is the page's own."""
    direction: str


@value_class(frozen=True, slots=True)
class ConversationView:
    """The texts of an edition side by side."""

    texts: tuple[FacingTextView, ...]
    relations: tuple[RelationView, ...]
    """In the order in which the site knows them."""
    unanswered: tuple[OpeningView, ...]
    """Numbered blocks of the first text that no tie joins to another text."""
    answering_nothing: tuple[OpeningView, ...]
    """Numbered blocks of the other texts that no tie touches. Both lists are empty where there is no tie at all."""
    notecards: str
    """Href of the classic script with the notes for cards, loaded on first use; "" where there is no note."""
