"""HTML that an author typed -> what may stay of it, for `raw_html = "clean"`."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.parse.harmless import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_START = re.compile(r"""<([a-zA-Z][^\s/<>"']*+)((?:[^<>"']++|"[^"]*"|'[^']*')*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?""")
_OTHER = re.compile(r"<[!?][^<>]*>?")
_VOID = frozenset({"br", "hr", "img", "wbr", "col"})
_PHRASING = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark"}
    | {"q", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"}
    | {"u", "var", "wbr"}
)
"""Tags that may stand among the words of a block: others would end it."""
_BARE_VOID = re.compile(r"<(br|hr|wbr|col)>")
_WITHIN = 100
"""How many tags a closing one may close with it. Nobody types more; a bound keeps long paragraphs fast."""

_ELEMENT, _LINK = "", "[]"
"""What stands among the open tags for an element of Markdown's own, and for a link: tags don't cross their edges."""
_LINKS = ("a", _LINK)


def is_comment(html: str) -> bool:
    """Whether a piece of HTML says nothing to a reader: it may go without a word."""
    words, closed = _uncommented(html)
    return closed and not words.strip()


def clean_block(html: str) -> tuple[str, str]:
    """A block of HTML with only what is harmless left, well formed; and what was removed, "" for nothing."""
    cleaned = _cleaned(html)
    ended = cleaned if cleaned.endswith("\n") or not html.endswith("\n") else cleaned + "\n"
    return ended, _removed(html, cleaned)


class OpenTags:
    """The tags of HTML that are open within one block's words, so that none is left open or closed out of turn."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._links = 0
        """How many of these are links, of either sort."""
        self.crowded: frozenset[int] = frozenset()
        """The places of tags `<a>` that can't stay: within them stands another link."""

    def element_opens(self, *, link: bool) -> None:
        """An element of Markdown's own begins."""
        self._push(_LINK if link else _ELEMENT)

    def element_closes(self) -> Sequence[str]:
        """It ends: the tags that are still open in it, innermost first, end with it."""
        names = []
        while self._open and (name := self._pop()) not in (_ELEMENT, _LINK):
            names.append(name)
        return names

    def rest(self) -> Sequence[str]:
        """The tags still open at the block's end, innermost first."""
        return [name for name in reversed(self._open) if name not in (_ELEMENT, _LINK)]

    def clean(self, tag: str, place: int) -> tuple[str, str]:
        """One tag, at its place among the block's tokens: as it is where harmless, else ""; and what was removed."""
        found = _TAG.match(tag)
        if found is None:
            return "", tag
        name = found[2].lower()
        if found[1]:
            closed = self._closed(name)
            return "".join(f"</{one}>" for one in closed), "" if closed else f"</{name}>"
        if name not in _PHRASING or self._refused(name, place):
            return "", f"<{name}>"
        cleaned, gone = _cleaned_tag(tag)
        if not cleaned:
            return "", f"<{name}>"
        if name not in _VOID:
            self._push(name)
        return cleaned.removesuffix(f"</{name}>"), gone

    def _closed(self, name: str) -> Sequence[str]:
        """The tags that end with a closing tag, innermost first; none where no such tag is open here."""
        for depth, one in zip(range(1, _WITHIN), reversed(self._open), strict=False):
            if one in (_ELEMENT, _LINK):
                break
            if one == name:
                return [self._pop() for _ in range(depth)]
        return []

    def _refused(self, name: str, place: int) -> bool:
        """Whether a tag would put a link into a link."""
        return name == "a" and (place in self.crowded or self._links > 0)

    def _push(self, name: str) -> None:
        self._open.append(name)
        self._links += name in _LINKS

    def _pop(self) -> str:
        name = self._open.pop()
        self._links -= name in _LINKS
        return name


@lru_cache(maxsize=256)
def _cleaned_tag(tag: str) -> tuple[str, str]:
    """One opening tag as it may stay, with its end, and what was removed of it."""
    cleaned = _cleaned(tag)
    return cleaned, _removed(tag, cleaned)


def _cleaned(html: str) -> str:
    import nh3

    return _BARE_VOID.sub(r"<\1 />", nh3.clean(html, link_rel=None, url_schemes=set(SCHEMES)))


def _removed(before: str, after: str) -> str:
    return ", ".join(removed(before, after))


def removed(before: str, after: str) -> list[str]:
    """The tags and attributes that are there no longer: `<script>`, `onclick= in <i>`."""
    words, closed = _uncommented(before)
    gone = sorted(_census(words) - _census(after))
    return gone if closed else [*gone, "<!--"]


def _census(html: str) -> Counter[str]:
    """How often each tag and attribute stands in a piece of HTML."""
    found: Counter[str] = Counter(f"{other[0]}" for other in _OTHER.finditer(html))
    for tag in _START.finditer(html):
        name = tag[1].lower()
        found[f"<{name}>"] += 1
        found.update(f"{attribute[1].lower()}= in <{name}>" for attribute in _ATTRIBUTE.finditer(tag[2]))
    return found


def _uncommented(html: str) -> tuple[str, bool]:
    """The HTML without its comments, and whether each of them is closed."""
    kept: list[str] = []
    reached = 0
    while (start := html.find("<!--", reached)) >= 0:
        kept.append(html[reached:start])
        end = html.find("-->", start + 2)
        if end < 0:
            return "".join(kept), False
        reached = end + 3
    return "".join((*kept, html[reached:])), True
