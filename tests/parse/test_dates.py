"""A date that was typed without quotation marks: how it is written."""

from __future__ import annotations

import pytest

from builder.model.site import Source
from builder.parse.toml import read_toml


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2026-11", '"2026-11"'),
        ("2026-1-5  # or so", '"2026-01-05"'),
        ("2026/11/05", '"2026-11-05"'),
        ("5.11.2026", '"2021-08-04"'),
    ],
)
def test_the_right_form_is_said(typed: str, written: str) -> None:
    _, told = read_toml(Source("edition.toml", f'title = "T"\n  date = {typed}\n', ""))
    assert [one.hint.partition(" = ")[2] for one in told] == [written]


def test_of_what_is_no_date_something_else_is_said() -> None:
    _, told = read_toml(Source("edition.toml", f"date = {'1' * 4_000}x\n", ""))
    assert "quotation mark is written" in told[0].hint
