"""The command in an empty folder, and Word files to give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from builder.cli import run

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Said:
    status: int
    out: str
    err: str


class Importing:
    """`glossator import`, run in a folder of its own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def __call__(self, *arguments: str) -> Said:
        return self.run("import", *arguments)

    def run(self, *arguments: str) -> Said:
        self._capture.readouterr()
        status = run(arguments)
        out, err = self._capture.readouterr()
        return Said(status, out, err)

    def write(self, path: str, words: str | bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(words if isinstance(words, bytes) else words.encode("utf-8"))
        return file

    def read(self, path: str) -> str:
        return (self.folder / path).read_bytes().decode("utf-8")

    def files(self, folder: str = ".") -> dict[str, bytes]:
        top = self.folder / folder
        return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@pytest.fixture
def importing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Importing:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Importing(folder, capfd)
