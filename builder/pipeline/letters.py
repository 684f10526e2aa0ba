"""Letters that no face has a form for -> which face has one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 8
"""Letters that a message shows at most."""

_HAN = "Noto Serif CJK"
_FACES = {
    "ARABIC": "Noto Naskh Arabic",
    "ARMENIAN": "Noto Serif Armenian",
    "BENGALI": "Noto Serif Bengali",
    "BOPOMOFO": _HAN,
    "CJK": _HAN,
    "DEVANAGARI": "Noto Serif Devanagari",
    "ETHIOPIC": "Noto Serif Ethiopic",
    "FULLWIDTH": _HAN,
    "GEORGIAN": "Noto Serif Georgian",
    "GOTHIC": "Noto Sans Gothic",
    "HALFWIDTH": _HAN,
    "HANGUL": _HAN,
    "HEBREW": "Noto Serif Hebrew",
    "HIRAGANA": _HAN,
    "IDEOGRAPHIC": _HAN,
    "KATAKANA": _HAN,
    "KHMER": "Noto Serif Khmer",
    "LAO": "Noto Serif Lao",
    "SINHALA": "Noto Serif Sinhala",
    "SYRIAC": "Noto Sans Syriac",
    "TAMIL": "Noto Serif Tamil",
    "THAI": "Noto Serif Thai",
    "TIBETAN": "Noto Serif Tibetan",
}
"""How the names of a script's letters begin in Unicode -> a free face for it."""

_PICTURES = "Noto Emoji"


def shown(letters: Iterable[str]) -> str:
    """The first of some letters, each with its number where it can be seen, else that alone."""
    return ", ".join(_shown(one[0]) for one in list(letters)[:_SHOWN])


def faces_for(letters: Iterable[str]) -> tuple[str, ...]:
    """Free faces that have a form for some letters; of letters of which we know none nothing is said."""
    return tuple(dict.fromkeys(face for one in letters if (face := _face(one[0]))))


def _shown(letter: str) -> str:
    code = f"U+{ord(letter):04X}"
    return f"{letter} ({code})" if letter.isprintable() else code


def _face(letter: str) -> str:
    known = _FACES.get(unicodedata.name(letter, "").partition(" ")[0].partition("-")[0], "")
    return known or (_PICTURES if unicodedata.category(letter) == "So" else "")
