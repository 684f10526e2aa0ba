"""Diagnostics -> lines on standard error, in colour on a terminal, plain anywhere else."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

from builder.model.diagnostic import Severity
from builder.shell.counted import remarks_untold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model.diagnostic import Diagnostic

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFORMATION: "bold cyan"}
# Words of an author's are quoted in messages: they must not steer the reader's terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def lines(diagnostic: Diagnostic) -> tuple[str, ...]:
    """A diagnostic as it is told: place, code, what was found; then, indented, the likely repair."""
    level = "" if diagnostic.severity is Severity.ERROR else f"{diagnostic.severity.value}: "
    head = f"{diagnostic.place}: {diagnostic.code} {level}{diagnostic.message}"
    return (printable(head), *(f"    {printable(line)}" for line in diagnostic.hint.splitlines()))


def printable(words: str) -> str:
    """The words with every control character written as an escape."""
    return _CONTROL.sub(lambda found: ascii(found.group())[1:-1], words)


def summary(diagnostics: Iterable[Diagnostic], *, untold: int = 0) -> str:
    """How many of each: `2 errors, 1 warning`; "" for none. `untold` is how many remarks there are besides."""
    counts = dict.fromkeys(Severity, 0)
    for one in diagnostics:
        counts[one.severity] += 1
    names = {Severity.INFORMATION: "remark"}
    parts = [
        f"{count} {names.get(severity, severity.value)}{'' if count == 1 else 's'}"
        for severity, count in counts.items()
        if count
    ]
    return ", ".join((*parts, remarks_untold(untold)) if untold else parts)


def told_as_text(diagnostics: Iterable[Diagnostic]) -> str:
    """All of them, in the order of their places, as they stand where there are no colours."""
    ordered = sorted(diagnostics, key=lambda one: one.sort_key())
    return "".join(f"{line}\n" for one in ordered for line in lines(one))


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    """Write diagnostics to standard error in the order of their places."""
    if is_coloured(sys.stderr):
        _tell_in_colour(diagnostics)
    else:
        sys.stderr.write(told_as_text(diagnostics))
    sys.stderr.flush()


def say(words: str) -> None:
    """Write one line about the work to standard error."""
    sys.stderr.write(f"{printable(words)}\n")
    sys.stderr.flush()


def is_coloured(stream: TextIO) -> bool:
    """Whether what is written to a stream may be coloured."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _tell_in_colour(diagnostics: Iterable[Diagnostic]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for one in sorted(diagnostics, key=lambda one: one.sort_key()):
        head, *hint = lines(one)
        place, _, rest = head.partition(f": {one.code} ")
        console.print(Text.assemble((place, "bold"), ": ", (one.code, _COLOURS[one.severity]), " ", rest))
        for line in hint:
            console.print(Text(line, "dim"))
