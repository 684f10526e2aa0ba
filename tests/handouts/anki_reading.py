"""Text files, one after the other -> what Anki made of them: how each was taken in, and the notes that it then has.

Run by the Python of an environment of its own, in which nothing but Anki is; says it as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from anki.collection import Collection, CsvMetadata, ImportCsvRequest

COUNTED = ("new", "updated", "duplicate", "conflicting", "first_field_match", "empty_first_field")


def taken_in(collection: Collection, path: str, kept: int | None = None) -> dict[str, int]:
    """How many notes came in how, with notes of the type “Basic”. `kept` is what a reader chose for those known."""
    metadata = collection.get_csv_metadata(path=path, delimiter=None)
    metadata.global_notetype.id = collection.models.by_name("Basic")["id"]
    if kept is not None:
        metadata.dupe_resolution = kept
    log = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
    return {name: len(getattr(log, name)) for name in COUNTED if len(getattr(log, name))}


def main(folder: str, other: str, *paths: str) -> None:
    """`other` is a file that is taken in first, by a reader who would have known notes kept as they are."""
    collection = Collection(str(Path(folder) / "collection.anki2"))
    taken_in(collection, other, CsvMetadata.DupeResolution.Value("PRESERVE"))
    logs = [taken_in(collection, path) for path in paths]
    notes = [collection.get_note(id) for id in collection.find_notes("-tag:other")]
    cards = {note.guid: [note.cards()[0].question(), note.cards()[0].answer()] for note in notes}
    sounds = [note.guid for note in notes if note.cards()[0].answer_av_tags() or note.cards()[0].question_av_tags()]
    found = {note.guid: {"fields": note.fields, "tags": sorted(note.tags)} for note in notes}
    print(json.dumps({"logs": logs, "notes": found, "cards": cards, "sounds": sounds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
