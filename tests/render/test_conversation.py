"""The conversation page of small sites: what it ties, copies, lists, and what it leaves out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.render.test_pages import astray, pages_of

if TYPE_CHECKING:
    from pathlib import Path

EDITION = """\
title = "Three"
pages = "{pages}"
[[text]]
file = "fox.md"
siglum = "F"
[[text]]
file = "crow.md"
siglum = "C"
author = "The crow"
responds-to = "fox"
[[text]]
file = "hen.md"
siglum = "H"
language = "he"
"""
FILES = {
    "fox.md": """\
# The fox

The fox leapt. He fell (twice!) in “the mud.” Nobody saw it. Then he left.

He said that grapes are sour.[^1]

Nothing is said of this.

- One.
- Two.

[^1]: As foxes do.
""",
    "crow.md": "I saw it. He fell in mud.\n\nSour they were.\n\nI sing.\n",
    "hen.md": "The crow saw nothing.\n\nI slept.\n",
    "crossrefs.md": """\
## crow “I saw it” → fox “Nobody saw it” {#saw .disputes}
It did.

## crow “Sour” → fox ¶2 {#sour .agrees}

## hen “saw nothing” → crow “I saw” {#nothing .disputes}

## fox “leapt” ↔ fox “left” {#within .echoes}

## hen → fox {#whole}
""",
    "fox.notes.md": """\
## fell {#fell}
On falling. See [[crow ¶3]], [[#note]], [[fox]].

## * {#note}
On all.

## As foxes {#foxes in="fn1"}
On the footnote.

## mud {#mud audience="teacher"}
SECRET

## leapt {.highlight #mark}
""",
}


def page_of(folder: Path, pages: str = "one", **more: str) -> dict[str, str]:
    return pages_of(folder / "three", {**FILES, "edition.toml": EDITION.format(pages=pages), **more})


def listed(page: str, name: str) -> list[str]:
    part = page.partition(f'id="_{name}"')[2].partition("</section>")[0]
    return re.findall(r'<li><a href="#([^"]*)"', part)


@pytest.mark.parametrize("pages", ["one", "each"])
def test_every_address_leads_somewhere(tmp_path: Path, pages: str) -> None:
    assert astray(page_of(tmp_path, pages)) == []


def test_two_texts_make_a_conversation_and_one_does_not(tmp_path: Path) -> None:
    alone = {"edition.toml": 'title = "One"\n[[text]]\nfile = "fox.md"\n', "fox.md": FILES["fox.md"]}
    made = pages_of(tmp_path / "one", alone)
    assert "one/conversation.html" not in made
    assert "onversation" not in re.sub(r'"_words">.*', "", made["one/index.html"])
    made = page_of(tmp_path)
    assert 'href="conversation.html"' in made["three/index.html"]
    assert 'href="conversation.html#crow"' in made["three/index.html"]


def test_no_tie_no_lists(tmp_path: Path) -> None:
    page = page_of(tmp_path, **{"crossrefs.md": ""})["three/conversation.html"]
    for name in ("crossrefs", "_unanswered", "_answering_nothing", "_r-disputes"):
        assert f'id="{name}"' not in page
    assert page.count('class="pane') == 3


def test_what_nobody_answered_and_what_answers_nothing(tmp_path: Path) -> None:
    """A tie within the first text is no answer; a tie to a whole text touches no paragraph of it."""
    page = page_of(tmp_path)["three/conversation.html"]
    assert listed(page, "unanswered") == ["fox-p3", "fox-p4", "fox-p5"]
    assert listed(page, "answering_nothing") == ["crow-p3", "hen-p2"]


def test_a_copy_is_the_sentence_of_the_passage(tmp_path: Path) -> None:
    page = page_of(tmp_path)["three/conversation.html"]
    copies = dict(re.findall(r'class="between" data-x="([^"]*)".*?<p(?: lang[^>]*)?>(.*?)</p></div>', page, re.S))
    assert copies == {
        "saw": '<span class="tp">I saw it</span>.',
        "sour": '<span class="tp">Sour</span> they were.',
        "within": 'The fox <span class="tp">leapt</span>.',
        "whole": "hen",
    }
    assert 'Then he <span class="tp">left</span>.' in page, "the other end of a tie within the text"


def test_a_copy_says_who_speaks_where_and_how(tmp_path: Path) -> None:
    page = page_of(tmp_path)["three/conversation.html"]
    assert 'aria-label="Tie C: The crow, ¶1, disputes"' in page
    assert '<p lang="he" dir="rtl">hen</p>' in page


@pytest.mark.parametrize(("pages", "home"), [("one", "index.html"), ("each", "fox.html")])
def test_numbers_lead_to_the_notes_where_they_stand(tmp_path: Path, pages: str, home: str) -> None:
    page = page_of(tmp_path, pages)["three/conversation.html"]
    hrefs = re.findall(r'class="ref [^>]*href="([^"]*)"', page)
    assert hrefs == [f"{home}#note-fell", f"{home}#fox-fn1"]
    assert "<mark" not in page


def test_what_is_the_teachers_is_in_no_card(tmp_path: Path) -> None:
    made = page_of(tmp_path)
    assert "On falling." in made["three/notecards.js"]
    assert "fox-fn1" in made["three/notecards.js"]
    assert all("SECRET" not in words for words in made.values())


def test_each_relation_keeps_its_own_ties(tmp_path: Path) -> None:
    page = page_of(tmp_path)["three/conversation.html"]
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style
    rule = style[1].partition("body:has(#_r-disputes:checked)")[2].partition("{")[0]
    assert 'data-x="saw"' in rule
    assert 'data-x="nothing"' in rule
    assert 'data-x="sour"' not in rule
    counts = re.findall(r'id="_r-(\w+)"[^>]*>(?:<span>)?[^<]*<i>(\d)', page)
    assert counts == [("answers", "1"), ("agrees", "1"), ("disputes", "2"), ("echoes", "1")]


PARTS = """\
Some prose.

| One stanza.
|
| Another stanza.

1. First.
2. Second.
   - Inner.
3. Third.

> Begins.
>
> Goes on.

term
: Defined.

  At length.
"""
UNANSWERED = 4


def test_an_answer_stands_behind_the_own_words_of_what_it_answers(tmp_path: Path) -> None:
    """Of an item within the item, before the list in it; whatever else the poem, list or quotation holds."""
    answered = [number for number in range(1, 11) if number != UNANSWERED]
    files = {
        "edition.toml": EDITION.format(pages="one").partition('[[text]]\nfile = "hen.md"')[0],
        "fox.md": PARTS,
        "crow.md": "\n\n".join(f"Answer {number}." for number in range(1, 11)),
        "crossrefs.md": "\n".join(f"## crow ¶{one} → fox ¶{one} {{#t{one} .disputes}}\n" for one in answered),
    }
    page = pages_of(tmp_path / "two", files)["two/conversation.html"]
    assert "\0" not in page
    pane = page.partition('id="fox"')[2].partition('id="crow"')[0]
    found = re.findall(r'class="pn"[^>]*><span>(\d+)|class="between" data-x="t(\d+)"', pane)
    wanted = [(number, answer) for number in range(1, 11) for answer in ((str(number), ""), ("", str(number)))]
    assert found == [said for number, said in wanted if said[0] or number in answered]
    assert not re.search(r'</(?:li|dd)>\s*<div class="between"', pane), "nothing stands between two items"
