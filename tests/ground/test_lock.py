"""One build at a time: the second waits, says so in the end, and a killed first one holds nobody up."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.model.diagnostic import MachineError
from builder.shell.lock import alone

HOLD = """
import sys, time
from builder.shell.lock import alone
with alone(sys.argv[1]):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""
ROOT = Path(__file__).parents[2]


def hold(path: Path, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), str(seconds)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_the_lock_file_is_gone_afterwards(tmp_path: Path) -> None:
    with alone(str(tmp_path / "lock")):
        assert (tmp_path / "lock").exists()
    assert not (tmp_path / "lock").exists()


def test_the_second_waits_for_the_first(tmp_path: Path) -> None:
    first = hold(tmp_path / "lock", 0.5)
    start = time.monotonic()
    with alone(str(tmp_path / "lock")):
        assert time.monotonic() - start > 0.2
    end(first)


def test_the_second_gives_up_with_a_plain_word(tmp_path: Path) -> None:
    first = hold(tmp_path / "lock", 30)
    with (
        pytest.raises(MachineError, match="another build is still writing here"),
        alone(str(tmp_path / "lock"), patience=0.2),
    ):
        pass
    end(first)


def test_a_killed_holder_holds_nobody_up(tmp_path: Path) -> None:
    end(hold(tmp_path / "lock", 30))
    assert (tmp_path / "lock").exists()
    with alone(str(tmp_path / "lock"), patience=0):
        pass
    assert os.listdir(tmp_path) == []


BUILD = """
import sys
from pathlib import Path
from builder.model.site import Page
from builder.shell.write import publish
project, word = Path(sys.argv[1]), sys.argv[2]
for turn in range(15):
    pages = [Page(f"{number}.html", f"{word} {turn}".encode()) for number in range(20)]
    publish(pages, project / "output", site=project / "content")
"""


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    builds = [subprocess.Popen([sys.executable, "-c", BUILD, str(tmp_path), word], cwd=ROOT) for word in ("one", "two")]
    assert [process.wait(60) for process in builds] == [0, 0]
    contents = {path.read_text() for path in (tmp_path / "output").glob("*.html")}
    assert contents in ({"one 14"}, {"two 14"})
    assert sorted(os.listdir(tmp_path)) == ["content", "output"]
