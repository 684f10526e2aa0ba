"""A tree of HTML as it was typed -> the same with lists and tables that hold what lists and tables may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

Tree = Any

_LISTS = frozenset({"ul", "ol"})
_PARENTS: Mapping[str, frozenset[str]] = {
    "li": _LISTS,
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "caption": frozenset({"table"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "tr": frozenset({"table", "thead", "tbody", "tfoot"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
}
"""What an element must stand in; elsewhere it is no more than something that stands apart."""
_LEVELS = {"ul": 2, "ol": 2, "dl": 2, "blockquote": 1}
"""How many levels of Markdown a thing takes."""
_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr"})


def regulate(root: Tree) -> None:
    """Bring a tree in order, from the outside to the inside; every word of it stays."""
    for row in [row for row in root.iter("tr") if not len(row) and not (row.text or "").strip()]:
        row.drop_tag()
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is not None and element.tag in _PARENTS and parent.tag not in _PARENTS[element.tag]:
            element.tag = "div"
        if element.tag in _LISTS:
            _hold(element)
        elif element.tag == "dl" and not _is_pure(element, frozenset({"dt", "dd"}), first="dt"):
            element.tag = "div"
        elif element.tag in _TABLES:
            inner = frozenset(name for name, parents in _PARENTS.items() if element.tag in parents)
            if not _is_pure(element, inner) or (element.tag == "table" and element.find(".//tr") is None):
                element.tag = "div"


def flatten(root: Tree, most: int) -> bool:
    """Let lists and quotations more than `most` levels deep, a list taking two, be plain blocks. Whether any did."""
    found = False
    levels: dict[Tree, int] = {}
    for element in root.iter():
        parent = element.getparent()
        level = levels.get(parent, 0) + _LEVELS.get(element.tag, 0)
        if level > most:
            found = True
            level = levels.get(parent, 0)
            for item in element:
                item.tag = "div" if item.tag in ("li", "dt", "dd") else item.tag
            element.tag = "div"
        levels[element] = level
    return found


def _is_pure(element: Tree, inner: frozenset[str], first: str = "") -> bool:
    """Whether an element holds nothing but some others, and begins with one of them."""
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return False
    return all(child.tag in inner for child in element) and (
        not first or (len(element) > 0 and element[0].tag == first)
    )


def _hold(listed: Tree) -> None:
    """Put whatever stands in a list outside of its items into items of its own."""
    loose = (listed.text or "").strip()
    listed.text = None
    children = list(listed)
    if loose:
        item = etree.Element("li")
        item.text = loose
        listed.insert(0, item)
    for child in children:
        tail = (child.tail or "").strip()
        child.tail = None
        if child.tag == "li" and not tail:
            continue
        at = listed.index(child)
        if child.tag != "li":
            item = etree.Element("li")
            listed.insert(at, item)
            item.append(child)
        if tail:
            item = etree.Element("li")
            item.text = tail
            listed.insert(at + 1, item)
