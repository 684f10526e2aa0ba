"""A page as made -> where its links lead, and the places in it to which others can lead.

One look over its bytes, no second reading: what stands in words, in code and in scripts is escaped there, so that an
attribute is found by its name and its quotation marks.
"""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ATTRIBUTE = re.compile(rb"""\s(id|href|src)=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_OUTSIDE = ".."
_NAMED = re.compile(r"[\w.-]+")
"""A fragment of which every letter stands for itself."""


@value_class(frozen=True, slots=True, order=True)
class Lead:
    """A link: the page on which it stands, as it is written there, and where it leads."""

    page: str
    href: str
    path: str
    """The path in the output; beginning with `..` where it leads out of the site."""
    fragment: str


@value_class(frozen=True, slots=True)
class Outgoing:
    """What a page links to, each once, and the ids in it."""

    leads: tuple[Lead, ...]
    """Those to places that it has itself aside: most are."""
    ids: frozenset[str]
    abroad: frozenset[str]
    """Addresses on the web to which a reader can go, without those of the site itself that only its head names."""


def outgoing(page: str, content: bytes) -> Outgoing:
    """Where a page's links lead within the site, and its ids. `page` is its path in the output. Linear."""
    ids: set[str] = set()
    hrefs: dict[str, None] = {}
    for name, double, single in _ATTRIBUTE.findall(content):
        value = (double or single).decode("utf-8", "replace")
        if name in (b"id", b"ID"):
            ids.add(unescape(value) if "&" in value else value)
        else:
            hrefs[value] = None
    body = content[content.find(b"<body") :]
    abroad = frozenset(unescape(href) for href in hrefs if _WEB.match(href) and href.encode() in body)
    own = {f"#{one}" for one in ids}
    away = [href for href in hrefs if href not in own or not _NAMED.fullmatch(href, 1)]
    return Outgoing(tuple(_within(page, away)), frozenset(ids), abroad)


def holds(content: bytes, fragment: str) -> bool:
    """Whether a page has a place of this name, however its id is typed."""
    sought = rb"""\s(?:id|name)\s*=\s*["']?%s["'\s/>]""" % re.escape(fragment.encode())
    return re.search(sought, content, re.IGNORECASE) is not None


def _within(page: str, hrefs: Iterable[str]) -> Iterator[Lead]:
    folder = posixpath.dirname(page)
    for raw in hrefs:
        href = unescape(raw).strip()
        if not href or _ELSEWHERE.match(href):
            continue
        address, _, fragment = href.partition("#")
        path = unquote(address.partition("?")[0])
        fragment = unquote(fragment.partition(":~:")[0])
        if path.startswith("/"):
            yield Lead(page, href, _OUTSIDE + path, fragment)
            continue
        target = posixpath.normpath(posixpath.join(folder, path)) if path else page
        if path and path.rpartition("/")[2] in ("", ".", ".."):
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        yield Lead(page, href, target, fragment)
