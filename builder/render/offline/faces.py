"""A typeface and the characters that are shown -> a typeface with these alone."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.diagnostic import FaultError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

    from builder.model.diagnostic import Place

NAME = "Glossator Subset"
"""What a face with fewer letters is called within: a reserved name may not be that of a changed face (OFL 1.1, 3)."""

_LEGAL = (0, 7, 13, 14)
"""Entries of a face's table of names that stay: copyright, trademark, licence and where it stands."""

_CALLED = {1: NAME, 2: "Regular", 3: NAME, 4: NAME, 6: NAME.replace(" ", "")}
"""Entries by which systems know it. A style sheet calls it as it likes."""

SETTING = "subset_fonts"

LIBRARY = "fonttools[woff]>=4.50"
"""What cuts faces: the extra `fonts` of the package."""


def require_extra(place: Place) -> None:
    """FaultError, at the `place` of the setting, where what subsets faces isn't installed.

    Without it a file would be another one.
    """
    try:
        import brotli  # type: ignore[import-not-found, import-untyped, unused-ignore] # noqa: F401
        import fontTools  # noqa: F401
    except ImportError as fault:
        python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
        hint = f'type: {python} -m pip install "{LIBRARY}"; or take the setting out'
        message = f"{SETTING} needs a library more ({fault.name} is not installed)"
        raise FaultError((diagnose("G104", place, message, hint),)) from fault


def subset(face: bytes, letters: frozenset[str]) -> bytes:
    """A WOFF2 file with the glyphs of some characters, the same each time; under another name than it had."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(face), recalcTimestamp=False)
    options = Options(layout_features=["*"], name_IDs=list(_LEGAL), notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(letters)))
    subsetter.subset(font)
    _rename(font)
    made = BytesIO()
    font.flavor = "woff2"
    font.save(made)
    return made.getvalue()


def _rename(font: TTFont) -> None:
    for number, words in _CALLED.items():
        font["name"].setName(words, number, 3, 1, 0x409)
    if "CFF " in font:
        font["CFF "].cff.fontNames = [_CALLED[6]]
