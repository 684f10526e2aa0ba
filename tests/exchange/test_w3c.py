"""Each form of the W3C's Web Annotation Data Model is read, or refused with a reason (w3c/README.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.exchanging import Library
from tests.exchange.test_foreign import quoted

EXAMPLES = json.loads((Path(__file__).parent / "w3c/examples.json").read_text("utf-8"))
PARTS = {"3.1", "3.2", "3.3", "4", "4.2", "4.3", "4.4", "4.5", "4.6", "D"}


def annotation(example: dict[str, Any]) -> dict[str, Any]:
    made = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://example.org/anno", "type": "Annotation"}
    return {**made, **example["annotation"]}


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{one['part']}: {one['title']}" for one in EXAMPLES])
def test_read_or_refused_with_a_reason(example: dict[str, Any]) -> None:
    document = json.dumps(annotation(example))
    library = Library({})
    result = library.take(document)
    (row,) = result.rows
    assert row.state == example["state"]
    assert example.get("reason", "") in row.reason
    if row.state == "refused":
        assert row.reason
        assert [one.code for one in result.told] == ["G145"]
        assert not result.files
        return
    if "words" in example:
        assert quoted(library) == [example["words"]]
    first = library.out()
    again = library.bare()
    again.take(first)
    assert again.out() == first
    assert not library.take(document).files


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{one['part']}: {one['title']}" for one in EXAMPLES])
def test_nothing_of_it_is_lost(example: dict[str, Any]) -> None:
    """Each string and number of what was read comes out again, in its place or below `glossator:original`."""
    if example["state"] == "refused":
        return
    library = Library({})
    library.take(json.dumps(annotation(example)))
    out = json.loads(library.out())["first"]["items"][0]
    missing = set(leaves(example["annotation"])) - set(leaves(out))
    assert not missing


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value]


def test_every_part_has_one() -> None:
    assert {one["part"] for one in EXAMPLES} == PARTS
    kinds = {leaf for one in EXAMPLES for leaf in leaves(one) if str(leaf).endswith(("Selector", "State"))}
    assert len(kinds) == 10
