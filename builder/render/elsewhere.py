"""Pictures that are no files of the site -> their words: no page loads these, and the browser would complain."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from builder.render.html_marks import escape

if TYPE_CHECKING:
    from builder.render.address import Spot

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_UNSEEN = re.compile(r"[\t\n\r]|^[\x00-\x20]+")
"""What browsers pass over in an address."""
_IMG = re.compile(r"""<img(?=[\s/>"'])(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_PLAIN = re.compile(r"""<img(?:\s+[a-z][a-z-]*="[^"<>]*")*\s*/?>""")
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")


def is_elsewhere(address: str) -> bool:
    """Whether an address leads to another site, or to no file at all. `//` does too: from a file it would be a host."""
    return _SCHEME.match(_UNSEEN.sub("", address).replace("\\", "/")) is not None


def seen_from(spot: Spot, folder: str, address: str) -> str | None:
    """The address of a picture, as typed for the files of a folder, as it is written on a page; None: elsewhere."""
    if is_elsewhere(address):
        return None
    return address if address.startswith("/") else spot.to(f"{folder}/{address}")


def _plain(given: dict[str, str]) -> str:
    """A tag as it is looked for where pictures are taken into a file: however it was typed."""
    return "".join(("<img", *(f' {name}="{escape(value)}"' for name, value in given.items()), ">"))


def words_instead(html: str) -> str:
    """An author's own HTML in which words stand for pictures elsewhere, or nowhere: what these say, or where they are.

    Linear.
    """
    return _IMG.sub(_words, html) if "<img" in html.lower() else html


def _words(tag: re.Match[str]) -> str:
    found = _ATTRIBUTE.finditer(tag[0], len("<img"))
    given: dict[str, str] = {}
    for name, value in ((one[1].lower(), one[2] or "") for one in found):
        given.setdefault(name, unescape(value[1:-1] if value[:1] in ("'", '"') else value))
    source = given.get("src", "").strip()
    several = re.split(r",\s", given.get("srcset", ""))
    if source and not any(map(is_elsewhere, (source, *several))):
        return tag[0] if _PLAIN.fullmatch(tag[0]) else _plain(given)
    return escape(given.get("alt", source))
