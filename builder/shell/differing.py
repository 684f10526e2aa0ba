"""Diffs -> standard output, in colour on a terminal; anywhere else as `patch` reads them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from builder.shell.terminal import is_coloured, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def show(diffs: Iterable[str], prefix: str, *, aside: bool = False) -> None:
    """Write diffs, the names of their files as seen from here; `aside`: to standard error."""
    stream = sys.stderr if aside else sys.stdout
    paint = _painted if is_coloured(stream) else _plain if stream.isatty() else str
    stream.flush()
    for diff in diffs:
        for line in _placed(diff, f"{prefix}/" if prefix else ""):
            stream.buffer.write(paint(line).encode("utf-8", "backslashreplace"))
    stream.buffer.flush()


def _placed(diff: str, prefix: str) -> list[str]:
    lines = [f"{line}\n" for line in diff.split("\n")[:-1]]
    return [f"{line[:4]}{prefix}{line[4:]}" if number < 2 else line for number, line in enumerate(lines)]


def _plain(line: str) -> str:
    """A line for a terminal: words of an author's must not steer it."""
    return f"{printable(line[:-1])}\n"


def _painted(line: str) -> str:
    """The same in its colour."""
    words = printable(line[:-1])
    if line.startswith(("---", "+++")):
        return f"{click.style(words, bold=True)}\n"
    return f"{click.style(words, fg=_COLOURS.get(line[0]))}\n"
