"""`Note`, `Selector`, `Anchor`, `Orphan`: what is said in the margin, of which words, and whether they were found."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from builder.model.diagnostic import Place
    from builder.model.prose import Prose, Span


class Audience(Enum):
    """For whom something is meant, or built."""

    ALL = "all"
    STUDENT = "student"
    TEACHER = "teacher"


@value_class(frozen=True, slots=True)
class Selector:
    """How to find the words: one heading of a note, one side of a cross-reference, one `about` of a question.

    `readings` are tried in turn; each is a tuple of quotations: one for a plain quotation, more for a range
    (first words, steps, last words). Empty readings mean whole blocks: `blocks` names them.
    """

    heading: str
    """As typed: what `check --fix` rewrites and what an orphan shows."""
    readings: tuple[tuple[str, ...], ...]
    place: Place
    blocks: str = ""
    """`p4`, `p4-6`, `title`, `dek`, `*`: the heading stands for these blocks themselves; "" for a quotation."""
    within: str = ""
    """The `in` setting in the same form, `fn1` and `h2` included; "" for the whole text."""
    prefix: str = ""
    """Words that stand just before (`before`)."""
    suffix: str = ""
    """Words that stand just after (`after`)."""


class State(Enum):
    """How an anchor was found, from certain to lost."""

    EXACT = "exact"
    MOVED = "moved"
    REWORDED = "reworded"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"
    NEVER_FOUND = "never found"


@value_class(frozen=True, slots=True)
class Quotation:
    """Words of a text as they stand there, and what stands around them."""

    exact: str
    prefix: str
    suffix: str


@value_class(frozen=True, slots=True)
class Anchor:
    """The words were found: their span in the text's content."""

    selector: Selector
    span: Span
    state: State
    score: float
    """1.0 for an exact match."""
    was: Quotation | None = None
    """Where it isn't exact: the words that it was written on, as they are remembered; None where nothing is."""


def percent(share: float) -> str:
    """A share from 0 to 1 as it is told: in whole percents, rounded down, so that nothing but all of it is 100%."""
    return f"{int(share * 100 + _NOISE)}%"


_NOISE = 1e-9
"""0.29 × 100 is a hair less than 29 in a machine's numbers."""


@value_class(frozen=True, slots=True)
class Candidate:
    """A place where the lost words may now stand; `setting` is what would choose it (`in="¶4"`), "" if none."""

    span: Span
    score: float
    setting: str


@value_class(frozen=True, slots=True)
class Orphan:
    """The words were not found, or not once: never dropped, never put elsewhere in silence."""

    selector: Selector
    state: State
    nearest: tuple[Candidate, ...] = ()
    settled: bool = False
    """Whether its author has said that the passage is gone."""
    was: Quotation | None = None
    """The words that it was written on, as they are remembered; None where nothing is."""

    @property
    def quoted(self) -> str:
        """What a reader is shown of it: the words as typed; the remembered ones where a block was named, no words."""
        if self.was is None or not self.selector.blocks:
            return self.selector.heading
        return " ".join(self.was.exact.split())


@value_class(frozen=True, slots=True)
class Note:
    """What somebody says of one or more passages of one text."""

    id: str
    kind: str
    """`context`, `source`, `question`, `challenge`, `language`, `highlight`, or one of the site's own."""
    text: str
    layer: str
    selectors: tuple[Selector, ...]
    body: Prose
    place: Place
    audience: Audience = Audience.ALL
    by: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()
    answers: str = ""
    """The id of the note that this one replies to (`re="#id"`), "" for none."""
    given_id: bool = True
    """Whether the author wrote the id; a made one may give way to another's."""


@value_class(frozen=True, slots=True)
class Layer:
    """Notes kept in one file: their voice, and the words before the first of them."""

    id: str
    text: str
    by: str
    title: str
    introduction: Prose
    language: str = ""


Found = Anchor | Orphan
