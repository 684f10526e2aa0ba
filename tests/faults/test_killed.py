"""Whoever kills a command at any moment finds the last good site whole and his files as they were or as they are to be.

Whatever was left half-way the same command, given again, brings to its end, and nothing is left lying about.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.faults.cases import CASES, EACH, LONG, check, is_aside, mend, telling
from tests.faults.conftest import copied

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.cases import Known
    from tests.faults.conftest import Nursery


def kill(name: str, known: Known, nursery: Nursery, goal: Path, how: str, at: int) -> None:
    project = copied(known.folder, goal)
    case = CASES[name]
    ran = nursery.run(project, *case.command, **case.asked, fault={"how": how, "at": at})
    assert ran.died, f"operation {at} never came: {ran.err}"
    check(name, known, project)
    mend(name, known, project, nursery)


@pytest.mark.parametrize("name", EACH)
def test_between_any_two_operations_the_site_is_whole(name: str, known: Callable[[str], Known]) -> None:
    """What a killed process leaves is what stands on the disk at that moment: so it is looked at before each one."""
    found = known(name)
    old, new = (
        {path: hashlib.sha256(content).hexdigest() for path, content in each.items()}
        for each in (found.before, found.ended)
    )
    states = [one["states"] for one in found.undisturbed.seen if one["states"] is not None]
    assert len(found.undisturbed.seen) == found.undisturbed.count > 5
    both = [{p: d for p, d in each.items() if p.startswith("output/")} for each in (old, new)]
    outputs = [{p: d for p, d in state.items() if p.startswith("output/")} for state in states]
    assert all(output in both for output in outputs) == (not CASES[name].amended)
    for state in states:
        for path in state.keys() | old.keys() | new.keys():
            if path.startswith(("output/", "content/")) and not path.endswith("/") and not is_aside(path):
                assert state.get(path) in (old.get(path), new.get(path)), path


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_killed_at_any_operation(name: str, known: Callable[[str], Known], nursery: Nursery, tmp_path: Path) -> None:
    """Before it is done, and when it is done: a write when half of it is."""
    found = known(name)
    for turn, at in enumerate(telling(found.undisturbed.seen)):
        for how in ("kill", "tear") if LONG else ("kill", "tear")[turn % 2 :][:1]:
            kill(name, found, nursery, tmp_path / "killed", how, at)


@pytest.mark.parametrize("name", EACH)
def test_killed_here_and_there(name: str, known: Callable[[str], Known], nursery: Nursery, tmp_path: Path) -> None:
    found = known(name)
    chance = random.Random(name)
    how, at = chance.choice(("kill", "tear")), chance.randint(1, found.undisturbed.count)
    kill(name, found, nursery, tmp_path / "killed", how, at)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_killed_at_random_moments(name: str, known: Callable[[str], Known], nursery: Nursery, tmp_path: Path) -> None:
    found, case = known(name), CASES[name]
    chance = random.Random(f"{name} at random")
    for _ in range(100 if LONG else 4):
        project = copied(found.folder, tmp_path / "killed")
        nursery.run(project, *case.command, **case.asked, kill_after=chance.uniform(0, found.undisturbed.took))
        check(name, found, project)
        mend(name, found, project, nursery)


SPREADING = """import time; from builder.shell.jobs import spread_out
def make(name): print(name, flush=True); time.sleep(0.05)
list(spread_out(make, [str(number) for number in range(999)], jobs=3))
"""


def test_who_is_killed_takes_his_processes_with_him() -> None:
    """Standard output ends when the last of them has."""
    with subprocess.Popen([sys.executable, "-c", SPREADING], stdout=subprocess.PIPE) as spreading:
        assert spreading.stdout is not None
        for _ in range(6):
            spreading.stdout.readline()
        spreading.kill()
        spreading.communicate(timeout=20)
