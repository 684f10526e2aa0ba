"""A text as a lock holds it is the text; a place is the same place again; what is lost keeps its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.lock import Lock, LockedBlock, LockedReference, Remembered, digest_of_typed
from builder.model.note import Anchor, Orphan, State
from builder.model.prose import Span
from builder.parse.lock import parse, parse_lock, serialize
from builder.relate.anchor import anchor_edition
from builder.relate.locking import found_at, locked, locked_text, settle
from builder.relate.memories import memories, surroundings
from tests.parse.test_lock import source
from tests.relate.making import Site, prose_of
from tests.weave.test_laws import SOURCES as PLAIN_SOURCES

if TYPE_CHECKING:
    from builder.model.lock import Key, LockedText
    from builder.model.view import Anchored

FORMS = st.sampled_from(
    [
        "A word.",
        "Two\nlines  \nand a break.",
        "# A heading",
        "## Another",
        "- one\n- two\n\n  and more\n\n      code\n- three\n  1. inner\n  2. second",
        "- - - deep",
        "-\n- after an empty one",
        "> said she\n>\n> - in a list\n>   - deeper\n>\n> and again",
        "> one paragraph",
        "| a | b |\n|---|---|\n| c | |\n| | d |",
        "| A line of verse\n|   and its indent\n|\n| another stanza",
        "```\n\n\ncode\n\n\n\nwith blank lines\n\n\n```",
        "```\n```",
        "    indented\n\n\n    code\n",
        "![only a picture](x.png)",
        "![](x.png) with words",
        "Term\n: its definition\n\n: another\n\n  in two parts\n\n  - with a list",
        "Term\n: - a list alone",
        "Called[^1] and again[^2].\n\n[^1]: A note.\n\n    In two parts.\n\n[^2]:     code of a note",
        "<div>\n\nraw\n\n</div>",
        "<b>words</b> &#13; &#12; \\\\ backslash",
        "***",
        "日本語の文。",
        "a\tb \u2028 c",
    ]
)
SOURCES = st.lists(FORMS, max_size=7).map("\n\n".join) | PLAIN_SOURCES


def again(text: LockedText) -> LockedText:
    """After it was written and read."""
    return parse(serialize(Lock((text,)))).texts[0]


@given(SOURCES, st.booleans())
@settings(max_examples=400)
def test_a_locked_text_is_the_text(written: str, dek: bool) -> None:
    prose = prose_of(written, dek=dek)
    text = again(locked_text("fox", prose))
    assert text == locked_text("fox", prose)
    assert text.content == prose.content
    blocks = (*prose.blocks, *(footnote.block for footnote in prose.footnotes))
    named = {block.id for block in text.blocks} | {address for _, address in text.bare}
    assert named - {""} == {block.id for block in blocks}, "every address is kept"


@given(SOURCES)
@settings(max_examples=200)
def test_a_block_begins_where_the_lock_says(written: str) -> None:
    prose = prose_of(written)
    text = locked_text("fox", prose)
    begins, bare = text.begins(), {address for _, address in text.bare}
    for block in (*prose.blocks, *(footnote.block for footnote in prose.footnotes)):
        inner = any(
            other.id != block.id and other.span.start == block.span.start and block.span.holds(other.span)
            for other in prose.blocks
        )
        if block.id not in bare and not inner:
            assert begins[block.id] == block.span.start


def test_blocks_in_their_places() -> None:
    text = locked_text("fox", prose_of("# T\n\n![](x.png)\n\nOne.\n\n```\na\n\nb\n```\n\n- - in\n\n![](y.png)"))
    assert text.blocks == (
        LockedBlock("title", "T"),
        LockedBlock("p2", "One."),
        LockedBlock("p3", "a"),
        LockedBlock("p3", "b\n"),
        LockedBlock("p4", "in"),
    )
    assert text.bare == ((1, "p1"), (5, "p5"))


FOX = """# Of foxes

A fox saw grapes. The grapes hung high.

“Sour grapes,” said the fox, and left.
"""
NOTES = """## A fox {#fox}
Which.

## Sour grapes {#sour}
## left
Twice.

