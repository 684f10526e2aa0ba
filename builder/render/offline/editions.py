"""Editions, one after another -> the file of each that needs no other; what all of them carry is made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import FaultError, Place
from builder.model.site import Page
from builder.render.address import offline_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.site import Settings
    from builder.model.theme import Theme
    from builder.render.assets import Assets
    from builder.render.desk import Desk
    from builder.render.keeping import Keeper
    from builder.render.offline.kit import Kit
    from builder.render.page import Press
    from builder.render.views import SiteView


class OfflineEditions:
    """Makes the offline files of one site."""

    def __init__(self, theme: Theme, settings: Settings, press: Press, assets: Assets) -> None:
        self._theme = theme
        self._settings = settings
        self._press = press
        self._assets = assets
        self._kit: Kit | None = None

    def page(self, desk: Desk, site: SiteView, pictures: Mapping[str, bytes], keeper: Keeper | None) -> Page:
        """The file of one edition. FaultError where a template is at fault."""
        from builder.render.offline.faces import SETTING, require_extra
        from builder.render.offline.file import offline_file
        from builder.render.offline.kit import make_kit

        if self._settings.subset_fonts:
            require_extra(self._settings.place_of(SETTING))
        self._kit = self._kit or make_kit(self._theme, self._assets)
        content = offline_file(
            desk,
            self._settings,
            press=self._press,
            kit=self._kit,
            assets=self._assets,
            site=site,
            pictures=pictures,
            carried=self._subset if self._settings.subset_fonts else None,
            keeper=keeper,
        )
        return Page(offline_page(desk.matter.edition.id), content)

    def _subset(self, face: bytes, letters: frozenset[str]) -> bytes:
        """A face with fewer letters. FaultError where its file is damaged."""
        from builder.render.offline.faces import subset

        try:
            return subset(face, letters)
        except Exception as fault:  # whatever who reads faces, or unpacks them, breaks down with
            file = next(name for name, content in self._theme.files.items() if content == face)
            reason = " ".join(str(fault).split()) or type(fault).__name__
            message = f"this typeface can't be read: {reason}"
            hint = "replace the file, or take subset_fonts out of site.toml"
            raise FaultError((diagnose("G502", Place(self._theme.origins.get(file, file)), message, hint),)) from fault
