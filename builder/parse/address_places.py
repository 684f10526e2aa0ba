"""An address as the parser read it -> line and column at which it was typed, whatever entities it was hidden by."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.parse.manner import Manner

_READ_OTHERWISE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});|\\(?=[!-/:-@\[-`{-~])")
"""What a parser reads as other characters than were typed: entities, and the backslash before a mark."""
_BEYOND_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
"""What a parser writes for letters that have no place in an address, where it leaves what was typed with signs."""

MISSES = 100
"""Addresses that may be sought in vain, each through the whole source, before no more are sought."""


class AddressPlaces:
    """Finds addresses in a source. They are asked for in the order in which they stand, by and large."""

    def __init__(self, manner: Manner) -> None:
        self.path = manner.path
        self._manner = manner
        self._reached = self._missed = 0

    def of(self, address: str) -> tuple[int, int]:
        """Line and column in the file, both from 1; the source's first where it can't be said."""
        line, column = self._at(self._offset(address))
        return self._manner.line + line, column + 1 + (self._manner.column - 1 if line == 0 else 0)

    @cached_property
    def _source(self) -> str:
        return "\n".join(self._manner.lines)

    @cached_property
    def _begins(self) -> Sequence[int]:
        """Where each line begins in the source."""
        return list(accumulate((len(line) + 1 for line in self._manner.lines), initial=0))

    @cached_property
    def _read(self) -> tuple[str, Sequence[int], Sequence[int]]:
        """The source as it is read; where in it what is read otherwise begins and ends, and where in the source."""
        parts: list[str] = []
        here, there = [0], [0]
        length = reached = 0
        for found in _READ_OTHERWISE.finditer(self._source):
            plain, other = self._source[reached : found.start()], "" if found[0] == "\\" else unescape(found[0])
            parts += (plain, other)
            here += (length + len(plain), length + len(plain) + len(other))
            there += found.span()
            length, reached = here[-1], found.end()
        return "".join((*parts, self._source[reached:])), here, there

    def _offset(self, address: str) -> int:
        """Where it was typed in the source, 0 where it can't be found."""
        read, here, there = self._read
        for begin in (self._reached, 0) if self._missed < MISSES else ():
            for sought in (address, _BEYOND_ASCII.sub(lambda run: unquote(run[0]), address), unquote(address)):
                if (offset := read.find(sought, begin)) >= 0:
                    self._reached = offset + len(sought)
                    known = bisect_right(here, offset) - 1
                    return there[known] + offset - here[known]
        self._missed += 1
        return 0

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._begins, offset) - 1
        return line, offset - self._begins[line]
