"""A page as made -> where its links lead, and the places in it to which others can lead.

What stands in words, in code and in scripts is escaped there, so that an attribute is found by its name and its
quotation marks. Tags are read one by one only where the value of one holds what looks like another: that takes five
times as long.
"""

from __future__ import annotations

import posixpath
import re
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

_ATTRIBUTE = re.compile(rb"""=(?:(?<=\s(id)=)|(?<=\shref=)|(?<=\ssrc=))(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
"""Looked for from its sign of equality on: there are fewer of these than of spaces, and it takes half the time."""
_WITHIN = re.compile(
    rb"""=\s*+(?:"(?=[^"]*+")[^"]*\s(?:id|href|src)\s*=|'(?=[^']*+')[^']*\s(?:id|href|src)\s*=)""", re.IGNORECASE
)
"""A value in which what looks like an attribute may be words."""
_TAG = re.compile(rb"""<[a-z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""", re.IGNORECASE)
_EACH = re.compile(rb"""\s(?:(id)|(href|src)|[^\s=>"'/]++)=(?:"([^"]*+)"|'([^']*+)')""", re.IGNORECASE)
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
    """But those to a place of its own that surely is there: most are."""
    ids: frozenset[str]
    abroad: frozenset[str]
    """Addresses on the web to which a reader can go, without those of the site itself that only its head names."""


@value_class(frozen=True, slots=True)
class Part:
    """A part of a page: its ids, and what it links to, as it is written there."""

    ids: Sequence[str]
    hrefs: Sequence[str]


def part_of(content: bytes) -> Part:
    """What a page, or a part of one, holds; each once, in order. Linear."""
    ids: dict[str, None] = {}
    hrefs: dict[str, None] = {}
    for name, double, single in _attributes(content):
        value = (double or single).decode("utf-8", "replace")
        if name:
            ids[unescape(value) if "&" in value else value] = None
        else:
            hrefs[value] = None
    return Part(tuple(ids), tuple(hrefs))


def _attributes(content: bytes) -> Iterable[tuple[bytes, bytes, bytes]]:
    """`id`, or nothing for an address, and the value, in one kind of quotation marks or the other."""
    if _WITHIN.search(content) is None:
        return _ATTRIBUTE.findall(content)
    each = chain.from_iterable(map(_EACH.findall, _TAG.findall(content)))
    return [(id, double, single) for id, address, double, single in each if id or address]


def outgoing(page: str, content: bytes, parts: Iterable[Part] = ()) -> Outgoing:
    """Where a page's links lead within the site, and its ids. `page` is its path in the output.

    `parts` are all that it is made of, as far as that is known: but for links to places that surely are there.
    """
    parts = tuple(parts) or (part_of(content),)
    ids = frozenset(chain.from_iterable(part.ids for part in parts))
    hrefs = dict.fromkeys(chain.from_iterable(part.hrefs for part in parts))
    web = [href for href in hrefs if _WEB.match(href)]
    abroad = frozenset(unescape(href) for href in _for_readers(content, web)) if web else frozenset()
    return Outgoing(tuple(_within(page, hrefs, ids)), ids, abroad)


def _for_readers(content: bytes, web: Iterable[str]) -> Iterator[str]:
    """Those addresses of a page that not only its head names."""
    head, _, body = content.partition(b"<body")
    above = frozenset(part_of(head).hrefs)  # few, so that hardly any is looked for in all of the page
    return (href for href in web if href not in above or href.encode() in body)


def is_named(href: str, before: str, ids: Container[str]) -> bool:
    """Whether a link leads to one of some ids, by an address that begins so."""
    start = len(before)
    return href.startswith(before) and href[start:] in ids and _NAMED.fullmatch(href, start) is not None


def holds(content: bytes, fragment: str) -> bool:
    """Whether a page has a place of this name, however its id is typed."""
    sought = rb"""\s(?:id|name)\s*=\s*["']?%s["'\s/>]""" % re.escape(fragment.encode())
    return re.search(sought, content, re.IGNORECASE) is not None


def _within(page: str, hrefs: Iterable[str], ids: Container[str]) -> Iterator[Lead]:
    folder = posixpath.dirname(page)
    targets: dict[str, str] = {}
    for raw in hrefs:
        if is_named(raw, "#", ids):
            continue
        href = unescape(raw).strip() if "&" in raw else raw.strip()
        if not href or _ELSEWHERE.match(href):
            continue
        address, _, fragment = href.partition("#")
        if address not in targets:
            targets[address] = _target(page, folder, unquote(address.partition("?")[0]))
        yield Lead(page, href, targets[address], unquote(fragment.partition(":~:")[0]))


def _target(page: str, folder: str, path: str) -> str:
    """Where a path leads from a page in a folder."""
    if path.startswith("/"):
        return _OUTSIDE + path
    target = posixpath.normpath(posixpath.join(folder, path)) if path else page
    if path and path.rpartition("/")[2] in ("", ".", ".."):
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target
