"""Lemmata cut to stand before the label of their kind."""

from __future__ import annotations

import pytest

from builder.render.handout_notes import BRIEF, briefs

LONG = "of the things that were said on the day before"


@pytest.mark.parametrize(
    ("lemmas", "shown"),
    [
        (["fox", "grapes"], ["fox", "grapes"]),
        (["fox", "fox"], ["fox", "fox"]),
        ([f"{LONG} noon", f"{LONG} dawn"], ["… before noon", "… before dawn"]),
        (["x" * 60, "x" * 60], ["…" + "x" * (BRIEF - 7)] * 2),
    ],
)
def test_what_is_shown_of_each(lemmas: list[str], shown: list[str]) -> None:
    found = briefs(lemmas, "context")
    assert all(len(one) <= BRIEF + 2 for one in found)
    assert [one[-11:] for one in found] == [one[-11:] for one in shown]
