"""A page's tree -> what it says of itself: title, author, date, address, language, rights."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from builder.model.incoming import Facts
from builder.parse.incoming.facts import address, day, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Tree = Any

_LONGEST = 300
"""Characters that are believed to be a title, a name or a notice."""
_DATA_BOUND = 1_000_000
_ARTICLES = re.compile(r"(Article|BlogPosting|Report|Chapter|CreativeWork|Posting|WebPage|Book|Review)$")
_SAVED = re.compile(r"saved from url=\(\d+\)(\S+)")
_SLASHED = re.compile(r"(\d{4})/(\d\d?)(?:/(\d\d?))?")


def page_facts(root: Tree) -> Facts:
    """What a page says of itself, the surest word for each."""
    metas = _metas(root)
    said = list(_linked_data(root))

    def of(name: str, *more: str) -> Iterator[str]:
        for one in more:
            yield from metas.get(one, ())
        yield from (words for thing in said for words in _words(thing.get(name)))

    titles = (*of("headline", "citation_title"), *metas.get("og:title", ()))
    titles = (*titles, *_texts(root, "//h1"), *_texts(root, "//title"))
    authors = of("author", "citation_author", "author", "dc.creator", "article:author")
    dates = of("datePublished", "article:published_time", "citation_publication_date", "dc.date", "date")
    sources = (*_linked(root, "canonical"), *of("url", "og:url"), *_saved(root))
    languages = (root.get("lang", ""), *of("inLanguage", "og:locale", "content-language"))
    rights = (*of("copyrightNotice", "dc.rights", "copyright"), *_linked(root, "license"), *of("license"))
    return Facts(
        title=_first(map(_short, titles)),
        author=", ".join(dict.fromkeys(_short(one) for one in authors if _short(one) and not address(one)))[:_LONGEST],
        date=_first(day(_dashed(one)) for one in (*dates, *root.xpath("//time/@datetime")[:1])),
        source=_first(map(address, sources)),
        rights=_first(map(_short, rights)),
        language=_first(map(tag, languages)),
    )


def _first(words: Iterable[str]) -> str:
    return next((one for one in words if one), "")


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else ""


def _dashed(words: str) -> str:
    """A date with strokes as one with hyphens."""
    found = _SLASHED.fullmatch(words.strip())
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else words


def _metas(root: Tree) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv") or meta.get("itemprop") or ""
        if meta.get("content"):
            found.setdefault(name.strip().lower(), []).append(meta.get("content"))
    return found


def _texts(root: Tree, path: str) -> Iterator[str]:
    """The words of the elements at a path, where there is one alone."""
    found = root.xpath(path)
    if len(found) == 1:
        yield found[0].text_content()


def _linked(root: Tree, relation: str) -> Iterator[str]:
    for link in root.xpath("//link[@rel and @href] | //a[@rel and @href]"):
        if relation in link.get("rel").lower().split():
            yield link.get("href")


def _saved(root: Tree) -> Iterator[str]:
    """The address that a browser writes into a page that it saves."""
    tree = root.getroottree()
    for comment in tree.xpath("/comment() | /html/comment()"):
        found = _SAVED.search(comment.text or "")
        if found:
            yield found[1]


def _linked_data(root: Tree) -> Iterator[Mapping[str, Any]]:
    """The descriptions of articles in the page's JSON-LD."""
    for script in root.xpath("//script[@type='application/ld+json']"):
        text = script.text or ""
        if len(text) > _DATA_BOUND:
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        things = value if isinstance(value, list) else [value]
        for thing in things:
            graph = thing.get("@graph") if isinstance(thing, dict) else None
            for one in graph if isinstance(graph, list) else [thing]:
                kinds = one.get("@type") if isinstance(one, dict) else None
                named = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLES.search(kind) for kind in named):
                    yield one


def _words(value: object) -> Iterator[str]:
    """The words of a value of JSON-LD: itself, or the names of what it describes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value[:20]:
            if not isinstance(one, list):
                yield from _words(one)
    elif isinstance(value, dict) and isinstance(value.get("name"), str):
        yield value["name"]
