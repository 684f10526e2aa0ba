"""The built sites, and a browser to read them in: what every test of the pages stands on."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import SITES, THEMES, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that looks at a built site runs once in each theme, or in those of its mark `themes`.

    A test needs nothing for that: `reader`, `pages`, `built_site` and `built_sites` are those of the theme in turn.
    """
    if "theme" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker("themes")
        metafunc.parametrize("theme", marked.args if marked else THEMES, indirect=True, scope="session")


@pytest.fixture(scope="session")
def theme(request: pytest.FixtureRequest) -> str:
    """The theme of the sites that this test looks at."""
    return str(request.param)


@pytest.fixture(scope="session")
def built_sites(theme: str, tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> dict[str, Path]:
    """The edition of this repository, the site with one of every form, and three texts that answer each other.

    Each is built once in a run of the tests, by the worker that comes first.
    """
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent
    return {name: _built(name, theme, run / f"sites-{testrun_uid}") for name in SITES}


def _built(name: str, theme: str, run: Path) -> Path:
    place = run / f"{name}-{theme}"
    run.mkdir(exist_ok=True)
    with (run / f"{name}-{theme}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (place / "output").exists():
            return place / "output"
        shutil.copytree(SITES[name], place / "content")
        settings = place / "content" / "site.toml"
        others = re.sub(r"^theme *=.*\n", "", settings.read_text("utf-8"), flags=re.M)
        settings.write_text(f'theme = "{theme}"\n{others}', "utf-8")
        command = [sys.executable, "-m", "builder", "build", str(place / "content"), "--output", str(place / "output")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return place / "output"


@pytest.fixture(scope="session")
def built_site(built_sites: dict[str, Path]) -> Path:
    """The output folder of this repository's own edition."""
    return built_sites["readings"]


@pytest.fixture(scope="session")
def pages(built_sites: dict[str, Path]) -> dict[str, Path]:
    """Every page of all sites by a short name: `readings/index.html`."""
    return {
        f"{name}/{path.relative_to(site)}": path
        for name, site in built_sites.items()
        for path in sorted(site.rglob("*.html"))
    }


def chromium() -> str:
    """The path of Chromium; the test is skipped where there is none."""
    named = os.environ.get("CHROMIUM", "")
    found = named or next((path for path in map(shutil.which, NAMES) if path), "")
    if not found:
        pytest.skip("no Chromium here: install one, or say where it is in CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = chromium()
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def reader(browser: Browser, built_sites: dict[str, Path]) -> Reader:
    """Somebody who opens pages from the disk, at any width, with or without script."""
    return Reader(browser, built_sites)
