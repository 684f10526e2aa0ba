"""Corners of finding and naming that no other test comes by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.model.diagnostic import Place
from builder.model.lock import Remembered
from builder.model.note import Orphan, Selector, State
from builder.model.prose import Span
from builder.parse.selectors import selector_of
from builder.relate.align import Run, _joined
from builder.relate.anchor import anchor
from builder.relate.carry import FAR, carry
from builder.relate.elsewhere import Elsewhere
from builder.relate.kept import likeness
from builder.relate.memories import surroundings
from builder.relate.placing import Sought, ground, place
from builder.relate.quality import check_anchored
from builder.relate.recall import recalled
from builder.relate.restate import mended_piece, restated, singled_out
from builder.relate.suggest import COMPARED, did_you_mean
from tests.relate.making import Site, stack_of

NOWHERE = Place("fox.notes.md", 1)
FOX = stack_of("# The fox\n\nThe fox saw grapes. The fox jumped.\n\n- one\n\n  two\n\nAn end[^1].\n\n[^1]: A note.\n")


def chosen(heading: str, **more: str) -> Selector:
    return selector_of(heading, NOWHERE, **more)


def test_small_parts() -> None:
    assert _joined([Run(0, 0, 0), Run(0, 0, 2), Run(2, 2, 1), Run(4, 4, 1)]) == [Run(0, 0, 3), Run(4, 4, 1)]
    assert likeness("fox", "fox") == 1.0
    assert FOX.normal.span(3, 3) == Span(3, 3)
    assert did_you_mean("fix", ["fox", *(f"a{n}" for n in range(COMPARED + 1))]) == "did you mean “fox”?"
    assert surroundings("ab " * 400, Span(600, 602))[0]


def test_what_lies_between_blocks_is_in_none() -> None:
    content = FOX.prose.content
    assert FOX.block_at(content.index("\n\nAn end")) is None
    inner = FOX.block_at(content.index("two"))
    assert inner is not None
    assert FOX.prose.words(inner.span) == "one\n\ntwo"


def test_a_selector_said_anew() -> None:
    ranged = chosen("The fox saw … never there")
    span = Span(FOX.prose.content.index("jumped"), FOX.prose.content.index("jumped") + 6)
    mended = mended_piece(ranged, FOX, span)
    assert mended is not None
    assert mended.heading == "The fox saw … jumped"
    assert mended_piece(chosen("nowhere … never there"), FOX, span) is None
    same = stack_of("a " * 400 + "a")
    assert singled_out(chosen("a"), same, Span(400, 401)) is None
    between = FOX.prose.content.index("\n\nAn end")
    assert restated(chosen("The fox"), FOX, Span(between, between + 1)) is None


def memory_of(old: str, words: str, **more: object) -> Remembered:
    start = old.index(words)
    known = Remembered(old, Span(start, start + len(words)), words, "", "", State.EXACT, 1.0, same=True)
    return replace(known, **more)  # type: ignore[arg-type]


OLD = "The fox saw the grapes on the high wall. The crow kept the cheese in the old tree. The hens slept all the night."

CROW = "The crow kept the cheese"
MORE = f"{OLD} And so on."


@pytest.mark.parametrize(
    ("new", "heading", "more", "state"),
    [
        (OLD.replace("kept", "lost"), "¶1", {"state": State.REWORDED}, "reworded"),
        (OLD, CROW, {"state": State.REWORDED, "quotation": "The crow lost the cheese"}, "reworded"),
        (MORE, CROW, {"state": State.REWORDED, "quotation": "The crow lost a cheese"}, "exact"),
        (MORE, CROW, {"span": None, "state": State.LOST}, "moved"),
        (MORE, CROW, {"span": None, "state": State.LOST, "settled": True}, "lost"),
        ("The hens slept.", CROW, {"span": None, "state": State.LOST, "settled": True}, "lost"),
        (OLD.replace("kept", "had"), CROW, {"span": None, "state": State.LOST}, "lost"),
        ("A frog. " + OLD, "", {}, ""),
    ],
)
def test_what_is_remembered_in_part(new: str, heading: str, more: dict[str, object], state: str) -> None:
    within = stack_of(new)
    words = heading if heading and not heading.startswith("¶") and heading in OLD else OLD
    selector = chosen(heading) if heading else Selector("", (), NOWHERE, "", "", "", "")
    outcome = recalled(selector, within, memory_of(OLD, words, **more))
    assert (outcome[0].state.value if outcome is not None else "") == state


def test_a_gap_that_is_too_wide_holds_nothing() -> None:
    old = "Here it begins. " + "x" * FAR + " the words. Here it ends."
    new = "Here it begins. " + "y" * (FAR + 1) + ". Here it ends."
    start = old.index("the words")
    assert carry(old, new).where(Span(start, start + 9)).span is None
    assert carry("a b", "").where(Span(0, 1)).share == 0


def test_a_quotation_with_strange_surroundings() -> None:
    within = ground(FOX)
    assert place(Sought("grapes", "never ", " there"), within, NOWHERE).state is State.LOST
    assert place(Sought("fox", "", "", Span(0, 3)), within, NOWHERE).state in (State.AMBIGUOUS, State.EXACT)


def test_three_readings_of_which_none_stands() -> None:
    selector = replace(chosen("fox … hens"), readings=(("grapes", "nowhere"), ("nowhere",), ("saw", "never")))
    assert isinstance(anchor(selector, FOX)[0], Orphan)


def test_references_that_lead_to_nothing_in_particular() -> None:
    site = Site(
        {
            "fox.md": "A fox leapt.\n",
            "fox.notes.md": "## fox {#a}\nSee [[#b]], [[text:hen]], [[text:fxo]], [@x] and [@x].\n\n"
            "## * {#b}\nWhole.\n\n"
            "## {#c .own}\nx\n",
            "sources.json": "[]",
            "glossary.md": '## ox {not="fox hunt"}\nAn animal.\n',
        }
    )
    _, told = site.referred()
    assert [one.code for one in told] == ["G401", "G401", "G403", "G403"]


@pytest.mark.parametrize(
    "pieces", [("saw", "nowhere", "else"), ("jumped", "A note"), ("fox", "\u00ad"), ("fox", "nowhere")]
)
def test_ranges_that_end_nowhere(pieces: tuple[str, ...]) -> None:
    selector = replace(chosen("fox … hens"), readings=(pieces,))
    assert isinstance(anchor(selector, FOX)[0], Orphan)
    assert isinstance(anchor(Selector("", (), NOWHERE, "", "", "", ""), FOX)[0], Orphan)


def test_a_block_said_anew() -> None:
    main = FOX.prose.main
    whole = restated(chosen("¶1"), FOX, main)
    assert whole is not None
    assert whole.heading == "*"
    between = FOX.prose.content.index("\n\nAn end")
    assert restated(chosen("¶1"), FOX, Span(between, between + 2)) is None


def test_a_long_quotation_with_other_surroundings_has_moved() -> None:
    long = "The crow kept the cheese in the old tree. The hens slept all the night"
    assert place(Sought(long, "qqq qqq qqq ", " zzz zzz zzz"), ground(stack_of(OLD)), NOWHERE).state is State.MOVED


def test_a_picture_stays_where_it_was() -> None:
    within = stack_of("![a](b.png)\n\nMore words.\n")
    memory = Remembered("\n\nWords.", Span(0, 0), "", "", "", State.EXACT, 1.0, same=True)
    assert recalled(chosen("¶1"), within, memory) is not None


def test_what_is_sought_in_a_paragraph_that_is_gone() -> None:
    selector = replace(chosen(CROW), within="p9")
    outcome = recalled(selector, stack_of(MORE), memory_of(OLD, CROW, state=State.MOVED))
    assert outcome is None or outcome[0].state is not State.EXACT


def test_no_more_is_sought_elsewhere_than_is_allowed() -> None:
    elsewhere = Elsewhere(lambda one, within: anchor(one, within)[0], left=0)
    assert elsewhere.hint(chosen("grapes"), FOX, [FOX]) == ""
    assert Elsewhere(lambda one, within: anchor(one, within)[0]).hint(chosen("grapes"), FOX, [FOX]) != ""


def test_four_notes_on_the_last_words() -> None:
    notes = "".join(f"## leapt {{#n{number}}}\nx\n\n" for number in range(4))
    site = Site({"fox.md": "A fox leapt.\n", "fox.notes.md": notes})
    assert [one.code for one in check_anchored(site.fables)] == ["G606"]
