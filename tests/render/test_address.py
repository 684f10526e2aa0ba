"""Addresses: relative hyperlinks that work in any folder of any host."""

from __future__ import annotations

import pytest

from builder.model.site import Address
from builder.render.address import Spot, relative
from builder.render.numbering import letter


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.html", "index.html", "index.html"),
        ("index.html", "a/index.html", "a/index.html"),
        ("a/index.html", "index.html", "../index.html"),
        ("a/index.html", "a/glossary.html", "glossary.html"),
        ("a/index.html", "b/index.html", "../b/index.html"),
        ("a/index.html", "a/b.html", "b.html"),
        ("a/b/c.html", "a/d.html", "../d.html"),
    ],
)
def test_relative(page: str, target: str, expected: str) -> None:
    assert relative(page, target) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (Address("e", "block", "article-p4", "article"), "#article-p4"),
        (Address("e", "note", "sanctions", "article"), "#note-sanctions"),
        (Address("e", "term", "nato"), "glossary.html#term-nato"),
        (Address("e", "occ", "nato-2", "article"), "#occ-nato-2"),
        (Address("e", "occ", "nato-3", "glossary"), "glossary.html#occ-nato-3"),
        (Address("e", "xref", "x01-2", "comment"), "#xref-x01-2"),
        (Address("other", "block", "article-p2", "article"), "../other/index.html#article-p2"),
        (Address("split", "note", "n", "essay"), "../split/essay.html#note-n"),
        (Address("split", "question", "q"), "../split/index.html#question-q"),
        (Address("", "term", "nato"), "../glossary.html#term-nato"),
        (Address("", "page", "index.html"), "../index.html"),
    ],
)
def test_href(address: Address, expected: str) -> None:
    assert Spot("e/index.html", frozenset({"split"})).href(address) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (Address("e", "block", "article-p4", "article"), "#article-p4"),
        (Address("e", "text", "article", "article"), "#article"),
        (Address("e", "xref", "x01-2", "comment"), "#xref-x01-2"),
        (Address("e", "note", "sanctions", "article"), "index.html#note-sanctions"),
        (Address("e", "block", "article-fn1", "article"), "index.html#article-fn1"),
        (Address("split", "block", "essay-p1", "essay"), "../split/essay.html#essay-p1"),
    ],
)
def test_a_page_that_holds_the_texts_again_links_within_itself(address: Address, expected: str) -> None:
    spot = Spot("e/conversation.html", frozenset({"split"}), copies=frozenset({"block", "text", "xref"}))
    assert spot.href(address) == expected


def test_a_page_shown_anywhere_links_from_the_sites_own_address() -> None:
    spot = Spot("404.html", frozenset(), "https://example.org/readings/")
    assert spot.to("index.html") == "https://example.org/readings/index.html"


@pytest.mark.parametrize(("index", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_letters(index: int, expected: str) -> None:
    assert letter(index) == expected
