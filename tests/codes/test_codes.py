"""Every code has a folder with a site that has this slip; `told.txt` is what `check` says of it.

A folder `G201/` holds `site/` (what the author wrote) and `told.txt`. Where a slip can't be kept in a repository
(a FIFO, bytes that are no UTF-8 …) the folder holds `make.py` with `make(folder)` that writes it.
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from builder.model.codes import CODES
from builder.model.view import View
from builder.pipeline.annotations import take_in
from builder.pipeline.reading import Reading
from builder.shell.abroad import Manner, ask_abroad
from builder.shell.opening import Opened, check_site, open_site
from builder.shell.terminal import lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model.diagnostic import Diagnostic, Place

IMPORT_ALONE = {"G144", "G145"}
"""What can only be found by taking in the annotations beside the site."""

WEB_ALONE = {"G611", "G612"}
"""What can only be found by asking the web: here by what is said instead of it."""

HERE = Path(__file__).parent
FOLDERS = sorted(path for path in HERE.iterdir() if path.is_dir() and path.name.startswith("G"))


def test_every_code_has_its_folder() -> None:
    assert sorted({path.name.split("-")[0] for path in FOLDERS}) == sorted(CODES)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_what_is_told(folder: Path, tmp_path: Path, regold: bool) -> None:
    site = tmp_path / "site"
    if (folder / "site").is_dir():
        shutil.copytree(folder / "site", site)
    else:
        site.mkdir()
    if (folder / "make.py").is_file():
        spec = importlib.util.spec_from_file_location("make", folder / "make.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.make(site)
    found = check_site(site)
    if folder.name[:4] in WEB_ALONE:
        found = check_site(site, told_by_web)
    if folder.name[:4] in IMPORT_ALONE:
        found = told_by_import(site, (folder / "annotations.json").read_text(encoding="utf-8"))
    told = "".join(f"{line}\n" for one in found for line in lines(one))
    expected = folder / "told.txt"
    if regold:
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert folder.name.split("-")[0] in told


def told_by_web(addresses: Mapping[str, Place]) -> tuple[Diagnostic, ...]:
    with mock.patch("builder.shell.abroad._say", lambda _, address, __: WEB[address]):
        return ask_abroad(addresses, Manner(pause=0.0))


WEB = {
    "http://127.0.0.1:9/": (404, ""),
    "http://moved.test/": (301, "https://now.test/"),
    "https://now.test/": (200, ""),
}


def told_by_import(site: Path, document: str) -> tuple[Diagnostic, ...]:
    opened = open_site(site)
    assert isinstance(opened, Opened)
    anchored, _ = Reading(opened.folder, opened.outline, View()).anchored("fox")
    assert anchored is not None
    return take_in(document, anchored, opened.folder, opened.outline, name="class").told
