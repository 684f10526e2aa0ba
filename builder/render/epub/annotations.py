"""The notes of an edition -> the annotation set that its book carries, for readers that show them as their own.

The form is Readium's profile of W3C's Web Annotation model, as META-INF/annotations.annotation. It requires
`created`, which that model doesn't: a note without a whole day has the edition's. A target without a selector is the
whole chapter.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from builder.model.note import Anchor
from builder.render import plain
from builder.render.annotation_targets import WHOLE
from builder.render.epub.package import changed, identifier, urn
from builder.render.epub.passages import standing
from builder.render.tongue import direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.model.note import Note
    from builder.model.prose import Span
    from builder.model.site import Settings
    from builder.model.text import Text
    from builder.render.desk import Desk
    from builder.render.epub.passages import Standing

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_COLOURS = {"context": "blue", "source": "green", "question": "yellow", "challenge": "pink", "language": "purple"}
"""The nearest of the six colours that the profile knows, by a kind's cue."""


def passages(desk: Desk) -> Iterator[tuple[Text, Span]]:
    """What the notes are on, whole texts apart."""
    for note in desk.matter.edition.notes:
        for found in desk.matter.referred.anchored.notes[note.id]:
            if isinstance(found, Anchor) and found.selector.blocks != WHOLE:
                yield desk.matter.texts[note.text], found.span


def annotation_set(desk: Desk, settings: Settings, folder: str, documents: Mapping[str, str]) -> str:
    """The set as JSON; `folder` is where the documents of the book lie, which hold a mark at each end of the passages.

    The documents are given by the ids of the texts that they show.
    """
    edition = desk.matter.edition
    book = identifier(edition, settings)
    about: dict[str, object] = {
        "dc:identifier": [book],
        "dc:format": "application/epub+zip",
        "dc:title": edition.settings.title,
        "dc:publisher": settings.title,
        "dc:creator": list(dict.fromkeys(one.title_page.author for one in edition.texts if one.title_page.author)),
    }
    made: dict[str, object] = {
        "@context": CONTEXT,
        "id": urn(f"{book}\0notes"),
        "type": "AnnotationSet",
        "about": about,
        "title": edition.settings.title,
    }
    told = {name: standing(document) for name, document in documents.items()}
    undated = changed(edition)
    voices = {one.id: one.by for one in reversed(edition.layers) if one.by}
    items = (
        _encoded(item) for note in edition.notes for item in _items(desk, note, book, folder, told, undated, voices)
    )
    return f'{_encoded(made)[:-1]},"items":[\n' + ",\n".join(items) + "\n]}\n"


def _encoded(made: dict[str, object]) -> str:
    """On one line: where lines are asked for, Python's own encoder is ten times slower."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _items(
    desk: Desk,
    note: Note,
    book: str,
    folder: str,
    told: Mapping[str, Standing],
    undated: str,
    voices: Mapping[str, str],
) -> Iterator[dict[str, object]]:
    """A note's annotations: one for each passage that stands; an annotation of a book has one target.

    `undated` is when a note was made that doesn't say its day; `voices` say who speaks in a layer, by its id.
    """
    edition, text = desk.matter.edition, desk.matter.texts[note.text]
    for index, found in enumerate(desk.matter.referred.anchored.notes[note.id]):
        if not isinstance(found, Anchor):
            continue
        target: dict[str, object] = {"source": f"{folder}/text-{text.id}.xhtml"}
        selectors = told[text.id].selectors(text, found.span) if found.selector.blocks != WHOLE else []
        if selectors:
            target["selector"] = selectors
        item: dict[str, object] = {
            "@context": CONTEXT,
            "id": urn(f"{book}\0{note.id}\0{index}"),
            "type": "Annotation",
            "created": f"{note.date}T00:00:00Z" if len(note.date) == len("2021-08-15") else undated,
            "target": target,
        }
        voice = note.by or voices.get(note.layer, "")
        if voice:
            item["creator"] = {"id": urn(voice), "type": "Person", "name": voice}
        kind = desk.kind(note.kind)
        words = plain.write(note.body.frame, note.body, lambda reference: desk.link(reference)[1])
        if words:
            language = edition.settings.language
            item["body"] = {
                "type": "TextualBody",
                "value": words,
                "format": "text/plain",
                "keyword": kind.label,
                "color": _COLOURS.get(kind.cue, "yellow"),
                "language": language,
                "textDirection": direction(language),
            }
        yield item
