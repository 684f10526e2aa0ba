"""Whatever the machine refuses, at whichever file operation: exit status 2, a line that says what it lacks and where.

The last good site stays whole, and the same command mends all once the machine has what it lacked.
"""

from __future__ import annotations

import errno
import os
import random
from typing import TYPE_CHECKING

import pytest

from tests.faults.cases import CASES, EACH, LONG, check, mend, telling
from tests.faults.conftest import copied

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.cases import Known
    from tests.faults.conftest import Nursery, Ran

WRITING = ("ENOSPC", "EACCES", "EIO", "EROFS", "EMFILE", "ENAMETOOLONG", "EDQUOT")
READING = ("EIO", "EACCES", "EMFILE")


def refuse(
    name: str, known: Known, nursery: Nursery, goal: Path, at: int, word: str, *, lasting: bool, reads: bool = False
) -> Ran:
    """Run a command that is refused something once, or whatever it wants from then on."""
    project, case, number = copied(known.folder, goal), CASES[name], getattr(errno, word)
    fault = {"how": "refuse", "at": at, "number": number, "lasting": lasting, "reads": reads}
    ran = nursery.run(project, *case.command, **case.asked, fault=fault)
    said = f"{name}, operation {at}, {word}, {lasting=}: {ran.status} {ran.err}"
    assert "Traceback" not in ran.err, said
    assert ran.status in ((0, 1, 2) if reads else (0, 2)), said
    if ran.status == 2:
        assert os.strerror(number) in ran.err, said
        named = [word.rstrip(":,") for word in ran.err.partition(f": {os.strerror(number)}")[0].split()]
        assert any("/" in word or (word and os.path.exists(project / word)) for word in named), said
    check(name, known, project)
    mend(name, known, project, nursery)
    return ran


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_refused_at_any_operation(name: str, known: Callable[[str], Known], nursery: Nursery, tmp_path: Path) -> None:
    """Once, or from then on for good."""
    found, statuses = known(name), set()
    every = [(word, lasting) for word in WRITING for lasting in (False, True)]
    for turn, at in enumerate(telling(found.undisturbed.seen)):
        for word, lasting in every if LONG else [every[turn % len(every)]]:
            statuses.add(refuse(name, found, nursery, tmp_path / "refused", at, word, lasting=lasting).status)
    assert 2 in statuses


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES if LONG else ("few change", "check --fix", "import a text", "new"))
def test_what_cannot_be_read(name: str, known: Callable[[str], Known], nursery: Nursery, tmp_path: Path) -> None:
    found, case = known(name), CASES[name]
    project = copied(found.folder, tmp_path / "refused")
    ran = nursery.run(project, *case.command, **case.asked, fault={"how": "list", "reads": True})
    assert ran.status == 0
    for turn, at in enumerate(telling(ran.seen)):
        word = READING[turn % len(READING)]
        refuse(name, found, nursery, tmp_path / "refused", at, word, lasting=False, reads=True)


@pytest.mark.parametrize("name", EACH)
def test_refused_here_and_there(name: str, known: Callable[[str], Known], nursery: Nursery, tmp_path: Path) -> None:
    found, chance = known(name), random.Random(name)
    at, word = chance.randint(1, found.undisturbed.count), chance.choice(WRITING)
    refuse(name, found, nursery, tmp_path / "refused", at, word, lasting=chance.random() < 0.5)
