"""A process that has all of the program imported: each command runs in a fork of it, which a fault may befall.

Asked by lines of JSON on standard input, it answers by lines of JSON. A fork that is to die does so by `os._exit`: no
`finally`, no flush, nothing that a killed process couldn't do either. One that is to be refused gets the system's own
error from the very call.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import hashlib
import io
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.shell import exchange, seal, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.shell.workshop import Round

DEAD = 137
"""The status of a fork that died where it was told to: a shell's own for one that was killed."""
CHANGES = (
    "mkdir", "rmdir", "rename", "replace", "link", "symlink", "unlink", "remove", "chmod", "chown", "utime", "fsync",
    "truncate", "ftruncate", "write", "sendfile",
)  # fmt: skip
READS = ("read", "scandir", "listdir")
NAMELESS = frozenset({"write", "sendfile", "fsync", "ftruncate", "read"})
"""Calls whose refusal names no path."""
ROOT = Path(__file__).parents[2]
_open, _write = builtins.open, os.write
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Fault:
    """What befalls a run: at which of its file operations, and what."""

    def __init__(self, asked: dict[str, Any], report: int) -> None:
        self.how: str = asked.get("how", "count")
        self.at: int = asked.get("at", 0)
        self.number: int = asked.get("number", 0)
        self.lasting: bool = asked.get("lasting", False)
        self.reads: bool = asked.get("reads", False)
        self.report = report
        self.count = 0
        self.states: dict[str, str] = {}
        self.digests: dict[tuple[int, ...], str] = {}

    def step(self, name: str, path: object, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """One operation, unless it isn't to be done."""
        self.count += 1
        if self.how == "list":
            _write(self.report, f"{json.dumps({'does': f'{name} {path}', 'states': None})}\n".encode())
        if self.how == "watch":
            self.look(f"{name} {path}")
        if self.count == self.at and self.how == "kill":
            os._exit(DEAD)
        if self.count == self.at and self.how == "tear":
            try:
                if name == "write":
                    given = (*given[:-1], bytes(given[-1])[: len(given[-1]) // 2])
                call(*given, **named)
            finally:
                os._exit(DEAD)
        if self.how == "refuse" and (self.count == self.at or (self.lasting and self.count > self.at)):
            fault = OSError(self.number, os.strerror(self.number))
            if name not in NAMELESS:
                fault.filename = path
            raise fault
        return call(*given, **named)

    def look(self, what: str) -> None:
        """Report an operation that is about to be done, and what stands on the disk, where that has changed."""
        states = {}
        for top in ("output", "content"):
            for folder, _, names in os.walk(top):
                for name in names:
                    path = f"{folder}/{name}"
                    with suppress(FileNotFoundError):
                        states[path] = self._digest(path)
        new, self.states = states != self.states, states
        line = json.dumps({"does": what, "states": states if new else None})
        _write(self.report, f"{line}\n".encode())

    def _digest(self, path: str) -> str:
        status = os.lstat(path)
        seen = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        if seen not in self.digests:
            with _open(path, "rb") as file:
                self.digests[seen] = hashlib.sha256(file.read()).hexdigest()
        return self.digests[seen]

    def arm(self) -> None:
        """From now on each operation is counted."""
        for name in (*CHANGES, *(READS if self.reads else ())):
            setattr(os, name, self._wrapped(name, getattr(os, name)))
        os.open = self._opened(os.open)
        io.open = builtins.open = self._file(builtins.open)
        call = exchange._renameat2()
        if call is not None:
            exchange._renameat2 = lambda: lambda *given: self._exchanged(call, *given)

    def _wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*given: Any, **named: Any) -> Any:
            return self.step(name, given[0] if given else "", call, *given, **named)

        return stepping

    def _opened(self, call: Callable[..., int]) -> Callable[..., int]:
        def opening(path: Any, flags: int, *given: Any, **named: Any) -> int:
            if flags & WRITING or self.reads:
                return int(self.step("open", path, call, path, flags, *given, **named))
            return call(path, flags, *given, **named)

        return opening

    def _file(self, call: Callable[..., Any]) -> Callable[..., Any]:
        fault = self

        class Written(io.FileIO):
            def write(self, content: Any) -> int:
                return int(fault.step("write", self.name, super().write, content))

        def opening(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
            if not set(mode) & set("wax+"):
                return (
                    self.step("open", file, call, file, mode, *given, **named)
                    if self.reads and not isinstance(file, int)
                    else call(file, mode, *given, **named)
                )
            if isinstance(file, int):  # open already
                raw = Written(file, mode.replace("b", "").replace("t", ""))
                return io.BufferedWriter(raw)
            with suppress(FileExistsError):
                raw = self.step("open", file, Written, file, mode.replace("b", "").replace("t", ""))
                made = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
                return made if "b" in mode else io.TextIOWrapper(made, encoding=named.get("encoding"))
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), file)

        return opening

    def _exchanged(self, call: Callable[..., int], *given: Any) -> int:
        try:
            return int(self.step("exchange", given[3], call, *given))
        except OSError as fault:
            ctypes.set_errno(fault.errno or 0)
            return -1


def warm() -> None:
    """Import what commands import, and build once: so templates are compiled, which is nine tenths of a small build."""
    from builder.commands import checking, exporting, importing, reviewing  # noqa: F401
    from builder.shell import build, ledger, once, press, renumbering, resident, starter, telling  # noqa: F401

    with tempfile.TemporaryDirectory() as folder:
        site = shutil.copytree(ROOT / "builder" / "starter", Path(folder) / "content")
        settings = (site / "site.toml").read_text("utf-8")
        outputs = '"site", "offline", "epub", "webanno", "tei", "zip"'
        (site / "site.toml").write_text(f"outputs = [{outputs}]\n{settings}", "utf-8")
        once.build_once(build.Order(site))
    seal.FINE_TICK = seal.COARSE_TICK = 0  # what a test writes is as old as it says


def save(fault: Fault) -> int:
    """What `serve` does at a save: a first build, untouched by any fault; then the change that `edit` tells of."""
    from builder.shell.build import Order
    from builder.shell.generation import Generation
    from builder.shell.workshop import Workshop

    told: list[str] = []

    def report(made: Round) -> tuple[str, ...]:
        told.append(made.fault)
        return ()

    workshop = Workshop(Order(Path("content")), generation=Generation("output"), report=report)
    workshop.make()
    file, old, new = Path("edit").read_text("utf-8").split("\t")
    path = Path(file)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    fault.arm()
    workshop.make(frozenset({os.path.realpath(path)}))
    workshop.remember()
    sys.stderr.write("\n".join(filter(None, told)))
    return 2 if any(told) else 0


def run(asked: dict[str, Any], fault: Fault) -> int:
    """One command line. The exit status, as a shell would see it."""
    os.chdir(asked["cwd"])
    os.environ.update(asked.get("environ", {}))
    for name, at in (("in", 0), ("out", 1), ("err", 2)):
        flags = os.O_RDONLY if at == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(asked[name], flags, 0o600), at)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(at, mode, encoding="utf-8") for at, mode in enumerate("rww"))
    if shift := asked.get("clock"):
        now, now_ns = time.time, time.time_ns
        time.time, time.time_ns = lambda: now() + shift, lambda: now_ns() + shift * 10**9
    write.FEW = asked.get("few", write.FEW)
    if asked.get("user"):
        os.setgroups([])
        os.setgid(asked["user"])
        os.setuid(asked["user"])
    try:
        if asked["arguments"] == ["save"]:
            return save(fault)
        from builder.__main__ import started

        fault.arm()
        return started(asked["arguments"])
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
        return 70
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()


