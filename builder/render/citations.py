"""References of a body -> which are works cited, and what they say in words: neighbours share one pair of brackets."""

from __future__ import annotations

from builder.model.prose import Reference, ReferenceKind


def is_citation(event: object) -> bool:
    """Whether an event is a `[@key]`."""
    return isinstance(event, Reference) and event.kind is ReferenceKind.SOURCE


def unbracketed(event: Reference, words: str, locator: str) -> str:
    """What a reference says in plain words: of a work cited, where its brackets may stand."""
    return f"\2{words}{f', {locator}' if locator else ''}\3" if is_citation(event) else words


def bracketed(words: str) -> str:
    """Words with citations as the page has them: in brackets, neighbours in one pair."""
    return words.replace("\3\2", "; ").replace("\2", "(").replace("\3", ")")
