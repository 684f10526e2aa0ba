"""An edition with a page for each text -> where each id of those pages stands, for its page of contents."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.note import Anchor
from builder.model.prose import FootnoteMark
from builder.render.html_marks import own_ids
from builder.render.note_views import mark_id
from builder.render.numbering import on_whole, touching
from builder.render.views import LinkView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.model.crossref import CrossReference
    from builder.model.note import Note
    from builder.model.prose import Prose
    from builder.model.text import Text
    from builder.render.desk import Desk


def moved(desk: Desk) -> tuple[LinkView, ...]:
    """Every id of the texts' own pages, and where it stands."""
    found = []
    ties, terms = touching(desk.matter.edition.crossrefs), _linked(desk)
    for text in desk.matter.edition.texts:
        page = desk.spot.to(f"{desk.matter.edition.id}/{text.id}.html")
        tied = _of_ties(desk, text, ties.get(text.id, ()))
        names = dict.fromkeys((*_of_text(text), *_of_notes(desk, text), *tied, *terms.get(text.id, ())))
        found += [LinkView(f"{page}#{name}", name) for name in names]
    return tuple(found)


def _of_text(text: Text) -> Iterator[str]:
    yield from (text.id, f"{text.id}-title")
    yield from (f"{text.id}-{name}" for block in text.prose.blocks for name in (block.id, *block.aliases))
    yield from _of_prose(text.prose, f"{text.id}-")


def _of_prose(prose: Prose, prefix: str) -> Iterator[str]:
    """Footnotes, their calls, and the author's own ids."""
    for name in sorted(own_ids(prose)):
        yield f"{prefix}x-{name}"
    yield from (f"{prefix}fn{index}" for index in range(1, len(prose.footnotes) + 1))
    for frame in (prose.frame, *(footnote.frame for footnote in prose.footnotes)):
        for event in frame:
            if isinstance(event, FootnoteMark):
                call = f"-{event.occurrence}" if event.occurrence > 1 else ""
                yield f"ref-{prefix}fn{event.index + 1}{call}"


def _of_notes(desk: Desk, text: Text) -> Iterator[str]:
    anchored = desk.matter.referred.anchored
    for note in desk.matter.said.get(text.id, ()):
        founds = anchored.notes[note.id]
        if note.kind != "highlight" or not any(isinstance(found, Anchor) for found in founds):
            yield f"note-{note.id}"
            yield from _of_prose(note.body, f"note-{note.id}-")
        if _marked(note):
            yield from (mark_id(note, index) for index, found in enumerate(founds) if isinstance(found, Anchor))


def _marked(note: Note) -> bool:
    """Whether a note has marks in its text: a reply stands below the note that it answers."""
    return not on_whole(note) and not note.answers


def _of_ties(desk: Desk, text: Text, ties: Iterable[CrossReference]) -> Iterator[str]:
    for tie in ties:
        ends = zip((tie.one, tie.other), desk.matter.referred.anchored.crossrefs[tie.id], strict=True)
        for side, (end, found) in enumerate(ends, 1):
            if end.text == text.id and isinstance(found, Anchor):
                yield f"xref-{tie.id}-{side}"


def _linked(desk: Desk) -> Mapping[str, list[str]]:
    """Text id -> the ids of the terms that are linked on its page."""
    found: dict[str, list[str]] = defaultdict(list)
    for occurrence in desk.matter.referred.occurrences:
        if occurrence.linked:
            found[desk.occurrence_text(occurrence)].append(f"occ-{occurrence.term}-{occurrence.number}")
    return found
