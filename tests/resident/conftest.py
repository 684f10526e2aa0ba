"""The command `serve` or `watch` as a process of its own, on a copy of a site."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from builder.shell.manifest import MARKER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

DELAY = "milliseconds from the last change"
ROOT = Path(__file__).parents[2]


def until(what: Callable[[], bool], seconds: float = 5.0, why: str = "it never came about") -> float:
    """Wait until something holds; how many seconds it took."""
    begun = time.monotonic()
    while not what():
        assert time.monotonic() - begun < seconds, why
        time.sleep(0.005)
    return time.monotonic() - begun


class Nest:
    """Commands that stay, forked from one process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.resident.nest"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self._process.communicate)

    def ask(self, **asked: object) -> int | None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer: int | None = json.loads(self._process.stdout.readline())
        return answer


nest = cache(Nest)
"""The one of this test run."""


class Command:
    """A command line that is carried out in a folder, what it says going into two files."""

    def __init__(self, arguments: Sequence[str], folder: Path, out: Path, err: Path) -> None:
        out.touch()
        err.touch()
        asked = {"arguments": arguments, "cwd": str(folder), "out": str(out), "err": str(err)}
        self.pid = nest().ask(**asked) or 0
        self._status: int | None = None

    def poll(self, patience: float = 0) -> int | None:
        """Its exit status, None while it runs."""
        if self._status is None:
            self._status = nest().ask(ended=self.pid, patience=patience)
        return self._status

    def wait(self, patience: float) -> int:
        status = self.poll(patience)
        assert status is not None, f"it still runs after {patience} seconds"
        return status


class Resident:
    """A process that stays, what it said so far, and the folders that it works on."""

    noted: ClassVar[list[tuple[str, object]]] = []
    """What is noted of the test that is run."""

    def __init__(self, command: str, folder: Path, *options: str) -> None:
        self.content = folder / "content"
        self.output = folder / "output"
        self._out, self._err = folder / "out.txt", folder / "err.txt"
        words = [command, str(self.content), "--output", str(self.output), *options]
        self.process = Command(words, folder, self._out, self._err)

    @property
    def out(self) -> str:
        return self._out.read_text(encoding="utf-8")

    @property
    def err(self) -> str:
        return self._err.read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        until(lambda: self.out.endswith("\n"), 20, f"it never said its address: {self.err}")
        return self.out.strip()

    def note_delay(self) -> None:
        """Note how long after the last change in the content the output took its last one, by the disk's own times."""
        changed = max(path.lstat().st_ctime_ns for path in (self.content, *self.content.rglob("*")))
        published = (self.output / MARKER).stat().st_ctime_ns
        self.noted.append((DELAY, (published - changed) / 1e6))

    def stop(self) -> int:
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGINT)
        return self.process.wait(5)


@pytest.fixture(autouse=True)
def _notes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Resident, "noted", request.node.user_properties)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the ways of saving took: with `pytest tests/resident`."""
    rows = {
        report.nodeid.rpartition("::")[2]: [f"{took:.0f}" for name, took in report.user_properties if name == DELAY]
        for report in terminalreporter.getreports("passed")
    }
    if any(rows.values()):
        terminalreporter.section("milliseconds from the last change until the output is a clean build's")
        for name, delays in sorted(rows.items()):
            if delays:
                terminalreporter.line(f"{', '.join(delays):>12}  {name}")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with the starter site in `content/`."""
    shutil.copytree(ROOT / "builder" / "starter", tmp_path / "content")
    return tmp_path


@pytest.fixture
def watching(site: Path) -> Iterator[Resident]:
    resident = Resident("watch", site)
    until(lambda: "watching" in resident.err, 20, "it never began to watch")
    yield resident
    resident.stop()


@pytest.fixture
def serving(site: Path) -> Iterator[Resident]:
    resident = Resident("serve", site)
    assert resident.address
    yield resident
    resident.stop()
