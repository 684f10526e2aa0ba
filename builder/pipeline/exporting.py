"""A site and one of its editions -> that edition as a document for other programs, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.view import View
from builder.parse.theme import parse_theme
from builder.pipeline.annotations import give_out
from builder.pipeline.levels import levelled
from builder.pipeline.reading import Reading

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Audience
    from builder.model.site import Folder
    from builder.model.theme import ThemeFiles
    from builder.parse.site import Outline


WEBANNO = "webanno"


def export(
    folder: Folder, outline: Outline, files: ThemeFiles, *, edition: str, form: str, audience: Audience | None = None
) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The edition of this id in a form, as a build would give it out; None where the edition can't be read.

    Without an audience it is the one of site.toml. A draft is exported like any other edition: somebody asked for it.
    """
    from builder.render.exports import exported

    if form == WEBANNO:
        words, slips = give_out(folder, outline, edition, audience or outline.settings.audience)
        return words.encode() or None, levelled(slips, outline.settings.quality)
    settings = outline.settings
    theme, told = parse_theme(files, settings)
    reading = Reading(folder, outline, View(audience=audience or settings.audience))
    anchored, slips = reading.anchored(edition)
    if anchored is None:
        return None, levelled((*told, *slips), settings.quality)
    referred, more, _ = reading.referred(anchored, reading.view)
    document = exported(referred, form, works=outline.works_of(edition), settings=settings, theme=theme)
    return document, levelled((*told, *slips, *more), settings.quality)
