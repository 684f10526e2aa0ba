"""One file in, what is written and told out: a folder for each case. `--regold` renews `told.txt`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.importing.conftest import Importing

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_what_comes_of_a_file(case: Path, importing: Importing, regold: bool) -> None:
    given = next(path for path in case.iterdir() if path.name.startswith("given."))
    beside = {"options.txt", "told.txt"}
    for path in case.iterdir():
        if path.is_dir():
            shutil.copytree(path, importing.folder / path.name)
        elif path.name not in beside:
            shutil.copy(path, importing.folder / path.name)
    there = sorted(importing.files())
    words = case / "options.txt"
    options = words.read_text(encoding="utf-8").splitlines() if words.exists() else []
    said = importing(given.name, "--dry-run", *options)
    assert sorted(importing.files()) == there
    told = f"{said.err}exit status {said.status}\n\n{said.out}"
    if regold:
        (case / "told.txt").write_text(told, encoding="utf-8", newline="")
    assert told == (case / "told.txt").read_bytes().decode("utf-8")
    if said.status == 0:
        done = importing(given.name, *options)
        assert done.status == 0
        checked = importing.run("check", done.out.splitlines()[0].rpartition("/")[0])
        assert (checked.status, checked.err) == (0, "nothing to mend\n") or case.name == "raw-html"
