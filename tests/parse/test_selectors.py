"""Headings as selectors, passages outside of a text, the headings of cross-references, and ids."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.diagnostic import Place
from builder.model.site import Source
from builder.parse.crossrefs import parse_crossrefs, splits
from builder.parse.ids import Wish, key, settle, slug
from builder.parse.passages import read_passage
from builder.parse.selectors import read_within, selector_of
from tests.parse.tables import cases

PLACE = Place("fox/fox.notes.md", 3, 4)
RELATIONS = ("answers", "agrees", "quotes")


@pytest.mark.parametrize("case", cases("selectors"))
def test_selectors(case: dict[str, Any]) -> None:
    selector = selector_of(case["words"], PLACE, within="p4", prefix="a", suffix="b")
    assert selector.blocks == case.get("blocks", "")
    assert [list(reading) for reading in selector.readings] == case.get("readings", [])
    assert (selector.heading, selector.place, selector.within) == (case["words"], PLACE, "p4")
    assert (selector.prefix, selector.suffix) == ("a", "b")


@pytest.mark.parametrize(
    ("typed", "within"),
    [
        ("¶4", "p4"), ("p4", "p4"), ("¶4-6", "p4-6"), ("title", "title"), ("dek", "dek"), ("fn1", "fn1"),
        ("h2", "h2"), ("*", ""), ("4", ""), ("paragraph 4", ""), ("", ""), ("x¶4", ""), ("¶4,5", ""),
    ],
)  # fmt: skip
def test_within(typed: str, within: str) -> None:
    assert read_within(typed) == within


@pytest.mark.parametrize("case", cases("passages"))
def test_passages(case: dict[str, Any]) -> None:
    passage = read_passage(case["typed"])
    read = [passage.name, passage.blocks, passage.quotation, passage.typed] if passage else None
    assert read == case.get("passage")
    if passage:
        end = passage.end(Place("x", 1, 1))
        assert end.text == passage.name
        assert case["typed"][end.selector.place.column - 1 :].startswith(end.selector.heading)


@pytest.mark.parametrize("case", cases("crossrefs"))
def test_crossrefs(case: dict[str, Any]) -> None:
    text = f"## {case['heading']}\nWhy.\n"
    found, told = parse_crossrefs(Source("crossrefs.md", text, ""), texts=["article", "comment"], relations=RELATIONS)
    assert [one.code for one in told] == case.get("codes", [])
    assert all(one.hint for one in told)
    if "read" not in case:
        assert not found
        return
    one, other = found[0].one, found[0].other
    names = [(end.text, end.selector.blocks or end.selector.heading) for end in (one, other)]
    assert [*names[0], found[0].direction.value, *names[1]] == case["read"]
    for end in (one, other):
        assert text[end.selector.place.column - 1 :].startswith(end.selector.heading)


def test_ids_of_crossrefs_leave_room_for_their_ends() -> None:
    text = "## a → b {#x}\n## a → b {#x-1}\n## a “w” → b\n## a “w” → b\n"
    found, told = parse_crossrefs(Source("crossrefs.md", text, ""), texts=["a", "b"], relations=RELATIONS)
    assert [one.code for one in told] == ["G117"]
    assert [one.id for one in found] == ["x", "x-1-2", "a-w", "a-w-3"]


@pytest.mark.parametrize("case", cases("slugs"))
def test_slugs(case: dict[str, Any]) -> None:
    assert slug(case["words"], "note") == case["slug"]


@given(st.text())
def test_any_words_make_an_id(words: str) -> None:
    made = slug(words, "note")
    assert made
    assert not any(letter.isspace() for letter in made)
    assert len(made) <= 62


WISHES = st.lists(
    st.builds(
        Wish,
        id=st.sampled_from(["a", "A", "a-2", "a-1", "b", "a-x", "ß", "ss"]),
        given=st.booleans(),
        place=st.just(PLACE),
        rival=st.sampled_from(["", "x"]),
        tails=st.sampled_from([(), ("-1", "-2"), ("-2", "-3")]),
    ),
    max_size=12,
)


@given(WISHES)
def test_ids_are_each_their_own(wishes: list[Wish]) -> None:
    ids, told = settle(wishes, "note")
    addresses = [key(id + tail) for id, wish in zip(ids, wishes, strict=True) for tail in ("", *wish.tails)]
    assert len(set(addresses)) == len(addresses)
    changed = [wish for id, wish in zip(ids, wishes, strict=True) if wish.given and wish.id != id]
    assert len(changed) == len(told)


@given(st.text(alphabet='ab “”"→-><¶4↔ '))
def test_any_heading_is_split(heading: str) -> None:
    for split in splits(heading):
        assert heading[split.offset :].lstrip().startswith(split.other.name)
        assert heading.lstrip().startswith(split.one.name)
