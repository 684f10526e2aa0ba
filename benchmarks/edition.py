"""The edition in `content/` -> how long building it takes and how much memory it needs, beside a stick.

The stick is Python starting up and markdown-it parsing and rendering the same Markdown files, and nothing else;
it runs in the same minutes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import measure
from benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.measure import Cost

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
STICK = Path(__file__).with_name("stick.py")
EDITION, STICKS = "edition", "stick"


def copies(folder: Path, number: int) -> int:
    """Lay out a site with so many copies of every edition. How many texts it has in all."""
    texts = 0
    folder.mkdir()
    for path in CONTENT.iterdir():
        settings = path / "edition.toml"
        if settings.is_file():
            texts += number * len(tomllib.loads(settings.read_text(encoding="utf-8")).get("text", ()))
            for copy in range(number):
                shutil.copytree(path, folder / f"{path.name}-{copy:04}")
        elif path.is_file():
            shutil.copy(path, folder)
        else:
            shutil.copytree(path, folder / path.name)
    return texts


def build(content: Path, output: Path, *, program: Sequence[str] = (sys.executable, "-m", "builder")) -> list[str]:
    """The command that builds a site."""
    return [*program, "build", str(content), "--output", str(output), "--quiet"]


def edition(work: Path, number: int, repeat: int) -> Iterator[Row]:
    """Rows for one copy and for `number` of them, by the installed program; a row's number is that of its texts."""
    programs = work / "glossator" / "bin"
    said = work / "logs" / "edition.log"
    for many, runs in ((1, repeat), (number, max(1, repeat // 2))):
        with tempfile.TemporaryDirectory() as place:
            content, output = Path(place) / "content", Path(place) / "output"
            texts = copies(content, many)
            command = build(content, output, program=[str(programs / "glossator")])
            stick = [str(programs / "python"), str(STICK), str(content)]
            kinds = {
                (STICKS, "cold"): _in_turn(stick, Path(place), said, None),
                (EDITION, "cold"): _in_turn(command, Path(place), said, output),
                (EDITION, "again"): _in_turn(command, Path(place), said, None),
            }
            costs = [[run() for run in kinds.values()] for _ in range(runs)]
        for (system, phase), of_kind in zip(kinds, zip(*costs, strict=True), strict=True):
            yield Row(system, texts, f"{phase} edition", of_kind, load=max(one.load for one in of_kind))


def _in_turn(command: list[str], folder: Path, said: Path, removed: Path | None) -> Callable[[], Cost]:
    """A run of a command, `removed` away before it."""

    def run() -> Cost:
        if removed is not None:
            shutil.rmtree(removed, ignore_errors=True)
        return measure.run(command, folder, said)

    return run
