"""The table of diagnostic codes, and the one way to make a diagnostic of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes_anchors import ANCHORS
from builder.model.codes_quality import QUALITY
from builder.model.codes_reading import READING
from builder.model.codes_theme import THEME
from builder.model.diagnostic import Diagnostic

if TYPE_CHECKING:
    from builder.model.code import Code
    from builder.model.diagnostic import Place

CODES: dict[str, Code] = {code.id: code for code in (*READING, *ANCHORS, *THEME, *QUALITY)}
"""Every code by its id, in the order of the stages."""


LONGEST = 1_000
"""Characters of a message: it quotes what was typed, which may be a megabyte."""


def diagnose(code: str, place: Place, message: str, hint: str = "") -> Diagnostic:
    """A diagnostic with the severity that the table gives its code. KeyError for a code not in the table."""
    return Diagnostic(code, CODES[code].severity, place, _cut(message), _cut(hint))


def _cut(words: str) -> str:
    """Words without their middle, where they are too long to be read."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST // 2]} … {words[-LONGEST // 2 :]}"
