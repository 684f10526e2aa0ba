"""Texts revised in ways that a bench of single edits doesn't show: wholly, in one word among many notes, by a move."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from builder.model.diagnostic import Place
from builder.model.lock import Remembered
from builder.model.note import Anchor, Orphan, Selector, State
from builder.model.prose import Span
from builder.relate.anchor import anchor
from tests.relate.making import stack_of

if TYPE_CHECKING:
    from builder.relate.haystack import Haystack

MANY = 10_000


def made(word: str, paragraphs: int) -> str:
    """Prose in which some words are everywhere and others stand once."""
    return "\n\n".join(
        " ".join(f"so it goes on and {word}{100 * number + each} on" for each in range(12))
        for number in range(paragraphs)
    )


def remembered(old: str, quotation: str, *, at: int = 0) -> tuple[Selector, Remembered]:
    start = old.index(quotation, at)
    span = Span(start, start + len(quotation))
    before, after = old[max(0, start - 40) : start], old[span.end : span.end + 40]
    kept = Remembered(old, span, quotation, before, after, State.EXACT, 1.0, same=True)
    return Selector(quotation, ((quotation,),), Place("x")), kept


def cost(old: str, stack: Haystack, quotations: list[tuple[str, int]]) -> tuple[float, list[Anchor | Orphan]]:
    sought = [remembered(old, quotation, at=at) for quotation, at in quotations]
    begun = time.process_time()
    found = [anchor(selector, stack, memory)[0] for selector, memory in sought]
    return time.process_time() - begun, found


def test_one_word_changed_among_ten_thousand_notes_on_common_words() -> None:
    old = made("word", 700)
    new = old.replace("word35000", "other")
    starts = [index * (len(old) // (MANY + 1)) for index in range(MANY)]
    spent, found = cost(old, stack_of(new), [("so it", start) for start in starts[: MANY - 50]])
    assert {one.state for one in found} == {State.EXACT}
    assert spent < 1.5


def test_a_text_exchanged_as_a_whole_isnt_read_by_each_note() -> None:
    old = made("word", 400)
    quotations = [(f"word{100 * number + 5} on so", 0) for number in range(0, 400, 2)]
    new = "\n\n".join(" ".join(f"none{number} of{each} this{each}" for each in range(40)) for number in range(400))
    spent, found = cost(old, stack_of(new), quotations)
    assert {one.state for one in found} == {State.LOST}
    assert spent < 4


def test_a_word_that_recurs_in_a_sentence_written_anew_isnt_the_one_quoted() -> None:
    old = "He left early.\n\nThe fox wanted the grapes by the old wall. Nobody had seen him there.\n\nSo it ended."
    new = old.replace(
        "The fox wanted the grapes by the old wall.", "Some crows, it seems, had eaten the plums already."
    )
    selector, memory = remembered(old, "the", at=old.index("wanted"))
    assert isinstance(anchor(selector, stack_of(new), memory)[0], Orphan)


MOVED = (
    "One day he came home. Far off the bells rang twice. Then it rained for hours.\n\n{}Nobody heard it. It was late."
)
SENTENCE = "Far off the bells rang twice. "


@pytest.mark.parametrize("moved", [True, False])
def test_a_sentence_moved_takes_its_quotation_along(moved: bool) -> None:
    old = MOVED.format("")
    new = old.replace(SENTENCE, "").replace("Nobody", f"{SENTENCE if moved else 'He rang the doorbell. '}Nobody")
    selector = Selector(
        "rang", (("rang",),), Place("x"), prefix="came home. Far off the bells", suffix="twice. Then it rained"
    )
    found, _ = anchor(selector, stack_of(new))
    if moved:
        assert isinstance(found, Anchor)
        assert found.state is State.MOVED
        assert new[found.span.start : found.span.end + 7] == "rang twice."
    else:
        assert isinstance(found, Orphan)


def test_a_part_of_a_word_that_lost_its_end_stands_at_home() -> None:
    old = "The grapes hung high. “Sour,” said the fox, and lefté."
    selector, memory = remembered(old, "left")
    found, told = anchor(selector, stack_of(old.replace("lefté", "left")), memory)
    assert (found.state, told) == (State.EXACT, ())
