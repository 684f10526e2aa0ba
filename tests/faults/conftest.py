"""The nursery as a fixture, and folders with a small site of every output to let faults loose on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.nursery import DEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.faults.cases import Known

ROOT = Path(__file__).parents[2]
EVERY_OUTPUT = ("site", "offline", "epub", "webanno", "tei", "zip")
"""All but handouts: to set these takes longer than all else, so they have a case of their own."""

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
FABLE = """# The Fox

A hungry fox saw grapes. He leapt for them, and leapt again, and could not reach them.

![Grapes](grapes.png)

“They are sour anyway,” he said, and went his way.
"""
NOTES = """## leapt again, and could not reach them {.language}
The sentence jumps twice: see [[trellis]].

## went his way {.challenge}
Another reading.
"""
FILES = {
    "site.toml": 'title = "Fables"\noutputs = [OUTPUTS]\n',
    "grapes/edition.toml": 'title = "A fable"\n[[text]]\nfile = "fable.md"\n[[text]]\nfile = "moral.md"\n',
    "grapes/fable.md": FABLE,
    "grapes/moral.md": "# The moral\n\nWho cannot reach a thing says that he does not want it.\n",
    "grapes/fable.notes.md": NOTES,
    "grapes/glossary.md": "## trellis\nWhat vines grow on.\n",
    "grapes/questions.md": "## Is he right?\nIn a way.\n",
}


def lay_site(project: Path, outputs: tuple[str, ...] = EVERY_OUTPUT) -> None:
    """The folder `content` of a small site."""
    for name, words in FILES.items():
        path = project / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words.replace("OUTPUTS", ", ".join(f'"{one}"' for one in outputs)), "utf-8")
    (project / "content/grapes/grapes.png").write_bytes(PIXEL)
    (project / "tmp").mkdir(exist_ok=True)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file and link below a folder, and every folder with nothing in it."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(os.readlink(path))
        elif path.is_file():
            found[name] = path.read_bytes()
        elif path.is_dir() and not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


@dataclass(frozen=True)
class Ran:
    """What became of a run."""

    status: int
    count: int
    """How many file operations it did."""
    took: float
    seen: tuple[Mapping[str, Any], ...]
    """Of each operation what it does, and what stood on the disk before it where that had changed."""
    out: str
    err: str

    @property
    def died(self) -> bool:
        return self.status == DEAD


class Nursery:
    """Runs commands in a folder, each in a fork of a process that has everything imported."""

    def __init__(self, folder: Path, *before: str) -> None:
        """`before` are words of a command line that starts the process in surroundings of its own."""
        self._folder = folder
        self._process = subprocess.Popen(
            [*before, sys.executable, "-m", "tests.faults.nursery"],
            cwd=ROOT,
            env={name: word for name, word in os.environ.items() if name != "CI"} | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def number(self) -> int:
        """The number of its process."""
        return self._process.pid

    def run(self, project: Path, *arguments: str, **asked: Any) -> Ran:
        """Run one command line in a folder."""
        return self.together(project, {"arguments": arguments, **asked})[0]

    def together(self, project: Path, *commands: dict[str, Any]) -> list[Ran]:
        """Run command lines in a folder at once. `words` are typed into one, `out` is where its output goes."""
        lines, places = [], []
        for number, asked in enumerate(commands):
            at = {name: str(self._folder / f"{name}-{number}") for name in ("in", "out", "err")}
            Path(at["in"]).write_text(asked.pop("words", ""), "utf-8")
            at["out"] = asked.pop("out", at["out"])
            environ = {"TMPDIR": str(project / "tmp"), "COLUMNS": "200", **asked.pop("environ", {})}
            lines.append({"cwd": str(project), "environ": environ, **at, **asked})
            places.append((Path(at["out"]), Path(at["err"])))
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(lines) + "\n")
        self._process.stdin.flush()
        answers: list[Mapping[str, Any]] = json.loads(self._process.stdout.readline())
        return [
            Ran(
                one["status"],
                one["count"],
                one["took"],
                tuple(one["seen"]),
                *("" if place.is_char_device() else place.read_text("utf-8", "replace") for place in streams),
            )
            for one, streams in zip(answers, places, strict=True)
        ]

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    nursery = Nursery(tmp_path_factory.mktemp("nursery"))
    yield nursery
    nursery.close()


def copied(folder: Path, goal: Path) -> Path:
    """A copy of a project with its times; files that are links of one another are again."""
    shutil.rmtree(goal, ignore_errors=True)
    subprocess.run(["cp", "-a", folder, goal], check=True)
    return goal


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Callable[[str], Known]:
    """What is known of a case by its name, found out once."""
    from tests.faults.cases import look

    return cache(lambda name: look(name, tmp_path_factory.mktemp("case"), nursery))
