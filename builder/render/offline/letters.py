"""Bytes -> letters that may stand in a script of an HTML file, five for each four bytes; and back."""

from __future__ import annotations

import base64

_AS_MARKUP, _INSTEAD = "<>&", ",./"
"""Letters of base 85 that a browser may take for markup, and what stands for them: `js/offline.js` knows them so."""

GROUP = 4
"""Bytes that five letters stand for: what is cut between two such groups is made letters piece by piece."""

LETTERS = r"[\w!#$%()*+,./;=?@^`{|}~-]"
"""A pattern of one of them."""


def lettered(content: bytes) -> str:
    """Bytes as letters: a sixteenth shorter than in base 64."""
    return base64.b85encode(content).decode().translate(str.maketrans(_AS_MARKUP, _INSTEAD))


def unlettered(letters: str) -> bytes:
    """The bytes again. ValueError where the letters are none of these."""
    return base64.b85decode(letters.translate(str.maketrans(_INSTEAD, _AS_MARKUP)))
