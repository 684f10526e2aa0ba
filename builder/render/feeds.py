"""The library -> feed.xml and sitemap.xml, where the site's address is known."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from builder.model.site import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.site import Settings
    from builder.render.views import LibraryEntryView


def feed(settings: Settings, entries: Sequence[LibraryEntryView]) -> Page:
    """RSS 2.0: it needs no date for an edition that has none."""
    base = settings.base_url.rstrip("/")
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", settings.title)
    _add(channel, "link", f"{base}/")
    _add(channel, "description", settings.summary or settings.title)
    _add(channel, "language", settings.language)
    for entry in entries:
        item = ElementTree.SubElement(channel, "item")
        address = f"{base}/{entry.href.removesuffix('index.html')}"
        _add(item, "title", entry.title)
        _add(item, "link", address)
        _add(item, "guid", address)
        if entry.summary:
            _add(item, "description", entry.summary)
        if date := _rfc822(entry.datetime):
            _add(item, "pubDate", date)
    return Page("feed.xml", _written(root))


def sitemap(settings: Settings, paths: Sequence[str]) -> Page:
    """Every page that is to be found, by its canonical address."""
    base = settings.base_url.rstrip("/")
    root = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for path in sorted(paths):
        url = ElementTree.SubElement(root, "url")
        _add(url, "loc", f"{base}/{path.removesuffix('index.html')}")
    return Page("sitemap.xml", _written(root))


def _add(parent: ElementTree.Element, name: str, words: str) -> None:
    ElementTree.SubElement(parent, name).text = words


def _written(root: ElementTree.Element) -> bytes:
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _rfc822(date: str) -> str:
    """A year, month or day as RSS wants it; its first day where no day is known; "" for no date."""
    from datetime import UTC, datetime
    from email.utils import format_datetime

    parts = [int(part) for part in date.split("-") if part.isdigit()]
    if not parts:
        return ""
    year, month, day = (*parts, 1, 1)[:3]
    try:
        return format_datetime(datetime(year, month, day, tzinfo=UTC))
    except ValueError:
        return ""
