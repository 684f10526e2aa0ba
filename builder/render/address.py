"""Address -> href, relative to the page on which it is shown; and the paths of all pages of a site."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.model.remember import remembered
from builder.model.site import Address
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Mapping

GLOSSARY = "glossary"
"""The reserved text name by which an address says: on the edition's glossary page."""

GLOSSARY_PAGE = "glossary.html"
"""The name of every glossary's page: the site's stands at the top, an edition's in its folder."""

PAPER = "paper.js"
"""The name of the script with what an edition's pages show on paper alone."""


def offline_page(edition: str) -> str:
    """The path of the edition in one file."""
    return f"{edition}/{edition}.offline.html"


def book_path(edition: str) -> str:
    """The path of the edition's book."""
    return f"{edition}/{edition}.epub"


_FOOTNOTE = re.compile(r"-fn\d+$")

_FRAGMENT = {
    "block": "",
    "note": "note-",
    "ref": "ref-",
    "term": "term-",
    "occ": "occ-",
    "xref": "xref-",
    "question": "question-",
    "source": "source-",
}
"""What stands before an id in the fragment of its address."""

_ANY = "-"
"""A name that stands for any other."""


@value_class(frozen=True, slots=True)
class Spot:
    """Where one is: the page's path in the output, and which editions have a page for each text."""

    page: str
    each: frozenset[str] = frozenset()
    root: str = ""
    """The site's own address, for a page that a host shows anywhere (404.html); "" for relative addresses."""
    copies: frozenset[str] = frozenset()
    """Kinds of addresses of its own edition that this page holds too, though their home is another."""
    held: tuple[tuple[str, str], ...] = ()
    """Other pages of which all stands on this one: (page, the id at which what was on it begins)."""

    def href(self, address: Address) -> str:
        """The hyperlink from this page to the address: `#note-x`, `../other/index.html#article-p2`."""
        target = page_of(address, self.each)
        fragment = fragment_of(address)
        here = target == self.page or self._holds(address) or (self.held and target in _begins(self.held))
        if fragment and here:
            return f"#{fragment}"
        href = self.to(target)
        return f"{href}#{fragment}" if fragment else href

    def way(self, edition: str, kind: str, text: str) -> str | None:
        """What the hyperlink to a thing of this kind begins with, whatever its name; None where the name tells more."""
        if kind not in _FRAGMENT or kind in self.copies:
            return None
        return self.href(Address(edition, kind, _ANY, text)).removesuffix(_ANY)

    def _holds(self, address: Address) -> bool:
        """An author's footnote is a block too, but stands among the notes, where its text is at home."""
        own = address.kind in self.copies and address.edition == self.page.partition("/")[0]
        return own and not _FOOTNOTE.search(address.id)

    def to(self, page: str) -> str:
        """The hyperlink from this page to another, by its path in the output."""
        if self.held and (begins := _begins(self.held).get(page)) is not None:
            return f"#{begins}"
        return f"{self.root}{page}" if self.root else relative(self.page, page)


@remembered
def _begins(held: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return dict(held)


def carried(href: str, page: str, other: str) -> str:
    """A relative hyperlink that stands on one page, as it is written on another."""
    path, hash_sign, fragment = href.partition("#")
    return f"{_path_carried(path, page, other)}{hash_sign}{fragment}"


@lru_cache(maxsize=256)
def _path_carried(path: str, page: str, other: str) -> str:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    return relative(other, target) if target != other else ""


def fragment_of(address: Address) -> str:
    """The id within its page, "" for a whole page. A whole text begins at its title page: its id is the text's."""
    if address.kind == "text":
        return address.text or address.id
    before = _FRAGMENT.get(address.kind)
    return "" if before is None else before + address.id


def page_of(address: Address, each: frozenset[str]) -> str:
    """The path in the output of the page on which the address lies."""
    if address.kind == "page":
        return address.id
    if not address.edition:
        return "glossary.html" if address.kind == "term" else "index.html"
    if address.kind == "term" or address.text == GLOSSARY:
        return f"{address.edition}/glossary.html"
    if address.edition in each and address.text:
        return f"{address.edition}/{address.text}.html"
    return f"{address.edition}/index.html"


def tei_path(edition: str) -> str:
    """The path in the output of an edition as TEI."""
    return f"{edition}/{edition}.tei.xml"


@lru_cache(maxsize=256)
def relative(page: str, target: str) -> str:
    """The relative path from one page to another, both POSIX paths in the output."""
    here = page.split("/")[:-1]
    there = target.split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return "../" * len(here) + "/".join(there)
