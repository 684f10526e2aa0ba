"""The command `serve` or `watch` as a process of its own, on a copy of a site."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from builder.shell.manifest import MARKER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DELAY = "milliseconds from the last change"
ROOT = Path(__file__).parents[2]


def until(what: Callable[[], bool], seconds: float = 5.0, why: str = "it never came about") -> float:
    """Wait until something holds; how many seconds it took."""
    begun = time.monotonic()
    while not what():
        assert time.monotonic() - begun < seconds, why
        time.sleep(0.005)
    return time.monotonic() - begun


class Resident:
    """A process that stays, what it said so far, and the folders that it works on."""

    noted: ClassVar[list[tuple[str, object]]] = []
    """What is noted of the test that is run."""

    def __init__(self, command: str, folder: Path, *options: str) -> None:
        self.content = folder / "content"
        self.output = folder / "output"
        self._out = (folder / "out.txt").open("wb")
        self._err = (folder / "err.txt").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "builder", command, str(self.content), "--output", str(self.output), *options],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
            stdout=self._out,
            stderr=self._err,
        )

    @property
    def out(self) -> str:
        return Path(self._out.name).read_text(encoding="utf-8")

    @property
    def err(self) -> str:
        return Path(self._err.name).read_text(encoding="utf-8")

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
            self.process.send_signal(signal.SIGINT)
        status = self.process.wait(5)
        self._out.close()
        self._err.close()
        return status


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
