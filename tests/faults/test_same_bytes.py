"""The same content comes out as the same bytes, whoever builds it, where, when, and with how many hands."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.emit import lay_out
from tests.faults.conftest import PIXEL, tree

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
BUILD = ("build", "content", "--jobs")

BACKWARDS = """
import os, sys
scan, names = os.scandir, os.listdir

class Scanned(list):
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
    def __next__(self): return self.pop(0)

os.scandir = lambda *given: Scanned(sorted(scan(*given), key=lambda one: one.name, reverse=True))
os.listdir = lambda *given: sorted(names(*given), reverse=True)
"""
RUN = "os.umask(int(sys.argv.pop(1), 8))\nfrom builder.__main__ import main\nmain()\n"


@dataclass(frozen=True)
class Machine:
    """Where and by whom a site is built."""

    folder: str
    environ: Mapping[str, str] = field(default_factory=dict)
    umask: str = "022"
    jobs: str = "1"
    before: str = "import os, sys\n"
    options: tuple[str, ...] = ()
    age: float = 3600
    """Seconds since each file of the author's was written; less than none: that is to come."""


PLAIN = Machine("plain", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"})
OTHERS = (
    Machine(
        "a folder whose name is longer, with spaces and – ünusual – лetters",
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "1"},
        "077",
        "4",
        BACKWARDS,
        age=40 * 365.25 * 86400,
    ),
    Machine(
        "tr",
        {"TZ": "America/Lima", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "random", "USER": "ada", "HOME": "/nowhere"},
        "000",
        "2",
        options=("-O",),
        age=-86400,
    ),
)


def built(content: Path, machine: Machine, top: Path) -> dict[str, tuple[int, bytes]]:
    """Mode and bytes of all that a build makes of a copy of some content, and of what it writes beside the texts."""
    project = top / machine.folder
    project.mkdir()
    shutil.copytree(content, project / "content", ignore=shutil.ignore_patterns("anchors.lock"))
    then = time.time() - machine.age
    for path in (project / "content").rglob("*"):
        os.utime(path, (then, then))
    environ = {name: word for name, word in os.environ.items() if name not in {"CI", "LC_ALL", "LANG", "HOME"}}
    done = subprocess.run(
        [sys.executable, "-B", *machine.options, "-c", machine.before + RUN, machine.umask, *BUILD, machine.jobs],
        cwd=project,
        env={**environ, "PYTHONPATH": str(ROOT), **machine.environ},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = {
        path: (stat.S_IMODE((project / "output" / path).stat().st_mode), words)
        for path, words in tree(project / "output").items()
    }
    locks = (project / "content").rglob("anchors.lock")
    made |= {path.relative_to(project).as_posix(): (0, path.read_bytes()) for path in locks}
    return made


def compare(content: Path, top: Path, others: tuple[Machine, ...] = OTHERS) -> None:
    first = built(content, PLAIN, top)
    assert {mode for mode, _ in first.values()} == {0o644, 0}
    for machine in others:
        other = built(content, machine, top)
        assert [path for path in first.keys() | other.keys() if first.get(path) != other.get(path)] == []
        assert list(first) == list(other)


def with_outputs(content: Path, goal: Path, *outputs: str) -> Path:
    """A copy of a site that makes these outputs."""
    shutil.copytree(content, goal)
    settings = goal / "site.toml"
    words = "".join(line for line in settings.read_text("utf-8").splitlines(True) if not line.startswith("outputs"))
    settings.write_text(f"outputs = {list(outputs)}\n{words}", "utf-8")
    (goal / "pixel.png").write_bytes(PIXEL)
    return goal


EVERY = ("site", "offline", "epub", "webanno", "tei", "zip")


def test_a_site_with_every_form(tmp_path: Path) -> None:
    compare(with_outputs(ROOT / "tests/golden/every-form/site", tmp_path / "site", *EVERY), tmp_path, OTHERS[:1])


@pytest.mark.slow
def test_the_content_of_this_repository(tmp_path: Path) -> None:
    compare(with_outputs(ROOT / "content", tmp_path / "site", *EVERY, "handout"), tmp_path)


@pytest.mark.slow
def test_a_site_of_many_editions(tmp_path: Path) -> None:
    lay_out("glossator", tmp_path / "corpus", 4)
    compare(with_outputs(tmp_path / "corpus" / "content", tmp_path / "site", *EVERY), tmp_path)
