"""Rows of a trial -> the table, and the figures that are held to their bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.anchoring.edits import LASTING
from benchmarks.anchoring.trial import OUTCOMES, Row

if TYPE_CHECKING:
    from collections.abc import Mapping



@dataclass(frozen=True)
class Figures:
    """One mode's figures over all kinds of edit."""

    right: float
    """Of the words that survive, how many were found."""
    silent: float
    """Of all, how many stand on other words and nothing says so."""
    precision: float
    recall: float
    orphans: float
    """Of the words that are gone, how many were known to be."""
    untold: int
    """Passages that were moved and found, and not said to be moved."""


def figures(rows: Mapping[tuple[str, str], Row], mode: str) -> Figures:
    """The figures of "lock" or "alone"."""
    own = {kind: row for (one, kind), row in rows.items() if one == mode}
    total = {name: sum(row[name] for row in own.values()) for name in (*OUTCOMES, "moved, not told")}
    lasting = [row for kind, row in own.items() if kind in LASTING]
    placed = total["right"] + total["silent wrong"] + total["flagged wrong"]
    ending = [row for kind, row in own.items() if kind not in LASTING]
    right = sum(row["right"] for row in lasting)
    survivors = sum(row.decidable - row["orphan right"] for row in lasting)
    return Figures(
        right=right / max(1, survivors),
        silent=total["silent wrong"] / max(1, sum(row.decidable for row in own.values())),
        precision=total["right"] / max(1, placed),
        recall=total["right"] / max(1, total["right"] + sum(row["missed"] + wrong(row) for row in lasting)),
        orphans=sum(row["orphan right"] for row in ending) / max(1, sum(row.decidable for row in ending)),
        untold=total["moved, not told"],
    )


def wrong(row: Row) -> int:
    """How many stand on other words, told or not."""
    return row["silent wrong"] + row["flagged wrong"]


def table(rows: Mapping[tuple[str, str], Row], *, title: str) -> str:
    """The rows as text, both modes, and their figures."""
    lines = [title]
    for mode in ("lock", "alone"):
        names = ("right", "orphan right", "missed", "flagged wrong", "silent wrong", "undecidable", "moved, not told")
        lines += ["", f"{'with the lock' if mode == 'lock' else 'quotation and context alone':32}" + " ".join(f"{name:>15}" for name in names)]
        lines += [
            f"{kind:32}" + " ".join(f"{row[name]:15}" for name in names)
            for (one, kind), row in rows.items()
            if one == mode
        ]
        made = figures(rows, mode)
        lines.append(
            f"right where words survive {made.right:.2%}, silent wrong {made.silent:.2%}, precision {made.precision:.3f}, "
            f"recall {made.recall:.3f}, orphans recognised {made.orphans:.3f}, moved and not told {made.untold}"
        )
    return "\n".join(lines)
