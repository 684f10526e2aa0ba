"""The tree -> Glossator as its users have it: the wheel, in an environment of its own with what is locked for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import environment

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
LOCKED = ROOT / "requirements" / "run.txt"
PARTS = ("builder", "themes", "hatch_build.py", "LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml")
"""What the wheel is made from."""


def install(work: Path) -> None:
    """Make the environment `glossator` in `work`, and put this tree's wheel into it. RuntimeError where that fails."""
    place = work / "glossator"
    python = str(place / "bin" / "python")
    known = place / "locked.txt"
    if not known.exists() or known.read_bytes() != LOCKED.read_bytes():
        venv.create(place, with_pip=True, clear=True)
        _call([python, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", str(LOCKED)], work)
        shutil.copy(LOCKED, known)
    with tempfile.TemporaryDirectory() as made:
        source = Path(made) / "source"
        source.mkdir()
        for part in PARTS:
            path = ROOT / part
            if path.is_dir():
                shutil.copytree(path, source / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, source)
        _call([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", made, str(source)], work)
        (wheel,) = Path(made).glob("*.whl")
        _call([python, "-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", str(wheel)], work)


def _call(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, env=environment({}), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"failed: {' '.join(command)}\n{done.stdout}{done.stderr}")
