"""`CrossReference`: a two-ended tie between passages, and what kind it is. `Question`: for discussion."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from builder.model.diagnostic import Place
from builder.model.note import Audience
from builder.model.value import value_class

if TYPE_CHECKING:
    from builder.model.note import Selector
    from builder.model.prose import Prose


@value_class(frozen=True, slots=True)
class Relation:
    """What a cross-reference says, read from either end."""

    id: str
    label: str
    inverse: str
    own: frozenset[str] = frozenset()
    """What of it the site itself has set. The rest of a built-in one is said in the theme's words where it has some."""


class Direction(Enum):
    """Whether a tie is read from left to right only, or both ways."""

    ONE_WAY = "→"
    BOTH_WAYS = "↔"


@value_class(frozen=True, slots=True)
class End:
    """One side: a text of this edition and the passage meant in it (`*` for the text whole)."""

    text: str
    selector: Selector


@value_class(frozen=True, slots=True)
class CrossReference:
    """Read: `one` RELATION `other`."""

    id: str
    relation: str
    direction: Direction
    one: End
    other: End
    body: Prose
    place: Place
    audience: Audience = Audience.ALL
    by: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()


USUAL_LINES = 4
"""Lines ruled for the answer to a question that doesn't say how many."""


@value_class(frozen=True, slots=True)
class Question:
    """For discussion. `body` is the model answer, for the teacher alone. `asked` is the heading's prose."""

    id: str
    asked: Prose
    kind: str
    about: tuple[str, ...]
    """Targets as typed, in the grammar of `[[…]]`."""
    level: str
    lines: int
    body: Prose
    place: Place
    audience: Audience = Audience.ALL
    tags: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()
    """Where in its line each target of `about` is typed; empty where that isn't known."""

    def place_about(self, index: int) -> Place:
        """Where a target of `about` stands."""
        column = self.columns[index] if index < len(self.columns) else self.place.column
        return Place(self.place.path, self.place.line, column)
