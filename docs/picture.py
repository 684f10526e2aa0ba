"""The ten lines at the head of README.md -> pictures/ten-lines.png, a picture of the page that they make.

`python -m docs.picture [CHROMIUM]`, from the project's folder, after the theme has changed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
EXAMPLE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WIDTH, HEIGHT = 1040, 560
"""In CSS pixels: wide enough for a margin, high enough for the three notes."""


def write(browser: str) -> None:
    """Build the example in a folder of its own and take its picture."""
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        site.mkdir()
        for name, words in EXAMPLE.findall((HERE.parent / "README.md").read_text(encoding="utf-8")):
            (site / name).parent.mkdir(exist_ok=True)
            (site / name).write_text(words, encoding="utf-8")
        subprocess.run([sys.executable, "-m", "builder", "build", str(site / "grapes"), "--quiet"], check=True)
        page = next((site / "output").glob("*/index.html"))
        take(page.as_uri(), HERE / "pictures" / "ten-lines.png", browser)


def take(address: str, picture: Path, browser: str) -> None:
    """The top of a page, at twice the density, so that it is sharp on any screen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser)
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2)
        page.goto(address)
        page.wait_for_timeout(800)  # notes slide to their lines
        page.screenshot(path=picture)
        chromium.close()


if __name__ == "__main__":
    write(sys.argv[1] if len(sys.argv) > 1 else shutil.which("chromium") or "chromium")
