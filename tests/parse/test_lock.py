"""anchors.lock: what is written is read again as it was; whatever else stands there is told once and costs little."""

from __future__ import annotations

import hashlib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.lock import (
    Lock,
    LockedBlock,
    LockedNote,
    LockedNotes,
    LockedPlace,
    LockedReference,
    LockedSelector,
    LockedText,
)
from builder.model.note import State
from builder.model.site import Source
from builder.parse.lock import HEAD, parse, parse_lock, serialize

NAMES = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?", fullmatch=True)
WORDS = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"],
        include_characters="\n\t\r\f\\\u2028\u2029\ufeff",
    ),
    max_size=20,
) | st.sampled_from(["", "\n", "\\n", "\\x0;", "<<<<<<< ours", "=======", "a\tb"])
DIGESTS = st.text("0123456789abcdef", min_size=12, max_size=12)
NUMBERS = st.integers(0, 10**8)


NOTES = st.builds(LockedNote, NAMES, DIGESTS, DIGESTS | st.just("")) | st.builds(LockedNote, NAMES)
"""One whose id was made, with a body or without; one whose id was given."""


@st.composite
def texts(draw: st.DrawFn, name: str) -> LockedText:
    blocks = draw(st.lists(st.builds(LockedBlock, NAMES | st.just(""), WORDS), max_size=4))
    bare = draw(st.lists(st.tuples(st.integers(0, len(blocks)), NAMES), max_size=3))
    aliases = draw(st.dictionaries(NAMES, NAMES, max_size=3))
    return LockedText(name, tuple(blocks), tuple(sorted(aliases.items())), tuple(sorted(bare, key=lambda one: one[0])))


@st.composite
def selectors(draw: st.DrawFn, key: tuple[str, str, int]) -> LockedSelector:
    place = draw(st.none() | st.builds(LockedPlace, NAMES, NUMBERS, NAMES, NUMBERS))
    kept = st.tuples(WORDS, WORDS, WORDS)
    return LockedSelector(
        *key,
        layer=draw(NAMES | st.just("")),
        text=draw(NAMES),
        typed=draw(DIGESTS),
        state=draw(st.sampled_from(State)),
        score=draw(st.floats(0, 1)),
        place=place,
        stood=draw(DIGESTS) if place else "",
        kept=draw(kept | st.none() if place else kept),
    )


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    names = sorted(draw(st.sets(NAMES, max_size=3)))
    keys = st.tuples(st.sampled_from(["note", "crossref"]), NAMES, st.integers(0, 99))
    return Lock(
        tuple(draw(texts(name)) for name in names),
        tuple(draw(selectors(key)) for key in sorted(draw(st.sets(keys, max_size=4)))),
        tuple(
            LockedReference(*key, draw(WORDS), draw(NAMES), tuple(draw(st.lists(NAMES, min_size=1, max_size=2))))
            for key in sorted(draw(st.sets(st.tuples(NAMES, st.integers(0, 99)), max_size=3)))
        ),
        tuple(
            LockedNotes(*file, tuple(draw(st.lists(NOTES, min_size=1, max_size=4, unique_by=lambda note: note.id))))
            for file in sorted(draw(st.sets(st.tuples(NAMES, NAMES), max_size=3)))
        ),
    )


def source(text: str) -> Source:
    return Source("fox/anchors.lock", text, hashlib.sha256(text.encode()).hexdigest())


@given(locks())
def test_what_is_written_is_read(lock: Lock) -> None:
    written = serialize(lock)
    assert parse(written) == lock
    assert parse_lock(source(written)) == ((lock,), ())
    assert serialize(parse(written)) == written


