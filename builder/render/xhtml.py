"""HTML as our writer and the themes make it -> XHTML: well-formed, nothing in it that runs, links led elsewhere.

What an author's own HTML holds comes through a list of what a book may hold; of other elements the words stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from builder.render.xml import ODD_IN_TEXT, ODD_IN_VALUE, holdable

if TYPE_CHECKING:
    from collections.abc import Callable

Attributes = list[tuple[str, str | None]]

VOID = frozenset({"br", "hr", "img", "wbr", "col"})

_ELEMENTS = (
    "a abbr article aside b bdi bdo blockquote caption cite code colgroup dd del details dfn div dl dt em figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header i ins kbd li mark nav ol p pre q rp rt ruby s samp section small span "
    "strong sub summary sup table tbody td tfoot th thead time tr u ul var"
)
ELEMENTS = VOID | frozenset(_ELEMENTS.split())
"""What a book may hold."""

_APART = (
    "article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li nav ol p "
    "pre section summary table ul"
)
_BLOCKS = frozenset(_APART.split())
"""What ends a paragraph that is open."""
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol"})),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), frozenset({"dl"}))),
    **dict.fromkeys(("td", "th"), (frozenset({"td", "th"}), frozenset({"table", "tr"}))),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"), (frozenset({"thead", "tbody", "tfoot", "tr", "td", "th"}), frozenset({"table"}))
    ),
    **dict.fromkeys(("rt", "rp"), (frozenset({"rt", "rp"}), frozenset({"ruby"}))),
}
"""What the beginning of an element ends, where its end tag was left out; and within what it is looked for. As in HTML
(section 13.1.2.4): an author may write so, and browsers read it so."""
_P = frozenset({"p"}), frozenset({"table", "td", "th", "caption", "button"})

SILENT = frozenset({"script", "style", "template", "iframe", "object", "svg", "math", "noscript", "select", "textarea"})
"""Of these not even the words stay."""

_ATTRIBUTES = "id class href src alt title lang dir role datetime colspan rowspan start value reversed cite scope open"
_KEPT = frozenset(_ATTRIBUTES.split())
_NAMING = frozenset({"aria-labelledby", "aria-describedby"})
"""What holds ids."""

_SEMANTICS = {
    "doc-noteref": "noteref",
    "doc-footnote": "footnote",
    "doc-endnotes": "endnotes",
    "doc-backlink": "backlink",
    "doc-glossary": "glossary",
    "doc-glossref": "glossref",
    "doc-bibliography": "bibliography",
    "doc-biblioref": "biblioref",
    "doc-chapter": "chapter",
    "doc-pagebreak": "pagebreak",
    "doc-qna": "qna",
}
"""DPUB-ARIA roles, and what EPUB's own vocabulary calls them: readers know the one or the other."""

_NAME = re.compile(r"[^\w.-]", re.ASCII)
_FILE = re.compile(r"[^\w./-]", re.ASCII)
_FIRST = re.compile(r"[^A-Za-z_]")
_FIT = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
"""An id as XML allows it: most are."""


def xml_id(id: str) -> str:
    """An id of a page as one that XML allows: letters, digits, `-`, `_`, `.`; any other character by its number."""
    if _FIT.fullmatch(id):
        return id
    safe = _NAME.sub(lambda found: f"_{ord(found[0]):x}_", id)
    return f"_{safe}" if not safe or _FIRST.match(safe) else safe


def file_name(path: str) -> str:
    """The path of a picture as a book can hold it: readers stumble over spaces and letters of other scripts."""
    return _FILE.sub(lambda found: f"_{ord(found[0]):x}_", path)


def plain_xml(words: str) -> str:
    """Words without the characters that XML can't hold."""
    return holdable(words)[0]


def _quoted(value: str) -> str:
    return quoteattr(plain_xml(value))


def as_xhtml(html: str, leads: Callable[[str], str | None], shows: Callable[[str], str | None]) -> str:
    """A piece of HTML as XHTML. `leads` says where a link of the page leads in the book, `shows` where a picture lies.

    None from either: it isn't there. Then the link's words stay, and of a picture what it says instead.
    """
    writer = _Writer(leads, shows)
    if not writer.write(html):
        writer.feed(html)
        writer.close()
    writer.end()
    return "".join(writer.out)


_TAG = re.compile(r"<(/?[a-z][a-z0-9]*)((?:[ \n]+[a-z][a-z0-9:-]*(?:=\"[^\"<>]*\")?)*)[ \n]*/?>")
"""A tag as our writer and tidy templates make it."""

_ATTRIBUTE = re.compile(r"([a-z][a-z0-9:-]*)(?:(=)\"([^\"]*)\")?")

_LOOSE = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
"""What a parser may take for a character or not, as its version has it."""


@dataclass(slots=True)
class _Open:
    tag: str
    written: bool


