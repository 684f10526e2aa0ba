"""The text on the page is the text in the file; no id stands twice; no link leads nowhere."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

EDITION = "splitting-russia-and-china"
OURS = ".notes, .said, .pn, .ref, .tie"


def shown(page: Path) -> dict[str, list[str]]:
    """Text id -> its blocks as a reader copies them: without numbers, letters and notes."""
    tree = HTMLParser(page.read_text())
    for ours in tree.css(OURS):
        ours.decompose()
    texts: dict[str, list[str]] = {"article": [], "comment": []}
    for part in tree.css("header.head, article.text"):
        name = (part.attributes["id"] or "").removesuffix("-text")
        texts[name] += [block.text().strip() for block in part.css(".para .tx")]
    return texts


@pytest.mark.parametrize("name", ["article", "comment"])
def test_the_words_are_untouched(built_site: Path, name: str) -> None:
    source = (Path(__file__).parents[2] / "content" / EDITION / f"{name}.md").read_text()
    blocks = [re.sub(r"^(?:> |# )", "", block).strip() for block in source.split("\n\n") if block.strip()]
    made = shown(built_site / EDITION / "index.html")[name]
    if name == "comment":  # its title is the editors'
        made = made[1:]
    assert made == blocks


def test_no_id_stands_twice(pages: dict[str, Path]) -> None:
    for name, page in pages.items():
        found = Counter(node.attributes["id"] for node in HTMLParser(page.read_text()).css("[id]"))
        assert [one for one, times in found.items() if times > 1] == [], name


@cache
def ids(page: Path) -> frozenset[str]:
    return frozenset(node.attributes["id"] or "" for node in HTMLParser(page.read_text()).css("[id]"))


def test_no_link_leads_nowhere(built_sites: dict[str, Path], pages: dict[str, Path]) -> None:
    for name, page in pages.items():
        site = built_sites[name.partition("/")[0]]
        tree = HTMLParser(page.read_text())
        links = [node.attributes[key] for key in ("href", "src") for node in tree.css(f"[{key}]")]
        for link in links:
            parts = urlsplit(link or "")
            if parts.scheme or page.name == "404.html":
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
            assert target.is_relative_to(site.resolve()), (name, link)
            assert target.is_file(), (name, link)
            if parts.fragment and target.suffix == ".html":
                assert unquote(parts.fragment) in ids(target), (name, link)


def test_no_link_stands_in_a_link(pages: dict[str, Path]) -> None:
    for name, page in pages.items():
        assert [node.html for node in HTMLParser(page.read_text()).css("a a, a button, button a")] == [], name


def test_nothing_is_asked_of_other_sites(pages: dict[str, Path]) -> None:
    """Links may lead out; styles, scripts and pictures come from the site itself."""
    for name, page in pages.items():
        tree = HTMLParser(page.read_text())
        for node in tree.css("script[src], link[rel=stylesheet], img[src]"):
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            assert not urlsplit(address).netloc or name.endswith("404.html"), (name, address)


def test_no_style_and_no_script_within_the_page(pages: dict[str, Path]) -> None:
    """What the page's own policy would refuse: style attributes, handlers, scripts with words of their own.

    The edition in one file has its scripts within, each named by its policy: tests/books looks at these.
    """
    for name, page in pages.items():
        tree = HTMLParser(page.read_text())
        assert [node.html for node in tree.css("[style]")] == [], name
        if not name.endswith(".offline.html"):
            assert [node.html for node in tree.css("script:not([src]):not([type$=json])")] == [], name
        handlers = [key for node in tree.css("*") for key in node.attributes if key.startswith("on")]
        assert handlers == [], name
