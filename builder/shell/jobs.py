"""Sheets to be made, by name -> the sheets in their order, made side by side in processes where that is worth it.

Processes are forked: what was read so far they have without its being sent, and only names go in. That is done in
the main thread, and only while there is no other: a lock that another thread holds would stay shut in the child.
"""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from builder.model.diagnostic import MachineError
from builder.shell.seal import processors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

Made = TypeVar("Made")

ALLOCATIONS = 50_000
"""Objects made between two searches for cycles. Ours are frozen and form none: with Python's own 700 a tenth of a
build's time went into looking for them."""
WORTH = 24
"""Sheets from which on processes are worth their start: that takes as long as one or two."""
MOST = 8
"""As many as a build takes of its own accord."""
FEW = 8
"""Sheets that are made without a search for cycles, where it was put off: setting pages leaves some 200 kB of them on
each sheet, and to look through an edition of ten thousand notes for them takes a tenth of the time that it takes."""
AHEAD = 4
"""Sheets that each process may be ahead of what is written, so that no more than these are held."""

_make: Callable[[str], Any] | None = None
"""What the processes of this one make: set before they are forked."""


def spread_out(make: Callable[[str], Made], names: Sequence[str], *, jobs: int = 0) -> Iterator[Made]:
    """What `make` gives for each name, in their order.

    `jobs` processes, of which this is one; 0: as many as there are processors for it.
    """
    if len(names) > FEW:
        gc.enable()
    number = jobs or (min(processors(), MOST) if len(names) >= WORTH else 1)
    number = min(number, len(names))
    if number < 2 or not _may_fork():
        return map(make, names)
    return _side_by_side(make, names, number)


def _may_fork() -> bool:
    alone = threading.current_thread() is threading.main_thread() and threading.active_count() == 1
    return alone and hasattr(os, "fork")


def _side_by_side(make: Callable[[str], Made], names: Sequence[str], number: int) -> Iterator[Made]:
    """One of the processes is this one: it makes a sheet itself while the one that it waits for is being made."""
    import multiprocessing
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    global _make
    _make = make
    left = iter(names)
    waiting: deque[Future[Made]] = deque()
    with ProcessPoolExecutor(number - 1, multiprocessing.get_context("fork"), initializer=_quiet) as pool:
        try:
            while True:
                room = min((number - 1) * AHEAD - sum(not one.done() for one in waiting), number * AHEAD - len(waiting))
                waiting.extend(pool.submit(_one, name) for name in islice(left, max(0, room)))
                if not waiting:
                    break
                spare = not waiting[0].done() and len(waiting) < number * AHEAD
                name = next(left, None) if spare else None
                if name is not None:
                    waiting.append(_here(make, name))
                else:
                    yield waiting.popleft().result()
        except BrokenExecutor as fault:
            raise MachineError("a process that made pages was ended from outside; try again with --jobs 1") from fault
        finally:
            for future in waiting:
                future.cancel()
            _make = None


def _here(make: Callable[[str], Made], name: str) -> Future[Made]:
    """A sheet made in this process. What goes wrong is told when its turn comes."""
    from concurrent.futures import Future

    made: Future[Made] = Future()
    try:
        made.set_result(make(name))
    except Exception as fault:  # it is raised again when its turn comes
        made.set_exception(fault)
    return made


def _quiet() -> None:
    """A process that makes sheets leaves Ctrl-C to the one that asked for them, and ends where that one is killed."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_who_asked, daemon=True).start()


def _end_with_who_asked() -> None:
    """Else it would wait for ever: each of these processes holds the end of the queue that another waits at."""
    from multiprocessing import parent_process

    if asked := parent_process():
        asked.join()
        os._exit(1)


def _one(name: str) -> Any:
    assert _make is not None
    return _make(name)
