"""Folders -> batches of paths in which something changed, once whoever changes them has come to an end.

Editors save in many ways: in place, by truncating and writing slowly, aside and renamed, with a backup renamed first,
by deleting and making anew. So a file that was closed after writing, or moved to its name, is believed at once; one
that is still being written, is gone or has become empty only after a while in which nothing more was heard of it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from enum import Enum
from typing import TYPE_CHECKING

from builder.model.diagnostic import MachineError
from builder.shell.files import is_passing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver

SETTLED = 0.003
"""Seconds after a file was closed or renamed: what follows directly belongs to the same save."""
FOLDER = 0.03
"""Seconds after a folder came, went or was renamed: its files follow."""
DOUBTFUL = 0.25
"""Seconds after which a file that is gone, or has become empty, is believed to be."""
WRITING = 0.8 if sys.platform == "linux" else 0.06
"""Seconds after which a file that is written to and not closed is read all the same. Other systems tell of no close."""
NAP = 0.25
"""Seconds after which who waits looks up: Ctrl-C may reach another thread, and wakes nobody then."""
LONGEST = 2.0
"""Seconds after which a batch is handed on whatever still comes."""
UNCLOSED = 10.0 if sys.platform == "linux" else LONGEST
"""The same where a file is still being written: half a text is no text. Some programs never close what they write."""


class _Heard(Enum):
    """The last that was heard of a path."""

    BORN = "born"
    WRITTEN = "written"
    CLOSED = "closed"
    GONE = "gone"
    FOLDER = "folder"


class Listener:
    """Hears of changes below some folders. `batch` is asked by one thread; what it hears comes from another's."""

    def __init__(self, folders: Iterable[str], passed_over: Callable[[str], bool]) -> None:
        """`passed_over` says of a path that nothing in it matters: the output, what others leave behind."""
        self._folders = tuple(dict.fromkeys(os.path.realpath(folder) for folder in folders if os.path.isdir(folder)))
        self._passed_over = passed_over
        self._pending: dict[str, tuple[_Heard, float]] = {}
        self._born: set[str] = set()
        """Those that were not there when the batch began."""
        self._first = 0.0
        self._stopped = False
        self._turn = threading.Condition()
        self._observer: BaseObserver | None = None

    def start(self) -> None:
        """Begin to listen. MachineError where the system has no room for it."""
        from watchdog.observers import Observer

        observer = Observer()
        try:
            for folder in self._folders:
                observer.schedule(_handler(self._hear), folder, recursive=True)
            observer.start()
        except OSError as fault:
            raise MachineError(f"can't watch {self._folders[0]}: {fault.strerror or fault}") from fault
        self._observer = observer

    def end(self) -> None:
        """Let go of who waits for a batch; there will be none. May be called from a signal's handler."""
        with self._turn:
            self._stopped = True
            self._turn.notify_all()

    def stop(self) -> None:
        """Listen no longer. Not from a signal's handler: the observer's threads may wait for the one it interrupted."""
        self.end()
        if self._observer is not None:
            self._observer.stop()

    def batch(self, patience: float | None = None) -> frozenset[str] | None:
        """The paths in which something changed; empty after so many seconds of silence, None once it is stopped."""
        limit = None if patience is None else time.monotonic() + patience
        with self._turn:
            while not self._stopped:
                now = time.monotonic()
                wait = self._wait(now)
                if wait is not None and wait <= 0:
                    paths = frozenset(self._pending)
                    self._pending.clear()
                    self._born.clear()
                    return paths
                if limit is not None and not self._pending and now >= limit:
                    return frozenset()
                rest = NAP if limit is None else max(0.0, limit - now)
                self._turn.wait(min(NAP, wait if wait is not None else rest))
        return None

    def _wait(self, now: float) -> float | None:
        """Seconds until what is pending may be handed on; None where nothing is."""
        if not self._pending:
            return None
        due = max(when + _delay(path, heard) for path, (heard, when) in self._pending.items())
        written = any(heard is _Heard.WRITTEN for heard, _ in self._pending.values())
        return min(due, self._first + (UNCLOSED if written else LONGEST)) - now

    def _hear(self, path: str, heard: _Heard) -> None:
        if self._passed_over(path):
            return
        with self._turn:
            now = time.monotonic()
            if not self._pending:
                self._first = now
            if heard is _Heard.BORN:
                if path not in self._pending:
                    self._born.add(path)
                heard = _Heard.WRITTEN
            if heard is _Heard.GONE and path in self._born:  # it was there for a moment, for some program's own use
                self._born.discard(path)
                del self._pending[path]
            else:
                self._pending[path] = (heard, now)
            self._turn.notify_all()


def _delay(path: str, heard: _Heard) -> float:
    """How long nothing more must be heard of a path before it is read as it is."""
    if heard is _Heard.FOLDER:
        return FOLDER
    try:
        empty = os.stat(path).st_size == 0
    except OSError:
        return DOUBTFUL
    if heard is _Heard.WRITTEN:
        return WRITING
    return DOUBTFUL if empty else SETTLED


def _handler(hear: Callable[[str, _Heard], None]) -> FileSystemEventHandler:
    from watchdog.events import FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            """Reading is no change: what was opened and closed again without writing is passed over."""
            kind, path = event.event_type, os.fsdecode(event.src_path)
            if kind in ("opened", "closed_no_write"):
                return
            if event.is_directory:
                if kind != "modified":
                    hear(path, _Heard.FOLDER)
            elif kind in ("deleted", "moved"):
                hear(path, _Heard.GONE)
            elif kind == "closed":
                hear(path, _Heard.CLOSED)
            elif kind == "created":
                hear(path, _Heard.BORN)
            else:
                hear(path, _Heard.WRITTEN)
            if kind == "moved":
                hear(os.fsdecode(event.dest_path), _Heard.FOLDER if event.is_directory else _Heard.CLOSED)

    return Handler()


def passed_over(path: str, top: str, output: str) -> bool:
    """Whether a path below `top` is in the output, hidden, or an editor's leftover. All are resolved paths."""
    if path == output or path.startswith(output + os.sep):
        return True
    parts = os.path.relpath(path, top).split(os.sep)
    return any(is_passing(part) for part in parts if part not in (os.curdir, os.pardir))
