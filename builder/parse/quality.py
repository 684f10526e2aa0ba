"""An edition as read -> what could be better in it: headings, long notes, ties without a reason, unanswering responses.

Nothing here is wrong; a site may weigh each of it otherwise, in `[quality]` of site.toml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.model.prose import Element, Open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.prose import Prose
    from builder.model.site import Edition

LONGEST = 1500
"""Characters of a note: in a margin of some 36 to the line more than the forty lines that a screen shows."""


def check_quality(edition: Edition, *, all_ties: bool = True) -> Iterator[Diagnostic]:
    """What could be better in what an edition's author wrote. `all_ties`: whether every cross-reference was read."""
    for text in edition.texts:
        yield from _headings(text.prose, text.place)
    for note in edition.notes:
        yield from _headings_within(note.body, note.place)
        length = len(note.body.content)
        if length > LONGEST:
            message = f"this note has {length:,} characters: a margin holds about {LONGEST:,}"
            yield diagnose("G605", note.place, message, "move a part of it into a glossary entry, and lead there")
    for tie in edition.crossrefs:
        if not tie.body.content.strip() and not tie.body.frame:
            yield diagnose("G608", tie.place, "nothing says why these two passages are tied", "write a sentence below")
    if all_ties:
        yield from _responses(edition)


def _headings(prose: Prose, place: Place) -> Iterator[Diagnostic]:
    """Headings of a text that skip a level; its own title, wherever it comes from, is the first."""
    before = 1
    for event in prose.frame:
        if not isinstance(event, Open) or event.element is not Element.HEADING or event.block is None:
            continue
        block, level = prose.blocks[event.block], int(event.field("level") or 1)
        words = " ".join(prose.words(block.span).split())
        where = Place(place.path, block.line)
        if block.id != "title" and level == 1:
            hint = f"if it is a part of this text: ## {words}"
            yield diagnose("G602", where, f"“{words}” is a second title", hint)
        elif level > before + 1:
            message = f"“{words}” has level {level}, the heading before it level {before}"
            yield diagnose("G602", where, message, f"write: {'#' * (before + 1)} {words}")
        before = level


def _headings_within(body: Prose, place: Place) -> Iterator[Diagnostic]:
    """A note's own headings, of whatever level the first is; where they stand isn't known but by their note."""
    before = 0
    for event in body.frame:
        if isinstance(event, Open) and event.element is Element.HEADING:
            level = int(event.field("level") or 1)
            if before and level > before + 1:
                message = f"in this note a heading of level {level} follows one of level {before}"
                yield diagnose("G602", place, message, f"give it {'#' * (before + 1)}")
            before = level


def _responses(edition: Edition) -> Iterator[Diagnostic]:
    """Texts that respond to another, of which no passage is tied to a passage of that one."""
    tied = {frozenset((tie.one.text, tie.other.text)) for tie in edition.crossrefs}
    places = {settings.file.removesuffix(".md"): settings.place for settings in edition.settings.texts}
    for text in edition.texts:
        answered = text.title_page.responds_to
        if answered and answered not in edition.missing and frozenset((text.id, answered)) not in tied:
            message = f"“{text.id}” responds to “{answered}”, and no cross-reference says to what of it"
            hint = f"for instance, in crossrefs.md: ## {text.id} ¶1 → {answered} ¶1 {{.answers}}"
            yield diagnose("G609", places.get(text.id, text.place), message, hint)
