"""The ground itself: requirements, targets and rules that agree with one another."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from .conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
MODULES = sorted(path for path in (ROOT / "builder").rglob("*.py") if path.parent.name != "_compiled")
# A table of plain values, the theme's whole API, is read better in one place.
LONG = {"builder/render/views.py"}
FORBIDDEN_NAMES = {"manager", "handler", "processor", "helper", "utils", "common", "misc", "data", "info"}


def name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9_.-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def locked(path: str) -> dict[str, str]:
    text = (ROOT / "requirements" / path).read_text(encoding="utf-8")
    return {name(line): line.split()[0] for line in text.splitlines() if "==" in line and not line.startswith(" ")}


def test_every_requirement_is_locked() -> None:
    project = PROJECT["project"]
    assert {name(one) for one in project["dependencies"]} <= set(locked("run.txt"))
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    assert {name(one) for one in [*project["dependencies"], *extras]} <= set(locked("dev.txt"))


def test_both_locks_agree() -> None:
    run, dev = locked("run.txt"), locked("dev.txt")
    assert run == {package: dev[package] for package in run}


def test_no_lock_names_an_address() -> None:
    for path in ("run.txt", "dev.txt", "anki.txt"):
        text = (ROOT / "requirements" / path).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        assert not re.search(r"://|--index|--find-links|--trusted", "\n".join(lines))
        assert "--hash=sha256:" in text


@pytest.mark.parametrize("target", ["site", "serve", "test", "check", "regold", "bench", "lock", "clean"])
def test_every_target_is_there_and_says_what_it_does(target: str) -> None:
    assert re.search(rf"^{target}:.* ## \w", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("tool", ["ruff", "mypy", "lint-imports", "codespell", "builder check"])
def test_check_calls_every_tool_and_each_is_configured(tool: str) -> None:
    recipe = MAKEFILE.partition("\ncheck:")[2].partition("\n\n")[0]
    assert tool in recipe
    sections = {"lint-imports": "importlinter", "builder check": "pytest"}
    assert sections.get(tool, tool) in PROJECT["tool"]


def test_continuous_integration_checks_tests_and_skips_nothing() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert {"make check", "GLOSSATOR_ALL_TESTS=1"} <= {line.strip() for line in script.splitlines()} | {
        word for word in script.split() if "=" in word
    }
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=False).returncode == 0


SKIPPING = """
import pytest

@pytest.mark.slow
def test_slow() -> None: pass

def test_that_skips_itself() -> None: pytest.skip("no browser")

def test_quick() -> None: pass
"""


@pytest.mark.parametrize(("every", "closing"), [("", "1 passed, 2 skipped"), ("1", "1 failed, 2 passed")])
def test_where_every_test_must_run_a_skipped_one_has_failed(tmp_path: Path, every: str, closing: str) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text(SKIPPING)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = slow: takes seconds\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-c", tmp_path / "pytest.ini", tmp_path],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "GLOSSATOR_ALL_TESTS": every, "PYTEST_ADDOPTS": ""},
    )  # fmt: skip
    assert f" {closing} in " in done.stdout.splitlines()[-1]


def test_the_console_script_and_the_module_are_the_same_command() -> None:
    assert PROJECT["project"]["scripts"] == {"glossator": "builder.__main__:main"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_is_short_and_says_what_it_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300 or path.relative_to(ROOT).as_posix() in LONG
    assert not FORBIDDEN_NAMES & set(path.stem.split("_"))
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno
            assert length < 50, f"{node.name} has {length} lines"