@dataclass(slots=True)
class _State:
    stack: list[_Open] = field(default_factory=list)
    opened: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Where in the stack each tag is: it need not be looked through."""
    ids: set[str] = field(default_factory=set)
    silent: int = 0


class _Writer(HTMLParser):
    def __init__(self, leads: Callable[[str], str | None], shows: Callable[[str], str | None]) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._leads = leads
        self._shows = shows
        self._state = _State()
        self._made: dict[tuple[str, str], str] = {}

    def write(self, html: str) -> bool:
        """Write it without a parser, in a third of the time. False, and nothing written, where it isn't plain."""
        pieces = _TAG.split(html)
        known = {name.removeprefix("/") for name in pieces[1::3]} <= ELEMENTS
        if not known or _LOOSE.search(html) or any("<" in words for words in pieces[::3]):
            return False
        self._say(pieces[0])
        for tag, typed, words in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            if tag[0] == "/":
                self._end(tag[1:])
            else:
                self._start(tag, typed)
            if words:
                self._say(words)
        return True

    def _say(self, words: str) -> None:
        """Words as they are typed, where nothing is silent."""
        self.out.append(escape(plain_xml(unescape(words))) if ODD_IN_TEXT.search(words) else words)

    def _start(self, tag: str, typed: str) -> None:
        """A tag with its attributes as they are typed: without an id it is the same wherever it stands."""
        made = self._made.get((tag, typed))
        if made is not None:
            self._open(tag, made)
            return
        attrs: Attributes = []
        if typed:
            read = unescape if "&" in typed else str
            attrs = [(name, read(value) if given else None) for name, given, value in _ATTRIBUTE.findall(typed)]
        self.handle_starttag(tag, attrs)
        if tag != "img" and " id" not in typed and "\nid" not in typed:
            self._made[tag, typed] = self.out[-1]

    def _end(self, tag: str) -> None:
        stack = self._state.stack
        if stack and stack[-1].tag == tag:
            stack.pop()
            self._state.opened[tag].pop()
            self.out.append(f"</{tag}>")
        else:
            self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in SILENT:
            self._state.silent += 1
            return
        if self._state.silent:
            return
        if tag == "img":
            self._picture(dict(attrs))
            return
        closing = "/" if tag in VOID else ""
        self._open(tag, f"<{tag}{self._attributes(tag, attrs)}{closing}>" if tag in ELEMENTS else "")

    def _open(self, tag: str, made: str) -> None:
        """Write a tag, "" for one that isn't written, after what it ends."""
        state = self._state
        if tag in _BLOCKS and state.opened["p"]:
            self._ended(*_P)
        if tag in _ENDS:
            self._ended(*_ENDS[tag])
        self.out.append(made)
        if tag not in VOID:
            state.opened[tag].append(len(state.stack))
            state.stack.append(_Open(tag, bool(made)))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag in SILENT:
            self._state.silent -= 1

    def handle_endtag(self, tag: str) -> None:
        state = self._state
        if tag in SILENT:
            state.silent = max(0, state.silent - 1)
            return
        if state.silent or not state.opened[tag]:
            return
        ended = ""
        while ended != tag:
            last = state.stack.pop()
            state.opened[last.tag].pop()
            if last.written:
                self.out.append(f"</{last.tag}>")
            ended = last.tag

    def _ended(self, ends: frozenset[str], within: frozenset[str]) -> None:
        """Close the outermost of these elements, and what is open in it, as far as the next that bounds it."""
        stack, opened = self._state.stack, self._state.opened
        if not any(opened[tag] for tag in ends):
            return
        bound = max((opened[tag][-1] for tag in within if opened[tag]), default=-1)
        inside = (bisect_right(opened[tag], bound) for tag in ends)
        found = (opened[tag][at] for tag, at in zip(ends, inside, strict=True) if at < len(opened[tag]))
        first = min(found, default=len(stack))
        self.out.extend(f"</{one.tag}>" for one in reversed(stack[first:]) if one.written)
        for one in stack[first:]:
            opened[one.tag].pop()
        del stack[first:]

    def handle_data(self, data: str) -> None:
        if not self._state.silent:
            self.out.append(escape(plain_xml(data)) if ODD_IN_TEXT.search(data) else data)

    def end(self) -> None:
        """Close what is still open."""
        self.out.extend(f"</{one.tag}>" for one in reversed(self._state.stack) if one.written)

    def _attributes(self, tag: str, attrs: Attributes) -> str:
        known: dict[str, str] = {}
        for name, value in attrs:
            if (name in _KEPT or name.startswith("aria-")) and name not in known:
                known[name] = value if value is not None else name
        if "href" in known:
            typed = known.pop("href")
            href = self._leads(plain_xml(typed)) if tag == "a" else None
            if href is not None:
                known["href"] = href
        if tag == "a" and "href" not in known:
            known.pop("role", None)
            known.pop("aria-label", None)
        if "id" in known:
            known["id"] = xml_id(plain_xml(known["id"]))
            if known["id"] in self._state.ids:
                del known["id"]
            else:
                self._state.ids.add(known["id"])
        for name in _NAMING & known.keys():
            known[name] = " ".join(xml_id(one) for one in plain_xml(known[name]).split())
        if "lang" in known:
            known["xml:lang"] = known["lang"]
        if known.get("role") in _SEMANTICS:
            known["epub:type"] = _SEMANTICS[known["role"]]
        if ODD_IN_VALUE.search("".join(known.values())):
            return "".join(f" {name}={_quoted(value)}" for name, value in known.items())
        return "".join([f' {name}="{value}"' for name, value in known.items()])

    def _picture(self, attrs: dict[str, str | None]) -> None:
        src, alt = attrs.get("src") or "", attrs.get("alt") or ""
        shown = self._shows(src)
        if shown is None:
            self.out.append(escape(plain_xml(alt)))
            return
        kept: Attributes = [(name, value) for name, value in attrs.items() if name in ("id", "class", "title", "lang")]
        self.out.append(f"<img{self._attributes('img', [*kept, ('src', shown), ('alt', alt)])}/>")
