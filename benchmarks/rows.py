"""What was measured, as values that are written to a file and read again."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from benchmarks.corpus import TERMS
from benchmarks.measure import Cost

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One system, one number of texts, one phase.

    Either `costs` of whole runs, or `delays` in milliseconds (None: never seen), or `figures` by name. `wrong` says why
    a result can't be trusted; it is empty where all was right.
    """

    system: str
    number: int
    phase: str
    costs: tuple[Cost, ...] = ()
    delays: tuple[float | None, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)
    load: float = 0.0
    terms: int = TERMS
    wrong: str = ""

    @property
    def ok(self) -> bool:
        return not self.wrong and all(one.ok for one in self.costs) and None not in self.delays

    @property
    def wall(self) -> float:
        """The least: what is above it is other people's work."""
        return min(one.wall for one in self.costs)

    @property
    def cpu(self) -> float:
        return min(one.cpu for one in self.costs)

    @property
    def memory(self) -> float:
        """MB at the peak of the largest process; the largest of all runs, for it doesn't hang on the load."""
        return max(one.memory for one in self.costs)

    @property
    def tree(self) -> float:
        return max(one.tree for one in self.costs)

    @property
    def seen(self) -> list[float]:
        """The delays, the shortest first."""
        return sorted(one for one in self.delays if one is not None)

    @property
    def median(self) -> float:
        return statistics.median(self.seen)

    @property
    def late(self) -> float:
        """The delay that 95 of 100 stay within, by nearest rank."""
        return self.seen[max(0, -(-95 * len(self.seen) // 100) - 1)]


def write(path: Path, rows: Iterable[Row], versions: Mapping[str, str]) -> None:
    """As JSON, with what was measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"versions": versions, "rows": [asdict(one) for one in rows]}, indent=1), "utf-8")


def read(path: Path) -> tuple[list[Row], dict[str, str]]:
    """The way back."""
    known = json.loads(path.read_text("utf-8"))
    rows = [
        Row(**{**one, "costs": tuple(Cost(**cost) for cost in one["costs"]), "delays": tuple(one["delays"])})
        for one in known["rows"]
    ]
    return rows, known["versions"]


def find(rows: Sequence[Row], system: str, number: int, phase: str, *, terms: int = TERMS) -> Row | None:
    """The row, the last where there are several, if it was measured and nothing was wrong."""
    asked = (system, number, phase, terms)
    found = [one for one in rows if (one.system, one.number, one.phase, one.terms) == asked and one.ok]
    return found[-1] if found else None
