"""`Shelf`: what is the same on many pages and is made for the first of them; and which proses come out the same."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, TypeVar

from builder.model.prose import Image, Reference
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from builder.model.glossary import Term
    from builder.model.note import Layer
    from builder.model.prose import Prose
    from builder.render.address import Spot
    from builder.render.views import HeadingView, KindView, LayerView, TextView

Made = TypeVar("Made")
Entries = dict[tuple[str, str], tuple["Term", object]]
"""Id of a term that all editions share, and what of it -> the term, and what was made: the same for the whole site."""


@value_class(frozen=True, slots=True)
class Stand:
    """Where a note stands, as every page says it."""

    number: str
    lemma: str
    cite: str
    passages: tuple[tuple[str, str], ...]
    """The name of each passage's mark ("" where the note is on a whole text), and how the passage is cited."""


@value_class(frozen=True, slots=True)
class Voice:
    """What a note is and who speaks in it, as every page says it."""

    kind: KindView
    classes: str
    label: str
    by: str
    date: str
    language: str


@value_class(frozen=True, slots=True)
class Shelf:
    """What is the same on every page of an edition, kept from the first that asks for it."""

    cites: dict[tuple[str, str], str] = field(default_factory=dict)
    """Text and block -> how it is cited."""
    places: dict[tuple[str, int], str] = field(default_factory=dict)
    """Text and offset -> how the block is cited in which that lies."""
    headings: dict[str, tuple[HeadingView, ...]] = field(default_factory=dict)
    """By the id of a text."""
    kinds: dict[tuple[str, int], KindView] = field(default_factory=dict)
    bodies: dict[tuple[str, str], object] = field(default_factory=dict)
    """A prose's name and how it is made -> its HTML."""
    entries: Entries = field(default_factory=dict)
    stands: dict[str, Stand] = field(default_factory=dict)
    """By the id of a note that stands in its text."""
    voices: dict[str, Voice] = field(default_factory=dict)
    """By the id of a note."""
    layers: dict[str, tuple[LayerView, tuple[Layer, ...]]] = field(default_factory=dict)
    """Layer id -> what all pages say of it, and those of its files that have an introduction: its HTML is a page's."""
    own: dict[str, frozenset[str]] = field(default_factory=dict)
    """A prefix -> the ids that its prose's author gave."""
    around: dict[tuple[str, int, int], tuple[str, str, str]] = field(default_factory=dict)
    """A prose's name, start and end of a term in it -> what stands before it, its words, what stands after it."""
    works: dict[str, Markup] = field(default_factory=dict)
    """By the key of a work cited -> its entry."""
    plain: dict[str, str] = field(default_factory=dict)
    """A prose's name -> its words, with what its references show."""
    outlines: dict[Spot, tuple[TextView, ...]] = field(default_factory=dict)
    """A page that no text is read on -> the texts as they are named there."""
    answers: dict[str, list[int]] = field(default_factory=dict)
    """Text id -> which of the texts it is, and which answer it."""
    spots: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Text id -> offsets in its prose that get a mark."""

    def elsewhere(self, spots: Mapping[str, tuple[int, ...]] | None = None) -> Shelf:
        """The shelf of another form of the edition, where hyperlinks are others: bodies are made anew."""
        return replace(self, bodies={}, spots=spots or {})


def leads(prose: Prose) -> bool:
    """Whether an entry leads anywhere, or shows a picture: its HTML is not the same in all editions."""
    return bool(prose.footnotes or prose.events(Reference) or prose.events(Image))


def refers(prose: Prose) -> bool:
    """Whether a body refers to anything: where that is depends on the page."""
    return bool(prose.events(Reference))
