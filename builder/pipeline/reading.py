"""The editions of a site, parsed, anchored and referred when they are first asked for."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.parse.edition import parse_edition_folder
from builder.relate.anchor import anchor_edition
from builder.relate.gloss import gloss
from builder.relate.refer import refer
from builder.relate.select import select

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Audience
    from builder.model.site import EditionSettings, Folder
    from builder.model.view import Anchored, Referred, View
    from builder.parse.site import Outline

KEPT_EDITIONS = 8
"""How many editions that others refer to are kept at hand; more would let a large site grow in memory."""


class Drafts(Enum):
    """What becomes of editions marked as drafts."""

    LEFT_OUT = "left out"
    SHOWN = "shown"


@value_class(frozen=True, slots=True)
class Options:
    """What a build was asked for besides its folder. No audience: the one of site.toml."""

    audience: Audience | None = None
    drafts: Drafts = Drafts.LEFT_OUT
    only: frozenset[str] = frozenset()
    """Words of `outputs`: nothing else is made. None: all that the site asks for."""


class Reading:
    """The editions of a site, parsed and anchored when first asked for; a few are kept at hand."""

    def __init__(self, folder: Folder, outline: Outline, view: View, drafts: Drafts = Drafts.LEFT_OUT) -> None:
        self.view = view
        self._drafts = drafts
        self._folder = folder
        self._outline = outline
        self._settings: dict[str, EditionSettings] = {settings.id: settings for settings in outline.editions}
        self._kept: dict[str, tuple[Anchored | None, tuple[Diagnostic, ...]]] = {}

    def anchored(self, edition: str) -> tuple[Anchored | None, tuple[Diagnostic, ...]]:
        """An edition with every selector sought, and all that is wrong with it. None for an unknown or broken one."""
        if edition in self._kept:
            return self._kept[edition]
        settings = self._settings.get(edition)
        if settings is None:
            return None, ()
        parsed, told = parse_edition_folder(self._folder, settings, self._outline.settings, self._outline.terms)
        result: tuple[Anchored | None, tuple[Diagnostic, ...]] = (None, told)
        if parsed is not None:
            anchored, slips = anchor_edition(parsed)
            result = (anchored, (*told, *slips))
        if len(self._kept) >= KEPT_EDITIONS:
            del self._kept[next(iter(self._kept))]
        self._kept[edition] = result
        return result

    def referred(self, anchored: Anchored, view: View) -> tuple[Referred, tuple[Diagnostic, ...], frozenset[str]]:
        """An edition under a view, its terms found and its references resolved; and the editions that they ask for."""
        seen = select(anchored, view)
        asked: set[str] = set()

        def abroad(name: str) -> Anchored | None:
            asked.add(name)
            return self._abroad(name, view, anchored.edition.settings)

        works = self._outline.works_of(anchored.edition.id)
        listed = self._outline.has_list(anchored.edition.settings)
        referred, told = refer(seen, works=works, listed=listed, abroad=abroad, occurrences=gloss(seen))
        return referred, told, frozenset(asked)

    def _abroad(self, name: str, view: View, asking: EditionSettings) -> Anchored | None:
        """Another edition under the view. A draft that isn't built is left out, but for other drafts."""
        anchored, _ = self.anchored(name)
        if anchored is None:
            return None
        seen = select(anchored, view)
        if self._drafts is Drafts.LEFT_OUT and anchored.edition.settings.draft and not asking.draft:
            return replace(seen, left_out=seen.left_out | {f"edition:{name}"})
        return seen
