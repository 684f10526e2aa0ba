"""What a quotation in a text comes to: where it stands, or why that can't be said."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from builder.model.prose import Span


class Fault(Enum):
    """Why a reading is not found once, the more telling ones later."""

    NOWHERE = "nowhere"
    ELSEWHERE = "elsewhere"
    """Outside the `in`, or with other words around it than the settings say."""
    ACROSS = "across"
    """Only across the title, a heading or the edge of a footnote."""
    NO_END = "no end"
    """A range whose steps or last words don't follow."""
    MANY = "many"
    MANY_STARTS = "many starts"

    @property
    def stands(self) -> bool:
        """Whether the reading stands nevertheless: it must be told which place is meant."""
        return self in (Fault.MANY, Fault.MANY_STARTS)


@value_class(frozen=True, slots=True)
class Around:
    """What must hold of a place: it lies in `area`, after the words `prefix` and before the words `suffix`."""

    area: Span
    prefix: str = ""
    suffix: str = ""


@value_class(frozen=True, slots=True)
class Match:
    """Where a reading stands (offsets of the normal form): once if there is no fault, else the places concerned."""

    fault: Fault | None
    places: tuple[Span, ...]
    sought: str
    """The quotation concerned: the one that is missing or stands more than once."""
    more: bool = False
    """Whether these are only the first of the places."""
