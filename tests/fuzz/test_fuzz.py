"""What fuzzing found once is tried each time, and every target still takes what is thrown at it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

FOUND = sorted((Path(__file__).parent / "found").rglob("*.json"))


def test_what_was_found_stays_mended() -> None:
    for path in FOUND:  # none, until something is found
        TARGETS[path.parent.name](json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_few_of_each(name: str, data: st.DataObject) -> None:
    target = TARGETS[name]
    target(data.draw(target.inputs))
