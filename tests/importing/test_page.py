"""Pages: whatever markup words stand in, they are read as they stood, and nothing of it is HTML any more."""

from __future__ import annotations

import html
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readability import Document
from readability.readability import Unparseable

from builder.model.diagnostic import Place
from builder.model.incoming import Incoming, Refused
from builder.model.prose import Open, RawHtml
from builder.model.site import TextSettings
from builder.parse.incoming.page import read_page
from builder.parse.markdown import parse_text

ALPHABET = "ab cZ01.)-+*_`[](){}<>&!#|~=:^\\\"'$;,é中\n"
WORDS = st.text(st.sampled_from(ALPHABET), min_size=1, max_size=12).map(html.escape)
TAGS = st.sampled_from(["em", "b", "i", "strong", "code", "sup", "span", "s"])


def tagged(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>"


def listed(tag: str, items: list[str]) -> str:
    return tagged(tag, "".join(tagged("li", item) for item in items))


def table(rows: list[list[str]]) -> str:
    return tagged("table", "".join(tagged("tr", "".join(tagged("td", cell) for cell in row)) for row in rows))


INLINE = st.recursive(
    st.one_of(WORDS, st.just("<br>"), st.just('<img src="a b.png" alt="x]y">')),
    lambda inner: st.one_of(
        st.builds(tagged, TAGS, st.lists(inner, min_size=1, max_size=3).map("".join)),
        st.lists(inner, min_size=1, max_size=3).map(lambda one: f'<a href="https://e.org/a_(b)">{"".join(one)}</a>'),
    ),
    max_leaves=5,
)
INLINES = st.lists(INLINE, min_size=1, max_size=4).map("".join)
BLOCK = st.recursive(
    st.builds(tagged, st.sampled_from(["p", "h1", "h2", "pre", "div"]), INLINES),
    lambda inner: st.one_of(
        st.builds(listed, st.sampled_from(["ul", "ol"]), st.lists(st.one_of(INLINES, inner), min_size=1, max_size=3)),
        st.lists(inner, min_size=1, max_size=2).map(lambda one: tagged("blockquote", "".join(one))),
        st.lists(st.lists(st.one_of(INLINES, inner), min_size=2, max_size=2), min_size=1, max_size=2).map(table),
    ),
    max_leaves=5,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BLOCK, min_size=1, max_size=3).map("".join))
def test_any_page_is_read_as_its_words(page: str) -> None:
    found = read_page(f"<title>T</title>{page}", lambda _: True)
    if isinstance(found, Refused):
        return
    prose, _ = parse_text(found.markdown, path="", settings=TextSettings("", Place("")))
    assert not any(isinstance(event, RawHtml) for event in prose.frame)
    told = any("emphasis is left out" in remark.words for remark in found.remarks)
    assert told or "".join(prose.content.split()) == found.words


SOUP = [
    *(
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "<a href='https://e.org/'>",
        "</a>",
        "<ul>",
        "</ul>",
        "<ol start=4>",
        "<li>",
    ),
    *("<h2>", "<h1>", "<dl>", "<dt>", "<dd>", "<table>", "<tr>", "<td>", "</table>", "<th>", "<blockquote>", "<pre>"),
    *("<br>", "<sup>", "<code>", "</code>", "<div>", "<script>x</script>", "<img src='a.png' alt='A'>", "<footer>"),
    *(
        "words ",
        "*x* ",
        "1. one",
        "- two",
        ": three",
        "| four",
        "[five](six)",
        "&lt;b&gt;",
        "# seven",
        "_ _",
        "```",
        "\n",
    ),
]


@pytest.mark.parametrize("seed", range(60))
def test_tags_in_any_order_are_read_as_their_words(seed: int) -> None:
    chosen = random.Random(seed)
    for _ in range(4):
        page = "".join(chosen.choices(SOUP, k=chosen.randint(1, 60)))
        found = read_page(page, lambda _: True)
        if isinstance(found, Incoming):
            prose, _ = parse_text(found.markdown, path="", settings=TextSettings("", Place("")))
            assert not any(isinstance(event, RawHtml) for event in prose.frame), page
            assert "".join(prose.words(prose.main).split()) == found.words, page


FACTS = [
    ('<meta name="author" content="A">', "author", "A"),
    ('<meta name="citation_author" content="A"><meta name="citation_author" content="B">', "author", "A, B"),
    ('<meta property="article:author" content="https://e.org/a">', "author", ""),
    ('<meta name="citation_publication_date" content="2021/8/4">', "date", "2021-08-04"),
    ('<meta property="article:published_time" content="2021-08-04T10:00:00+02:00">', "date", "2021-08-04"),
    ("<time datetime='2021-08'>August</time>", "date", "2021-08"),
    ('<meta name="date" content="4 August">', "date", ""),
    ('<link rel="canonical" href="https://e.org/x">', "source", "https://e.org/x"),
    ('<link rel="canonical" href="/x"><meta property="og:url" content="https://e.org/y">', "source", "https://e.org/y"),
    ('<meta property="og:title" content="Og"><title>T</title>', "title", "Og"),
    ("<title>T</title><h1>H</h1>", "title", "H"),
    ("<title>T</title><h1>H</h1><h1>I</h1>", "title", "T"),
    ('<meta name="copyright" content="© A">', "rights", "© A"),
    ('<a rel="license" href="https://e.org/cc">cc</a>', "rights", "https://e.org/cc"),
    ('<script type="application/ld+json">{"@type": ["Article"], "author": {"name": "A"}}</script>', "author", "A"),
    ('<script type="application/ld+json">[{"@type": "Person", "name": "A"}]</script>', "author", ""),
    ('<script type="application/ld+json">{"@type": 1, "author": [[["A"]]]}</script>', "author", ""),
    (f'<script type="application/ld+json">{"[" * 100_000}</script>', "author", ""),
    ('<script type="application/ld+json">not JSON</script>', "author", ""),
]