@given(locks())
def test_one_thing_stands_on_one_line(lock: Lock) -> None:
    """What begins a line says what it is: no words of an author's can be taken for it, nor for a merge's marks."""
    lines = serialize(lock).splitlines()
    of_texts = sum(1 + len(text.blocks) + len(text.bare) + len(text.aliases) for text in lock.texts)
    of_notes = sum(len(file.notes) for file in lock.notes)
    assert len(lines) == 1 + of_texts + len(lock.selectors) + len(lock.references) + of_notes
    kinds = ("text", "block", "alias", "note", "crossref", "ref", "made", "given")
    assert all(line.split("\t")[0] in kinds for line in lines[1:])


FOX = f"""{HEAD}
text\tfox
block\ttitle\tOf foxes
block\tp1\tThe fox, the grapes.
note\tgrapes\t0\teditor\tfox\t0123456789ab\texact\tp1+9..p1+19\t0123456789ab
note\told\t0\teditor\tfox\t0123456789ab\tlost\t-\t-\tsour\tthe \t vine
"""

DAMAGED = {
    "nothing": ("", 1, 0),
    "another file": ("words\nand more\n", 1, 0),
    "no head": (FOX.split("\n", 1)[1], 1, 2),
    "a cut line": (FOX.rpartition("\tsour")[0], 6, 1),
    "an unknown kind": (FOX + "ref\tfox\t4\n", 7, 2),
    "a number that is none": (FOX.replace("\t0\teditor\tfox\t0123456789ab\texact", "\tx\teditor\tfox\t0\texact"), 5, 1),
    "a huge number": (FOX.replace("p1+9", "p1+" + "9" * 5000), 5, 1),
    "a negative one": (FOX.replace("p1+9", "p1+-9"), 5, 1),
    "an unknown state": (FOX.replace("exact", "certain"), 5, 1),
    "a digest of a passage that is none": (FOX.replace("p1+19\t0123456789ab", "p1+19\tx"), 5, 1),
    "a score that is none": (FOX.replace("exact", "reworded nan"), 5, 1),
    "a line twice": (FOX + FOX.splitlines()[4] + "\n", 7, 2),
    "a text twice": (FOX + "text\tfox\nblock\tp9\tMore.\n", 7, 2),
    "an escape that is none": (FOX.replace("The fox", "The\\qfox"), 4, 2),
    "a control character": (FOX.replace("The fox", "The\\x0;fox"), 4, 2),
    "words before a text": (FOX.replace("text\tfox\n", ""), 2, 2),
    "too many fields": (FOX.replace("grapes.", "grapes.\tMore."), 4, 2),
    "a made id without digests": (FOX + "made\tfox\teditor\tgrapes\n", 7, 2),
    "a digest that is none": (FOX + "made\tfox\teditor\tgrapes\t0123456789ab\tx\n", 7, 2),
    "no digest of a heading": (FOX + "made\tfox\teditor\tgrapes\t-\t-\n", 7, 2),
    "a made id without a layer": (FOX + "made\tfox\t\tgrapes\t0123456789ab\t-\n", 7, 2),
    "a given id with more": (FOX + "given\tfox\teditor\tgrapes\t0123456789ab\t-\n", 7, 2),
    "a given id twice": (FOX + "given\tfox\teditor\tgrapes\n" * 2, 8, 2),
    "a reference's number that is none": (FOX + "ref\tnote:a\tx\tfox ¶1\tfox\tp1\n", 7, 2),
    "a reference to three paragraphs": (FOX + "ref\tnote:a\t0\tfox ¶1\tfox\tp1\tp2\tp3\n", 7, 2),
    "a made id that no words make": (FOX + 'made\tfox\teditor\t"><b>x</b>\t0123456789ab\t-\n', 7, 2),
    "a made id without an end": (FOX + f"made\tfox\teditor\t{'n' * 5000}\t0123456789ab\t-\n", 7, 2),
    "more stretches than a text has": (FOX.replace("block\tp1", "block\tp7\tx\n" * 60_000 + "block\tp1"), 60_003, 2),
    "more letters than a text has": (FOX.replace("The fox", "The fox " * 1_100_000), 4, 2),
    "a very long line": (FOX + "x" * 10_000_000, 7, 2),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_damage_is_told_once(case: str) -> None:
    """And costs what stood there: `left` selectors are read all the same."""
    text, line, left = DAMAGED[case]
    sides, told = parse_lock(source(text))
    assert sides is not None
    assert [(one.code, one.place.line) for one in told] == [("G212", line)]
    assert len(sides[0].selectors) == left


def test_a_newer_lock_is_left_alone() -> None:
    sides, told = parse_lock(source(FOX.replace("anchors 1", "anchors 2")))
    assert sides is None
    assert [one.code for one in told] == ["G213"]


@pytest.mark.parametrize("head", ["anchors 2", "anchors 99999999999999999999"])
def test_neither_side_of_a_merge_is_replaced_where_one_is_newer(head: str) -> None:
    other = FOX.replace("anchors 1", head)
    merged = f"<<<<<<< ours\n{FOX}=======\n{other}>>>>>>> theirs\n"
    for text in (other, merged):
        sides, told = parse_lock(source(text))
        assert sides is None
        assert [one.code for one in told] == ["G213"]


def test_more_lines_than_any_lock_has_are_not_read() -> None:
    sides, told = parse_lock(source(FOX + "\n" * 500_001))
    assert sides is not None
    assert not sides[0].texts
    assert [(one.code, "500,000 lines" in one.message) for one in told] == [("G212", True)]


def test_no_list_is_made_of_a_line_that_is_all_tabs() -> None:
    tracemalloc.start()
    parse_lock(source(FOX + "\t" * 2_000_000 + "\nnote" + "\t" * 2_000_000 + "\n"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16_000_000  # a list of so many empty words alone has as much


def test_no_lock_holds_nothing() -> None:
    assert parse_lock(None) == ((), ())


OURS, THEIRS = FOX.replace("grapes.", "sweet grapes."), FOX.replace("The fox", "A red fox")
HEADS, BASES, BETWEENS, ENDS = "<<<<<<< HEAD", "||||||| 1a2b3c4", "=======", ">>>>>>> theirs"


def merged(*, base: bool) -> str:
    """Two sides that changed one block."""
    lines = FOX.splitlines()
    common = [BASES, lines[3]] if base else []
    conflict = [HEADS, OURS.splitlines()[3], *common, BETWEENS, THEIRS.splitlines()[3], ENDS]
    return "\n".join([*lines[:3], *conflict, *lines[4:]]) + "\n"


@pytest.mark.parametrize("base", [False, True])
def test_a_merge_has_two_sides(base: bool) -> None:
    sides, told = parse_lock(source(merged(base=base)))
    assert [(one.code, one.place.line) for one in told] == [("G211", 4)]
    assert sides == (parse(OURS), parse(THEIRS))


@given(st.lists(st.sampled_from([HEADS, BASES, BETWEENS, ENDS, *FOX.splitlines()]), max_size=12))
def test_marks_in_any_order_are_no_reason_to_stop(lines: list[str]) -> None:
    sides, told = parse_lock(source("\n".join(lines)))
    assert sides is not None
    assert len(told) <= 1


@given(locks(), st.data())
def test_whatever_is_done_to_it_it_is_read(lock: Lock, data: st.DataObject) -> None:
    written = serialize(lock)
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start, len(written)))
    sides, told = parse_lock(source(written[:start] + data.draw(st.text(max_size=30)) + written[end:]))
    assert sides is None or all(parse(serialize(side)) == side for side in sides)
    assert len(told) <= 1


@given(st.text())
def test_anything_is_read(text: str) -> None:
    parse_lock(source(text))


@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda some: FOX.encode() + some))
def test_any_bytes_are_read(content: bytes) -> None:
    from tempfile import TemporaryDirectory

    from builder.shell.texts import read_source

    with TemporaryDirectory() as folder:
        place = Path(folder) / "anchors.lock"
        place.write_bytes(content)
        read, told = read_source(str(place), "anchors.lock")
    assert not told
    assert len(parse_lock(read)[1]) <= 1
