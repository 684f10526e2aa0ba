"""An edition -> the addresses in its page that two things would have: each id stands once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.model.crossref import CrossReference, Question
    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Note
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
    risky = frozenset(address.partition("-")[0] for address in taken)  # hardly any text is called as entries are
    entries: tuple[tuple[str, Sequence[Note | CrossReference | Question]], ...] = (
        ("note", edition.notes),
        ("ref", edition.notes),
        ("xref", edition.crossrefs),
        ("question", edition.questions),
    )
    for sort, entry in ((sort, entry) for sort, listed in entries if sort in risky for entry in listed):
        address = f"{sort}-{entry.id}"
        if address in taken:
            other = taken[address]
            message = f"with the id “{entry.id}” this entry would share its address “#{address}” with “{other}”"
            yield diagnose("G117", entry.place, message, "give it another id")


def _of(text: Text) -> Iterator[str]:
    """Every id that a text's words have in the page."""
    yield from (text.id, f"{text.id}-text", f"{text.id}-title")
    yield from (f"{text.id}-{block.id}" for block in text.prose.blocks)
    for index in range(1, len(text.prose.footnotes) + 1):
        yield from (f"{text.id}-fn{index}", f"ref-{text.id}-fn{index}")
