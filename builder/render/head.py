"""A page -> everything in its `<head>`: what reading tools, catalogues and Zotero look for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder.model.remember import remembered
from builder.render.cards import script_safe
from builder.render.policy import policy
from builder.render.tongue import direction
from builder.render.views import BundleView, HeadView, MetaView

if TYPE_CHECKING:
    from builder.model.site import Edition, Settings
    from builder.model.text import Text
    from builder.render.address import Spot
    from builder.render.assets import Assets

DESCRIPTION = 300
"""Characters of a description: what search engines and cards show at most."""


def head(
    spot: Spot,
    assets: Assets,
    settings: Settings,
    *,
    title: str,
    description: str = "",
    language: str = "",
    inline_style: str = "",
    metas: tuple[MetaView, ...] = (),
    structured: str = "",
) -> HeadView:
    """The head of one page. `title` is shown as it is; metas that every page has are added to `metas`."""
    language = language or settings.language
    base = settings.base_url.rstrip("/")
    canonical = f"{base}/{spot.page.removesuffix('index.html')}" if base and not spot.root else ""
    shown = description if len(description) <= DESCRIPTION else description[: DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"
    graph = [
        MetaView("property", "og:title", title),
        MetaView("property", "og:site_name", settings.title),
        MetaView("property", "og:locale", language.replace("-", "_")),
    ]
    if shown:
        graph.append(MetaView("property", "og:description", shown))
    if canonical:
        graph.append(MetaView("property", "og:url", canonical))
    if not any(meta.name == "og:type" for meta in metas):
        graph.append(MetaView("property", "og:type", "website"))
    return HeadView(
        title=title,
        description=shown,
        language=language,
        direction=direction(language),
        policy=policy(assets.needs, inline_style, spot.root),
        early=spot.to(assets.early) if assets.early else "",
        styles=(spot.to(assets.style),) if assets.style else (),
        scripts=(spot.to(assets.script),) if assets.script else (),
        bundles=_bundles(spot, assets),
        inline_style=Markup(inline_style),
        metas=(*graph, *metas),
        canonical=canonical,
        feed=spot.to("feed.xml") if base else "",
        structured=Markup(structured),
    )


def _bundles(spot: Spot, assets: Assets) -> dict[str, BundleView]:
    return {
        name: BundleView(*(spot.to(path) if path else "" for path in (bundle.style, bundle.script)))
        for name, bundle in assets.bundles.items()
    }


def edition_metas(edition: Edition, settings: Settings) -> tuple[MetaView, ...]:
    """Highwire Press (`citation_*`) and Dublin Core, so that a reference manager saves text and author."""
    page = edition.texts[0].title_page
    metas = [MetaView("property", "og:type", "article")]

    def both(highwire: str, dublin: str, value: str) -> None:
        if value:
            metas.append(MetaView("name", f"citation_{highwire}", value))
            metas.append(MetaView("name", f"DC.{dublin}", value))

    both("title", "title", page.title)
    both("author", "creator", page.author)
    both("publication_date", "date", page.date.replace("-", "/"))
    both("language", "language", page.language)
    both("publisher", "publisher", settings.title)
    base = settings.base_url.rstrip("/")
    both("public_url", "identifier", f"{base}/{edition.id}/" if base else "")
    if page.source:
        metas.append(MetaView("name", "DC.source", page.source))
    if page.rights:
        metas.append(MetaView("name", "DC.rights", page.rights))
    metas.append(MetaView("name", "DC.type", "Text"))
    if page.author:
        metas.append(MetaView("name", "author", page.author))
    return tuple(metas)


@remembered
def edition_structured(edition: Edition, settings: Settings) -> str:
    """schema.org: the edition as a CreativeWork that holds its texts and comments on the first of them; as JSON-LD."""
    work = _work(edition, settings)
    return script_safe(json.dumps(work, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _work(edition: Edition, settings: Settings) -> dict[str, object]:
    base = settings.base_url.rstrip("/")
    parts: list[object] = []
    for text in edition.texts:
        page = text.title_page
        part: dict[str, object] = {"@type": "Article", "headline": page.title, "inLanguage": page.language}
        if page.author:
            part["author"] = {"@type": "Person", "name": page.author}
        if page.date:
            part["datePublished"] = page.date
        if page.source:
            part["isBasedOn"] = page.source
        if page.responds_to:
            part["@type"] = "Comment"
        parts.append(part)
    work: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": edition.settings.title,
        "inLanguage": edition.settings.language,
        "hasPart": parts,
        "isPartOf": {"@type": "WebSite", "name": settings.title},
    }
    if edition.settings.summary:
        work["abstract"] = edition.settings.summary
    if base:
        work["url"] = f"{base}/{edition.id}/"
    if edition.settings.licence or settings.licence:
        work["license"] = edition.settings.licence or settings.licence
    return work


def described(texts: tuple[Text, ...]) -> str:
    """The dek of the first text, else its first words."""
    prose = texts[0].prose
    block = next((block for block in prose.blocks if block.id == "dek" or block.number == 1), None)
    return " ".join(prose.words(block.span).split()) if block else ""
