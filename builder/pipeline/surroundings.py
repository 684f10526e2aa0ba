"""What stands around an edition: its files as typed, its pictures, what it says of others; a theme's digest."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from builder.model.pictures import resolved
from builder.model.site import Address, Copy
from builder.model.view import Visit
from builder.parse.edition import pictures_of
from builder.parse.markdown import local_pictures
from builder.parse.picture_files import is_picture

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from builder.model.site import Edition, EditionSettings, Folder
    from builder.model.theme import ThemeFiles
    from builder.model.view import Anchored, Mention
    from builder.pipeline.reading import Reading

_ABROAD = re.compile(r"\[\[\s*([a-z0-9-]+)/")


def named_in(text: str) -> list[str]:
    """The editions that references in a text may lead to."""
    return _ABROAD.findall(text)


def sources_of(folder: Folder, editions: Iterable[EditionSettings]) -> dict[str, list[str]]:
    """Folder of each of these editions -> the paths of what is written in it."""
    names = sorted(folder.digests)
    return {one.folder: list(_within(names, f"{one.folder}/" if one.folder else "")) for one in editions}


def _within(names: Sequence[str], prefix: str) -> Iterator[str]:
    """Of sorted paths those of texts that stand directly in a folder."""
    for index in range(bisect_left(names, prefix), len(names)):
        name = names[index]
        if not name.startswith(prefix):
            return
        if name.endswith(".md") and "/" not in name[len(prefix) :]:
            yield name


def visits_of(settings: EditionSettings, anchored: Anchored, mentions: Iterable[Mention]) -> tuple[Visit, ...]:
    """What an edition says of others."""
    texts = {f"note:{note.id}": note.text for note in anchored.edition.notes}
    visits = []
    for mention in mentions:
        if mention.target.edition in ("", settings.id):
            continue
        sort, _, name = mention.origin.partition(":")
        kind = {"answer": "question"}.get(sort, sort)
        origin = Address(settings.id, kind, name, texts.get(mention.origin, ""))
        visits.append(Visit(settings.title, origin, mention.target))
    return tuple(visits)


def said_by(
    reading: Reading, settings: EditionSettings, paths: Iterable[str], others: Collection[str]
) -> tuple[Visit, ...]:
    """What one edition, written at some paths, says of others. It isn't read where it names none of them."""
    named = {name for path in paths for name in named_in(reading.folder.sources[path].text)}
    anchored = reading.anchored(settings.id)[0] if not named.isdisjoint(others) else None
    if anchored is None:
        return ()
    return visits_of(settings, anchored, reading.referred(anchored, reading.view)[0].mentions)


def copies_of(edition: Edition) -> Iterator[Copy]:
    """The pictures that an edition shows under its view: those of its texts, and of what is said about them."""
    folder = f"{edition.settings.folder}/" if edition.settings.folder else ""
    for path in pictures_of(edition):
        yield Copy(f"{folder}{path}", f"{edition.id}/{path}")


def shown_pictures(edition: Edition) -> Iterator[str]:
    """Paths in the output of the pictures that an edition shows in Markdown, whether they are there or not."""
    for text in edition.texts:
        for src in local_pictures(text.prose):
            if (path := resolved(src)) is not None:
                yield f"{edition.id}/{path}"


def sound_pictures(edition: Edition, folder: Folder) -> frozenset[str]:
    """Paths in the site's folder of the pictures that can be set on paper. Of others their text was told."""
    paths = [copy.source for copy in copies_of(edition)]
    sound = folder.assets.keys() - folder.faults.keys()
    return frozenset(path for path in paths if path in sound and is_picture(path))


def theme_digest(files: ThemeFiles) -> str:
    """A theme's files, all of them, as one digest."""
    digest = hashlib.sha256(files.name.encode())
    for name, content in sorted(files.files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
