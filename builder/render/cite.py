"""How to cite an edition, its licence and the version of its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.render.tongue import apart
from builder.render.views import CiteView

if TYPE_CHECKING:
    from builder.model.site import Settings
    from builder.model.text import TitlePage
    from builder.render.desk import Desk
    from builder.render.matter import Matter

LICENCES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC BY-NC 4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC BY-ND 4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC BY-NC-SA 4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CC BY-NC-ND 4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""Licences that have a deed to lead to, by the names under which authors know them."""


def cite_view(desk: Desk, settings: Settings) -> CiteView:
    """The words to paste, and what may be done with the notes."""
    edition = desk.matter.edition
    first = edition.texts[0].title_page if edition.texts else None
    licence = edition.settings.licence or settings.licence
    by = edition.settings.by or " and ".join(voices(desk.matter))
    voice = desk.words.say("cite.voice", by=by) if by else ""
    version = edition.version
    url = f"{settings.base_url.rstrip('/')}/{edition.id}/" if settings.base_url else ""
    around, own = desk.words.language, edition.settings.language
    title, site = apart(edition.settings.title, around, own), apart(settings.title, around, own)
    parts = [
        desk.words.say("cite.work", **_work(first, around)) if first and first.author else "",
        desk.words.say("cite.edition", title=title, site=site),
        voice,
        desk.words.say("cite.version", version=version) if version else "",
        url,
    ]
    return CiteView(
        words=" ".join(part for part in parts if part),
        voice=voice,
        licence=licence,
        licence_href=LICENCES.get(licence, ""),
        version=version,
    )


def _work(work: TitlePage, around: str) -> dict[str, str]:
    return {"author": apart(work.author, around, work.language), "title": apart(work.title, around, work.language)}


def voices(matter: Matter) -> tuple[str, ...]:
    """Who speaks in the margin, each once, in the order of the layers."""
    return tuple(dict.fromkeys(layer.by for layer in matter.layers.values() if layer.by))
