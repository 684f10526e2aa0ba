"""Systems that stay: what they take in is timed, what they don't is said, and nothing of them is left behind."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks import measure, resident, systems
from benchmarks.trial import Trial

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_save_is_seen_on_the_page(work: Path) -> None:
    row = resident.watch(Trial(systems.floor(work), 1, work), 2)
    assert row.ok
    assert len(row.seen) == 2
    assert 0 < row.median < resident.UNSEEN * 1000
    assert row.figures["MB"] > 5


def test_who_sleeps_has_seen_nothing(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resident, "UNSEEN", 0.3)
    trial = Trial(systems.floor(work), 1, work)
    trial.ensure_built()
    trial.system = replace(trial.system, stays=("sleep", "60"))
    row = resident.watch(trial, 5)
    assert not row.ok
    assert row.delays == (None, None)


def test_who_ends_has_no_figure(work: Path) -> None:
    row = resident.watch(Trial(replace(systems.floor(work), stays=("true",)), 1, work), 2)
    assert not row.ok
    assert row.wrong == "it ended"


def test_nothing_that_was_started_survives(work: Path) -> None:
    trial = Trial(systems.floor(work), 1, work)
    with resident.staying(trial, ("sh", "-c", "sleep 60 & sleep 60 & wait"), 0) as process:
        while len(started := list(measure.tree(process.pid))) < 3:
            assert process.poll() is None
    assert process.poll() is not None
    end = time.monotonic() + 10  # whoever inherits the children takes a moment to bury them
    while any(map(measure.memory, started)):
        assert time.monotonic() < end
        time.sleep(0.01)
