"""sources.json: the house style, and whatever else may be in the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.site import Source
from builder.parse.sources import parse_sources
from tests.parse.tables import cases

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.site import Work


def read(text: str) -> tuple[tuple[Work, ...], tuple[Diagnostic, ...]]:
    return parse_sources(Source("sources.json", text, ""))


def shown(work: Work) -> str:
    marks = {"": "{}", "italic": "*{}*", "link": "<{}>"}
    return "".join(marks[style].format(words) for words, style in work.entry)


@pytest.mark.parametrize("case", cases("works"))
def test_house_style(case: dict[str, Any]) -> None:
    (work,), told = read(f"[{case['work']}]")
    assert work.short == case["short"]
    assert shown(work) == case["entry"]
    assert len(told) == case.get("faults", 0)
    assert {one.code for one in told} <= {"G127"}


def work(key: str, title: str, year: int | None = 2021, family: str = "Kupchan") -> dict[str, object]:
    dates = {"issued": {"date-parts": [[year]]}} if year else {}
    return {"id": key, "type": "book", "title": title, "author": [{"family": family}], **dates}


def test_works_of_one_year_are_told_apart() -> None:
    works, _ = read(
        json.dumps([work("x", "B"), work("y", "A"), work("z", "C", 2020), work("v", "D", None), work("w", "E", None)])
    )
    assert [one.short for one in works] == [
        "Kupchan 2021b", "Kupchan 2021a", "Kupchan 2020", "Kupchan n.d.-a", "Kupchan n.d.-b",
    ]  # fmt: skip
    assert "2021b" in shown(works[0])


def test_order_of_works() -> None:
    works, _ = read(
        json.dumps(
            [
                work("a", "T", 2001, "Zz"),
                work("b", "T", 2000, "Éa"),
                work("c", "T", -44, "Éa"),
                work("d", "T", None, "Éa"),
            ]
        )
    )
    assert [one.key for one in sorted(works, key=lambda one: one.sort)] == ["c", "b", "d", "a"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[\n{,}]", "G126", 2), ("{}", "G126", 1), ("[" * 100_000, "G126", 1), ("[1]", "G127", 1), ("[{}]", "G127", 1),
        ('[\n{"id": "a", "title": "x"},\n{"id": "a", "title": "y"}]', "G128", 3), ("", None, 0), ("[]", None, 0),
        ('[{"id": 1' + "0" * 5000 + "}]", "G126", 1),
    ],
    ids=["comma", "object", "deep", "number", "no id", "twice", "empty", "none", "digits"],
)  # fmt: skip
def test_faults(text: str, code: str | None, line: int) -> None:
    _, told = read(text)
    assert [one.code for one in told] == ([code] if code else [])
    assert not told or (told[0].place.line == line and told[0].hint)


def test_a_fault_is_placed_in_the_line_of_its_work() -> None:
    _, told = read('[\n{"id": "a", "title": "x"},\n{"title": [],\n "id": "b"}]')
    assert {one.place.line for one in told} == {4}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["id", "type", "title", "author", "editor", "issued", "accessed", "DOI", "URL", "note", "page", "volume", "edition"]
)
NAMES = st.lists(st.dictionaries(st.sampled_from(["family", "given", "literal", "suffix"]), st.text(max_size=5)))
DATES = st.fixed_dictionaries({"date-parts": st.lists(st.lists(st.integers(-3000, 3000), max_size=4), max_size=3)})


@given(st.lists(st.dictionaries(FIELDS, JSON | NAMES | DATES, max_size=8) | JSON, max_size=4))
def test_any_list_of_works_is_read(works: list[object]) -> None:
    found, _ = read(json.dumps(works))
    assert len({one.key for one in found}) == len(found)
    for one in found:
        assert one.short
        assert one.entry
        shown(one).encode()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[\n  {"id": "a"},\n]\n', (2, 14), "a comma stands before “]”"),
        ('[{"id": "a" , \n}]', (1, 13), "a comma stands before “}”"),
        ("]", (1, 1), "expecting value"),
        ('[{"id" "a"}]', (1, 8), "expecting ':' delimiter"),
        ('[{"id": }]', (1, 9), "expecting value"),
    ],
)
def test_no_json_is_told_where_it_is_mended(text: str, place: tuple[int, int], words: str) -> None:
    works, (told,) = read(text)
    assert (works, told.code, (told.place.line, told.place.column)) == ((), "G126", place)
    assert words in told.message
