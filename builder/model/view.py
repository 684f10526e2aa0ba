"""`View`: what one output may see; `Anchored`: an edition whose selectors were all sought; what they lead to."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from builder.model.note import Audience
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.model.glossary import Occurrence
    from builder.model.note import Found, Quotation
    from builder.model.prose import Prose, Reference, Span
    from builder.model.site import Address, Edition


@value_class(frozen=True, slots=True)
class View:
    """Which part of an edition an output is made from. Empty layers or kinds mean all."""

    audience: Audience = Audience.STUDENT
    layers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    output: str = "site"


@value_class(frozen=True, slots=True)
class Anchored:
    """An edition with every selector sought in its text."""

    edition: Edition
    notes: Mapping[str, tuple[Found, ...]]
    """Note id -> what became of each of its selectors, in their order."""
    crossrefs: Mapping[str, tuple[Found, Found]]
    """Cross-reference id -> its two ends."""
    terms_at: Mapping[str, tuple[tuple[str, Found], ...]]
    """Term id -> (text id, found) of each `at`."""
    terms_never_at: Mapping[str, tuple[tuple[str, Found], ...]]
    about: Mapping[tuple[str, int], Found] = field(default_factory=dict)
    """Question id and place in its list -> what became of a passage that it is about; others aren't sought."""
    quoted: Mapping[str, Found] = field(default_factory=dict)
    """A target as typed, without the edition, that quotes words -> what became of them."""
    left_out: frozenset[str] = frozenset()
    """What a view left out, as `note:ID`, `term:ID`, `xref:ID`, `question:ID`: references to these lose their link.

    `edition:ID`, the edition's own, where the whole of it is a draft that isn't built.
    Also `form:WORDS` (normal form, without case) for each spelling of a term left out: references call it by these.
    """


@value_class(frozen=True, slots=True)
class Link:
    """What a reference was resolved to. No address: the words stay, the link is lost."""

    address: Address | None
    words: str
    """What is shown: the writer's words, else the target's own (a headword as typed, “quotation”, C ¶3)."""
    span: Span | None = None
    """The passage meant, in the content of the text `address` lies in; None for whole blocks, notes and terms."""


@value_class(frozen=True, slots=True)
class Mention:
    """Somebody speaks of something: `origin` is the prose that holds the reference (`note:ID`, `term:ID` …)."""

    origin: str
    target: Address


@value_class(frozen=True, slots=True)
class Visit:
    """A mention from another edition: `title` is that edition's, `origin` where it speaks."""

    title: str
    origin: Address
    target: Address


@value_class(frozen=True, slots=True)
class Referred:
    """An edition under one view with its references resolved and its terms found."""

    anchored: Anchored
    links: Mapping[Reference, Link]
    mentions: tuple[Mention, ...]
    """In reading order of their origins, each once."""
    occurrences: tuple[Occurrence, ...]
    about: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    """Question id -> what it is about."""
    cited: tuple[str, ...] = ()
    """Keys of the works cited in this view, each once, in the order of sources.json."""


@value_class(frozen=True, slots=True)
class Groundwork:
    """What writing an edition's annotations needs besides the edition."""

    anchored: Anchored
    """The edition with its passages as others find them, who have no lock."""
    quotations: Mapping[tuple[str, Span], Quotation]
    """By the text's id and the span: what stands at each passage that was found by its words."""
    read: Callable[[str], Prose]
    """A body's Markdown -> its prose: where what may be handed on isn't what was typed."""