@pytest.mark.parametrize(("head", "fact", "expected"), FACTS)
def test_what_a_page_says_of_itself(head: str, fact: str, expected: str) -> None:
    found = read_page(f"{head}<p>words</p>", lambda _: False)
    assert isinstance(found, Incoming)
    assert getattr(found.facts, fact) == expected


def test_a_saved_page_knows_where_it_is_from() -> None:
    page = (
        "<!doctype html>\n<!-- saved from url=(0019)https://e.org/x/y -->\n<html><p>See <a href='z'>z</a>.</p></html>"
    )
    found = read_page(page, lambda _: False)
    assert isinstance(found, Incoming)
    assert found.facts.source == "https://e.org/x/y"
    assert found.markdown == "See [z](https://e.org/x/z).\n"


ARTICLES = {
    "what the page calls so": ("<nav>n</nav><article><p>words</p></article><div>more</div>", "words\n"),
    "the narrowest": ("<article>a<div itemprop='articleBody'><p>words</p></div></article><nav>n</nav>", "words\n"),
    "the main part": ("<header>h</header><main><h2>H</h2><p>words</p></main><footer>f</footer>", "## H\n\nwords\n"),
    "without what stands beside it": (
        "<nav>n</nav><article><p>words</p><aside>a</aside><p>on</p></article>",
        "words\n\non\n",
    ),
    "all of a plain page": ("<p>words</p><div>more <p>on</div>", "words\n\nmore\n\non\n"),
    "what looks like one": (
        "<nav><a href=/>home</a></nav><div class=x>"
        f"{'<p>Long words, with commas, and more words than a menu has.</p>' * 4}</div>"
        "<div class=sidebar><a href=/a>a</a> <a href=/b>b</a></div><footer>f</footer>",
        "\n\n".join(["Long words, with commas, and more words than a menu has."] * 4) + "\n",
    ),
}


@pytest.mark.parametrize("case", ARTICLES)
def test_which_part_of_a_page_is_its_article(case: str) -> None:
    page, expected = ARTICLES[case]
    found = read_page(page, lambda _: False)
    assert isinstance(found, Incoming)
    assert found.markdown == expected
    assert any("words" in remark.words for remark in found.remarks) is (case != "all of a plain page")


def test_of_two_breaks_in_a_row_one_is_kept() -> None:
    found = read_page("<article><p>Before <b>a<br><br>b</b> after.</p></article>", lambda _: True)
    assert isinstance(found, Incoming)
    assert found.markdown.count("\n") == 2  # the break, and the end of the paragraph


def test_links_are_whole() -> None:
    found = read_page("<p><a href='HTTPS://E.org/a b_(c)'>x]y</a> <a href='#n'>n</a> <a href='r'>r</a></p>", bool)
    assert isinstance(found, Incoming)
    prose, _ = parse_text(found.markdown, path="", settings=TextSettings("", Place("")))
    links = [event for event in prose.frame if isinstance(event, Open) and "href" in dict(event.fields)]
    assert [dict(link.fields)["href"] for link in links] == ["HTTPS://E.org/a%20b%5F%28c%29"]
    assert prose.content == "x]y n r"


def test_a_page_in_which_no_article_can_be_looked_for_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks for it is somebody else's, and may stumble over a page."""

    def stumble(_: Document, **__: object) -> str:
        raise Unparseable("no article")

    monkeypatch.setattr(Document, "summary", stumble)
    found = read_page("<nav>Home</nav><p>A fox leapt.</p>", lambda _: False)
    assert isinstance(found, Incoming)
    assert found.words == "Afoxleapt."


def test_of_two_that_touch_the_second_follows_what_lies_in_the_first() -> None:
    found = read_page("<p><b>a <i>b</i></b><b>c</b> d</p>", lambda _: True)
    assert isinstance(found, Incoming)
    assert found.markdown == "**a *b*c** d\n"


@pytest.mark.parametrize("tag", ["ul", "blockquote"])
def test_what_lies_deeper_than_a_text_may_stands_flat(tag: str) -> None:
    """Such a file was written, and then refused by the next check."""
    opened, closed = (f"<{tag}><li>", f"</li></{tag}>") if tag == "ul" else (f"<{tag}>", f"</{tag}>")
    deep = 70 if tag == "ul" else 120
    words = "".join(f"{opened}<p>Level {level} of these.</p>" for level in range(deep))
    read = read_page(f"<html><body><article>{words}{closed * deep}</article></body></html>", lambda _: False)
    assert isinstance(read, Incoming)
    assert "lists and quotations more than 89 levels deep stand as paragraphs" in [one.words for one in read.remarks]
    prose, told = parse_text(read.markdown, path="x.md", settings=TextSettings("x.md", Place("x.md")))
    assert told == ()
    assert all(f"Level {level} of these." in prose.content for level in range(deep))
