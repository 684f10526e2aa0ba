"""Arguments -> measurements: ours beside the yardstick, with --peers beside other systems too. See README.md."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import phases, resident, rows, systems
from benchmarks.bounds import MANY_TERMS, US
from benchmarks.edition import edition
from benchmarks.install import install
from benchmarks.rows import Row
from benchmarks.start import imports, start
from benchmarks.tables import tables
from benchmarks.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.systems import System

WORK = Path(os.environ.get("BENCH_WORK", Path(__file__).with_name(".work"))).absolute()
LARGE = 5000
"""Texts, for memory and growth."""
OF_LARGE = (*systems.OURS, "hugo")
"""Those that are worth their time with so many."""
ALL = (*phases.PHASES, "watch", "pixels", "size", "terms", "start", "edition")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; each row is written down as soon as it is there."""
    asked = _asked(arguments)
    if asked.table:
        known = [rows.read(path) for path in asked.table]
        print(tables([row for some, _ in known for row in some], {k: v for _, more in known for k, v in more.items()}))
        return
    install(WORK)
    chosen, versions = _systems(asked)
    if not chosen:
        raise SystemExit("nobody to measure")
    target = WORK / "results" / time.strftime("%Y%m%d-%H%M%S.json")
    done: list[Row] = []
    # Not in WORK, whose name begins with a dot: Pelican, for one, doesn't see what changes in such a folder.
    with tempfile.TemporaryDirectory(prefix="glossator-bench-") as place:
        for row in _measured(chosen, Path(place), asked):
            done.append(row)
            rows.write(target, done, versions)
            print(f"{time.strftime('%H:%M:%S')} {row.system} {row.number} {row.phase}", flush=True)
    print(f"\n{tables(done, versions)}\n{target}")


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--peers", nargs="+", default=[], help=f"run beside us, of {','.join(systems.PEERS)}")
    parser.add_argument("--systems", type=_words, help="these alone, with commas between: glossator,hugo")
    parser.add_argument("--n", type=_words, help="how many texts, with commas between")
    parser.add_argument("--phases", type=_words, default=list(ALL), help=f"of {','.join(ALL)}")
    parser.add_argument("--large", action="store_true", help=f"{LARGE} texts too, for memory and growth")
    parser.add_argument("--repeat", type=int, default=5, help="runs of a phase at most; slow ones have fewer")
    parser.add_argument("--edits", type=int, default=20, help="saves while a system stays")
    parser.add_argument("--copies", type=int, default=100, help="of the edition in content/")
    parser.add_argument("--table", type=Path, nargs="+", help="show what was written down before, and measure nothing")
    asked = parser.parse_args(arguments)
    if asked.n is None:
        asked.n = ["1000"] if asked.peers else ["1", "100", "1000"]
    known = {*ALL, *systems.OURS, *systems.PEERS}
    if unknown := {*asked.phases, *asked.peers, *(asked.systems or ())} - known:
        parser.error(f"not known: {', '.join(sorted(unknown))}")
    return asked


def _words(listed: str) -> list[str]:
    return listed.split(",")


def _systems(asked: argparse.Namespace) -> tuple[list[System], dict[str, str]]:
    """Those that are asked for and installed, and their versions; who is missing is told."""
    known = {**systems.OURS, **systems.PEERS}
    names = asked.systems or [*systems.OURS, *asked.peers]
    chosen, versions = [], {}
    for name in names:
        try:
            system = known[name](WORK)
            told = subprocess.run(system.version, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError) as fault:
            print(f"left out: {name} ({fault})")
            continue
        chosen.append(system)
        number = re.search(r"\d+(\.\d+)+", told.stdout or told.stderr)
        versions[name] = f"{number[0] if number else '?'} ({system.about})"
    return chosen, versions


def _measured(chosen: Sequence[System], place: Path, asked: argparse.Namespace) -> Iterator[Row]:
    logs = WORK / "logs"
    if "start" in asked.phases:
        yield from start(WORK)
    for number in map(int, asked.n):
        trials = [Trial(system, number, place, logs=logs) for system in chosen]
        yield from _of(trials, place, asked)
        for trial in trials:
            trial.remove()
    if asked.large:
        trials = [Trial(system, LARGE, place, logs=logs) for system in chosen if system.name in OF_LARGE]
        for phase in ("cold", "again", "word"):
            yield from phases.measured(phase, trials, 1)
        for trial in trials:
            trial.remove()
    if "edition" in asked.phases and US in {system.name for system in chosen}:
        yield from edition(WORK, asked.copies, asked.repeat)


def _of(trials: Sequence[Trial], place: Path, asked: argparse.Namespace) -> Iterator[Row]:
    """Every phase that is asked for, with the same number of texts."""
    last = trials[0].number == int(asked.n[-1])
    for phase in phases.PHASES:
        if phase == "cold" and "terms" in asked.phases and last:
            yield from _with_more_terms(trials, place, asked)
        elif phase in asked.phases:
            yield from phases.measured(phase, trials, asked.repeat)
    for trial in trials:
        if trial.system.cold_only:
            continue
        if "size" in asked.phases:
            yield _row(trial, "size", phases.size)
        if "watch" in asked.phases and trial.system.stays:
            yield _row(trial, "watch", lambda one: resident.watch(one, asked.edits))
        if trial.system.name == US and "again" in asked.phases:
            yield _row(trial, "imports", imports)
        if trial.system.name == US and "pixels" in asked.phases:
            yield _row(trial, "pixels", lambda one: resident.pixels(one, asked.edits))


def _with_more_terms(trials: Sequence[Trial], place: Path, asked: argparse.Namespace) -> Iterator[Row]:
    """Cold builds, ours with a large glossary too, and alone where no others are asked for."""
    ours = [one for one in trials if one.system.name == US]
    rich = [Trial(one.system, one.number, place, logs=WORK / "logs", terms=MANY_TERMS) for one in ours]
    yield from phases.measured("cold", [*(trials if "cold" in asked.phases else ours), *rich], asked.repeat)
    for trial in rich:
        trial.remove()


def _row(trial: Trial, phase: str, measured: Callable[[Trial], Row]) -> Row:
    """What is measured; where that fails a row that says so, for the others are to have theirs."""
    try:
        return measured(trial)
    except Exception as fault:
        wrong = " ".join(f"{type(fault).__name__}: {fault}".split())[:100]
        return Row(trial.system.name, trial.number, phase, load=os.getloadavg()[0], wrong=wrong)


if __name__ == "__main__":
    main()
