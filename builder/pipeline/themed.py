"""A theme's files and a site's settings -> the theme as read, once for as long as both are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.parse.held_off import HELD_OFF, check_policy
from builder.parse.theme import parse_theme
from builder.pipeline.surroundings import theme_digest

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Settings
    from builder.model.theme import Theme, ThemeFiles


@value_class(frozen=True, slots=True)
class Themed:
    """What a theme's files came to with a site's settings."""

    files: ThemeFiles
    settings: Settings
    theme: Theme
    told: tuple[Diagnostic, ...]
    digest: str
    """Of all the files."""


def themed_as(files: ThemeFiles, settings: Settings, before: Themed | None) -> Themed:
    """The theme as read; as it was read `before` where it was the same two values."""
    if before is not None and before.files is files and before.settings is settings:
        return before
    theme, told = parse_theme(files, settings)
    if settings.quality.get(HELD_OFF) == "error":  # else `check` alone looks for it: that takes a tenth of a second
        told = (*told, *check_policy(files))
    return Themed(files, settings, theme, told, theme_digest(files))
