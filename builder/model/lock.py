"""What `anchors.lock` holds: the texts as they last stood, and where in them each selector was last found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from builder.model.note import State
    from builder.model.prose import Span


@value_class(frozen=True, slots=True)
class LockedBlock:
    """A stretch of a text as read between two blank lines, and the block that it belonged to."""

    id: str
    """The block's address (`p4`, `title`, `h2`, `fn1`): given once, and kept."""
    words: str


@value_class(frozen=True, slots=True)
class LockedText:
    """One text as it last stood."""

    id: str
    blocks: tuple[LockedBlock, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    """Addresses that were given up, each with the one to which its words went."""

    @property
    def content(self) -> str:
        """The text as read."""
        return "\n\n".join(block.words for block in self.blocks)


@value_class(frozen=True, slots=True)
class Remembered:
    """What is known of one selector from the last good build. Offsets count code points of `old`."""

    old: str
    """The text as read then."""
    span: Span | None
    """Where it stood in `old`; None where it was lost already: then `quotation` and what stood around it are known."""
    quotation: str
    """The words that stood there, as the text had them."""
    prefix: str
    """What stood before them: long enough to tell the place from every other one."""
    suffix: str
    state: State
    score: float
    same: bool
    """Whether the selector is written now as it was then."""