## ¶1 {#all}
Whole.
"""
TIES = "## fox “A fox saw” → fox “said the fox” {#tie .echoes}\n"


def edition(**files: str) -> Anchored:
    named = {"fox.md": FOX, "fox.notes.md": NOTES, "crossrefs.md": TIES}
    named.update({f"{name.replace('_', '.')}.md": text for name, text in files.items()})
    return Site(named).fables


def known(now: Anchored, *sides: Lock) -> dict[Key, Remembered]:
    return dict(memories(now.edition, sides))


def first() -> Lock:
    return locked(edition(), (), {})


def test_what_stands_is_remembered_where_it_stands() -> None:
    now, lock = edition(), parse(serialize(first()))
    found = known(now, lock)
    assert found.keys() == {("note", "fox", 0), ("note", "sour", 0), ("note", "sour", 1), ("note", "all", 0)} | {
        ("crossref", "tie", 0),
        ("crossref", "tie", 1),
    }
    prose = now.edition.texts[0].prose
    for (sort, name, index), one in found.items():
        anchored = now.notes[name][index] if sort == "note" else now.crossrefs[name][index]
        assert isinstance(anchored, Anchor)
        assert one.span == anchored.span
        assert one.old == prose.content
        assert one.quotation == prose.words(anchored.span)
        assert f"{one.prefix}{one.quotation}{one.suffix}" in prose.content
        assert (one.state, one.score, one.same) == (State.EXACT, 1.0, True)
    again, told = anchor_edition(now.edition, found)
    assert (again, told) == anchor_edition(now.edition)
    assert locked(again, (lock,), found) == lock


def test_another_heading_is_known_to_be_another() -> None:
    now = edition(fox_notes=NOTES.replace("## A fox {", "## A fox saw {"))
    assert not known(now, first())["note", "fox", 0].same
    assert known(now, first())["note", "sour", 0].same


STACKED = """## A fox {#sour}
## Sour grapes
## left
Three.
"""


@pytest.mark.parametrize(
    ("heading", "quotations"),
    [
        ("## hung high {#sour}\n## A fox\n## Sour grapes\n## left\n", ["", "A fox", "Sour grapes", "left"]),
        ("## Sour grapes {#sour}\n## left\n", ["Sour grapes", "left"]),
        ("## left {#sour}\n## A fox\n", ["left", "A fox"]),
        ("## A fox {#sour}\n## grapes\n## left\n", ["A fox", "Sour grapes (another)", "left"]),
        ("## Sour grapes {#sour}\n## left\n## A fox\n", ["Sour grapes", "left", "A fox"]),
        ("## Sour grapes {#sour}\n## left\n## fox\n", [f"{one} (another)" for one in ("A fox", "Sour grapes", "left")]),
        ("## A fox {#sour}\n## left\n## hung high\n## Sour grapes\n", ["A fox", "left", "", "Sour grapes"]),
    ],
)
def test_of_several_headings_each_is_known_by_what_it_says(heading: str, quotations: list[str]) -> None:
    lock = locked(edition(fox_notes=STACKED), (), {})
    found = known(edition(fox_notes=f"{heading}Three.\n"), lock)
    said = {
        key[2]: one.quotation if one.same else f"{one.quotation} (another)"
        for key, one in found.items()
        if key[:2] == ("note", "sour")
    }
    assert [said.get(index, "") for index in range(len(quotations))] == quotations


def test_what_is_lost_keeps_its_words_at_every_build() -> None:
    lock = first()
    gone = FOX.replace("“Sour grapes,” said the fox, and left.", "She went away.")
    now = edition(fox=gone)
    for _ in range(3):
        found = known(now, lock)
        anchored, _ = anchor_edition(now.edition, found)
        assert isinstance(anchored.notes["sour"][0], Orphan)
        lock = parse(serialize(locked(anchored, (lock,), found)))
    one = known(now, lock)["note", "sour", 0]
    assert (one.span, one.quotation, one.suffix) == (None, "Sour grapes", ",” said the fox, and left.")
    assert one.prefix.endswith("hung high.\n\n“")
    back = edition()
    anchored, _ = anchor_edition(back.edition, known(back, lock))
    assert locked(anchored, (lock,), known(back, lock)) == first()


def test_what_never_stood_has_no_line() -> None:
    now = edition(fox_notes="## an owl {#owl}\nNone.\n")
    assert [one.id for one in locked(now, (), {}).selectors] == ["tie", "tie"]


@pytest.mark.parametrize("state", [State.MOVED, State.REWORDED])
def test_what_is_no_longer_exact_keeps_the_words_that_it_had(state: State) -> None:
    """The state and the old words last until the author settles it."""
    now = edition()
    found = now.notes["fox"][0]
    assert isinstance(found, Anchor)
    doubtful = Anchor(found.selector, Span(found.span.start + 2, found.span.end), state, 0.1 + 0.2)
    anchored = replace(now, notes={**now.notes, "fox": (doubtful,)})
    before = Remembered("old", Span(0, 3), "An owl", "before ", " after", State.EXACT, 1.0, True)
    lock = parse(serialize(locked(anchored, (), {("note", "fox", 0): before})))
    one = known(anchored, lock)["note", "fox", 0]
    assert (one.quotation, one.prefix, one.suffix) == ("An owl", "before ", " after")
    assert (one.span, one.state, one.score, one.same) == (doubtful.span, state, 0.1 + 0.2, True)
    assert locked(anchored, (lock,), known(anchored, lock)) == lock


def test_a_selector_that_is_gone_goes() -> None:
    now = edition(fox_notes="## A fox {#fox}\nWhich.\n")
    lock = locked(now, (first(),), known(now, first()))
    assert {one.id for one in lock.selectors} == {"fox", "tie"}


def test_of_a_text_that_could_not_be_read_all_stays() -> None:
    now = edition(fox="")
    assert now.edition.texts[0].unread
    lock = locked(now, (first(),), known(now, first()))
    assert lock == first()


def test_a_note_in_another_text_is_another() -> None:
    now = Site({"fox.md": FOX, "owl.md": FOX, "owl.notes.md": NOTES}).fables
    assert known(now, first()) == {}


# what was merged, edited or damaged


def test_a_place_that_does_not_hold_its_words_is_forgotten_alone() -> None:
    written = serialize(first())
    line = next(line for line in written.split("\n") if line.startswith("note\tfox"))
    for place in ("p1+1..p1+6", "p9+0..p9+5", "p1+5..p1+0", "p2+900..p2+905", "+0..+5"):
        other = line.replace("p1+0..p1+5", place)
        assert other != line
        found = known(edition(), parse(written.replace(line, other)))
        assert ("note", "fox", 0) not in found
        assert len(found) == 5


def test_an_edit_elsewhere_in_the_text_costs_nothing() -> None:
    """A merge took another's paragraph and kept our places: they are counted within their own."""
    lock = parse(serialize(first()).replace("block\tp1\tA fox saw grapes.", "block\tp1\tA small red fox saw grapes."))
    found = known(edition(), lock)
    assert {key for key in found if found[key].span} == {
        ("note", "sour", 0),
        ("note", "sour", 1),
        ("crossref", "tie", 1),
    }


