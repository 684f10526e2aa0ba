"""The built sites, and a browser to read them in: what every test of the pages stands on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SITES = {
    "readings": ROOT / "content",
    "forms": ROOT / "tests/golden/every-form/site",
    "three": ROOT / "tests/browser/three-texts",
}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@pytest.fixture(scope="session")
def built_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The edition of this repository, the site with one of every form, and three texts that answer each other."""
    made = {}
    for name, folder in SITES.items():
        place = tmp_path_factory.mktemp(name)
        shutil.copytree(folder, place / "content")
        command = [sys.executable, "-m", "builder", "build", str(place / "content"), "--output", str(place / "output")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        made[name] = place / "output"
    return made


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


def _chromium() -> str:
    named = os.environ.get("CHROMIUM", "")
    found = named or next((path for path in map(shutil.which, NAMES) if path), "")
    if not found:
        pytest.skip("no Chromium here: install one, or say where it is in CHROMIUM")
    return found


@pytest.fixture(scope="session")
def reader(built_sites: dict[str, Path]) -> Iterator[Reader]:
    """Somebody who opens pages from the disk, at any width, with or without script."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = _chromium()
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield Reader(browser, built_sites)
        browser.close()
