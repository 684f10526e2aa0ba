"""What a build said -> one line that the seal keeps; and back, so that it can be said again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from builder.model.coding import Coding, CodingError, encoded
from builder.model.diagnostic import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


def written_down(told: Iterable[Diagnostic], untold: int) -> str:
    """Diagnostics on one line, and how many remarks there were besides; "" for nothing."""
    rows = [encoded(one) for one in told]
    return json.dumps([untold, *rows]) if rows or untold else ""


def said(line: str) -> tuple[tuple[Diagnostic, ...], int]:
    """The diagnostics and the number of a line that `written_down` gave; ValueError (CodingError) for any other."""
    coding = Coding(Diagnostic, {"Place": Place, "Severity": Severity})
    try:
        rows = json.loads(line)
    except RecursionError as fault:
        raise CodingError("no JSON of ours") from fault
    if type(rows) is not list or not rows or type(rows[0]) is not int:
        raise CodingError("a list wanted")
    return tuple(map(coding.decode, rows[1:])), rows[0]
