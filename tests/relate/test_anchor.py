"""Selectors -> Anchor or Orphan: one case for each hard rule, and the law of describe and anchor."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder.model.diagnostic import Place
from builder.model.note import Anchor, Orphan, Selector, State
from builder.model.prose import Span
from builder.relate.anchor import anchor, anchor_edition
from builder.relate.describe import describe
from tests.relate.making import Site, cases, prose_of, quoted, stack_of

FOXES = """\
# The Fox

One day he wanted the grapes he saw: the
grapes, on a high trellis.

The grapes are sour, said he.

I never wanted them for myself; the fox leapt no more.[^1]

## The next day

The grapes were *very* sour indeed, said a crow.

She cried “sour – so they are…” and flew.

[^1]: He leapt in the fables of Aesop.
"""


@pytest.mark.parametrize("case", cases("anchors"))
def test_what_a_heading_comes_to(case: dict[str, Any]) -> None:
    files = {"fox.md": case.get("text", FOXES), "fox.notes.md": f"## {case['heading']}\nSaid of it.\n"}
    site = Site(files)
    [note] = site.fables.edition.notes
    [found] = site.fables.notes[note.id]
    if "found" in case:
        assert site.told == []
        assert isinstance(found, Anchor)
        content = site.fables.edition.texts[0].prose.content
        assert content[found.span.start : found.span.end] == case["found"]
        assert content.startswith(case.get("after", ""), found.span.end)
    else:
        assert isinstance(found, Orphan)
        [told] = site.told
        assert told.code == case["code"]
        assert told.message == case.get("message", told.message)
        assert told.hint == case.get("hint", told.hint)


def test_each_candidate_of_an_ambiguous_quotation_is_chosen_by_its_setting() -> None:
    [found] = Site({"fox.md": FOXES, "fox.notes.md": "## grapes\nx\n"}).fables.notes["grapes"]
    assert isinstance(found, Orphan)
    assert found.state is State.AMBIGUOUS
    assert len(found.nearest) == 4
    for candidate in found.nearest:
        [again] = Site({"fox.md": FOXES, "fox.notes.md": f"## grapes {{{candidate.setting}}}\nx\n"}).fables.notes[
            "grapes"
        ]
        assert isinstance(again, Anchor)
        assert again.span == candidate.span


def test_a_range_over_more_than_20_blocks_stands_with_a_warning() -> None:
    text = "\n\n".join(["The first.", *(f"Number {n}." for n in range(20)), "The last."])
    site = Site({"fox.md": text, "fox.notes.md": "## The first … The last\nx\n\n## Number 1. … Number 5.\nx\n"})
    assert [(one.code, one.message) for one in site.told] == [
        ("G205", "the range runs over 22 blocks: “The first … The last”")
    ]
    assert isinstance(site.fables.notes["the-first-the-last"][0], Anchor)


def test_one_note_on_several_passages() -> None:
    site = Site({"fox.md": FOXES, "fox.notes.md": '## sour {#s in="¶2"}\n## sour indeed\n## hens\nx\n'})
    assert quoted(site.fables, "s") == ["sour", "sour indeed", ""]


def test_both_ends_of_cross_references_and_the_places_of_terms() -> None:
    files = {
        "fox.md": FOXES,
        "reply.md": "He is right.",
        "crossrefs.md": "## fox “for myself” → reply ¶1 {.answers}\nx\n\n## fox “for hens” → reply {.answers}\nx\n",
        "fables/glossary.md": '## sourness {at="fox “very sour”; fox “hens”" not-at="reply"}\nA taste.\n',
    }
    site = Site(files)
    assert [one.code for one in site.told] == ["G201", "G201"]
    assert [type(end) for ends in site.fables.crossrefs.values() for end in ends] == [Anchor, Anchor, Orphan, Anchor]
    assert [type(found) for _, found in site.fables.terms_at["sourness"]] == [Anchor, Orphan]
    assert [text for text, _ in site.fables.terms_never_at["sourness"]] == ["reply"]


def test_a_shared_entry_may_name_a_text_that_one_edition_has_not() -> None:
    hens = {"hen.md": "Corn.", "fables/glossary.md": '## food {at="hen “Corn”"}\nIt is eaten.\n'}
    shared = tuple(replace(term, edition="") for term in Site(hens).fables.edition.terms)
    anchored, told = anchor_edition(replace(Site({"fox.md": "Grapes."}).fables.edition, terms=shared))
    assert told == ()
    assert anchored.terms_at["food"] == ()


ALIKE = ["a", "b", "ab", "aba", "–", "A,", "“a”", "a.", "ü", "b…"]
PARAGRAPHS = st.lists(st.lists(st.sampled_from(ALIKE), min_size=1, max_size=8), max_size=4)


@given(PARAGRAPHS, st.data())
@settings(max_examples=200, deadline=None)
def test_anchor_finds_what_describe_describes(paragraphs: list[list[str]], data: st.DataObject) -> None:
    stack = stack_of("\n\n".join(" ".join(words) for words in paragraphs))
    content = stack.prose.content
    assume(content)
    start = data.draw(st.integers(0, len(content) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(content))))
    words = content[span.start : span.end]
    assume(words == words.strip() and re.search(r"\w", words))
    assume(stack.source(stack.normal.within(span)) == span)
    found, told = anchor(describe(stack, span), stack)
    assert isinstance(found, Anchor), told
    assert found.span == span


@given(st.text(alphabet="ab .…\n#*[]¶“”", max_size=60), st.text(alphabet="ab …¶p1“”", max_size=12))
@settings(deadline=None)
def test_whatever_is_sought_there_is_an_answer(text: str, words: str) -> None:
    stack = stack_of(text)
    pieces = tuple(words.split(" … "))
    found, told = anchor(Selector(words, ((words,), pieces), Place("x"), prefix="a" * (len(words) % 3)), stack)
    assert isinstance(found, Anchor) or len(told) == 1
    if isinstance(found, Anchor):
        assert 0 <= found.span.start <= found.span.end <= len(stack.prose.content)


@pytest.mark.parametrize("lost", [False, True], ids=["found", "lost"])
def test_ten_thousand_notes_on_one_text(lost: bool) -> None:
    words = [f"{word}{n}" for n in range(2500) for word in ("so", "it", "goes", "on", "and", "on", "and", "on")]
    stack = stack_of("\n\n".join(" ".join(words[start : start + 100]) for start in range(0, 20_000, 100)))
    start = time.process_time()
    for n in range(10_000):
        quotation = " ".join(words[n : n + 5]) + ("q" * lost)
        anchor(Selector(quotation, ((quotation,),), Place("x")), stack)
    assert time.process_time() - start < 5


def test_ten_thousand_doubtful_notes_on_one_text() -> None:
    stack = stack_of("\n\n".join("the fox and the crow and the grapes" for _ in range(500)))
    start = time.process_time()
    for n in range(10_000):
        selector = Selector("the", (("the fox", "grapes") if n % 2 else ("the",),), Place("x"))
        assert isinstance(anchor(selector, stack)[0], Orphan)
    assert time.process_time() - start < 8


def test_a_dek_and_the_text_after_it_are_one() -> None:
    prose = prose_of("# Title\n\nThe dek.\n\nThe text.", dek=True)
    assert [block.id for block in prose.blocks] == ["title", "dek", "p1"]
    stack = stack_of("# Title\n\nThe dek.\n\nThe text.", dek=True)
    found, _ = anchor(Selector("x", (("The dek", "The text"),), Place("x")), stack)
    assert isinstance(found, Anchor)
