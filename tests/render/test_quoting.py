"""Passages as other words quote them: verse with strokes between its lines, pictures by their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builder.model.prose import Span
from builder.model.quoting import in_line
from builder.render.excerpt import sentence, shorten
from builder.render.handout_notes import lemma
from tests.relate.making import prose_of
from tests.render.test_pages import pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model.prose import Prose

POEM = """\
| The water asks not how;
|   the wind alone has seen
| the vine.
|
| Another stanza
|   ends here.

Prose that runs
over two lines.

> | Verse within
> | a quotation.

![A boat](boat.svg)

![](boat.svg)
"""
"""The lines are indented as the author indented them: by spaces that hold."""

FILES = {
    "edition.toml": 'title = "Bridges"\n[[text]]\nfile = "pont.md"\n[[text]]\nfile = "reply.md"\nauthor = "B"\n',
    "pont.md": POEM,
    "reply.md": "# A reply\n\nAs it says. Not so.\n\nNo picture.\n",
    "boat.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "crossrefs.md": """\
## reply “As it says” → pont “asks not how; the wind alone” {#lines .echoes}

## pont “has seen the vine. Another” → reply “Not so” {#stanzas .echoes}

## reply ¶2 → pont ¶5 {#seen .echoes}

## reply “picture” ↔ pont ¶6 {#bare .echoes}
""",
    "pont.notes.md": "## not how; the wind alone {#how .language}\nSee [[#how]].\n",
    "glossary.md": "## vine\nA plant.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages_of(tmp_path_factory.mktemp("bridges") / "bridges", FILES)


def passage(poem: Prose, first: str, last: str) -> Span:
    start = poem.content.index(first)
    return Span(start, poem.content.index(last, start) + len(last))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("asks", "alone", "asks not how; / the wind alone"),
        ("vine", "ends", "vine. // Another stanza / ends"),
        ("here", "over", "here. Prose that runs over"),
        ("lines", "quotation", "lines. Verse within / a quotation"),
        ("not how;", "not how;", "not how;"),
    ],
)
def test_lines_of_verse_are_parted_by_strokes(first: str, last: str, expected: str) -> None:
    poem = prose_of(POEM)
    assert in_line(poem, passage(poem, first, last)) == expected


def test_what_stands_around_keeps_its_strokes() -> None:
    poem = prose_of(POEM)
    assert sentence(poem, passage(poem, "the wind", "seen"), 100) == ("The water asks not how; / ", " / the vine.")
    assert sentence(poem, passage(poem, "seen", "seen"), 29) == ("… how; / the wind alone has ", " / the vine.")


def test_nothing_ends_or_begins_with_a_stroke() -> None:
    words = "a moon above the old " + "bridge / and water " * 6 + "/ the wind the vine and the vineyard"
    cut = shorten(words)
    assert " …" in cut
    for end in range(20, 60):
        for said in (shorten(f"{'o' * end} / {'a b / ' * 20}c"), lemma(f"{'o' * (end // 5)} / {'a / ' * 20}c")):
            begun, _, ended = said.partition(" … ")
            assert not begun.endswith("/"), said
            assert not ended.startswith("/"), said


def test_a_ties_card_quotes_verse(made: dict[str, str]) -> None:
    cards = made["bridges/cards.js"].replace("\\u003c", "<")
    assert 'The water <span class=\\"tp\\">asks not how; / the wind alone</span> has seen / the vine.' in cards
    assert '<span class=\\"tp\\">has seen / the vine. // Another</span>' in cards


def test_the_conversation_quotes_verse(made: dict[str, str]) -> None:
    page = made["bridges/conversation.html"]
    assert "<q>asks not how; / the wind alone</q>" in page, "in the list of ties"
    assert "\xa0\xa0" not in re.sub(r'<p id="[^"]*" class="stanza".*?</p>', "", page, flags=re.S), "no gap of an indent"


def test_a_copy_of_verse_stands_in_one_line(tmp_path: Path) -> None:
    """On a telephone, after the paragraph that it answers: here the verse is the second text."""
    order = 'title = "Bridges"\n[[text]]\nfile = "reply.md"\n[[text]]\nfile = "pont.md"\nauthor = "A"\n'
    page = pages_of(tmp_path / "bridges", {**FILES, "edition.toml": order})["bridges/conversation.html"]
    copies = re.findall(r'class="between" data-x="([^"]*)".*?<p>(.*?)</p></div>', page, re.S)
    assert dict(copies) == {
        "lines": 'The water <span class="tp">asks not how; / the wind alone</span> has seen / the vine.',
        "stanzas": 'The water asks not how; / the wind alone <span class="tp">has seen / the vine. // Another</span>'
        " stanza / ends here.",
        "seen": '<span class="tp">[A boat]</span>',
        "bare": '<span class="tp">[picture]</span>',
    }
    answers = page.partition('id="_answering_nothing"')[2].partition("</section>")[0]
    assert re.findall(r"<span[^>]*>([^<]*)</span></li>", answers) == [
        "Prose that runs over two lines.",
        "Verse within / a quotation.",
    ]


def test_pictures_that_nobody_answered_say_what_they_show(tmp_path: Path) -> None:
    tie = "## reply “As it says” → pont “asks”\n"
    page = pages_of(tmp_path / "bridges", {**FILES, "crossrefs.md": tie})["bridges/conversation.html"]
    unanswered = page.partition('id="_unanswered"')[2].partition("</section>")[0]
    assert re.findall(r"<span[^>]*>([^<]*)</span></li>", unanswered) == [
        "Another stanza / ends here.",
        "Prose that runs over two lines.",
        "Verse within / a quotation.",
        "[A boat]",
        "[picture]",
    ]


def test_a_ties_card_says_what_a_picture_shows(made: dict[str, str]) -> None:
    cards = made["bridges/cards.js"].replace("\\u003c", "<")
    assert re.search(r'"seen-1":\{[^}]*"t":"<span class=\\"tp\\">\[A boat\]</span>"', cards)
    assert re.search(r'"bare-1":\{[^}]*"t":"<span class=\\"tp\\">\[picture\]</span>"', cards)


def test_notes_and_the_concordance_quote_verse(made: dict[str, str]) -> None:
    page = made["bridges/index.html"]
    assert 'class="lemma">not how; / the wind alone<' in page
    assert ">“not how; / the wind alone”</a>" in page
    assert (
        "<span>The water asks not how; / the wind alone has seen / the </span></span><b>vine</b>"
        in made["bridges/glossary.html"]
    )
