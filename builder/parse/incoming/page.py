"""A page of HTML -> the article in it as a text in Markdown, with what the page says of itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import lxml.html
from readability.readability import Document, Unparseable, log

from builder.model.diagnostic import Place
from builder.model.incoming import Incoming, Refused, Remark
from builder.model.site import TextSettings
from builder.model.text import RawHtmlPolicy
from builder.parse.dialect import NESTING
from builder.parse.incoming.cleaning import clean_tree
from builder.parse.incoming.converting import to_markdown
from builder.parse.incoming.escaping import heading
from builder.parse.incoming.page_facts import page_facts
from builder.parse.incoming.regular import flatten
from builder.parse.incoming.shaping import cleaned, rename_blocks, shape
from builder.parse.markdown import parse_text

# What it can't make sense of is told by us, in one line: its log would print a traceback first.
log.disabled = True

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model.incoming import Facts

Tree = Any

ELEMENTS = 40_000
"""Elements of a page that are read: a long book has 20,000, and ten thousand take about a second."""

CHARACTERS = 1_200_000
"""Characters of an article that are read: a long novel has a million."""

SIGNS = 300_000
"""Signs in an article that mean something in Markdown: each is a piece of its own to its parser."""

DEPTH = 150
"""Levels of elements that are read; the parser drops what lies deeper than 255 without a word, pages have 30."""

ATTRIBUTES = 2_000
"""Words in a tag that are read: many more attributes take the parser hours."""

_TAG = re.compile(r"<[a-zA-Z][^>]{4000,}")
_SPACE = re.compile(r"[\s/\"']+")
_FURNITURE = frozenset({"nav", "aside", "footer", "form", "header", "menu"})
_BESIDE = ("nav", "aside", "footer", "form", "menu")
_NAMED = ("//*[@itemprop='articleBody']", "//article", "//main | //*[@role='main']")
"""What a page may call its article, the narrowest first."""

_LINKED = 0.3
"""The share of a page's words that are hyperlinks beyond which not all of it is its text."""


def read_page(html: str, lies_beside: Callable[[str], bool]) -> Incoming | Refused:
    """The article of a page. Refused for a page that can't be read whole.

    `lies_beside` says of a relative address whether a picture is there.
    """
    root = parsed(html)
    if isinstance(root, Refused):
        return root
    facts = page_facts(root)
    in_all = _count(root)
    remarks = list(clean_tree(root))
    article = _article(root)
    fragment = lxml.html.fragment_fromstring(cleaned(article), create_parent="div")
    counted = _count(fragment)
    lost = shape(fragment, facts.source, lies_beside)
    if flatten(fragment, NESTING - 1):
        remarks.append(Remark(f"lists and quotations more than {NESTING - 1} levels deep stand as paragraphs"))
    remarks += [Remark(f"a picture that isn't beside the page is left out: {one}") for one in lost]
    _set_title(fragment, facts)
    if not fragment.text_content().strip():
        return Refused("there are no words in this page")
    if long := too_long(fragment.text_content()):
        return long
    if in_all > counted:
        remarks.append(Remark(f"the article has {counted:,} of the page's {in_all:,} words"))
    text = converted(fragment, facts.title)
    return replace(text, facts=facts, remarks=(*remarks, *text.remarks))


def too_long(words: str) -> Refused | None:
    """Why words are too many to be read; None where they aren't."""
    if len(words) > CHARACTERS:
        return Refused(f"this text has more than {CHARACTERS:,} characters", "split it")
    if sum(map(words.count, "\\`*_[]<>&")) > SIGNS:
        return Refused(f"this text has more than {SIGNS:,} signs of links, emphasis, code and HTML", "split it")
    return None


