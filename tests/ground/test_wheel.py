"""What is published works: the wheel, in an environment that has nothing else, makes a site and builds it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from typing import TYPE_CHECKING

import pytest

from .conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def call(*command: object, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", "node_modules", ".*_cache", "output")
    shutil.copytree(ROOT, source, ignore=ignored)
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, cwd=source)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    call(python, "-m", "pip", "install", "-q", "--require-hashes", "-r", ROOT / "requirements" / "run.txt", cwd=folder)
    call(python, "-m", "pip", "install", "-q", "--no-deps", wheel, cwd=folder)
    return folder / "bin" / "glossator"


def test_the_wheel_holds_themes_and_starter_and_nothing_of_ours_besides(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "builder/_themes/folio/theme.toml" in names
    assert "builder/starter/site.toml" in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"builder"}
    themes = {path.relative_to(ROOT / "themes").as_posix() for path in (ROOT / "themes").rglob("*") if path.is_file()}
    themes = {path for path in themes if not any(part.startswith(".") for part in path.split("/"))}
    assert {f"builder/_themes/{path}" for path in themes} <= set(names)


def test_the_requirements_of_the_wheel_are_met_by_what_is_locked(installed: Path) -> None:
    call(installed.with_name("python"), "-m", "pip", "check", cwd=installed.parent)


def test_a_new_site_is_built_by_the_installed_program(installed: Path, tmp_path: Path) -> None:
    call(installed, "new", "my-site", cwd=tmp_path)
    call(installed, "check", "--strict", "my-site", cwd=tmp_path)
    call(installed, "build", "my-site", cwd=tmp_path)
    page = (tmp_path / "output" / "reading-with-a-pencil" / "index.html").read_text(encoding="utf-8")
    assert "Some readers keep their books clean." in page
    assert list((tmp_path / "output" / "assets").iterdir())
