"""A starter site to work on, and the command as a function."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from builder.cli import run

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left behind: its exit status and its two streams."""

    status: int
    out: str
    err: str


class Shell:
    """Runs the command inside this process, in a folder of its own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def __call__(self, *arguments: str) -> Said:
        self._capture.readouterr()
        status = run(arguments)
        out, err = self._capture.readouterr()
        return Said(status, out, err)

    def edit(self, path: str, old: str, new: str) -> None:
        """Change one place in an author's file."""
        file = self.folder / path
        words = file.read_text(encoding="utf-8")
        assert words.count(old) == 1, f"“{old}” stands {words.count(old)} times in {path}"
        file.write_text(words.replace(old, new), encoding="utf-8")

    def append(self, path: str, more: str) -> None:
        """Add something to the end of an author's file."""
        with (self.folder / path).open("a", encoding="utf-8") as file:
            file.write(more)


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds write locks, as on an author's machine; where CI is set they don't."""
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    """The command, run where a folder `content` holds the starter."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    shell = Shell(folder, capfd)
    assert shell("new", "content").status == 0
    return shell


def in_new_process(
    *arguments: str, cwd: Path, stdin: int | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, from this checkout."""
    return subprocess.run(
        [sys.executable, "-m", "builder", *arguments],
        cwd=cwd,
        stdin=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
    )