class Child:
    """A fork that carries a command out."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self._kill_after: float | None = asked.get("kill_after")
        self._out, report = os.pipe()
        self._begun = time.monotonic()
        self._number = os.fork()
        if self._number == 0:
            status = 71
            try:
                time.sleep(asked.get("wait", 0))
                fault = Fault(asked.get("fault") or {}, report)
                status = run(asked, fault)
                _write(report, f"# {fault.count}\n".encode())
            finally:
                os._exit(status)
        os.close(report)

    def answer(self) -> dict[str, Any]:
        """What became of it, once it has ended."""
        if self._kill_after is not None:
            time.sleep(self._kill_after)
            os.kill(self._number, signal.SIGKILL)
        with open(self._out, encoding="utf-8") as report:
            said = report.read().splitlines()
        ended = os.waitpid(self._number, 0)[1]
        return {
            "status": DEAD if os.WIFSIGNALED(ended) else os.waitstatus_to_exitcode(ended),
            "count": next((int(line[2:]) for line in said if line[0] == "#"), 0),
            "took": time.monotonic() - self._begun,
            "seen": [json.loads(line) for line in said if line[0] != "#"],
        }


def main() -> None:
    """Answer until nobody asks any more: each line is a list of commands, which run side by side."""
    warm()
    for line in sys.stdin:
        children = [Child(asked) for asked in json.loads(line)]
        sys.stdout.write(json.dumps([child.answer() for child in children]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
