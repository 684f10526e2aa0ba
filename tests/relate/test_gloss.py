"""Terms × proses -> occurrences: one case for each hard rule."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.note import Audience
from builder.relate import words as spelling
from builder.relate.anchor import anchor_edition
from builder.relate.gloss import gloss
from builder.relate.lexicon import check_terms
from tests.relate.making import Site, cases, prose_of, shown


@pytest.mark.parametrize("case", cases("gloss"))
def test_occurrences_in_a_text(case: dict[str, Any]) -> None:
    site = Site({"fox.md": case["text"], "fables/glossary.md": case["glossary"].strip() + "\n"})
    found = [one for one in gloss(site.fables) if one.prose == "text:fox"]
    assert [line.removeprefix("text:fox ") for line in shown(site.fables, tuple(found))] == case["found"]
    if "terms" in case:
        assert [one.term for one in found] == case["terms"]


EVERYWHERE = {
    "a.md": "A fox.",
    "b.md": "Two foxes.",
    "a.notes.md": "# Layer\n\nOn foxes.\n\n## A fox {#second}\nA fox here.\n\n## A {#first}\nThe fox and [a fox](x).\n",
    "b.notes.md": "## Two {#third}\nFox and fox.\n\n## nowhere {#lost}\nfox.\n",
    "a.class.notes.md": '## reply {#answer re="#second"}\nfox!\n',
    "crossrefs.md": "## a “fox” → b “foxes” {#tie .echoes}\nFoxes both.\n",
    "questions.md": "## Which fox? {#which}\nThis fox.\n",
    "fables/glossary.md": "## fox\nA fox is an animal.\n\n## hen\nPrey of a fox.\n",
}


def test_everywhere_in_reading_order_counted_through() -> None:
    site = Site(EVERYWHERE)
    found = gloss(site.fables)
    assert shown(site.fables, found) == [
        "text:a fox*",
        "layer:a.notes foxes*",
        "note:second fox*",
        "note:answer fox*",
        "note:first fox*",
        "note:first fox",
        "text:b foxes*",
        "note:third Fox*",
        "note:third fox",
        "note:lost fox*",
        "xref:tie Foxes*",
        "question:which fox*",
        "answer:which fox*",
        "term:hen fox*",
    ]
    assert [one.number for one in found] == list(range(1, len(found) + 1))


def test_each_output_settles_its_own_links() -> None:
    files = {
        "fox.md": "A fox.",
        "fox.notes.md": '## A {audience="teacher"}\nThe fox.\n\n## fox\nThe fox.\n',
        "fables/glossary.md": "## fox\nx\n",
    }
    site = Site(files)
    assert [one.number for one in gloss(site.seen(Audience.TEACHER))] == [1, 2, 3]
    assert [one.number for one in gloss(site.seen(Audience.STUDENT))] == [1, 2]


def test_shared_entries_are_read_only_where_they_are_used() -> None:
    files = {
        "fox.md": "A fox.",
        "fox.notes.md": "## A\nSee [[the vine]].\n",
        "glossary.md": "## fox\nIt eats a hen.\n\n## hen\nA bird.\n\n## vine\nIt bears grapes.\n\n"
        "## the vine {#vines}\nMany a vine.\n\n## crow\nNeither fox nor hen.\n",
    }
    site = Site(files)
    assert shown(site.fables, gloss(site.fables)) == ["text:fox fox*", "term:fox hen*", "term:vines vine*"]


def test_a_term_left_out_is_no_term() -> None:
    site = Site({"fox.md": "A fox.", "fables/glossary.md": '## fox {audience="teacher"}\nx\n'})
    assert gloss(site.seen(Audience.STUDENT)) == ()


@given(
    st.lists(st.sampled_from(["a", "b", "a b", "b a b", "A", "as"]), max_size=6, unique=True),
    st.text("abA s.\n*`", max_size=40),
)
@settings(deadline=None)
def test_occurrences_are_apart_and_spelled_as_they_stand(forms: list[str], text: str) -> None:
    known = Site({"fox.md": "x", "fables/glossary.md": "## fox\nx\n"}).fables.edition
    terms = tuple(replace(known.terms[0], id=form, headword=form, forms=(form,)) for form in forms)
    prose = prose_of(text)
    edition = replace(known, terms=terms, texts=(replace(known.texts[0], prose=prose),))
    found = [one for one in gloss(anchor_edition(edition)[0]) if one.prose == "text:fox"]
    for one, following in pairwise(found):
        assert one.span.end <= following.span.start
    for one in found:
        words = prose.words(one.span).replace("\n", " ")
        assert words.lower().startswith(one.term.lower())
    assert len({one.term for one in found if one.linked}) == sum(one.linked for one in found)


def test_five_thousand_terms_and_twenty_thousand_words() -> None:
    known = Site({"fox.md": "x", "fables/glossary.md": "## fox\nx\n"}).fables.edition
    terms = tuple(
        replace(known.terms[0], id=f"t{n}", headword=f"word{n} of", forms=(f"word{n} of", f"the word{n}"))
        for n in range(5000)
    )
    text = replace(
        known.texts[0], prose=prose_of("\n\n".join(f"So the word{n} of it and other words too." for n in range(2500)))
    )
    anchored, _ = anchor_edition(replace(known, terms=terms, texts=(text,)))
    start = time.process_time()
    assert len(gloss(anchored)) == 2500
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("words", "taken"),
    [("fox " * 5800, 200), ("fox, " * 5800, 5800), ("`fox` " * 5800, 0), ("fox hen " * 2900, 5800)],
)
def test_terms_of_which_each_begins_with_the_one_before(
    words: str, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word of the text may be the first of all of them; only the longest that stands there is looked at."""
    looked, whole = [0], spelling.whole

    def counted(text: str, start: int, end: int) -> bool:
        looked[0] += 1
        return whole(text, start, end)

    monkeypatch.setattr(spelling, "whole", counted)
    entries = [f'## {"fox " * n}{{link="all" not="{"fox " * n}hen hen"}}\nWhat.\n\n' for n in range(1, 30)]
    hen = "## hen\nWhat.\n"
    site = Site({"fox.md": words, "fables/glossary.md": "".join([*entries, hen])})
    found = [one for one in gloss(site.fables) if one.prose == "text:fox"]
    assert len(found) == taken
    assert looked[0] < taken + 1000


def test_a_form_of_too_many_words_is_told_and_not_sought() -> None:
    site = Site({"fox.md": "fox " * 40, "fables/glossary.md": f"## fox\nx\n\n## {'fox ' * 31}\ny\n"})
    assert {one.term for one in gloss(site.fables)} == {"fox"}
    assert [one.message.rpartition("”")[2] for one in check_terms(site.fables.edition.terms)] == [
        " has more than 30 words and is not found by itself"
    ]
