"""What passes between who composes a handout, who sets it, and who makes up its margins.

A handout is set three times: once to ask where the lines of its text fall (the same for all handouts of an edition on
one paper), once to ask how high its notes are, once for good with every note in its place.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, Protocol

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.model.diagnostic import Place

Node = Any
"""What a theme's handout.typ sets, as JSON holds it: words, or `[name, fields, nodes]`."""

TEXT, NOTES, WORDS, WHOLE = "text", "notes", "words", "whole"
"""What is set: the text alone, to be asked for its lines; notes alone, for their heights, or for where each of their
words falls; the whole handout."""

MARGIN, FACING = "margin", "facing"
"""How a handout is laid out: notes beside the text, or two texts beside each other."""


@value_class(frozen=True, slots=True)
class Remark:
    """Something for the margin, level with the words it is about: a note, a footnote of the author's, a tie."""

    key: str
    """`note:ID`, `fn:TEXT-fn1`, `xref:ID-1`: unique in a handout."""
    text: str
    cuts: tuple[tuple[int, int], ...]
    """The marks in the text at which each of its passages begins and ends, the first passage first."""
    said: Mapping[str, Node]
    """What the theme sets of it."""
    firm: bool = False
    """Whether it never leaves the margin for the pages after the text: a tie, which is one line."""
    passages: tuple[Passage, ...] = ()
    """How each of its passages is cited, for a note."""


@value_class(frozen=True, slots=True)
class Passage:
    """A passage as cited where its line doesn't say enough."""

    place: str
    """Its text and paragraph, or footnote."""
    footnote: str = ""
    """The key of the footnote in which it stands: no line of the text is its own."""


@value_class(frozen=True, slots=True)
class Handout:
    """One `[[handout]]` composed: all that is to be printed, but for what follows from where its lines fall."""

    path: str
    place: Place
    paper: str
    layout: str
    student: bool
    view: Mapping[str, Node]
    """What the theme's handout.typ sees besides its texts and remarks."""
    texts: Sequence[Node]
    """The same for all handouts of an edition on one paper, but for the marks of kinds that are left out."""
    remarks: tuple[Remark, ...]
    spots: Mapping[str, int]
    """Address (`block:article-p3`, `note:ID`, `occ:TERM-1`) -> the mark in the text where that stands."""
    within: Mapping[str, str] = field(default_factory=dict)
    """Address in a footnote of the author's -> the key of that, which is printed apart from the mark in the text."""
    breaks: frozenset[int] = frozenset()
    """The stakes at which a block begins: what is set from there doesn't come between the words of a sentence."""
    begins: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    """Each mark before a word -> its text, and its offset there."""
    images: Mapping[str, str] = field(default_factory=dict)
    """Name under which the theme finds a picture -> its path in the site's folder."""


@value_class(frozen=True, slots=True)
class Line:
    """A numbered line of the text as set: page, number there, baseline in points from the top, its number's left."""

    page: int
    number: int
    y: float
    x: float = 0.0


@value_class(frozen=True, slots=True)
class Spot:
    """Where a mark in the text fell: page, and points from the left and the top (of its line's baseline)."""

    page: int
    x: float
    y: float


@value_class(frozen=True, slots=True)
class Ground:
    """How a text was set: where all its lines and marks fell, and the room in the margin of each of its pages."""

    lines: tuple[Line, ...]
    spots: Mapping[int, Spot]
    stakes: Mapping[int, tuple[tuple[float, float, int], ...]]
    """Page -> the places in its text from which remarks can be set, downwards: points from left and top, number."""
    rooms: Mapping[int, tuple[float, float]]
    """Page -> top and bottom of its margin, in points."""
    width: float
    """Of the margins."""
    sizes: Mapping[int, float] = field(default_factory=dict)
    """Of the letters at marks among words that are smaller than the text's, in points."""


class SettingError(Exception):
    """Something can't be set: message, file in the theme (or a picture in the site's folder), line, column, a hint.

    `also` are what else can't be.
    """

    also: tuple[SettingError, ...] = ()

    def __init__(self, message: str, file: str, line: int, column: int = 1, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.file, self.line, self.column, self.hint = message, file, line, column, hint


@value_class(frozen=True, slots=True)
class Printed:
    """A PDF, and the letters in it for which no face has a form."""

    content: bytes
    lost: tuple[str, ...] = ()


class Press(Protocol):
    """What sets a handout: `shell/press`, or a stand-in."""

    def ask(self, said: Mapping[str, Node], images: Mapping[str, str]) -> Any:
        """What handout.typ answers when it sets what is said. SettingError where it can't."""

    def set(self, said: Mapping[str, Node], images: Mapping[str, str]) -> Printed:
        """The PDF. SettingError where it can't be made."""
