"""Rows -> tables to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.bounds import FLOOR, findings
from benchmarks.corpus import TERMS
from benchmarks.edition import EDITION, STICKS
from benchmarks.phases import PHASES
from benchmarks.rows import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.rows import Row


def tables(rows: Sequence[Row], versions: Mapping[str, str]) -> str:
    """All that was measured."""
    parts = [*_costs(rows), _delays(rows), _sizes(rows), _starts(rows), _edition(rows), _bounds(rows)]
    if versions:
        parts.append("\n".join(f"{name}: {version}" for name, version in versions.items()))
    return "\n\n".join(part for part in parts if part) + "\n"


def _costs(rows: Sequence[Row]) -> Iterator[str]:
    """A table for each phase: the least wall and CPU seconds, peak memory, and how many yardsticks of CPU."""
    head: Sequence[str] = ("", "texts", "wall s", "CPU s", "× floor", "peak MB", "tree MB", "runs", "load", "right")
    for phase in PHASES:
        lines = [head]
        for row in rows:
            if row.phase != phase:
                continue
            name = row.system if row.terms == TERMS else f"{row.system}, {row.terms} terms"
            if not row.costs:
                lines.append((name, str(row.number), *["—"] * 6, f"{row.load:.1f}", f"NO: {row.wrong}"))
                continue
            floor = find(rows, FLOOR, row.number, phase)
            ratio = f"{row.cpu / floor.cpu:.1f}" if floor else "—"
            figures = (f"{row.wall:.3f}", f"{row.cpu:.3f}", ratio, f"{row.memory:.0f}", f"{row.tree:.0f}")
            lines.append((name, str(row.number), *figures, str(len(row.costs)), f"{row.load:.1f}", _right(row)))
        if len(lines) > 1:
            yield f"{phase}: {(PHASES[phase].__doc__ or '').strip()}\n" + aligned(lines)


def _delays(rows: Sequence[Row]) -> str:
    lines = [("", "texts", "median ms", "p95 ms", "longest", "resident MB", "edits", "load", "right")]
    for row in rows:
        if row.phase not in ("watch", "pixels"):
            continue
        name = row.system + (" → pixels" if row.phase == "pixels" else "")
        figures = (f"{row.median:.0f}", f"{row.late:.0f}", f"{row.seen[-1]:.0f}") if row.seen else ("—", "—", "—")
        resident = f"{row.figures['MB']:.0f}" if "MB" in row.figures else ""
        edits = str(len(row.delays))
        lines.append((name, str(row.number), *figures, resident, edits, f"{row.load:.1f}", _right(row)))
    return "staying: from save to page\n" + aligned(lines) if len(lines) > 1 else ""


def _sizes(rows: Sequence[Row]) -> str:
    """What each system writes: who writes more pages does more work."""
    lines = [("", "texts", "files", "pages", "kB a text", "page kB", "gzip, with style and script", "requests")]
    for row in rows:
        if row.phase == "size" and row.ok:
            of = row.figures
            whole = (f"{of['files']:.0f}", f"{of['pages']:.0f}", f"{of['bytes'] / row.number / 1000:.1f}")
            page = (f"{of['page'] / 1000:.1f}", f"{of['wire'] / 1000:.1f}", f"{of['requests']:.0f}")
            lines.append((row.system, str(row.number), *whole, *page))
    return "what is written\n" + aligned(lines) if len(lines) > 1 else ""


def _starts(rows: Sequence[Row]) -> str:
    lines = [("", "wall ms", "CPU ms", "× pass", "peak MB")]
    bare = find(rows, "pass", 0, "start")
    for row in rows:
        if row.phase == "start" and bare is not None and row.costs:
            figures = (f"{row.wall * 1000:.0f}", f"{row.cpu * 1000:.0f}", f"{row.cpu / bare.cpu:.1f}")
            lines.append((row.system, *figures, f"{row.memory:.0f}"))
    return "start\n" + aligned(lines) if len(lines) > 1 else ""


def _edition(rows: Sequence[Row]) -> str:
    """The edition of this repository, and many copies of it: what each further text costs."""
    lines = [("", "texts", "wall ms", "CPU ms", "× stick", "peak MB")]
    for row in rows:
        if row.phase.endswith(" edition") and row.ok:
            stick = find(rows, STICKS, row.number, "cold edition")
            ratio = f"{row.cpu / stick.cpu:.1f}" if stick else "—"
            figures = (f"{row.wall * 1000:.0f}", f"{row.cpu * 1000:.0f}", ratio, f"{row.memory:.0f}")
            lines.append((f"{row.system}, {row.phase.partition(' ')[0]}", str(row.number), *figures))
    slopes = [_slope(rows, system) for system in (EDITION, STICKS)]
    if slopes[0] and slopes[1]:
        figures = ("", f"{slopes[0] * 1000:.1f}", f"{slopes[0] / slopes[1]:.1f}", "")
        lines.append(("a text, cold, over start-up", "", *figures))
    return "the edition in content/\n" + aligned(lines) if len(lines) > 1 else ""


def _slope(rows: Sequence[Row], system: str) -> float | None:
    """CPU seconds that each further text costs."""
    found = sorted(
        (row.number, row.cpu) for row in rows if (row.system, row.phase, row.ok) == (system, "cold edition", True)
    )
    return (found[-1][1] - found[0][1]) / (found[-1][0] - found[0][0]) if len(found) > 1 else None


def _bounds(rows: Sequence[Row]) -> str:
    lines = [("", "", "measured", "by CPU", "bound", "")]
    for one in findings(rows):
        if one.reached is not None:
            verdict = "reached" if one.reached <= one.bound else "not yet"
            cpu = f"{one.cpu:.3g}" if one.cpu is not None else ""
            lines.append((one.about, one.unit, f"{one.reached:.3g}", cpu, f"{one.bound:g}", verdict))
    return "bounds\n" + aligned(lines) if len(lines) > 1 else ""


def _right(row: Row) -> str:
    return "yes" if row.ok else f"NO: {row.wrong}" if row.wrong else "NO"


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Columns side by side: names to the left, figures to the right, and what the last says as it comes."""
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    shown = []
    for line in lines:
        cells = [
            line[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(line[1:-1], widths[1:-1], strict=True)),
        ]
        shown.append("  ".join([*cells, line[-1]]).rstrip())
    return "\n".join(shown)
