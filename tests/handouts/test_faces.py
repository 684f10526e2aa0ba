"""The faces of handouts: the part of the kerning that was put before the rest says the same as the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fontTools import ttLib

from tests.handouts.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

FACES = ROOT / "themes" / "folio" / "faces"


def advances(part: Any, first: str) -> dict[str, int] | None:
    """What follows a letter, and how much nearer it stands; None where this part says nothing of the letter."""
    if first not in part.Coverage.glyphs:
        return None
    if part.Format == 1:
        pairs = part.PairSet[part.Coverage.glyphs.index(first)].PairValueRecord
        return {one.SecondGlyph: getattr(one.Value1, "XAdvance", 0) for one in pairs}
    row = part.Class1Record[part.ClassDef1.classDefs.get(first, 0)].Class2Record
    return {second: getattr(row[at].Value1, "XAdvance", 0) for second, at in part.ClassDef2.classDefs.items()}


def kerning(parts: Sequence[Any], first: str) -> dict[str, int]:
    """Of the parts in their order the first that names a pair counts. Pairs that stay as far apart are left out."""
    found: dict[str, int] = {}
    for one in reversed(parts):
        found.update(advances(one, first) or {})
    return {second: value for second, value in found.items() if value}


@pytest.mark.parametrize("name", ["serif", "serif-it"])
def test_the_common_letters_stand_as_the_rest_of_the_table_says(name: str) -> None:
    table = ttLib.TTFont(FACES / f"{name}.otf")["GPOS"].table
    (at,) = {
        i
        for one in table.FeatureList.FeatureRecord
        if one.FeatureTag == "kern"
        for i in one.Feature.LookupListIndex[:1]
    }
    before, *rest = (part.ExtSubTable for part in table.LookupList.Lookup[at].SubTable)
    assert before.Format == 2
    letters = before.Coverage.glyphs
    assert len(letters) > 100
    for first in letters:
        assert kerning([before], first) == kerning(rest, first)
