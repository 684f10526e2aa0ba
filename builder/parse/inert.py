"""HTML that an author typed and that is kept -> the same without what no reader is given, and what won't work in it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from builder.model.raw_html import WORDS_ALONE, attributes, ending, pieces_of, tags
from builder.parse.harmless import is_harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Told = tuple[int, int, str]
"""Line and column in the HTML, from 0, and the thing that has no effect, a name of `HINTS`; or `UNENDED`."""

_LEADING = re.compile(r"""<img\b|(?<=\s)(?:href|src)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
_ADDRESSES = frozenset({"href", "xlink:href", "action", "formaction", "src", "data", "poster"})
_FETCHING = ("iframe", "frame", "embed", "object", "applet", "video", "audio")
_REMOVED = frozenset({"meta", "base", "link", "embed", "noscript", "plaintext"})
"""Tags that go: most have no words of their own; what the last two hold would be read as words alone, or as tags."""
_FETCHED = {
    **dict.fromkeys(
        _FETCHING, frozenset({"src", "srcdoc", "data", "poster", "code", "archive", "codebase", "classid"})
    ),
    **dict.fromkeys(("source", "track"), frozenset({"src"})),
    "object": frozenset({"data", "codebase", "classid", "archive", "id"}),
}
"""What an element would fetch, and the page's policy forbids: each would be told to who looks into the browser. And the
id of an object, which the page's scripts would find in place of what they ask the document for."""
_DRAWN = frozenset({"href", "xlink:href"})
_SHOWN = {"input": frozenset({"src"}), "image": _DRAWN | {"src"}, "feimage": _DRAWN, "use": _DRAWN}
"""What else fetches something to show, or a part of a drawing that lies in another file."""
_NAMED = frozenset({"img", "image", "form", "embed", "object", "iframe"})
"""What a document gives out by its name, before what it has itself by that: `document.body`."""
_ANIMATED = frozenset({"from", "to", "by", "values"})
_PAINTS = frozenset(
    {"fill", "stroke", "filter", "mask", "clip-path", "marker", "marker-start", "marker-mid", "marker-end", "cursor"}
    | _ANIMATED
)
"""Attributes of drawings that may take something from another file, and what these are animated to."""
_WITHIN = re.compile(r"""url\(\s*["']?\s*#[^()]*\)""", re.IGNORECASE)
_WITHOUT = re.compile(r"(?:url|src|image|image-set|cross-fade)\s*\(|\\|//", re.IGNORECASE)
_ASLEEP = ("script", "style")
_INSTEAD = {**dict.fromkeys(_ASLEEP, "script"), "xmp": "pre"}
"""What stands for some elements that hold words alone."""
_WORDS_BEGIN = "<![CDATA["
_TAG_LIKE = re.compile("<[a-z/!?]", re.IGNORECASE)
_ODD = re.compile("[\"'<=]")
"""What no name of an attribute has: it is a slip, and might become the value of another that stands before it."""
_AS_WORDS = '<script type="text/plain">'
"""So these begin that hold words which no browser runs, nor shows, nor complains of; of a style sheet Chromium does."""

_LINK = "pages let nothing of the kind in, so it is left out: write a link to it"
_CLASS = "pages take style from their theme alone, so it is left out: give it a class, and style that in a theme"
_PICTURE = "no page takes anything from there, so it is left out: write ![what it shows](picture.png)"
_WORDS = "scripts in a text never run, so it is left out: say it in words"
HINTS = {
    **dict.fromkeys((f"<{name}>" for name in _FETCHING), _LINK),
    **dict.fromkeys(("<style>", "<link>", "style=", "background="), _CLASS),
    **dict.fromkeys(("src=", "href=", "xlink:href="), _PICTURE),
    "srcset=": "a picture has one file, so it is left out: name that in the src of an <img>",
    "url(…)": "a drawing takes from itself alone, so it is left out: write url(#…) with the id of what is meant",
    "name=": "the page's scripts would take it for something else, so it is left out: give an id to link to",
    "ping=": "pages send nothing, so it is left out",
    **dict.fromkeys(("<script>", "on…="), _WORDS),
    "<form>": "pages send nothing: write a link to the page that has the form",
    "<noscript>": "it is left out, and what it holds is shown to all",
    "<plaintext>": "it is left out: what is to be shown as it is typed stands between two lines of ```",
    "<meta>": "it is left out: what holds for a whole page stands in the settings",
    "<base>": "it is left out: write each link whole",
    "an address that is no page": "it is left out: link to a page of the web",
}
UNENDED = ">"
"""What a tag lacks that nothing ends."""
"""What may be done instead of each thing that has no effect."""


