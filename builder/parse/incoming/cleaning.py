"""A page's tree -> the same without what could run or be fetched, and what that was."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree

from builder.model.incoming import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

Tree = Any
"""An element of lxml's, which has no types of its own."""

RUNS = frozenset(
    {"script", "iframe", "frame", "frameset", "object", "embed", "applet", "svg", "math", "noscript", "template"}
    | {"base", "link", "meta", "audio", "video", "canvas", "portal", "xml"}
)
"""Elements that go with all that is in them."""
_SILENT = frozenset({"style", "link", "meta", "noscript", "template", "head", "title"})
"""Elements that go without a word: a page's look, and what it says of itself."""
_ASKS = frozenset({"input", "button", "select", "textarea", "option", "datalist", "keygen"})
"""Elements of forms."""
ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "background", "poster", "data", "cite", "xlink:href", "srcdoc", "ping"}
)
ATTRIBUTES = 100
"""Attributes of an element beyond which all of them go: nobody types so many."""
_GOING = "x-going-"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})


def scheme_of(address: str) -> str:
    """The scheme of an address as a browser would see it, "" for a relative one."""
    found = _SCHEME.match(_BLANK.sub("", address))
    return found[1].lower() if found else ""


@dataclass(slots=True)
class _Removed:
    """How often each kind of thing was removed, and the line where it stood first."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def note(self, what: str, line: int | None) -> None:
        known = self.counts.setdefault(what, [0, line or 0])
        known[0] += 1

    def remarks(self) -> Iterator[Remark]:
        for what, (count, line) in sorted(self.counts.items(), key=lambda one: (one[1][1], one[0])):
            yield Remark(f"removed: {what}" + (f" ({count} times)" if count > 1 else ""), line)


def clean_tree(root: Tree) -> tuple[Remark, ...]:
    """Take out of a tree all that could run, and say what it was, each kind once with its first line."""
    removed = _Removed()
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for element in root.iter(etree.Element):
        name = element.tag
        _strip(element, name, removed)
        if name in RUNS or name in _SILENT or name in _ASKS:
            if name == "meta" and element.get("http-equiv", "").lower() == "refresh":
                removed.note('<meta http-equiv="refresh">', element.sourceline)
            elif name not in _SILENT and _is_whole(element):
                removed.note(f"<{name}>", element.sourceline)
            element.tag = f"{_GOING}{name}"
    going = {element.tag for element in root.iter(etree.Element) if element.tag.startswith(_GOING)}
    etree.strip_elements(root, *going, with_tail=False)
    return tuple(removed.remarks())


def _is_whole(element: Tree) -> bool:
    """Whether an element doesn't lie in one that goes with it."""
    parent = element.getparent()
    while parent is not None:
        if parent.tag.removeprefix(_GOING) in RUNS:
            return False
        parent = parent.getparent()
    return True


def _strip(element: Tree, name: str, removed: _Removed) -> None:
    """Take the attributes that run, and addresses that lead where none may, from an element."""
    if len(element.attrib) > ATTRIBUTES:
        removed.note(f"more than {ATTRIBUTES} attributes of <{name}>", element.sourceline)
        element.attrib.clear()
    for attribute in list(element.attrib):
        plain = attribute.rpartition("}")[2].lower()
        value = element.attrib[attribute]
        if plain.startswith("on"):
            removed.note(f"{plain}= in <{name}>", element.sourceline)
        elif plain in ADDRESSES and (scheme := scheme_of(value)) and scheme not in ALLOWED_SCHEMES:
            removed.note(f"an address with {scheme}: in <{name}>", element.sourceline)
        elif plain != "srcdoc":
            continue
        del element.attrib[attribute]
