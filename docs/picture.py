"""What the documentation shows -> its pictures: the page made of README.md's ten lines, and content/'s handouts.

`python -m docs.picture [CHROMIUM [PROTOTYPE]]`, from the project's folder, after the theme has changed. PROTOTYPE is
the folder of the design's pages: their print is shown beside the handouts.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
import zlib
from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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


def show_handouts(browser: str, prototype: Path | None) -> None:
    """Every page of the student's and the teacher's handout of `content/`, on one sheet each.

    With a prototype also the first of each below those that its page for reading is printed on, at the same scale.
    """
    with TemporaryDirectory() as folder:
        site = ["build", str(HERE.parent / "content"), "--output", f"{folder}/out", "--quiet", "--locked"]
        subprocess.run([sys.executable, "-m", "builder", *site], check=True)
        beside: list[str] = []
        for of in ("student", "teacher"):
            (handout,) = Path(folder, "out").glob(f"*/handout-{of}.pdf")
            pages = shown(handout)
            lay(pages, HERE / "pictures" / f"handout-{of}.jpg", Path(folder), browser)
            if prototype:
                printed = Path(folder, f"prototype-{of}.pdf")
                page = f"{(prototype.resolve() / 'index.html').as_uri()}{'?print=student' if of == 'student' else ''}"
                print_page(page, printed, browser)
                beside += [*shown(printed)[:ACROSS], *pages[:ACROSS]]
        if beside:
            lay(beside, HERE / "pictures" / "handouts-prototype.jpg", Path(folder), browser)


def shown(pages: Path) -> list[str]:
    """The pages of a PDF, each as an element of HTML."""
    import pypdfium2

    made = (b64encode(picture_of(page)).decode() for page in pypdfium2.PdfDocument(pages))
    return [f'<img src="data:image/png;base64,{content}">' for content in made]


def lay(pages: list[str], picture: Path, folder: Path, browser: str) -> None:
    """Pages on one sheet, and its picture."""
    sheet = folder / f"{picture.stem}.html"
    sheet.write_text(f"<style>{SHEET}</style>{''.join(pages)}", encoding="utf-8")
    take(sheet.as_uri(), picture, browser, whole=True)


def print_page(address: str, goal: Path, browser: str) -> None:
    """A page as a browser prints it on A4, without its grounds of colour."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser)
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.wait_for_timeout(400)
        page.pdf(path=goal, format="A4", prefer_css_page_size=True, print_background=False)
        chromium.close()


ACROSS = 5
SHEET = (
    "body{margin:0;background:#999;display:grid;gap:6px;"
    f"grid-template-columns:repeat({ACROSS},1fr)}} img{{width:100%}}"
)


def picture_of(page: Any) -> bytes:
    """A page of a PDF as PNG."""
    made = page.render(scale=0.7, rev_byteorder=True, prefer_bgrx=False)
    row = made.width * made.n_channels
    content = bytes(made.buffer)
    lines = b"".join(b"\0" + content[at : at + row] for at in range(0, made.stride * made.height, made.stride))
    header = struct.pack(">IIBBBBB", made.width, made.height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    said = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(said)


def take(address: str, picture: Path, browser: str, *, whole: bool = False) -> None:
    """The top of a page, at twice the density, so that it is sharp on any screen; or the whole page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser)
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2)
        page.goto(address)
        page.wait_for_timeout(800)  # notes slide to their lines
        if whole:
            page.screenshot(path=picture, full_page=True, type="jpeg", quality=70)
        else:
            page.screenshot(path=picture)
        chromium.close()


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else shutil.which("chromium") or "chromium"
    write(chosen)
    show_handouts(chosen, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
