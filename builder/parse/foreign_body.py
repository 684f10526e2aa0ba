"""The body of an annotation from outside, in one of three formats -> Markdown of words and their form alone.

No picture is loaded, no address but the web's is kept, and nothing is read as a reference of ours.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from builder.model.escape import escaped
from builder.parse.handed import outside_code
from builder.parse.markdown import parse_body
from builder.parse.raw_html import removed

if TYPE_CHECKING:
    from collections.abc import Callable

MARKDOWN, HTML = "text/markdown", "text/html"
_HTMLS = frozenset({HTML, "application/xhtml+xml", "text/xhtml"})
_MARKDOWNS = frozenset({MARKDOWN, "text/x-markdown"})

LONGEST = 20_000
"""Characters of a body that are read as markup: longer ones are taken as plain words."""

_TAGS = frozenset(
    {"a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub"}
    | {"sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul", "var"}
)
_SCHEMES = {"http", "https", "mailto"}

_HIGH = re.compile(r"^#{1,2}(?=[ \t])", re.MULTILINE)
_NO_WORDS = re.compile(r"!\[\]\(([^()\s<>]++)[^()]*+\)")
_PICTURE = re.compile(r"!(?=\[)")
_IMG = re.compile(r"<(?=img\b)", re.IGNORECASE)
_REFERENCE = re.compile(r"\[(?=[\[@^])")
_SIGNS = re.compile(r"(?<!\\)([{}^])")
_TELLING = re.compile("on|href= in <a>")
"""What is told of the attributes that were removed; the others are mostly classes and styles."""
_SPACE = re.compile(r"\s+")
_EMPTY_LINES = re.compile(r"\A[ \n]*\n")
_CODE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)


def markdown_of(value: str, form: str) -> tuple[str, tuple[str, ...]]:
    """A body as Markdown, "" for one without words; and what is to be told of it. An unknown format is plain words.

    ModuleNotFoundError where what reads HTML isn't installed.
    """
    form = form.partition(";")[0].strip().lower()
    if not value.strip():
        return "", ()
    if len(value) <= LONGEST and form in _HTMLS:
        safe = _safe(value)
        markdown, told = _fine(outside_code(_converter()(safe), _HIGH, "###"), value)
        gone = [one for one in removed(value, safe) if one.startswith("<") or _TELLING.match(one)]
        return markdown, told or ((f"removed from its body: {', '.join(gone)}",) if gone else ())
    if len(value) <= LONGEST and form in _MARKDOWNS:
        return _fine(_from_markdown(value), value)
    return escaped(value.strip()), ()


def own_markdown(value: str) -> str:
    """A body that our own export wrote, as it stands; what could run in it is escaped."""
    if len(value) > LONGEST:
        return escaped(value.strip())
    prose, _ = parse_body(value, path="", line=1)
    return prose.source.strip("\n") if prose.source else value.strip("\n")


def _fine(markdown: str, typed: str) -> tuple[str, tuple[str, ...]]:
    """The Markdown, if nothing is to be told of it; else what was typed as plain words: nothing lost, nothing run."""
    markdown = markdown.strip()
    _, told = parse_body(markdown, path="", line=1)
    if not told:
        return markdown, ()
    return escaped(typed.strip()), (f"its body is taken as plain words: {told[0].message}",)


def _from_markdown(value: str) -> str:
    instead_of = ((_HIGH, "###"), (_NO_WORDS, r"<\1>"), (_PICTURE, ""), (_IMG, "&lt;"), (_REFERENCE, r"\\["))
    for pattern, instead in instead_of:
        value = outside_code(value, pattern, instead)
    return value


def _safe(value: str) -> str:
    """HTML of which only words and their form are left."""
    import nh3

    return nh3.clean(value, tags=set(_TAGS), attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None)


@cache
def _converter() -> Callable[[str], str]:
    """What turns clean HTML into Markdown. Imported where the first such body is met: it takes 100 ms."""
    from markdownify import ATX, MarkdownConverter

    class Converter(MarkdownConverter):  # type: ignore[misc] # its stubs are passed over
        """With our own signs escaped too, and white space as HTML means it."""

        def escape(self, text: str, parent_tags: Any) -> str:
            made: str = super().escape(text, parent_tags)
            return _SIGNS.sub(r"\\\1", made)

        def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
            made: str = super().convert_pre(el, _EMPTY_LINES.sub("", text.rstrip(" \n")), parent_tags)
            return made

    converter = Converter(heading_style=ATX, bullets="-", escape_misc=True, newline_style="backslash", strip_pre=None)
    return lambda html: str(converter.convert(_spaced(html)))


def _spaced(html: str) -> str:
    """Clean HTML with single spaces but in code: markdownify takes time for many that grows with their square."""
    parts = _CODE.split(html)
    parts[::2] = (_SPACE.sub(" ", part) for part in parts[::2])
    return "".join(parts)
