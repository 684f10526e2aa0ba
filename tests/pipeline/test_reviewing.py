"""Which questions are asked, what they show, and what each answer writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.lock import Remembered
from builder.model.note import State
from builder.model.prose import Span
from builder.pipeline.mending import Mend, mended
from builder.pipeline.reviewing import Mark, Quoted, difference, doubt, doubtful
from builder.pipeline.sought import Stacks

from .test_mending import BODY, anchored_as, by_words, lines, site

if TYPE_CHECKING:
    from builder.model.note import Anchor
    from builder.model.view import Anchored
    from builder.pipeline.reviewing import Doubt
    from tests.relate.making import Site


def doubts(anchored: Anchored, known: Remembered | None = None) -> list[Doubt]:
    stacks = Stacks(anchored.edition)
    return [doubt(one, stacks, known) for one in doubtful(anchored, stacks)]


def asked(made: Site) -> list[Doubt]:
    return doubts(made.fables)


def answered(made: Site, question: Doubt, option: int) -> list[str]:
    """The headings of the file that an answer changes."""
    chosen = question.options[option]
    assert chosen.wanted is not None
    result = mended(made.folder, made.fables, [Mend(question.sought, chosen.wanted, chosen.span, "")], by_words(made))
    return lines(result)


def test_what_stands_is_not_asked() -> None:
    assert asked(site(f"## ripe grapes\n{BODY}## ¶2\n{BODY}")) == []


@pytest.mark.parametrize(
    ("heading", "options", "becomes"),
    [
        # Of words that stand more than once each place is offered, with what chooses it.
        (
            "jumped",
            [("fox ¶2", "It", " and jumped"), ("fox ¶2", "jumped and", " again"), ("fox ¶2", "it", ". At")],
            ['## jumped {before="It"}', '## jumped {before="and"}', '## jumped {before="it"}'],
        ),
        # So of a range whose first words do; it stays a range.
        ('ripe grapes {#x in="¶2"}', [("fox ¶1", "A fox saw", " on a")], ['## ripe grapes {#x in="¶1"}']),
        ("rype grapps on", [("fox ¶1", "A fox saw", " a high")], ["## ripe grapes on {#rype-grapps-on}"]),
        (
            "walked off … sour",
            [("fox ¶3", "At last it", "; in")],
            ["## walked … sour {#walked-off-sour}"],
        ),
    ],
)
def test_places_and_what_choosing_them_writes(
    heading: str, options: list[tuple[str, str, str]], becomes: list[str]
) -> None:
    made = site(f"## {heading}\n{BODY}")
    (question,) = asked(made)
    if options:
        assert len(question.options) == len(options)
    for option, (where, before, after) in zip(question.options, options, strict=False):
        assert option.where == where
        assert option.quoted.before.rstrip().endswith(before)
        assert option.quoted.after.startswith(after)
    assert [answered(made, question, index) for index in range(len(becomes))] == [[each] for each in becomes]


def test_a_range_that_begins_in_two_places() -> None:
    text = "# F\n\nOne fox came and sat down.\n\nAnother fox came and sat down.\n"
    made = site(f"## fox … down {{#x}}\n{BODY}", text=text)
    (question,) = asked(made)
    assert [option.setting for option in question.options] == ['in="¶1"', 'in="¶2"']
    assert answered(made, question, 1) == ['## fox … down {#x in="¶2"}']


def test_ends_of_a_crossref_have_no_words_beside() -> None:
    text = "# F\n\nOne fox came and sat down.\n\nAnother fox came, a fox.\n"
    made = site(text=text, crossrefs="## fox “fox” → fox ¶1 {#x .echoes}\n")
    (question,) = asked(made)
    assert [option.wanted is not None for option in question.options] == [True, False, False]
    assert [option.setting for option in question.options] == ["fox ¶1 “fox”", "", ""]
    assert answered(made, question, 0) == ["## fox ¶1 “fox” → fox ¶1 {#x .echoes}"]


def test_what_moved_is_accepted_as_it_stands() -> None:
    made = site(f"## ripe grapes {{#n}}\n{BODY}")
    found = anchored_as(made, "n", words="ripe grapes", state=State.MOVED, score=1.0)
    (question,) = doubts(found)
    assert [(option.stands, option.wanted == question.sought.selector) for option in question.options] == [(True, True)]


def test_what_is_remembered_is_shown_in_its_old_surroundings() -> None:
    made = site(f"## ripe plums {{#n}}\n{BODY}")
    found = anchored_as(made, "n", words="ripe grapes", state=State.REWORDED, score=0.5)
    known = Remembered("", Span(0, 1), "ripe plums", "A fox saw ", " on\na high vine", State.EXACT, 1.0, same=True)
    (question,) = doubts(found, known)
    assert question.was == Quoted("A fox saw ", "ripe plums", " on a high vine")
    (option,) = question.options
    assert (option.stands, option.likeness, option.quoted.words) == (False, 0.5, "ripe grapes")
    anchor = found.notes["n"][0]
    assert option.span == _span(anchor)


def _span(found: object) -> Span:
    anchor: Anchor = found  # type: ignore[assignment]
    return anchor.span


def test_differences_are_marked() -> None:
    assert difference("the old sanctions", "the new sanctions") == (
        ("the ", Mark.KEPT),
        ("old", Mark.GONE),
        ("new", Mark.NEW),
        (" sanctions", Mark.KEPT),
    )


@given(st.text("ab .…", max_size=12), st.text("ab .…", max_size=12))
def test_differences_leave_both_whole(old: str, new: str) -> None:
    found = difference(old, new)
    assert "".join(words for words, mark in found if mark is not Mark.NEW) == old
    assert "".join(words for words, mark in found if mark is not Mark.GONE) == new
