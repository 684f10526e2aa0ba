"""Trials -> what building them costs: from nothing, again, and after each kind of edit. The systems take turns."""

from __future__ import annotations

import gzip
import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.rows import Row
from benchmarks.trial import shows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from benchmarks.measure import Cost
    from benchmarks.trial import Edit, Trial


def cold(trial: Trial, which: int) -> Cost:
    """Nothing built, nothing remembered."""
    del which
    trial.clean()
    cost = trial.build()
    return replace(cost, ok=cost.ok and trial.is_whole())


def again(trial: Trial, which: int) -> Cost:
    """Nothing changed."""
    del which
    before = trial.states() if trial.system.lasting else {}
    cost = trial.rebuild()
    return replace(cost, ok=cost.ok and (not trial.system.lasting or trial.states() == before))


def word(trial: Trial, which: int) -> Cost:
    """One word of a text changed."""
    return _edited(trial, trial.edit_word(which * 3 + 1))


def note(trial: Trial, which: int) -> Cost:
    """One word of a note changed."""
    return _edited(trial, trial.edit_note(which * 3 + 2))


def definition(trial: Trial, which: int) -> Cost:
    """One definition changed whose term few texts use."""
    return _edited(trial, trial.edit_definition(which))


def _edited(trial: Trial, edit: Edit) -> Cost:
    cost = trial.rebuild()
    return replace(cost, ok=cost.ok and shows(edit))


PHASES: Mapping[str, Callable[[Trial, int], Cost]] = {
    "cold": cold,
    "again": again,
    "note": note,
    "word": word,
    "definition": definition,
}
"""In this order: each finds what the one before it left."""


def measured(phase: str, trials: Sequence[Trial], repeat: int) -> Iterator[Row]:
    """A row for each trial that has the phase, when all are done. A busy minute hits all of them."""
    part = [one for one in trials if phase == "cold" or not one.system.cold_only]
    part = [one for one in part if phase != "definition" or one.system.glossary]
    for trial in part:
        if phase != "cold":
            trial.ensure_built()
    costs: list[list[Cost]] = [[] for _ in part]
    faults = [""] * len(part)
    for turn in range(repeat):
        for trial, runs, place in zip(part, costs, range(len(part)), strict=True):
            if faults[place] or (runs and turn >= worthwhile(runs[0].wall, repeat)):
                continue
            try:
                runs.append(PHASES[phase](trial, turn))
            except (OSError, RuntimeError) as fault:  # one system's failure must not end the others' runs
                faults[place] = str(fault)
    for trial, runs, wrong in zip(part, costs, faults, strict=True):
        load = max((one.load for one in runs), default=os.getloadavg()[0])
        yield Row(trial.system.name, trial.number, phase, tuple(runs), load=load, terms=trial.terms, wrong=wrong)


def worthwhile(first: float, most: int) -> int:
    """How many runs, from the seconds of the first."""
    return min(most, 5 if first < 2 else 3 if first < 10 else 2 if first < 30 else 1)


def size(trial: Trial) -> Row:
    """How much was written: files, bytes, and what one page of a text weighs, itself and with what it names."""
    top = trial.folder / trial.system.page.partition("/")[0]
    files = [path for path in top.rglob("*") if path.is_file() and not path.name.startswith(".")]
    page = trial.page(trial.text(0))
    html = page.read_text("utf-8", "replace")
    parts = [page, *named(html, page, top)]
    figures = {
        "files": float(len(files)),
        "pages": float(sum(path.suffix == ".html" for path in files)),
        "bytes": float(sum(path.stat().st_size for path in files)),
        "page": float(page.stat().st_size),
        "wire": float(sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in parts)),
        "requests": float(len(parts)),
    }
    return Row(trial.system.name, trial.number, "size", figures=figures, load=os.getloadavg()[0], terms=trial.terms)


def named(html: str, page: Path, top: Path) -> list[Path]:
    """The style sheets and scripts that a page names, where they are files of the site."""
    links = [tag for tag in re.findall(r"<link[^>]*>", html) if re.search(r"rel=\"?stylesheet", tag)]
    addresses = re.findall(r"href=\"?([^\"\s>]+)", " ".join(links)) + re.findall(
        r"<script[^>]*\ssrc=\"?([^\"\s>]+)", html
    )
    local = [address.partition("?")[0] for address in dict.fromkeys(addresses) if "//" not in address]
    paths = [(top / one.lstrip("/") if one.startswith("/") else page.parent / one) for one in local]
    return [path for path in paths if path.is_file()]