def parsed(html: str) -> Tree | Refused:
    """A page's tree. Refused where its elements lie too deep in one another, or are too many."""
    for opened in _TAG.finditer(html):
        if len(_SPACE.findall(opened[0])) > ATTRIBUTES:
            line = html.count("\n", 0, opened.start()) + 1
            return Refused(f"an element has more than {ATTRIBUTES:,} attributes here", line=line)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8"), parser=parser)
    except lxml.etree.LxmlError:
        return Refused("there are no words in this page")
    depth = 0
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH:
            return Refused(f"elements lie more than {DEPTH} levels deep in one another here", line=element.sourceline)
    count = sum(1 for _ in root.iter())
    if count > ELEMENTS:
        return Refused(f"this page has {count:,} elements; the most that is read is {ELEMENTS:,}", "split it")
    return root


def converted(fragment: Tree, title: str = "") -> Incoming:
    """A fragment in Markdown's shapes as a text, under a title where one is given."""
    words = "".join(f"{title} {fragment.text_content()}".split())
    top = f"{heading(' '.join(title.split()))}\n\n" if title else ""
    return checked(lambda emphasis: f"{top}{markdown_of(fragment, emphasis=emphasis)}", words)


def markdown_of(fragment: Tree, *, emphasis: bool) -> str:
    """A fragment as Markdown."""
    return to_markdown(lxml.html.tostring(fragment, encoding="unicode", with_tail=False), emphasis=emphasis)


def checked(make: Callable[[bool], str], words: str) -> Incoming:
    """What is made with emphasis, if it is read as the words that it is to be; else what is made without."""
    made = make(True)
    if squeezed(made) == words:
        return Incoming(made, words)
    remark = Remark("emphasis is left out: with it some words would not be read as they are")
    return Incoming(make(False), words, remarks=(remark,))


def squeezed(markdown: str) -> str:
    """What is read of a text, without white space; the author's footnotes are not counted."""
    settings = TextSettings("", Place(""), raw_html=RawHtmlPolicy.CLEAN)
    prose, _ = parse_text(markdown, path="", settings=settings)
    return "".join(prose.words(prose.main).split())


def _count(root: Tree) -> int:
    """How many words a page shows."""
    hidden = {"script", "style", "noscript", "template", "title"}
    return sum(
        len((piece or "").split())
        for element in root.iter()
        for piece in (element.text if isinstance(element.tag, str) and element.tag not in hidden else "", element.tail)
    )


def _article(root: Tree) -> str:
    """The HTML of the part of a page that is its text.

    All of it where nothing else is there; what the page itself calls its article, where that is one; else what looks
    like it.
    """
    body = root.find("body")
    body = root if body is None else body
    linked = sum(len(link.text_content()) for link in body.iter("a"))
    furnished = any(element.tag in _FURNITURE for element in body.iter())
    if not furnished and linked <= _LINKED * max(1, len(body.text_content())):
        return _apart(body)
    for element in list(body.iter(*_BESIDE)):
        element.drop_tree()
    for path in _NAMED:
        named = body.xpath(path)
        if len(named) == 1 and named[0].text_content().strip():
            return _apart(named[0])
    try:
        looks_like_it = Document(root).summary(html_partial=True)
    except Unparseable:
        return _apart(body)
    return _apart(lxml.html.fragment_fromstring(looks_like_it, create_parent="div"))


def _apart(element: Tree) -> str:
    rename_blocks(element)
    return str(lxml.html.tostring(element, encoding="unicode", with_tail=False))


def _set_title(fragment: Tree, facts: Facts) -> None:
    """Take the title out of the article, where it begins with it; the article's headings stand below it."""
    levels = headings(fragment)
    flat = " ".join(facts.title.split())
    if levels and flat and " ".join(levels[0].text_content().split()) == flat:
        levels.pop(0).drop_tree()
    lower(levels)


def headings(fragment: Tree) -> list[Tree]:
    """The headings of a fragment, in order."""
    return list(fragment.iter("h1", "h2", "h3", "h4", "h5", "h6"))


def lower(levels: list[Tree]) -> None:
    """Let headings stand below a title, the highest of them next to it."""
    top = min((int(element.tag[1]) for element in levels), default=2)
    for element in levels:
        element.tag = f"h{min(6, int(element.tag[1]) - top + 2)}"
