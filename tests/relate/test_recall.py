"""A range that stood, in a text that was revised: it is where it was, or it is said that it isn't."""

from __future__ import annotations

import pytest

from builder.model.diagnostic import Place
from builder.model.lock import Remembered
from builder.model.note import Anchor, Selector, State
from builder.relate.anchor import anchor
from tests.relate.making import stack_of

OLD = (
    "A fox came by one evening. He said that the grapes were sour, and none of the hens believed him. So it goes.\n\n"
    "The moon came up over the garden wall, and nobody was there any more to see it but the owl.\n\n"
    "Many a fox has done so since, and many a hen."
)
HEADING = "He said that … believed him"
PASSAGE = "He said that the grapes were sour, and none of the hens believed him"


def recalled(new: str, *, named: str = "") -> tuple[State, str, set[str]]:
    """What becomes of the range: its state, its words, what is told."""
    before, after = stack_of(OLD), stack_of(new)
    selector = Selector(HEADING, (tuple(HEADING.split(" … ")),), Place("fox.notes.md", 1), within=named)
    first, _ = anchor(selector, before)
    assert isinstance(first, Anchor)
    assert before.prose.words(first.span) == PASSAGE
    memory = Remembered(before.prose.content, first.span, PASSAGE, "", "", State.EXACT, 1.0, same=True)
    found, told = anchor(selector, after, memory)
    assert isinstance(found, Anchor)
    return found.state, after.prose.words(found.span), {one.code for one in told}


def test_its_first_words_may_come_to_stand_elsewhere_too() -> None:
    """It stays the whole passage: not its first words alone, nor from the newcomer on."""
    assert recalled("He said that much himself.\n\n" + OLD) == (State.EXACT, PASSAGE, set())
    assert recalled("He said that much himself.\n\n" + OLD, named="p1") == (State.MOVED, PASSAGE, {"G214"})


@pytest.mark.parametrize(
    ("old", "new", "passage"),
    [
        (
            "hens believed him",
            "hens would listen",
            "He said that the grapes were sour, and none of the hens would listen",
        ),
        (
            "were sour, and",
            "were sour. The owl believed him, but",
            PASSAGE.replace("sour, and", "sour. The owl believed him, but"),
        ),
    ],
)
def test_that_it_would_end_elsewhere_is_told(old: str, new: str, passage: str) -> None:
    text = OLD.replace(old, new) + " Nobody believed him."
    assert recalled(text) == (State.REWORDED, passage, {"G209"})


def test_what_changes_between_its_ends_is_its_own_affair() -> None:
    assert recalled(OLD.replace("grapes were", "plums are")) == (
        State.EXACT,
        PASSAGE.replace("grapes were", "plums are"),
        set(),
    )
