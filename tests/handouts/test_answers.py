"""Whatever a theme's handout.typ answers, it is what was asked for, or what is wrong with it is told at that file."""

from __future__ import annotations

import json
import tomllib
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from builder.model.diagnostic import Place
from builder.model.handout import Handout, Remark, SettingError
from builder.render.answers import ground_of, heights_of, require_answered, words_of
from builder.render.division import counted, tagged
from builder.render.galley import Reckoning, no_margins

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("answers.toml").read_text("utf-8"))["case"]
RIGHT = {
    "lines": [[1, 1, 40, 60], [2, 1, 40, 60]],
    "cuts": [[0, 1, 50, 60], [1, 1, 90, 60], [2, 2, 50, 60]],
    "stakes": [[7, 1, 50, 60], [8, 2, 50, 60]],
    "rooms": [[1, 40, 90], [2, 40, 700]],
    "width": 100,
}
NODES = [["p", {}, ["Two words"]]]
REMARK = Remark("note:a", "t", ((0, 1),), {"kind": "context", "whole": False, "nodes": NODES})
HANDOUT = Handout(
    path="e/handout-s.pdf",
    place=Place("e/edition.toml"),
    paper="a4",
    layout="margin",
    student=True,
    view={"kinds": {"context": {"cue": ""}}},
    texts=[],
    remarks=(REMARK,),
    spots={"block:t-p1": 2},
    breaks=frozenset({7, 8}),
)


def taken(mode: str, answer: Any) -> None:
    """Read an answer as it is read where a handout is set."""
    if mode == "notes":
        heights_of(answer, ["note:a"])
    elif mode == "words":
        words_of(answer, {"note:a": counted(tagged(NODES))})
    else:
        if isinstance(answer, dict):
            answer = {name: value for name, value in (RIGHT | answer).items() if value != "absent"}
        ground = ground_of(answer)
        require_answered(HANDOUT, ground)
        Reckoning(HANDOUT, ground).whole(no_margins(HANDOUT), {})


@pytest.mark.parametrize("case", [pytest.param(one, id=one["name"]) for one in CASES])
def test_an_answer_is_whole_or_what_is_missing_is_told(case: dict[str, Any]) -> None:
    says = f"what it answers in mode “{case['mode']}” isn't what docs/handouts.md says: {case['says']}"
    with pytest.raises(SettingError) if case["says"] else nullcontext() as caught:
        taken(case["mode"], json.loads(case["answer"]))
    if caught is not None:
        assert (caught.value.message, caught.value.file, caught.value.line) == (says, "handout.typ", 1)
