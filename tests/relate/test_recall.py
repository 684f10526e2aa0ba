"""A range that stood, in a text that was revised: it is where it was, or it is said that it isn't."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.model.diagnostic import Place
from builder.model.lock import Remembered
from builder.model.note import Anchor, Selector, State, percent
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


def test_what_changes_between_its_ends_is_told() -> None:
    passage = PASSAGE.replace("grapes were", "plums are")
    assert recalled(OLD.replace("grapes were", "plums are")) == (State.REWORDED, passage, {"G209"})


@pytest.mark.parametrize(
    ("old", "new", "share", "message"),
    [
        ("grapes were", "plums are", 0.88, "“grapes were” reads “plums are” now"),
        ("were sour", "were very sour", 1.0, "“very” was put in"),
        ("and none of the hens believed him. So", "and none believed him. So", 0.89, "“of the hens” was taken out"),
    ],
)
@pytest.mark.parametrize("heading", ["A fox came … So it goes.", "¶1"])
def test_of_what_lies_between_the_words_are_told(heading: str, old: str, new: str, share: float, message: str) -> None:
    before, after = stack_of(OLD), stack_of(OLD.replace(old, new))
    blocks = "p1" if heading == "¶1" else ""
    selector = Selector(heading, () if blocks else (tuple(heading.split(" … ")),), Place("n.md", 1), blocks=blocks)
    first, _ = anchor(selector, before)
    assert isinstance(first, Anchor)
    words = before.prose.words(first.span)
    memory = Remembered(before.prose.content, first.span, words, "", "", State.EXACT, 1.0, same=True)
    found, (told,) = anchor(selector, after, memory)
    assert isinstance(found, Anchor)
    assert after.prose.words(found.span) == words.replace(old, new)
    assert (found.state, round(found.score, 2), told.code) == (State.REWORDED, share, "G209")
    kept = f" ({percent(found.score)} kept)" if share < 1 else ""
    assert told.message == f"reworded{kept} in part: {message} (fox ¶1)"
    assert ("check --fix" in told.hint) is (share == 1), "a short word that went may have been a negation"
    later = Remembered(after.prose.content, found.span, words, "", "", State.REWORDED, found.score, same=True)
    assert anchor(selector, after, later)[1] == (told,)
    settled = replace(later, quotation=words.replace(old, new), state=State.EXACT)
    assert anchor(selector, after, settled) == (Anchor(selector, found.span, State.EXACT, 1.0), ())


def test_a_note_on_the_whole_text_is_on_it_whatever_its_words() -> None:
    before, after = stack_of(OLD), stack_of("Another text altogether.")
    selector = Selector("*", (), Place("n.md", 1), blocks="*")
    first, _ = anchor(selector, before)
    assert isinstance(first, Anchor)
    words = before.prose.words(first.span)
    memory = Remembered(before.prose.content, first.span, words, "", "", State.EXACT, 1.0, same=True)
    found, told = anchor(selector, after, memory)
    assert (found.state, told) == (State.EXACT, ())


def test_the_very_words_among_nearly_the_same_give_way_to_what_stands_among_all_that_is_known() -> None:
    """The twin has the words around it too, but for their signs and the beginning of the first."""
    home = "The old river. The equal tax lies along aa danger - said he."
    text = f"{home} At the border? The equal tax lies along a danger - said he."
    around = ("er. The equal tax lies along ", " - said he.")
    selector = Selector("a danger", (("a danger",),), Place("x.md"), prefix=around[0], suffix=around[1])
    found, told = anchor(selector, stack_of(text))
    assert isinstance(found, Anchor)
    assert (text[found.span.start : found.span.end], found.state) == ("aa danger", State.REWORDED)
    assert [one.code for one in told] == ["G209"]


def test_of_two_places_among_the_same_words_the_one_with_the_same_signs() -> None:
    text = "It was late, he said; and late it was. It was late (he said) and late it was."
    selector = Selector("he said", (("he said",),), Place("x.md"), prefix="late (", suffix=") and late")
    found, told = anchor(selector, stack_of(text))
    assert isinstance(found, Anchor)
    assert (text[found.span.start - 1], found.state, told) == ("(", State.EXACT, ())
