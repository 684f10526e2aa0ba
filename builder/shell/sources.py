"""Digests of the author's files -> their words, or a picture's bytes, read from the disk when they are asked for."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from builder.model.diagnostic import MachineError, SiteError
from builder.shell.files import NotRegularError, TooLargeError, is_inside, read_regular, refusal, shown
from builder.shell.texts import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.site import Source

Held = TypeVar("Held")

AT_HAND = 32
"""Texts kept in memory: those of an edition or two. Of a large site all of them would take more than all else."""


class ChangedError(MachineError):
    """A file is another one than when its folder was looked through."""


class _Known(Mapping[str, Held]):
    """Files that are read when they are asked for, by their paths; their digests are known.

    ChangedError where what is asked for isn't there any more as it was, MachineError where the system refuses.
    """

    def __init__(self, top: str, digests: Mapping[str, str]) -> None:
        self._top = top
        self._digests = digests

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def __contains__(self, name: object) -> bool:
        return name in self._digests

    def __eq__(self, other: object) -> bool:
        """The same files with the same content."""
        return type(other) is type(self) and self._digests == other._digests

    __hash__ = None  # type: ignore[assignment]

    @contextmanager
    def _reading(self, name: str) -> Iterator[None]:
        """What the system refuses while a file is read."""
        try:
            yield
        except (FileNotFoundError, NotADirectoryError, NotRegularError) as fault:
            raise ChangedError(f"{shown(name)}: went away while the site was read; try again") from fault
        except OSError as fault:
            raise MachineError(refusal(fault, name)) from fault

    def _require_same(self, name: str, digest: str) -> None:
        if digest != self._digests[name]:
            raise ChangedError(f"{shown(name)}: changed while the site was read; try again")


class Sources(_Known["Source"]):
    """Every source by its path. ChangedError where what is asked for isn't there any more as it was."""

    def __init__(
        self, top: str, digests: Mapping[str, str], held: Mapping[str, Source], links: Mapping[str, str]
    ) -> None:
        """`held` are those that could not be read as they were meant; `links` the paths to open for linked ones."""
        super().__init__(top, digests)
        self._held = held
        self._links = links
        self._at_hand: dict[str, Source] = {}

    def __getitem__(self, name: str) -> Source:
        source = self._held.get(name) or self._at_hand.get(name)
        if source is not None:
            return source
        if name not in self._digests:
            raise KeyError(name)
        with self._reading(name):
            source, _ = read_source(self._links.get(name) or os.path.join(self._top, name), name)
        self._require_same(name, source.digest)
        if len(self._at_hand) >= AT_HAND:
            del self._at_hand[next(iter(self._at_hand))]
        self._at_hand[name] = source
        return source


LARGEST = 256 * 1024 * 1024
"""Bytes of a picture that is carried within another file."""


class Pictures(_Known[bytes]):
    """Every picture by its path. ChangedError where what is asked for isn't there any more as it was."""

    def __getitem__(self, name: str) -> bytes:
        if name not in self._digests:
            raise KeyError(name)
        path = os.path.realpath(os.path.join(self._top, name))
        try:
            with self._reading(name):
                content = read_regular(path, LARGEST) if is_inside(path, self._top) else b""
        except TooLargeError as fault:
            raise SiteError(f"{shown(name)}: too large a picture to stand within another file") from fault
        self._require_same(name, hashlib.sha256(content).hexdigest())
        return content
