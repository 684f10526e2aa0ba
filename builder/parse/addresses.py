"""An edition -> the addresses in its page that two things would have: each id stands once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Edition
    from builder.model.text import Text


def check_addresses(edition: Edition) -> Iterator[Diagnostic]:
    """Names of texts that are addresses in another text, and ids of entries that are addresses in a text."""
    taken: dict[str, str] = {}
    for text in edition.texts:
        for address in _of(text):
            if taken.setdefault(address, text.id) != text.id:
                message = f"the texts “{taken[address]}” and “{text.id}” would share the address “#{address}”"
                yield diagnose("G110", text.place, message, "rename one of the two files")
                break
    named = [(f"note-{note.id}", note.id, note.place) for note in edition.notes]
    named += [(f"ref-{note.id}", note.id, note.place) for note in edition.notes]
    named += [(f"xref-{tie.id}", tie.id, tie.place) for tie in edition.crossrefs]
    named += [(f"question-{question.id}", question.id, question.place) for question in edition.questions]
    for address, name, place in named:
        if address in taken:
            message = f"with the id “{name}” this entry would share its address “#{address}” with “{taken[address]}”"
            yield diagnose("G117", place, message, "give it another id")


def _of(text: Text) -> Iterator[str]:
    """Every id that a text's words have in the page."""
    yield from (text.id, f"{text.id}-text", f"{text.id}-title")
    yield from (f"{text.id}-{block.id}" for block in text.prose.blocks)
    for index in range(1, len(text.prose.footnotes) + 1):
        yield from (f"{text.id}-fn{index}", f"ref-{text.id}-fn{index}")
