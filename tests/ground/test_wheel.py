"""What is published works: the wheel, in an environment that has nothing else, makes a site and builds it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from typing import TYPE_CHECKING

import pytest

from .conftest import ROOT, in_new_process

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


def pip(environment: Path, *command: object) -> str:
    """Our own pip, for an environment that has none: to set one up takes longer than what it does."""
    return call(sys.executable, "-m", "pip", "--python", environment / "bin" / "python", *command, cwd=environment)


LEXED = """
import sys
from jinja2.lexer import Lexer
lexed, tokens = [], Lexer.tokeniter
def tokeniter(self, source, name, *others):
    lexed.append(name)
    return tokens(self, source, name, *others)
Lexer.tokeniter = tokeniter
from builder.cli import run
status = run(sys.argv[1:])
print(*sorted(lexed))
sys.exit(status)
"""
"""Runs the command; says which templates had to be read as Jinja."""


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
    venv.create(folder)
    pip(folder, "install", "-q", "--require-hashes", "-r", ROOT / "requirements" / "run.txt")
    pip(folder, "install", "-q", "--no-deps", wheel)
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
    pip(installed.parents[1], "check")


def test_a_new_site_is_built_by_the_installed_program(installed: Path, tmp_path: Path) -> None:
    call(installed, "new", "my-site", cwd=tmp_path)
    call(installed, "check", "--strict", "my-site", cwd=tmp_path)
    call(installed, "build", "my-site", cwd=tmp_path)
    page = (tmp_path / "output" / "reading-with-a-pencil" / "index.html").read_text(encoding="utf-8")
    assert "Some readers keep their books clean." in page
    assert list((tmp_path / "output" / "assets").iterdir())


def built(python: Path, content: Path, output: Path) -> tuple[list[str], dict[str, bytes]]:
    """Which templates a build had to compile, and what it made."""
    options = ("--output", output, "--quiet", "--locked")
    lexed = call(python, "-c", LEXED, "build", content, *options, cwd=output.parent).split()
    files = (path for path in output.rglob("*") if path.is_file() and not path.name.startswith("."))
    return lexed, {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("theme", ["folio", "glossa"])
def test_the_templates_of_the_wheel_are_compiled_and_make_what_a_checkout_makes(
    installed: Path, tmp_path: Path, theme: str
) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    settings = tmp_path / "content" / "site.toml"
    others = re.sub(r"^theme *=.*\n", "", settings.read_text("utf-8"), flags=re.M)
    settings.write_text(f'theme = "{theme}"\n{others}', "utf-8")
    lexed, made = built(installed.with_name("python"), tmp_path / "content", tmp_path / "output")
    assert lexed == []
    done = in_new_process("build", str(tmp_path / "content"), "--output", str(tmp_path / "own"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    own = {path.relative_to(tmp_path / "own").as_posix(): path for path in (tmp_path / "own").rglob("*")}
    assert {name: own[name].read_bytes() for name in made} == made
    assert "index.html" in made


def test_a_template_of_the_site_s_own_is_compiled_as_it_is(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    partial = tmp_path / "content" / "theme" / "partials" / "colophon.html"
    partial.parent.mkdir(parents=True)
    partial.write_text("<p>Set by hand.</p>\n", "utf-8")
    lexed, made = built(installed.with_name("python"), tmp_path / "content", tmp_path / "output")
    assert set(lexed) == {"partials/colophon.html"}
    assert b"Set by hand." in made["index.html"]


FAULTY = """
from pathlib import Path
from builder.model.diagnostic import Place, SiteError
from builder.model.theme import Theme
from builder.render.page import Press
from builder.shell.themes import read_theme
read, _ = read_theme("folio", Path("content"), place=Place("site.toml"))
try:
    Press(Theme("folio", "", read.files, {}, (), (), ())).set("404.html", {})
except SiteError as fault:
    print(fault)
"""


def test_a_fault_in_a_compiled_template_is_told_with_its_place(installed: Path, tmp_path: Path) -> None:
    """Python knows the path of a module; who reads the message knows the theme's files."""
    told = call(installed.with_name("python"), "-c", FAULTY, cwd=tmp_path)
    assert re.match(r"templates/\w+\.html:[1-9]\d*:[1-9]\d*: G509 ", told), told
