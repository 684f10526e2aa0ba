"""Corners of finding and naming that no other test comes by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.model.diagnostic import Place
from builder.model.lock import LockedReference, LockedText, Remembered
from builder.model.note import Anchor, Orphan, Selector, State
from builder.model.prose import Span
from builder.parse.selectors import selector_of
from builder.relate.align import Run, _joined
from builder.relate.anchor import anchor
from builder.relate.carry import FAR, carry
from builder.relate.contexts import votes
from builder.relate.elsewhere import Elsewhere
from builder.relate.found import Around, Fault
from builder.relate.kept import likeness
from builder.relate.locking import locked_text
from builder.relate.match import FEW, match
from builder.relate.memories import surroundings
from builder.relate.numbered import _joined as joined
from builder.relate.placing import Sought, ground, place
from builder.relate.quality import check_anchored
from builder.relate.quote import AROUND, quotations
from builder.relate.recall import recalled
from builder.relate.restate import mended_piece, restated, singled_out
from builder.relate.suggest import COMPARED, did_you_mean
from tests.relate.making import Site, prose_of, stack_of

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
CROW_AT = Span(OLD.index(CROW), OLD.index(CROW) + len(CROW))
LOST = "The crow lost the cheese"
AROUND_CROW = {"quotation": CROW, "prefix": "saw the grapes on the high wall. ", "suffix": " in the old tree. The hens"}


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
        (OLD, CROW, {"state": State.LOST}, ""),
        (MORE, "The crow lost the cheese", {"span": CROW_AT, "state": State.REWORDED, "quotation": LOST}, "reworded"),
        (OLD.replace("kept", "keeps"), CROW, {"span": None, "state": State.LOST, **AROUND_CROW}, "reworded"),
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
    assert carry("a fox", "fox").where(Span(1, 3)).span == Span(0, 1), "of a part of a word what is left of it"
    begun = carry(old, new).where(Span(start, start + len("the words. Here"))).span
    assert begun is not None
    assert new[begun.start : begun.end].strip() == ". Here", "of a passage that begins in it what is left"


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
    "pieces",
    [("saw", "nowhere", "else"), ("jumped", "A note"), ("fox", "\u00ad"), ("jumped", "\u00ad"), ("fox", "nowhere")],
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
    assert recalled(chosen("¶1"), within, memory) is None, "which it was isn't known: its number decides"
    known = recalled(chosen("¶1"), within, replace(memory, block="p1"))
    assert known is not None
    assert known[0].state is State.EXACT


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


def test_places_that_a_few_characters_tell_apart_are_one() -> None:
    """Two pieces of what stood before, between which a letter was put in."""
    starts, _ = votes("abcdefghijklmnopqrst", "", stack_of("abcdefghij-klmnopqrst the fox"), room=99)
    assert starts == [len("abcdefghijklmnopqrst")]


MANY = "A fox ran and “sat” in été. " * (FEW + 5)
"""Words that stand oftener than a context is looked for one by one."""


@pytest.mark.parametrize(
    ("heading", "settings", "found"),
    [
        ("fox", {"prefix": "sly"}, "fox"),
        ("fox", {"suffix": "slept"}, "fox"),
        ("fox", {"prefix": "“", "suffix": "slept"}, ""),
        ("“sat”", {"suffix": "still"}, "“sat”"),
        ("été", {"prefix": "one"}, "été"),
        ("fox", {"prefix": "été"}, ""),
        ("fox", {"prefix": "sly", "suffix": "été"}, ""),
    ],
)
def test_words_that_stand_very_often_are_told_apart_by_their_context(
    heading: str, settings: dict[str, str], found: str
) -> None:
    within = stack_of(f"{MANY}The sly fox slept, “sat” still, in one été.\n\n{MANY}\n")
    outcome = anchor(chosen(heading, **settings), within)[0]
    assert (within.prose.words(outcome.span) if isinstance(outcome, Anchor) else "") == found
    assert isinstance(outcome, Orphan) or outcome.span.start >= len(MANY)


@pytest.mark.parametrize(
    ("left", "before", "more"), [(0, "sly", True), (FEW // 4, "sly", False), (FEW // 2, "A", False)]
)
def test_when_all_effort_is_spent_nothing_is_told_apart(left: int, before: str, more: bool) -> None:
    within = stack_of(f"{MANY}The sly fox slept.\n")
    if not more:
        assert len(within.standing("fox").everywhere) > FEW
    within.effort.left = left
    found = match(("fox",), within, Around(within.main, before, ""))
    assert (found.fault, found.more) == (Fault.MANY, more)
    assert len(found.places) >= FEW


def test_what_was_lost_and_stands_again_elsewhere_has_moved() -> None:
    """What stood around it still stands, with nothing between."""
    old = "The fox saw the grapes on the high wall. The hens slept all the night."
    around = ("The fox saw the grapes on the high wall. ", " The hens slept all the night.")
    memory = Remembered(old, None, CROW, *around, State.LOST, 1.0, same=True)
    within = stack_of(f"{old} Much later it was said: {CROW} for good.")
    outcome = recalled(chosen(CROW), within, memory)
    assert outcome is not None
    assert isinstance(outcome[0], Anchor)
    assert (outcome[0].state, within.prose.words(outcome[0].span)) == (State.MOVED, CROW)
    assert [one.code for one in outcome[1]] == ["G208"]


def test_the_address_of_a_paragraph_that_became_a_heading_leads_to_no_other() -> None:
    """Headings have no number by which a reference could mean them."""
    site = Site({"fox.md": f"First.\n\n## {CROW} in the old tree\n\nLast.\n"})
    old = locked_text("fox", prose_of(f"First.\n\n{CROW} in the old tree.\n\nLast.\n"))
    old = LockedText("fox", tuple(replace(one, id="p7") if one.id == "p2" else one for one in old.blocks))
    was = LockedReference("note:a", 0, "fox ¶2", "fox", ("p7",))
    assert joined(site.fables.edition.texts[0], was, old) == was


REPEATED = "Once there was a fox, and one fox more, as the old people of the valley say. "


def test_words_that_stand_twice_are_quoted_with_all_that_tells_them_apart() -> None:
    site = Site(
        {"fox.md": f"Here. {REPEATED * 4}There.\n", "fox.notes.md": '## one fox more {before="a fox, and"}\nx\n'}
    )
    note = site.fables.edition.notes[0]
    span = Span(site.fables.edition.texts[0].prose.content.index("one fox more", 100), 0)
    found = replace(
        site.fables, notes={note.id: (Anchor(note.selectors[0], Span(span.start, span.start + 12), State.EXACT, 1.0),)}
    )
    (made,) = quotations(found).values()
    assert len(made.prefix) + len(made.suffix) > 2 * AROUND
    content = site.fables.edition.texts[0].prose.content
    assert content.count(f"{made.prefix}{made.exact}{made.suffix}") == 1


def test_a_question_about_a_picture_leads_to_it() -> None:
    files = {"fox.md": "A fox.\n\n![A](b.png)\n\n![B](c.png)\n\nA hen.\n"}
    site = Site({**files, "questions.md": '## Why? {#why about="fox ¶2; fox ¶3"}\n'})
    referred, told = site.referred()
    assert not told
    addresses = [link.address for link in referred.about["why"]]
    assert [one.id for one in addresses if one is not None] == ["fox-p2", "fox-p3"]
    pictured = site.fables.about["why", 0]
    assert isinstance(pictured, Anchor)
    moved = replace(site.fables, about={**site.fables.about, ("why", 0): replace(pictured, state=State.MOVED)})
    (link, _) = site.referred(moved)[0].about["why"]
    assert link.address is not None
    assert (link.address.kind, link.address.id) == ("text", "fox"), "of one that moved nobody can say which it is"
