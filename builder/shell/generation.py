"""Pages as they are made -> what the preview shows: one generation of the site at a time, swapped whole."""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING

from builder.model.value import value_class
from builder.shell.files import NotRegularError, TooLargeError, read_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REMEMBERED = 64
"""Generations whose changes are kept for a reader who was away; whoever was longer away loads his page again."""

LARGEST = 256 * 1024 * 1024
"""Bytes of one file that is served."""


@value_class(frozen=True, slots=True)
class News:
    """What one generation brought."""

    number: int
    changed: tuple[str, ...] | None
    """Paths of pages that are new, other or gone; None where that isn't known: anything may be."""
    told: tuple[str, ...]
    """What is wrong with the site now, as the terminal says it."""

    def as_event(self) -> bytes:
        """As one event of a stream."""
        data = json.dumps({"changed": self.changed, "told": self.told})
        return f"id: {self.number}\nevent: news\ndata: {data}\n\n".encode()


class Generation:
    """Shared by the builder, who swaps, and by many readers. What was made last lies over what stands on the disk."""

    def __init__(self, output: str) -> None:
        self._output = os.path.realpath(output)
        self._fresh: Mapping[str, bytes] = {}
        self._told: tuple[str, ...] = ()
        self._news: list[News] = []
        self._number = 0
        self._closed = False
        self._turn = threading.Condition()

    def swap(self, pages: Mapping[str, bytes | None], told: tuple[str, ...], *, changed: Iterable[str] = ()) -> None:
        """Show other pages from now on, all at once, and what is told of the site.

        `pages` lie over what stands on the disk (None: as on the disk again); `changed` are the paths that a reader
        would see changed.
        """
        with self._turn:
            news = tuple(sorted(changed))
            if not news and told == self._told:
                return
            self._fresh = {path: page for path, page in {**self._fresh, **pages}.items() if page is not None}
            self._told = told
            self._number += 1
            self._news = [*self._news, News(self._number, news, told)][-REMEMBERED:]
            self._turn.notify_all()

    def read(self, path: str) -> bytes | None:
        """A file of the site by its path in the output, None for none. Never anything else that the disk holds."""
        if (fresh := self._fresh.get(path)) is not None:
            return fresh
        try:
            return read_below(self._output, path, LARGEST)
        except (OSError, ValueError, NotRegularError, TooLargeError):
            return None

    def is_folder(self, path: str) -> bool:
        """Whether the site has a page in a folder of this name."""
        return self.read(f"{path}/index.html") is not None

    def after(self, seen: int, patience: float) -> tuple[News, ...] | None:
        """What came after a generation, waiting so many seconds at most (then nothing); None when all is over."""
        with self._turn:
            self._turn.wait_for(lambda: self._closed or self._number > seen, patience)
            if self._closed:
                return None
            if self._number <= seen:
                return ()
            if seen < self._number - len(self._news):
                return (News(self._number, None, self._told),)
            return tuple(news for news in self._news if news.number > seen)

    @property
    def number(self) -> int:
        """The number of the generation that is shown."""
        return self._number

    def close(self) -> None:
        """Let go of everybody who waits."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
