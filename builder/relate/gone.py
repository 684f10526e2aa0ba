"""An edition's lock against its folder -> files of notes that are gone, and all notes with them, without a word."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.relate.memories import NOTE

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.lock import Lock
    from builder.model.site import Edition


def gone_files(edition: Edition, sides: Sequence[Lock], there: Container[str], lock: str) -> Iterator[Diagnostic]:
    """Told where the lock remembers notes of a text that stands, in a file that doesn't.

    Who deletes notes one by one knows what he does. `there` are the paths of all files, `lock` that of the lock: once
    it is written anew, nothing is remembered of them any more.
    """
    folder, first = edition.settings.folder, edition.settings.layers[0].id
    files = {text.id: text.place.path.removesuffix(".md") for text in edition.texts}
    known: dict[str, set[str]] = defaultdict(set)
    for one in (one for side in sides for one in side.selectors if one.sort == NOTE and one.text in files):
        layer = "" if one.layer == first else f".{one.layer}"
        known[f"{files[one.text]}{layer}.notes.md"].add(one.id)
    standing = {note.id for note in edition.notes}
    for path, ids in sorted(known.items()):
        if path not in there and (lost := ids - standing):
            many = "a note is" if len(lost) == 1 else f"{len(lost)} notes are"
            message = f"“{path.removeprefix(f'{folder}/')}” isn't there any more, and {many} gone with it"
            hint = "put the file back; if it is to go, build once more: then nothing is known of it"
            yield diagnose("G216", Place(lock), message, hint)
