"""The installed program -> what its start costs beside Python's, and whether an idle build imports what it needn't."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from benchmarks import measure
from benchmarks.rows import Row

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.trial import Trial

RUNS = 15
NEEDLESS = ("markdown_it", "jinja2", "watchdog")
"""What a build after no change has no use for."""


def start(work: Path) -> list[Row]:
    """`glossator --help` and `python -c pass`, in turn."""
    programs = work / "glossator" / "bin"
    said = work / "logs" / "start.log"
    said.parent.mkdir(parents=True, exist_ok=True)
    commands = {"--help": (str(programs / "glossator"), "--help"), "pass": (str(programs / "python"), "-c", "pass")}
    costs: dict[str, list[measure.Cost]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            costs[name].append(measure.run(command, work, said))
    load = os.getloadavg()[0]
    return [Row(name, 0, "start", tuple(runs), load=load) for name, runs in costs.items()]


def imports(trial: Trial) -> Row:
    """What a build after no change imports of what it needn't: 1 for each that it does. The site is built already."""
    python = trial.system.build[0].rpartition("/")[0] + "/python"
    command = [python, "-X", "importtime", "-m", "builder", *trial.system.build[1:]]
    environment = measure.environment(trial.further)
    # What was saved in the very moment in which the last build began is looked at once more.
    subprocess.run(trial.system.build, cwd=trial.folder, env=environment, capture_output=True, check=True)
    done = subprocess.run(command, cwd=trial.folder, env=environment, capture_output=True, text=True, check=False)
    loaded = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    figures = {name: float(name in loaded) for name in NEEDLESS}
    wrong = "" if done.returncode == 0 and "builder.shell.unchanged" in loaded else "the build failed"
    return Row(trial.system.name, trial.number, "imports", figures=figures, load=os.getloadavg()[0], wrong=wrong)
