"""The notes of an edition -> the annotation set that its book carries, for readers that show them as their own.

The form is Readium's profile of W3C's Web Annotation model, as META-INF/annotations.annotation. It requires
`created`, which that model doesn't: a note without a whole day has the edition's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from builder.model.note import Anchor
from builder.render import plain
from builder.render.epub.package import changed, identifier, urn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.note import Note
    from builder.model.prose import Span
    from builder.model.site import Settings
    from builder.model.text import Text
    from builder.render.desk import Desk

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

AROUND = 40
"""Characters quoted on either side of a passage."""

_COLOURS = {"context": "blue", "source": "green", "question": "yellow", "challenge": "pink", "language": "purple"}
"""The nearest of the six colours that the profile knows, by a kind's cue."""


def annotation_set(desk: Desk, settings: Settings, folder: str) -> str:
    """The set as JSON; `folder` is where the documents of the book lie."""
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
    items = (_encoded(item) for note in edition.notes for item in _items(desk, note, book, folder))
    return f'{_encoded(made)[:-1]},"items":[\n' + ",\n".join(items) + "\n]}\n"


def _encoded(made: dict[str, object]) -> str:
    """On one line: where lines are asked for, Python's own encoder is ten times slower."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _items(desk: Desk, note: Note, book: str, folder: str) -> Iterator[dict[str, object]]:
    """A note's annotations: one for each passage that stands; an annotation of a book has one target."""
    edition, text = desk.matter.edition, desk.matter.texts[note.text]
    for index, found in enumerate(desk.matter.referred.anchored.notes[note.id]):
        if not isinstance(found, Anchor):
            continue
        item: dict[str, object] = {
            "@context": CONTEXT,
            "id": urn(f"{book}\0{note.id}\0{index}"),
            "type": "Annotation",
            "created": f"{note.date}T00:00:00Z" if len(note.date) == len("2021-08-15") else changed(edition),
            "target": {"source": f"{folder}/text-{text.id}.xhtml", "selector": [_quote(text, found.span)]},
        }
        voice = note.by or next((one.by for one in edition.layers if one.id == note.layer and one.by), "")
        if voice:
            item["creator"] = {"id": urn(voice), "type": "Person", "name": voice}
        kind = desk.kind(note.kind)
        words = plain.write(note.body.frame, note.body, lambda reference: desk.link(reference)[1])
        if words:
            item["body"] = {
                "type": "TextualBody",
                "value": words,
                "format": "text/plain",
                "keyword": kind.label,
                "color": _COLOURS.get(kind.cue, "yellow"),
                "language": edition.settings.language,
            }
        yield item


def _quote(text: Text, span: Span) -> dict[str, str]:
    content = text.prose.content
    return {
        "type": "TextQuoteSelector",
        "exact": text.prose.words(span),
        "prefix": content[max(0, span.start - AROUND) : span.start],
        "suffix": content[span.end : span.end + AROUND],
    }
