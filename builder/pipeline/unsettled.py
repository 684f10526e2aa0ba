"""A site of which some settings can't be read -> what else is wrong there, as far as these could change nothing.

So all that is wrong is told in one run; and nothing is that comes only of a kind, a layer or a text that stands in the
file which can't be read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.note import Audience
from builder.model.view import View
from builder.parse.settings_gone import says_nothing
from builder.parse.site import EDITION, SITE, outline_without
from builder.pipeline.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import EditionSettings, Folder
    from builder.parse.site import Outline

_OF_THE_SITE = frozenset({"G124", "G136"})
"""What is told of kinds and relations that aren't known."""
_OF_AN_EDITION = frozenset({"G125", "G137"})
"""And of layers and texts."""
_WEIGHED = re.compile(r"\bG\d{3}\b")
_READ_OTHERWISE = re.compile(r"\b(?:dek|raw_html|references|typography)\b")
"""Settings by which the words of a text are others."""
_OF_WORDS = re.compile("G(?:2[0-9]{2}|401|405)")
_ALL_THE_SAME = frozenset({"G121", "G602"})
"""What is told of pictures and headings: it is so however the words of a text are read, but for its own HTML."""
_OF_NAMES = re.compile(r"\]\]: (?:there is no note “|there is no such text or term)")
"""What is told of a reference to a note or a term: these don't stand in the texts."""
_OF_REFERENCES = frozenset({"G401", "G403", "G405"})
_FILE = re.compile(r"(?<![\w.-])[\w.-]+\.md\b")


def beneath(folder: Folder, outline: Outline | None) -> Iterator[Diagnostic]:
    """What is wrong with editions whose settings can't be read; with all of them, where a site.toml can't be."""
    if outline is not None:
        yield from _editions(folder, outline, outline.unread)
    elif SITE in folder.sources:
        outline, told = outline_without(folder)
        told += tuple(_editions(folder, outline, (*outline.editions, *outline.unread)))
        weighed = {*_WEIGHED.findall(folder.sources[SITE].text), *_OF_THE_SITE}
        yield from (one for one in told if one.code not in weighed)


def _editions(folder: Folder, outline: Outline, editions: tuple[EditionSettings, ...]) -> Iterator[Diagnostic]:
    """What is wrong with some editions of a site."""
    unread = {one.id for one in outline.unread}
    guessed = [_as_named(folder, one) for one in outline.unread]
    whole = replace(outline, editions=(*outline.editions, *guessed))
    reading = Reading(folder, whole, View(audience=Audience.TEACHER))
    for one in editions:
        if one.id in unread:
            anchored, slips = reading.anchored(one.id)
            if anchored is not None and not _lacks_texts(folder, one):
                referred = reading.referred(anchored, reading.view)[1]
                slips = (*slips, *(slip for slip in referred if slip.code in _OF_REFERENCES))
            yield from (slip for slip in slips if not _may_follow(slip, folder, one))
        else:
            yield from reading.slips(one.id, (reading.view,))


def _as_named(folder: Folder, edition: EditionSettings) -> EditionSettings:
    """An edition with those texts of its folder that its settings name; with all, where they name none."""
    words = _settings(folder, edition)
    named = tuple(text for text in edition.texts if text.file in words)
    return replace(edition, texts=named or edition.texts)


def _may_follow(slip: Diagnostic, folder: Folder, edition: EditionSettings) -> bool:
    """Whether something in an edition may be wrong only because its settings aren't known."""
    if slip.code in _OF_AN_EDITION:
        return True
    texts = {f"{edition.folder}/{text.file}".removeprefix("/") for text in edition.texts}
    words = _settings(folder, edition)
    if slip.place.path in texts:
        return _reads_otherwise(words) and (slip.code not in _ALL_THE_SAME or "raw_html" in words)
    of_words = _OF_WORDS.fullmatch(slip.code) and not _OF_NAMES.search(slip.message)
    return bool(of_words and _reads_otherwise(words))


def _reads_otherwise(words: str) -> bool:
    """Whether settings may have a text's words read otherwise: where they are gone nobody knows."""
    return says_nothing(words) or _READ_OTHERWISE.search(words) is not None


def _lacks_texts(folder: Folder, edition: EditionSettings) -> bool:
    """Whether the settings name a text that isn't there: what leads to it is right, and the file's name is told."""
    base = f"{edition.folder}/".removeprefix("/")
    return any(f"{base}{name}" not in folder.sources for name in _FILE.findall(_settings(folder, edition)))


def _settings(folder: Folder, edition: EditionSettings) -> str:
    """The words of an edition's settings, "" where it has none."""
    source = folder.sources.get(f"{edition.folder}/{EDITION}".removeprefix("/"))
    return source.text if source is not None else ""