def test_of_two_sides_each_gives_what_agrees_with_itself() -> None:
    ours = serialize(first())
    theirs = ours.replace("grapes hung", "sweet grapes hung").replace("p1+0..p1+5", "p1+2..p1+5")
    sides, _ = parse_lock(source(f"<<<<<<< a\n{theirs}=======\n{ours}>>>>>>> b\n"))
    assert sides is not None
    found = memories(edition().edition, sides)
    assert "sweet" not in found["note", "fox", 0].old
    assert "sweet" in found["note", "sour", 0].old
    assert len(found) == 6


@given(st.data())
@settings(max_examples=150)
def test_no_lock_is_a_reason_to_stop(data: st.DataObject) -> None:
    written = serialize(first())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(written)))
        end = data.draw(st.integers(start, min(len(written), start + 60)))
        some = data.draw(st.sampled_from(["", "\n", "\t", "9", "-", "\n<<<<<<< a\n", "\n=======\n", "\\", "é"]))
        written = written[:start] + some + written[end:]
    sides, _ = parse_lock(source(written))
    now = edition()
    found = memories(now.edition, sides or ())
    anchored, _ = anchor_edition(now.edition, found)
    assert anchored == now
    assert locked(anchored, sides or (), found) == first()


# surroundings


@given(st.text("ab \n", max_size=400), st.data())
def test_surroundings_tell_a_place_from_every_other(content: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    prefix, suffix = surroundings(content, Span(start, end))
    around = f"{prefix}{content[start:end]}{suffix}"
    assert content[start - len(prefix) : end + len(suffix)] == around
    assert around == content or content.count(around) == 1


def test_a_digest_is_of_all_that_was_typed() -> None:
    notes = (
        '## fox {#n in="¶2"}\nN.\n',
        '## fox {#n before="A"}\nN.\n',
        '## fox {#n after="A"}\nN.\n',
        "## Fox {#n}\n",
    )
    typed = {digest_of_typed(edition(fox_notes=one).edition.notes[0].selectors[0]) for one in notes}
    assert len(typed) == len(notes)


def test_what_a_lock_has_of_paragraphs_alone_is_remembered_where_it_can_be() -> None:
    """Older locks have no more of what a question is about and a reference quotes than its paragraph."""
    quoting = NOTES + "See [[fox ¶2 “Sour grapes”]] and [[fox ¶2 “sweet grapes”]].\n"
    now = edition(fox_notes=quoting, questions='## Why? {#why about="fox ¶1; fox ¶2"}\n')
    asked = [
        LockedReference("about:why", index, f"fox ¶{index + 1}", "fox", (f"p{1 + 8 * index}",)) for index in (0, 1)
    ]
    quoted = [
        LockedReference("note:all", index, f"fox ¶2 “{words} grapes”", "fox", ("p2",))
        for index, words in enumerate(("Sour", "sweet"))
    ]
    found = known(now, Lock(first().texts, (), (*asked, *quoted), ()))
    assert {key: one.quotation for key, one in found.items()} == {
        ("question", "why", 0): "A fox saw grapes. The grapes hung high.",
        ("quoted", "fox ¶2 “Sour grapes”", 0): "Sour grapes",
    }


def test_what_has_neither_place_nor_words_is_not_remembered() -> None:
    lock = first()
    bare = tuple(replace(one, place=None, kept=None, stood="") for one in lock.selectors)
    assert known(edition(), replace(lock, selectors=bare)) == {}


def test_what_an_author_says_of_a_terms_place_holds() -> None:
    now = edition(glossary='## vine {at="fox “The grapes”" not-at="fox “the fox”"}\nA plant.\n')
    key = ("at", "vine", 0)
    found = found_at(now, key)
    assert isinstance(found, Anchor)
    assert found_at(now, ("at", "vine", 1)) is None
    lost = Orphan(found.selector, State.LOST, settled=True)
    settled, remembered = settle(now, {}, {key: lost})
    assert found_at(settled, key) == lost
    assert found_at(settled, ("not-at", "vine", 0)) == found_at(now, ("not-at", "vine", 0))
    assert remembered.keys() == {key}
