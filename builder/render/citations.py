"""What stands next to each other in a prose -> whether it is a work cited: those share one pair of brackets."""

from __future__ import annotations

from builder.model.prose import Reference, ReferenceKind


def is_citation(event: object) -> bool:
    """Whether an event is a `[@key]`."""
    return isinstance(event, Reference) and event.kind is ReferenceKind.SOURCE
