"""`glossator anchors`: a row for every selector, found or lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from builder.model.crossref import CrossReference, Direction, End, Question
from builder.model.diagnostic import Place
from builder.model.note import Anchor, Candidate, Note, Orphan, Selector, State
from builder.model.prose import EMPTY, Block, BlockKind, Prose, Span
from builder.model.site import Address, Edition, EditionSettings
from builder.model.text import Text, TitlePage
from builder.model.view import Anchored, Link, Referred
from builder.relate.anchor import anchor_edition
from builder.shell import listing
from tests.relate.making import Site

PLACE = Place("e/a.notes.md", 7, 1)
CONTENT = "One two.\n\nThree four."


def prose() -> Prose:
    blocks = (
        Block("p1", 1, BlockKind.PARAGRAPH, Span(0, 8), 1),
        Block("p2-2", 2, BlockKind.QUOTATION, Span(10, 21), 3, name="p2"),
        Block("p3", 3, BlockKind.ITEM, Span(16, 21), 3),
    )
    return Prose(CONTENT, (), blocks, Span(0, len(CONTENT)))


def selector(heading: str, path: str = "e/a.notes.md") -> Selector:
    return Selector(heading, ((heading,),), Place(path, 7, 1))


def note(id_: str) -> Note:
    return Note(id_, "context", "a", "editor", (), EMPTY, PLACE)


def edition() -> Referred:
    two = Anchor(selector("two"), Span(4, 7), State.EXACT, 1.0)
    four = Anchor(selector("four"), Span(16, 20), State.REWORDED, 0.9)
    nearest = (Candidate(Span(10, 15), 0.5, 'in="¶2"'),)
    lost = Orphan(selector("Tree"), State.LOST, nearest)
    texts = tuple(Text(name, "A", TitlePage(name), prose(), Place(f"e/{name}.md")) for name in ("a", "a-b"))
    tie = CrossReference(
        "x01", "disputes", Direction.ONE_WAY, End("a", two.selector), End("a-b", four.selector), EMPTY, PLACE
    )
    about = ("a-b ¶3", "a “two”", "nowhere", "#n1", "a")
    question = Question("q", EMPTY, "", about, "", 0, EMPTY, Place("e/questions.md", 3))
    links = (
        Link(Address("e", "block", "a-b-p3"), "a-b ¶3"),
        Link(Address("e", "block", "a-p1"), "“two”", Span(4, 7)),
        Link(None, "nowhere"),
        Link(Address("e", "note", "n1"), "“two”"),
        Link(Address("e", "text", "a"), "a"),
    )
    settings = EditionSettings("e", "e", Place("e/edition.toml"), "E")
    held = Edition(settings, texts, (), (note("n1"), note("n2")), (tie,), (question,), ())
    asked = anchor_edition(held)[0].about
    anchored = Anchored(held, {"n1": (two, four), "n2": (lost,)}, {"x01": (two, four)}, {}, {}, about=asked)
    return Referred(anchored, {}, (), (), {"q": links})


ROWS = {(row.kind, row.id, row.index): row for row in listing.rows(edition(), folder="content")}


def test_a_found_passage_has_its_innermost_block_and_its_words() -> None:
    row = ROWS["note", "n1", 1]
    assert (row.text, row.block, row.start, row.end, row.found) == ("a", "p3", 16, 20, "four")
    assert row.address == "a-p3"
    assert (row.state, row.score, row.file, row.line) == ("reworded", 0.9, "content/e/a.notes.md", 7)


def test_a_lost_one_has_none_but_its_candidates() -> None:
    row = ROWS["note", "n2", 0]
    assert (row.state, row.start, row.end, row.block, row.score, row.found) == ("lost", None, None, None, None, None)
    assert row.address is None
    assert row.quotation == "Tree"
    assert row.candidates == (
        {
            "start": 10,
            "end": 15,
            "block": "p2",
            "address": "a-p2-2",
            "score": 0.5,
            "found": "Three",
            "setting": 'in="¶2"',
        },
    )


def test_both_ends_of_a_cross_reference_stand_each_in_its_text() -> None:
    assert [ROWS["crossref", "x01", index].text for index in (0, 1)] == ["a", "a-b"]


def test_a_questions_passages_stand_where_their_links_lead() -> None:
    rows = [row for (kind, _, _), row in ROWS.items() if kind == "question"]
    assert [(row.index, row.text, row.block, row.found, row.state) for row in rows] == [
        (0, "a-b", "p3", "four.", "exact"),
        (1, "a", "p1", "two", "exact"),
        (2, "", None, None, "never found"),
        (4, "a", "p1", CONTENT, "exact"),
    ]


def test_json_has_every_field_and_null_for_what_is_not_there() -> None:
    document = json.loads(listing.as_json(ROWS.values()))
    assert len(document["anchors"]) == len(ROWS)
    assert document["anchors"][2]["start"] is None


def test_text_is_a_table() -> None:
    assert listing.as_text([ROWS["note", "n1", 1], ROWS["note", "n2", 0]]) == (
        "written in              state         stands in  characters  entry        words\n"
        "content/e/a.notes.md:7  reworded 90%  a ¶3       16–20       note n1 (2)  “four”\n"
        "content/e/a.notes.md:7  lost          a                      note n2      “Tree”\n"
        '    perhaps a ¶2 “Three”: in="¶2"\n'
    )


@pytest.mark.parametrize(("score", "told"), [(0.999, "99%"), (0.29, "29%"), (0.57, "57%"), (0.009, "0%")])
def test_nothing_but_all_of_the_words_is_told_as_all(score: float, told: str) -> None:
    row = replace(ROWS["note", "n1", 1], score=score)
    assert f"reworded {told} " in listing.as_text([row])
    assert "reworded  " in listing.as_text([replace(row, score=1.0)]), "all are kept, and more stand between them"


def test_places_that_look_alike_are_told_apart() -> None:
    """By what `review` would write; the end of a cross-reference has nothing for it but its paragraph."""
    text = "# Fox\n\nOnce there was a fox, and one fox.\n\nHere sat a hen.\n"
    notes = '## big fox {#n in="¶1"}\nN.\n'
    made = Site({"fox.md": text, "fox.notes.md": notes, "crossrefs.md": "## fox “fox” → fox ¶1 “hen” {#x .echoes}\n"})
    alike = tuple(Candidate(Span(start, start + 3), 0.6, "") for start in (22, 35))
    lost = Orphan(made.fables.notes["n"][0].selector, State.LOST, alike)
    anchored = replace(made.fables, notes={"n": (lost,)})
    told = listing.as_text(listing.rows(Referred(anchored, {}, (), ()))).splitlines()
    assert [line.strip() for line in told if "perhaps" in line] == [
        'perhaps fox ¶1 “fox”: before="a"',
        'perhaps fox ¶1 “fox”: before="one"',
        "perhaps fox ¶1 “fox”",
        "perhaps fox ¶1 “fox”",
        "perhaps fox ¶2 “hen”",
    ]


def test_a_questions_lost_words_have_candidates_too() -> None:
    referred = edition()
    asked = Question("r", EMPTY, "", ("a “Thre four”",), "", 0, EMPTY, Place("e/questions.md", 3))
    base = replace(referred.anchored.edition, questions=(asked,))
    about = anchor_edition(base)[0].about
    lost = replace(
        referred,
        anchored=replace(referred.anchored, edition=base, about=about),
        about={"r": (Link(None, "a “Thre four”"),)},
    )
    (row,) = [row for row in listing.rows(lost) if row.kind == "question"]
    assert (row.state, row.text, row.start, row.quotation) == ("never found", "a", None, "a “Thre four”")
    assert [one["found"] for one in row.candidates] == ["Three four"]
