"""`Foreign`: an annotation from outside, checked, in our words; what of it isn't used is kept as JSON."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING, Any

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sort(Enum):
    """What an annotation becomes in an edition."""

    NOTE = "note"
    CROSSREF = "crossref"
    QUESTION = "question"


@value_class(frozen=True, slots=True)
class Aim:
    """One passage that an annotation is about, as far as it is told; all "" for the whole of its source."""

    source: str = ""
    """The address of what it is about, without fragment."""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    fragment: str = ""
    """The id in the page of what it lies in."""
    until: str = ""
    """Of a range: the words before whose beginning it ends (`exact` are those with which it begins)."""
    blind: str = ""
    """The selectors that say where it lies and can't be followed: `XPathSelector`; "" for none."""
    heading: str | None = None
    """As our own export has it: the heading as typed …"""
    text: str = ""
    within: str = ""


@value_class(frozen=True, slots=True)
class Foreign:
    """One annotation from outside. Nothing in it can run; `body` is Markdown."""

    id: str
    """Its id where it comes from; made of its content where it has none."""
    sort: Sort
    kind: str
    """The kind of note, or the relation of a cross-reference, or the kinds of a question."""
    aims: tuple[Aim, ...]
    body: str = ""
    tags: tuple[str, ...] = ()
    by: str = ""
    date: str = ""
    answers: str = ""
    """The id, where it comes from, of the annotation that it replies to."""
    name: str = ""
    """Our own id for it, where it comes from an export of ours."""
    layer: str = ""
    audience: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    """What else a heading of ours had: `level`, `lines`, `about`."""
    also: tuple[str, ...] = ()
    """Other ids by which it is known."""
    utf16: bool = False
    """Whether its positions count UTF-16's units."""
    kept: Mapping[str, Any] = field(default_factory=dict)
    """What of it isn't used and comes out again: see `Keepsake`."""
    told: tuple[str, ...] = ()
    """What was removed from its body."""


@value_class(frozen=True, slots=True)
class Refused:
    """An annotation that can't be taken in, and why."""

    id: str
    reason: str


@value_class(frozen=True, slots=True)
class Keepsake:
    """What is remembered of an annotation that was taken in, in imported/NAME.json."""

    id: str
    """Its id where it came from."""
    also: tuple[str, ...]
    """Other ids by which it is known."""
    kept: Mapping[str, Any]
    """What isn't used of it, by how it comes out again.

    `members`: as they are. `bodies`, `targets`: after ours. `was`: members that we write anew, as they were, each with
    what is made of it: it comes out as long as that is so. `original`: all else, below a name of ours.
    """
