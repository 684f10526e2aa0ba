"""What a case of hostile input is -> its files on disk; a command on them -> what it did, said and cost."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 10, 500
"""What any input may cost: RELIABILITY's bound."""

DEFAULTS: dict[str, str] = {
    "site.toml": 'title = "A site"\noutputs = ["site"]\n',
    "fox/edition.toml": 'title = "The fox"\n\n[[text]]\nfile = "fable.md"\n\n[[layer]]\nid = "editor"\nby = "Us"\n',
    "fox/fable.md": "# A fable\n\nA hungry fox saw grapes on a trellis, and leapt.\n",
    "fox/fable.notes.md": "## on a trellis {.context}\nA frame for vines.\n",
}
"""The site in which a case stands: its own files replace these, `false` takes one away."""

COMMANDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("commands.toml").read_text(encoding="utf-8"))
"""Command lines and output folders."""

_PLACE = re.compile(r"^(\S[^\n]*?:\d+:\d+): (G\d{3})\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tried:
    """One command: its exit status, its streams, its CPU seconds and the megabytes of its largest process."""

    status: int
    out: str
    err: str
    seconds: float
    megabytes: int
    wall: float

    @property
    def told(self) -> list[str]:
        """`file:line:column: CODE` of everything that was told, in its order."""
        return [f"{place}: {code}" for place, code in _PLACE.findall(self.err)]


@dataclass(slots=True)
class Trying:
    """Carries out commands, each in a process of its own, below one folder."""

    top: Path
    _server: subprocess.Popen[str] | None = field(default=None)

    def __call__(self, folder: Path, *arguments: str, seconds: int = SECONDS) -> Tried:
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "tests.hostile.fork"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={name: value for name, value in os.environ.items() if name != "CI"} | {"PYTHONPATH": str(ROOT)},
            )
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        streams = {name: str(self.top / name) for name in ("out", "err")}
        asked = {"arguments": arguments, "folder": str(folder), "seconds": seconds + 1, **streams}
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        status, spent, megabytes, wall = json.loads(self._server.stdout.readline())
        out, err = (Path(path).read_text(encoding="utf-8") for path in streams.values())
        return Tried(status, out, err, spent, megabytes, wall)

    def close(self) -> None:
        """No more commands."""
        if self._server is not None:
            assert self._server.stdin is not None
            assert self._server.stdout is not None
            self._server.stdin.close()
            self._server.wait(60)
            self._server.stdout.close()


def filled(word: str) -> str:
    """A word of a command line, with what a table can't hold."""
    return word.replace("{half}", "\udcff").replace("{long}", "n" * 300).replace("{deep}", "deep/" * 900)


def content(said: object) -> bytes:
    """The bytes of a file as a case tells them.

    Words; or a list of words and of `[words, times]`, in which `{n}` is the number of the time and `{next}` the one
    after; or `{hex = "…"}`.
    """
    if isinstance(said, str):
        return said.encode()
    if isinstance(said, dict):
        return bytes.fromhex(said["hex"])
    assert isinstance(said, list)
    return "".join(_piece(one) for one in said).encode()


def _piece(one: Any) -> str:
    if isinstance(one, str):
        return one
    words, times = one
    if "{n}" not in words:
        return str(words) * int(times)
    return "".join(words.replace("{n}", str(n)).replace("{next}", str(n + 1)) for n in range(int(times)))


def put(folder: Path, files: Mapping[str, object]) -> None:
    """Write the files of a case below a folder."""
    for name, said in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if said is False:
            continue
        if isinstance(said, dict) and "link" in said:
            path.symlink_to(said["link"])
        elif isinstance(said, dict) and "special" in said:
            _special(path, said["special"])
        else:
            path.write_bytes(content(said))


def _special(path: Path, kind: str) -> None:
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        assert kind == "socket"
        before = Path.cwd()
        os.chdir(path.parent)  # the address of a socket is short
        try:
            with socket.socket(socket.AF_UNIX) as one:
                one.bind(path.name)
        finally:
            os.chdir(before)


def tree(folder: Path, *passed_over: str) -> dict[str, str]:
    """Every path below a folder, and what it is: what changed there can be seen by two of them."""
    return dict(_tree(os.fsencode(folder), b"", {os.fsencode(name) for name in passed_over}))


def _tree(folder: bytes, below: bytes, passed_over: set[bytes]) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda one: one.name)
    for entry in found:
        name = below + entry.name
        if name in passed_over:
            continue
        if entry.is_symlink():
            what = f"-> {os.fsdecode(os.readlink(entry.path))}"
        elif entry.is_dir():
            what = "folder"
            yield from _tree(entry.path, name + b"/", passed_over)
        elif entry.is_file():
            with open(entry.path, "rb") as file:
                what = hashlib.sha256(file.read()).hexdigest()
        else:
            what = f"special {entry.stat(follow_symlinks=False).st_mode:o}"
        yield os.fsdecode(name), what
