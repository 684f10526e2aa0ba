"""The characters and events of a prose in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.prose import Run, Span

if TYPE_CHECKING:
    from builder.model.prose import Event
    from builder.parse.numbering import Numberer


@dataclass(slots=True)
class Draft:
    """What has been read so far: characters, events, and the blocks that stand in them."""

    content: list[str] = field(default_factory=list)
    length: int = 0
    events: list[Event] = field(default_factory=list)
    gap: str = ""
    """What joins the characters that come next to those that came last."""
    numberer: Numberer | None = None

    def write(self, words: str) -> Span:
        """Add characters, after the gap that was due. The span that they take."""
        if self.gap:
            if self.length:
                self.content.append(self.gap)
                self.length += len(self.gap)
            self.gap = ""
        self.content.append(words)
        start = self.length
        self.length += len(words)
        span = Span(start, self.length)
        if self.numberer is not None:
            self.numberer.grow(span)
        return span

    def run(self, words: str) -> None:
        """Add characters as a run, one with the run before where they follow it directly."""
        if not words:
            return
        span = self.write(words)
        last = self.events[-1] if self.events else None
        if isinstance(last, Run) and last.span.end == span.start:
            self.events[-1] = Run(Span(last.span.start, span.end))
        else:
            self.events.append(Run(span))
