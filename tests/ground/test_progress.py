"""A bar while a build takes long: on a terminal alone, not before its time, and gone afterwards."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from contextlib import redirect_stderr
from typing import TYPE_CHECKING

import pytest

from builder.shell.progress import PATIENCE, progress

from .conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SLOW = """
import itertools, sys
from builder.shell import progress
ticks = itertools.count()
progress.time.monotonic = lambda: next(ticks)
progress.progress.__wrapped__.__defaults__ = (progress.time.monotonic,)
from builder.cli import run
sys.exit(run(sys.argv[1:]))
"""
"""The command on a machine on which a second goes by between two looks at the clock."""
BAR = "building"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)


def shown(*seconds: float) -> str:
    """What is written to a terminal by a build whose editions are done after so many seconds."""
    clock = Clock()
    with redirect_stderr(Screen()) as screen, progress(clock) as report:
        assert report is not None
        for done, clock.now in enumerate(seconds, 1):
            report(done, len(seconds))
    return screen.getvalue()


def test_nothing_before_its_time() -> None:
    assert shown(0.2, 0.9 * PATIENCE) == ""
    assert BAR in shown(0.2, PATIENCE)


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("CI", "true")])
def test_nobody_looks(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with redirect_stderr(Screen()), progress() as report:
        assert report is None


def on_a_terminal(tmp_path: Path, *options: str, stderr_too: bool = True) -> str:
    """What a slow build of the starter says on a terminal."""
    ours, theirs = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "CI"}
    site, output = ROOT / "builder/starter", tmp_path / "output"
    done = subprocess.run(
        [sys.executable, "-c", SLOW, "build", str(site), "--output", str(output), "--locked", *options],
        cwd=ROOT,
        env={**env, "TERM": "xterm", "PYTHONPATH": str(ROOT)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs if stderr_too else subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    assert done.returncode == 0
    said = b"" if stderr_too else done.stderr
    while stderr_too:
        try:
            more = os.read(ours, 65536)
        except OSError:  # how Linux says that nobody writes there any more
            break
        said += more
        if not more:
            break
    os.close(ours)
    return said.decode()


def test_on_a_terminal_it_comes_and_goes_before_anything_else_is_said(tmp_path: Path) -> None:
    said = on_a_terminal(tmp_path)
    bar, erased, rest = said.rpartition("\x1b[2K")
    assert "1/1 editions" in re.sub(r"\x1b\[[\d;]*m", "", bar)
    assert erased
    assert BAR not in rest
    assert "open " in rest


def test_not_where_it_is_not_wanted(tmp_path: Path) -> None:
    assert BAR not in on_a_terminal(tmp_path, "--quiet")
    assert BAR not in on_a_terminal(tmp_path, stderr_too=False)
