"""Cases -> tallies, and the tables that show them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.anchoring.forms import Mode
from benchmarks.anchoring.truth import Fate
from builder.model.note import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.anchoring.trial import Case

HEAD = (
    f"{'':26}{'n':>6}{'live':>6}{'right':>8}{'exact':>7}{'silent':>8}{'wrong':>7}{'missed':>7}"
    f"{'gone':>6}{'orphan':>8}{'prec.':>7}{'recall':>8}{'moved':>7}{'torn':>6}{'open':>6}"
)
"""What each column means stands in benchmarks/README.md."""


@dataclass(slots=True)
class Tally:
    """How often what came about.

    Cases that nothing can decide are counted in `undecidable` alone, torn ones in `torn` and, where they are silently
    wrong, in `silent`.
    """

    cases: int = 0
    undecidable: int = 0
    torn: int = 0
    live: int = 0
    right: int = 0
    exact: int = 0
    """Those of the right ones of which nothing is told."""
    flagged: int = 0
    """On other words than its own, and told: moved or reworded."""
    silent: int = 0
    """On other words than its own, and nothing told."""
    missed: int = 0
    """An orphan, though the words stand there."""
    gone: int = 0
    orphans: int = 0
    """Those of the gone that are told lost, never found or ambiguous."""
    at_home: int = 0
    """Those of the gone that are told reworded where what is left of them stands."""
    moves: int = 0
    moves_told: int = 0
    """Those of the words surely moved and found of which it is told."""

    def count(self, case: Case) -> None:
        """One case more."""
        self.cases += 1
        if not case.decidable:
            self.undecidable += 1
            return
        placed = case.found is not None
        silent = placed and not case.right and case.state is State.EXACT
        self.silent += silent
        if case.truth.fate is Fate.TORN:
            self.torn += 1
        elif case.truth.fate is Fate.GONE:
            self.gone += 1
            self.orphans += not placed
            self.at_home += case.right and not silent
            self.flagged += placed and not case.right and not silent
        else:
            self.live += 1
            self.right += case.right
            self.exact += case.right and case.state is State.EXACT
            self.missed += not placed
            self.flagged += placed and not case.right and not silent
            if case.moved and case.right and case.mode is not Mode.ALONE:
                self.moves += 1
                self.moves_told += case.state is not State.EXACT

    @property
    def decidable(self) -> int:
        """All but those that nothing can decide."""
        return self.cases - self.undecidable

    @property
    def right_share(self) -> float:
        """Of the words that survive, how many were found."""
        return self.right / self.live if self.live else 1.0

    @property
    def silent_share(self) -> float:
        """Of all, how many stand on other words without a word."""
        return self.silent / self.decidable if self.decidable else 0.0

    @property
    def precision(self) -> float:
        """Of those placed, how many are on their words, or on what is left of them."""
        placed = self.right + self.at_home + self.flagged + self.silent
        return (self.right + self.at_home) / placed if placed else 1.0

    @property
    def orphan_share(self) -> float:
        """Of the words that are gone, how many were told so."""
        return (self.orphans + self.at_home) / self.gone if self.gone else 1.0

    @property
    def moves_share(self) -> float:
        """Of the words moved and found, how many were told so."""
        return self.moves_told / self.moves if self.moves else 1.0


def tallied(cases: Iterable[Case], by: Callable[[Case], str]) -> dict[tuple[Mode, str], Tally]:
    """Tallies by mode and row, and by mode of all together ("all")."""
    found: dict[tuple[Mode, str], Tally] = defaultdict(Tally)
    for case in cases:
        found[case.mode, by(case)].count(case)
        found[case.mode, "all"].count(case)
    return found


def table(tallies: dict[tuple[Mode, str], Tally], mode: Mode) -> str:
    """The rows of one mode."""
    rows = [_row(name, tally) for (its, name), tally in tallies.items() if its is mode and name != "all"]
    return "\n".join((HEAD, *rows, _row("all", tallies[mode, "all"])))


def _row(name: str, tally: Tally) -> str:
    shares = (tally.right_share, tally.exact / max(1, tally.live), tally.silent_share)
    return (
        f"{name:26}{tally.cases:6}{tally.live:6}{shares[0]:8.1%}{shares[1]:7.0%}{shares[2]:8.2%}{tally.flagged:7}"
        f"{tally.missed:7}{tally.gone:6}{tally.orphan_share:8.1%}{tally.precision:7.3f}{tally.right_share:8.3f}"
        f"{_told(tally):>7}{tally.torn:6}{tally.undecidable:6}"
    )


def _told(tally: Tally) -> str:
    return f"{tally.moves_share:.0%}" if tally.moves else "-"