def kept(html: str) -> tuple[str, tuple[Told, ...]]:
    """What stays of a piece of HTML, and what has no effect in it.

    Comments go, for no reader is meant by them; so do what would redirect a page, addresses that are scripts, and all
    that the policy of a page forbids: styles and scripts in attributes, what is fetched. No words do: a tag that
    nothing ends, which would take those that follow for its own, shows as it is typed. What browsers read as words
    alone, or as tags, by where it stands, is left as words that are the same either way.
    """
    told: list[tuple[int, str]] = []
    parts: list[str] = []
    reached, within = 0, ""
    for piece in pieces_of(html):
        if isinstance(piece, int):
            told.append((piece, UNENDED))
            parts.append(_between(html[reached:piece], within) + "&lt;")
            reached = piece + 1
            continue
        parts.append(_between(html[reached : piece.start()], within))
        reached = piece.end()
        name = (piece["name"] or "").lower()
        within = "" if piece["ends"] else name
        if not name or piece["ends"]:
            parts.append("" if name in _REMOVED else _as_is(piece[0], name))
            continue
        if f"<{name}>" in HINTS:
            told.append((piece.start(), f"<{name}>"))
        words, things = _tag(piece[0], name)
        told.extend((piece.start() + at, thing) for at, thing in things)
        parts.append("" if name in _REMOVED else words)
    return "".join((*parts, _between(html[reached:], within))), tuple(placed(told, html))


def _between(words: str, name: str) -> str:
    """What stands before the next tag, after one of this name."""
    return words.replace("<", "&lt;") if name in WORDS_ALONE else words


def _as_is(piece: str, name: str) -> str:
    """A closing tag, or what is none. A comment goes; tags that are marked as words are words, in a drawing or not."""
    if piece.startswith("<!--"):
        return ""
    if piece[:9].upper() == _WORDS_BEGIN and _TAG_LIKE.search(piece, 9):
        return piece[9:].removesuffix("]]>").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"</{_INSTEAD[name]}>" if name in _INSTEAD else piece


def open_comment(html: str) -> int:
    """Where in a piece of HTML a comment begins that is never closed; -1 for none."""
    pieces = (piece for piece in pieces_of(html) if not isinstance(piece, int)) if "<!--" in html else ()
    return next((one.start() for one in pieces if one[0].startswith("<!--") and ending(one[0])), -1)


def placed(told: Iterable[tuple[int, str]], html: str) -> Iterator[Told]:
    """What is told at a character, in their order, with its line and column."""
    line = begin = reached = 0
    for at, thing in told:
        line += html.count("\n", reached, at)
        begin = max(begin, html.rfind("\n", reached, at) + 1)
        reached = at
        yield line, at - begin, thing


def addresses(html: str) -> Iterator[Told]:
    """Every address in a piece of HTML with its place, and “<img” for each tag of a picture."""
    found = ((one.start(1) + (one[1][0] in "\"'") if one[1] else one.start(), one) for one in _LEADING.finditer(html))
    words = ((at, unescape(one[1].strip("\"'")) if one[1] else "<img") for at, one in found)
    return placed(words, html)


def sources(html: str) -> Iterator[str]:
    """The address of each picture in a piece of HTML, in order."""
    for tag in tags(html) if "<img" in html.lower() else ():
        if (tag["name"] or "").lower() == "img" and not tag["ends"]:
            named = (one["value"] or "" for one in attributes(tag[0]) if one["name"].lower() == "src")
            yield unescape(next(named, "").strip("\"'")).strip()


def _tag(tag: str, name: str) -> tuple[str, list[tuple[int, str]]]:
    """An opening tag without what may not work; what of its attributes has no effect, and where."""
    if name in _ASLEEP:
        return _AS_WORDS, []
    things: list[tuple[int, str]] = []
    reached = len(name) + 1
    parts = [f"<{_INSTEAD.get(name, tag[1:reached])}"]
    for found in attributes(tag):
        attribute = found["name"].lower()
        thing = _thing(name, attribute, (found["value"] or "").strip("\"'"))
        if thing:
            things.append((found.start("name"), thing))
        if thing or attribute in _FETCHED.get(name, ()) or _ODD.search(attribute):
            parts.append(tag[reached : found.start()])
            reached = found.end()
    return "".join((*parts, tag[reached:])), things


def _thing(tag: str, name: str, value: str) -> str:
    """What of `HINTS` an attribute of a tag is; "" where it may work."""
    if name in _ADDRESSES and not is_harmless(value):
        return "an address that is no page"
    if name in ("style", "background", "srcset", "ping") or (name == "name" and tag in _NAMED):
        return f"{name}="
    if name in _SHOWN.get(tag, ()) and not unescape(value).strip().startswith("#"):
        return f"{name}="
    if name in _ANIMATED and not all(map(is_harmless, unescape(value).split(";"))):
        return "an address that is no page"
    if name in _PAINTS and _WITHOUT.search(_WITHIN.sub("", unescape(value))):
        return "url(…)"
    return "on…=" if name.startswith("on") else ""
