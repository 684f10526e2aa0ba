"""From a tiny run to its table, and from figures to what is said of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import benchmarks.__main__ as bench
from benchmarks import rows
from benchmarks.bounds import findings
from benchmarks.measure import Cost
from benchmarks.rows import Row
from benchmarks.tables import tables

if TYPE_CHECKING:
    from pathlib import Path


def row(system: str, number: int, phase: str, wall: float, *, ok: bool = True) -> Row:
    return Row(system, number, phase, (Cost(wall, wall / 2, 40.0, 50.0, 0.5, ok),), load=0.5)


def test_a_tiny_run_ends_in_a_table(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "WORK", work)
    monkeypatch.setattr(bench, "install", lambda _: None)
    monkeypatch.setattr(bench, "LARGE", 2)
    asked = ["--phases", "cold,word,size,start,edition", "--large", "--copies", "2", "--repeat", "1"]
    bench.main(["--systems", "glossator,floor,pelican", "--n", "1", *asked])
    told = capsys.readouterr().out
    assert "left out: pelican" in told
    assert "NO" not in told
    wanted_of: dict[str, tuple[str, ...]] = {
        "cold: ": ("glossator +1", "glossator +2", "floor +1", "floor +2"),
        "word: ": ("glossator +1", "glossator +2", "floor +1", "floor +2"),
        "what is written": ("glossator +1", "floor +1"),
        "start": ("--help", "pass"),
        "the edition": ("edition, cold +2", "edition, again +4", "stick, cold +2", "a text, cold, over start-up"),
    }
    for title, wanted in wanted_of.items():
        table = told.partition(f"\n{title}")[2].partition("\n\n")[0]
        assert all(re.search(rf"^{one} .*\d", table, re.MULTILINE) for one in wanted), table
    (written,) = (work / "results").iterdir()
    bench.main(["--table", str(written)])
    assert capsys.readouterr().out.strip() in told


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    made = [
        row("floor", 1, "cold", 2.0),
        Row("glossator", 1, "watch", delays=(1.0, None), figures={"MB": 2.0}, wrong="w"),
    ]
    rows.write(tmp_path / "results" / "a.json", made, {"floor": "1"})
    assert rows.read(tmp_path / "results" / "a.json") == (made, {"floor": "1"})


@pytest.mark.parametrize(("number", "late"), [(1, 1), (10, 10), (20, 19), (100, 95)])
def test_p95_is_the_delay_that_95_of_100_stay_within(number: int, late: int) -> None:
    assert Row("s", 1, "watch", delays=tuple(float(one) for one in range(number, 0, -1))).late == late


def test_what_is_not_right_says_so_and_counts_for_nothing() -> None:
    wrong = [row("glossator", 1000, "again", 0.01, ok=False), row("hugo", 1000, "again", 1.0)]
    assert "NO" in tables(wrong, {})
    assert all(one.reached is None for one in findings(wrong))
    never = Row("glossator", 100, "watch", delays=(3.0, None))
    assert all(one.reached is None for one in findings([never]))


def test_bounds_are_ratios_to_what_ran_beside_us() -> None:
    right = [row("glossator", 1000, "again", 0.02), row("hugo", 1000, "again", 1.0)]
    (found,) = (one for one in findings(right) if one.reached is not None)
    assert found.reached == pytest.approx(0.02)
    assert found.cpu == pytest.approx(0.02)
    assert found.bound == 0.03
    assert "reached" in tables(right, {})
    assert "not yet" in tables([row("glossator", 1000, "again", 0.5), right[1]], {})


def test_with_two_workers_the_cold_build_is_theirs() -> None:
    cold = [row("glossator", 1000, "cold", 4.0), row("glossator-2", 1000, "cold", 2.0), row("hugo", 1000, "cold", 1.0)]
    found = {one.about: one.reached for one in findings(cold) if one.unit == "× hugo"}
    assert found["cold, 1000 texts, two workers"] == pytest.approx(2.0)
