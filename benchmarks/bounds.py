"""Rows -> what is asked of Glossator, beside what was measured: each a ratio to something run in the same minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.corpus import TERMS
from benchmarks.rows import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.rows import Row

US, TWO, FLOOR = "glossator", "glossator-2", "floor"
MANY_TERMS = 5000


@dataclass(frozen=True, slots=True)
class Finding:
    """`reached` is None where it wasn't measured or can't be trusted.

    Where it is a ratio of seconds on the clock, `cpu` is that of CPU seconds, which hangs less on what else ran.
    """

    about: str
    unit: str
    bound: float
    reached: float | None
    cpu: float | None = None


Take = tuple[str, int, str]
"""System, number of texts, phase."""


def findings(rows: Sequence[Row]) -> Iterator[Finding]:
    """All bounds, those of which nothing was measured too."""
    two = TWO if any(row.system == TWO for row in rows) else US
    workers = "two workers" if two == TWO else "one worker"
    for peer, bound in (("hugo", 2.5), ("eleventy", 1.0), ("pelican", 0.4), ("mkdocs", 0.4), ("sphinx", 0.03)):
        yield _wall(rows, f"cold, 1000 texts, {workers}", (two, 1000, "cold"), (peer, 1000, "cold"), bound)
    for peer, bound in (("hugo", 0.03), ("sphinx", 0.025)):
        yield _wall(rows, "nothing changed, 1000", (US, 1000, "again"), (peer, 1000, "again"), bound)
    for phase in ("note", "word"):
        yield _wall(rows, f"one {phase} changed, 1000", (US, 1000, phase), ("hugo", 1000, phase), 0.08)
    yield _wall(rows, "one definition changed", (US, 1000, "definition"), ("hugo", 1000, "definition"), 0.15)
    for number in (100, 1000):
        yield _alone(rows, f"save → disk, {number}, median", (US, number, "watch"), _median, "ms", 25)
        yield _alone(rows, f"save → disk, {number}, p95", (US, number, "watch"), _late, "ms", 50)
    yield _ratio(rows, "save → disk, from 100 to 1000", (US, 1000, "watch"), (US, 100, "watch"), _median, 1.1)
    for number in (100, 1000):
        yield _alone(rows, f"save → pixels, {number}, median", (US, number, "pixels"), _median, "ms", 100)
    for number, bound in ((1000, 0.25), (5000, 0.06)):
        yield _ratio(
            rows, f"peak memory, cold, {number}", (two, number, "cold"), ("hugo", number, "cold"), _tree, bound
        )
    yield _wall(rows, "cold, from 100 to 5000", (US, 5000, "cold"), (US, 100, "cold"), 50)
    yield _wall(rows, "nothing changed, 100 to 5000", (US, 5000, "again"), (US, 100, "again"), 4)
    yield _ratio(rows, "memory, cold, 100 to 5000", (US, 5000, "cold"), (US, 100, "cold"), _tree, 1.6)
    few, many = find(rows, US, 1000, "cold"), find(rows, US, 1000, "cold", terms=MANY_TERMS)
    yield _seconds(f"cold, glossary {TERMS} → {MANY_TERMS}, 1000", "×", 1.2, many, few)
    yield _wall(rows, "--help, to python -c pass", ("--help", 0, "start"), ("pass", 0, "start"), 6)
    idle = find(rows, US, 1000, "imports") or find(rows, US, 100, "imports")
    yield Finding("needless imports, nothing changed", "", 0, sum(idle.figures.values()) if idle else None)


def _wall(rows: Sequence[Row], about: str, ours: Take, theirs: Take, bound: float) -> Finding:
    one, other = find(rows, *ours), find(rows, *theirs)
    return _seconds(about, f"× {theirs[0]}" if theirs[0] != ours[0] else "×", bound, one, other)


def _seconds(about: str, unit: str, bound: float, one: Row | None, other: Row | None) -> Finding:
    if one is None or other is None:
        return Finding(about, unit, bound, None)
    return Finding(about, unit, bound, one.wall / other.wall, one.cpu / other.cpu)


def _ratio(
    rows: Sequence[Row], about: str, ours: Take, theirs: Take, measured: Callable[[Row], float], bound: float
) -> Finding:
    one, other = find(rows, *ours), find(rows, *theirs)
    unit = f"× {theirs[0]}" if theirs[0] != ours[0] else "×"
    return Finding(about, unit, bound, measured(one) / measured(other) if one and other else None)


def _alone(
    rows: Sequence[Row], about: str, ours: Take, measured: Callable[[Row], float], unit: str, bound: float
) -> Finding:
    one = find(rows, *ours)
    return Finding(about, unit, bound, measured(one) if one else None)


def _tree(row: Row) -> float:
    return row.tree


def _median(row: Row) -> float:
    return row.median


def _late(row: Row) -> float:
    return row.late
