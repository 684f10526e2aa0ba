"""A clean tree of HTML -> the same in the shapes that Markdown has, so that no word of it is lost or run together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from lxml import etree

from builder.parse.incoming.cleaning import ALLOWED_SCHEMES, scheme_of
from builder.parse.incoming.regular import regulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Tree = Any

BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption"}
    | {"thead", "tbody", "tfoot", "tr", "td", "th", "pre", "hr", "div", "figcaption"}
)
INLINE = frozenset({"em", "i", "strong", "b", "a", "code", "br", "img", "sup", "sub"})
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "*": {"id"}}

_SPLITS = frozenset(
    {"header", "footer", "main", "aside", "nav", "address", "center", "details", "summary", "fieldset", "legend"}
    | {"form", "hgroup", "dialog", "menu", "figure", "article", "section", "body", "html", "dir", "listing", "xmp"}
)
"""Further elements that stand apart from the words around them."""
_SAME = (frozenset({"em", "i"}), frozenset({"strong", "b"}), frozenset({"code"}))
_FLAT = tuple(sorted(BLOCKS | {"br"}))
_ONE_LINE = ("td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption")
"""What Markdown has on one line."""
_APART = tuple(sorted(BLOCKS))
_HOLLOW = ("em", "i", "strong", "b", "a", "sup", "sub")
"""What can't hold in Markdown what stands apart."""
_UNWRAPPED, _REMOVED = "x-unwrapped", "x-removed"
"""What elements are called whose tags go, or that go with what is in them: all of them at one stroke."""
_LOCAL = re.compile(r"(?:\./)?[\w%][\w%. -]*(?:/[\w%][\w%. -]*)*")


def cleaned(html: str) -> str:
    """HTML with the tags and attributes alone that are read here."""
    import nh3

    tags = set(BLOCKS | INLINE)
    attributes = {name: set(names) for name, names in ATTRIBUTES.items()}
    return nh3.clean(html, tags=tags, attributes=attributes, url_schemes=set(ALLOWED_SCHEMES), link_rel=None)


def rename_blocks(root: Tree) -> None:
    """Call everything `div` that stands apart: the cleaner would run its words into those around it."""
    for element in root.iter():
        if element.tag in _SPLITS and element.getparent() is not None:
            element.tag = "div"


def shape(root: Tree, source: str, lies_beside: Callable[[str], bool]) -> tuple[str, ...]:
    """Bring a tree into shape, `source` being the page's address; the pictures that are no longer in it.

    `lies_beside` says of a relative address whether a picture is there.
    """
    regulate(root)
    for link in root.iter("a"):
        href = _followed(link.get("href", ""), source)
        if href and link.text_content().strip():
            link.set("href", href)
        else:
            link.tag = _UNWRAPPED
    for code in root.iter("pre", "code"):
        _plain(code)
    lost = tuple(_pictures(root, lies_beside))
    for cell in root.iter(*_ONE_LINE):
        _flatten(cell)
    for inline in root.iter(*_HOLLOW):
        if next(inline.iterdescendants(*_APART), None) is not None:
            inline.tag = _UNWRAPPED
    etree.strip_elements(root, _REMOVED, with_tail=False)
    etree.strip_tags(root, _UNWRAPPED)
    for element in list(root.iter("em", "i", "strong", "b", "code")):
        _merge(element)
    for broken in list(root.iter("br")):
        _hoist(broken)
    _number(root)
    return lost


def _followed(href: str, source: str) -> str:
    """An address as it can stand in a text: whole, since the text stands elsewhere; "" for one within the page."""
    if not href or href.startswith("#"):
        return ""
    try:
        whole = href if scheme_of(href) else urljoin(source, href) if source else ""
    except ValueError:
        return ""
    return whole if scheme_of(whole) in ALLOWED_SCHEMES and "\n" not in whole else ""


def _pictures(root: Tree, lies_beside: Callable[[str], bool]) -> Iterator[str]:
    """Take out the pictures that don't lie beside the page."""
    for image in root.iter("img"):
        src = image.get("src", "")
        if _LOCAL.fullmatch(src) and lies_beside(src):
            continue
        alt = " ".join(image.get("alt", "").split())
        yield f"“{alt}” ({src[:80]})" if alt else src[:80] or "one without an address"
        image.tag = _REMOVED


def _flatten(cell: Tree) -> None:
    """Let a cell or a heading hold one line: what stands apart in it is parted by a space."""
    for inner in cell.iterdescendants(*_FLAT):
        inner.tail = " " + (inner.tail or "")
        if inner.tag not in ("br", "hr"):
            inner.text = " " + (inner.text or "")
        inner.tag = _UNWRAPPED


def _merge(element: Tree) -> None:
    """Make one of two elements of one sort that touch, and none of one that lies in another of its sort or is empty."""
    parent = element.getparent()
    sort = next(sort for sort in _SAME if element.tag in sort)
    within = parent
    while within is not None and within.tag not in sort:
        within = within.getparent()
    if within is not None or (not element.text_content().strip() and element.find(".//img") is None):
        element.drop_tag()
        return
    before = element.getprevious()
    if before is not None and before.tag in sort and not before.tail:
        last = before[-1] if len(before) else None
        if last is not None:
            last.tail = (last.tail or "") + (element.text or "")
        else:
            before.text = (before.text or "") + (element.text or "")
        before.extend(list(element))
        before.tail = element.tail
        element.tail = None
        parent.remove(element)


def _plain(code: Tree) -> None:
    """Let code hold words and line breaks alone."""
    for inner in code.iterdescendants():
        if inner.tag == "br":
            inner.tail = "\n" + (inner.tail or "")
        inner.tag = _REMOVED if inner.tag == "img" else _UNWRAPPED


def _hoist(broken: Tree) -> None:
    """Take a line break out of the inline elements that it begins or ends; one of two that follow each other goes."""
    parent = broken.getparent()
    while parent is not None and parent.tag in INLINE:
        before, after = broken.getprevious(), broken.getnext()
        starts = before is None and not (parent.text or "").strip()
        ends = after is None and not (broken.tail or "").strip()
        doubled = after is not None and after.tag == "br" and not (broken.tail or "").strip()
        outer = parent.getparent()
        if doubled:
            broken.drop_tag()
            return
        if not (starts or ends) or outer is None:
            return
        tail, broken.tail = broken.tail or "", None
        parent.remove(broken)
        if starts:
            parent.text = (parent.text or "") + tail
            outer.insert(outer.index(parent), broken)
        else:
            broken.tail, parent.tail = parent.tail, None
            outer.insert(outer.index(parent) + 1, broken)
        parent = outer
    before, after = broken.getprevious(), broken.getnext()
    apart = after is not None and after.tag in BLOCKS and not (broken.tail or "").strip()
    if apart or (before is not None and before.tag in BLOCKS and not (before.tail or "").strip()):
        broken.drop_tag()


def _number(root: Tree) -> None:
    """Write its number on each item of a numbered list."""
    for listed in root.iter("ol"):
        start = listed.get("start", "")
        number = int(start) if start.isdigit() and len(start) < 9 else 1
        for item in listed.iterchildren("li"):
            item.set("value", str(number))
            number += 1
