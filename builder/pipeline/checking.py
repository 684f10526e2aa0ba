"""A site -> every diagnostic, and where each selector stands; no page is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.note import Audience
from builder.model.view import View
from builder.parse.site import parse_outline
from builder.parse.theme import parse_theme
from builder.pipeline.levels import levelled
from builder.pipeline.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Folder
    from builder.model.theme import ThemeFiles
    from builder.model.view import Referred
    from builder.parse.site import Outline


def check(folder: Folder, outline: Outline, files: ThemeFiles) -> tuple[Diagnostic, ...]:
    """Every diagnostic of a site's editions and theme, drafts included, for every audience; in order, each once."""
    _, slips = parse_theme(files, outline.settings)
    told = list(slips)
    reading = Reading(folder, outline, View(audience=Audience.TEACHER))
    published = View(audience=outline.settings.audience)
    for settings in outline.editions:
        anchored, slips = reading.anchored(settings.id)
        told.extend(slips)
        if anchored is None:
            continue
        for view in dict.fromkeys((reading.view, published)):
            told.extend(reading.referred(anchored, view)[1])
    return levelled(told, outline.settings.quality)


def anchored_editions(folder: Folder) -> Iterator[Referred | Diagnostic]:
    """Each edition with every selector sought, drafts included; and what was found wrong on the way.

    Its references are resolved too: what its questions are about is among them.
    """
    outline, told = parse_outline(folder)
    yield from told
    if outline is None:
        return
    reading = Reading(folder, outline, View(audience=Audience.TEACHER))
    for settings in outline.editions:
        anchored, slips = reading.anchored(settings.id)
        yield from slips
        if anchored is not None:
            referred, slips, _ = reading.referred(anchored, reading.view)
            yield from slips
            yield referred
