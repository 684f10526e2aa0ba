"""The contracts of the house hold, and each of them notices when it is broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .conftest import ROOT

LINT = Path(sys.executable).with_name("lint-imports")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

BREAKS = {
    "layers": {
        "the core asks the shell": ("builder/pipeline.py", "import builder.shell.read"),
        "one stage asks another": ("builder/relate/normal.py", "import builder.parse.site"),
        "a value asks a stage": ("builder/model/prose.py", "import builder.render.views"),
        "a module without a place": ("builder/odd.py", '"""Odd."""'),
    },
    "acyclic": {"two modules ask each other": ("builder/model/prose.py", "import builder.model.note")},
    "world": {
        "the core opens files": ("builder/render/address.py", "import pathlib"),
        "the core asks for the time": ("builder/relate/normal.py", "import time"),
        "the core goes by way of a friend": ("builder/model/code.py", "import subprocess"),
    },
    "libraries": {
        "templates in the shell": ("builder/shell/build.py", "import jinja2"),
        "Markdown in relate": ("builder/relate/normal.py", "import markdown_it"),
        "Pygments in a value": ("builder/model/prose.py", "import pygments"),
    },
    "press": {"the core sets type": ("builder/render/galley.py", "import typst")},
}


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    asked = [word for contract in contracts for word in ("--contract", contract)]
    return subprocess.run(
        [LINT, "--config", "pyproject.toml", *asked, "--no-cache"],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "builder", tmp_path / "builder", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_holds() -> None:
    """All in one process: the modules are read once for them."""
    done = lint(ROOT, *(contract["id"] for contract in CONTRACTS))
    assert done.returncode == 0, done.stdout
    assert [contract["name"] for contract in CONTRACTS if f"{contract['name']} KEPT" not in done.stdout] == []


def test_every_contract_is_shown_to_fail() -> None:
    assert set(BREAKS) == {contract["id"] for contract in CONTRACTS}


@pytest.mark.parametrize(
    ("contract", "what"), [(contract, what) for contract, breaks in BREAKS.items() for what in breaks]
)
def test_a_broken_contract_is_noticed(copy: Path, contract: str, what: str) -> None:
    path, line = BREAKS[contract][what]
    with (copy / path).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = lint(copy, contract)
    assert done.returncode != 0, done.stdout
    assert "BROKEN" in done.stdout or "odd" in done.stdout
