"""The books as DAISY's Ace judges them. It is large and slow, so `make ace` alone installs and runs it."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from builder.model.site import Page
from builder.pipeline import Options, build
from builder.shell.opening import Opened, open_site

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ACE = HERE / "ace/node_modules/@daisy/ace-cli/bin/ace.js"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
SITES = {"content": ROOT / "content", "every-form": ROOT / "tests/golden/every-form/site"}
THEMES = ("folio", "glossa")


def books(site: Path, theme: str, folder: Path) -> dict[str, bytes]:
    """Edition -> its book, made with a theme."""
    copy = folder / "site"
    shutil.copytree(site, copy)
    own = (copy / "site.toml").read_text("utf-8").splitlines()
    lines = [line for line in own if not line.startswith(("outputs", "theme"))]
    (copy / "site.toml").write_text("\n".join(['outputs = ["epub"]', f'theme = "{theme}"', *lines]), "utf-8")
    opened = open_site(copy)
    assert isinstance(opened, Opened), opened
    made = build(opened.folder, opened.outline, opened.theme, Options())
    pages = [page for page in made if isinstance(page, Page)]
    return {page.path.split("/")[0]: page.content for page in pages if page.path.endswith(".epub")}


def judged(book: bytes, folder: Path) -> list[str]:
    """What Ace has against a book."""
    folder.mkdir()
    (folder / "book.epub").write_bytes(book)
    command = ["node", str(ACE), "--silent", "--outdir", str(folder / "report"), str(folder / "book.epub")]
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": CHROMIUM, "HOME": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((folder / "report/report.json").read_text("utf-8"))
    found = {document["earl:testSubject"]["url"]: document for document in report["assertions"]}
    with zipfile.ZipFile(folder / "book.epub") as opened:
        assert {Path(name).name for name in opened.namelist() if name.endswith("xhtml")} <= found.keys()
    return [
        f"{document}: {one['earl:test']['dct:title']}: {one['earl:result']['html']}"
        for document, said in found.items()
        for one in said["assertions"]
    ]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("site", SITES)
def test_ace_has_nothing_to_say(site: str, theme: str, tmp_path: Path) -> None:
    made = books(SITES[site], theme, tmp_path)
    assert made
    told = {name: judged(book, tmp_path / name) for name, book in made.items()}
    assert not any(told.values()), told


def test_ace_says_what_a_book_lacks(tmp_path: Path) -> None:
    (book,) = books(SITES["content"], "folio", tmp_path).values()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as whole, zipfile.ZipFile(made, "w") as lacking:
        for name in whole.namelist():
            lacking.writestr(name, whole.read(name).replace(b' lang="en" xml:lang="en"', b""))
    assert any("html-has-lang" in one for one in judged(made.getvalue(), tmp_path / "lacking"))
