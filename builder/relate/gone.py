"""An edition's lock against its folder -> files of notes that are gone or emptied, and all notes with them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import Place
from builder.relate.memories import NOTE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.model.diagnostic import Diagnostic
    from builder.model.lock import Lock
    from builder.model.site import Edition, Source


def gone_files(edition: Edition, sides: Sequence[Lock], there: Mapping[str, Source], lock: str) -> Iterator[Diagnostic]:
    """Told where the lock remembers notes of a text that stands, in a file that doesn't, or holds nothing at all.

    Who deletes notes one by one knows what he does. `there` are all files by path, `lock` is the path of the lock: once
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
        source = there.get(path)
        if (lost := ids - standing) and (source is None or _is_emptied(source)):
            many = "a note is" if len(lost) == 1 else f"{len(lost)} notes are"
            name = path.removeprefix(f"{folder}/")
            if source is None:
                message = f"“{name}” isn't there any more, and {many} gone with it"
                hint = "put the file back; if it is to go, build once more: then nothing is known of it"
            else:
                message = f"“{name}” is empty now, and {many} gone"
                hint = "put its notes back; if they are to go, build once more: then nothing is known of them"
            yield diagnose("G216", Place(lock), message, hint)


def _is_emptied(source: Source) -> bool:
    return not source.broken and not source.text.removeprefix("\ufeff").strip()
