"""Words of `outputs` -> what is made for them: by its path one can tell for which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.model.diagnostic import SiteError
from builder.model.note import Audience
from builder.parse.setting_tables import OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model.glossary import Term
    from builder.model.site import Settings
    from builder.parse.site import Outline

SITE, ZIP, HANDOUT = "site", "zip", "handout"
ARCHIVE = "site.zip"
"""The path of all of the site in one file."""

_ENDINGS = {
    ".offline.html": "offline",
    ".epub": "epub",
    ".pdf": HANDOUT,
    "/cards.txt": HANDOUT,
    "/annotations.jsonld": "webanno",
    ".tei.xml": "tei",
    ".zip": ZIP,
}


def output_of(path: str) -> str:
    """The word that asks for what stands at a path in the output folder."""
    return next((word for ending, word in _ENDINGS.items() if path.endswith(ending)), SITE)


def outputs_named(words: Iterable[str]) -> frozenset[str]:
    """Words that name outputs. SiteError for one that there isn't."""
    named = frozenset(words)
    if unknown := sorted(named.difference(OUTPUTS)):
        raise SiteError(f"there is no output “{unknown[0]}”; there are: {', '.join(OUTPUTS)}")
    return named


def asked_for(settings: Settings, only: frozenset[str]) -> Settings:
    """The settings of a site of which `only` some outputs are wanted; none: those that it asks for."""
    return replace(settings, outputs=tuple(sorted(only))) if only else settings


def made_for(outline: Outline, audience: Audience | None) -> Outline:
    """An outline as it is built for somebody; None: for whom its site.toml says."""
    if audience is None:
        return outline
    alone = audience is Audience.STUDENT
    return replace(outline, settings=replace(outline.settings, audience=audience, students_alone=alone))


def sets_handouts(settings: Settings) -> bool:
    """Whether a site asks for handouts."""
    return HANDOUT in settings.outputs


def shown_terms(outline: Outline, audience: Audience) -> tuple[Term, ...]:
    """The terms of the site's own glossary that an output for an audience may show."""
    if audience is Audience.TEACHER:
        return outline.terms
    return tuple(term for term in outline.terms if term.audience is not Audience.TEACHER)


def for_teachers(outline: Outline, audience: Audience | None) -> frozenset[str]:
    """Paths of teachers' handouts beside a site that is made for students: these go into nothing that students get."""
    return frozenset() if (audience or outline.settings.audience) is Audience.TEACHER else _teachers(outline)


def left_out(outline: Outline, audience: Audience | None) -> frozenset[str]:
    """Paths of teachers' handouts that a site hasn't, since it was said that it is made for students."""
    return _teachers(outline) if made_for(outline, audience).settings.students_alone else frozenset()


def _teachers(outline: Outline) -> frozenset[str]:
    from builder.render.handout_paths import handout_path

    return frozenset(
        handout_path(edition.id, one.id)
        for edition in outline.editions
        for one in edition.handouts
        if one.audience is Audience.TEACHER
    )
