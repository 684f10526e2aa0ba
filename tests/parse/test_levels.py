"""Which codes a site may ignore or make lighter: those by which nothing goes missing without a word, and no others."""

from __future__ import annotations

import pytest

from builder.model.codes import CODES
from builder.model.site import Source
from builder.parse.settings import parse_site

YIELDING = {
    "G112", "G122", "G123", "G127", "G129", "G130", "G140", "G141", "G142", "G143", "G145", "G146", "G148", "G149",
    "G151",
    "G201", "G202", "G203", "G204", "G205", "G206", "G207", "G208", "G209", "G210", "G211", "G212", "G213",
    "G214", "G215", "G216", "G302", "G303", "G404", "G405", "G406",
    "G508", "G510", "G511", "G512",
    "G601", "G602", "G603", "G604", "G605", "G606", "G607", "G608", "G609", "G610", "G611", "G612",
}  # fmt: skip


@pytest.mark.parametrize("level", ["ignore: I know", "warn"])
@pytest.mark.parametrize("code", sorted(CODES))
def test_only_what_costs_nothing_can_be_made_lighter(code: str, level: str) -> None:
    text = f'title = "Readings"\n[quality]\n{code} = "{level}"\n'
    settings, told = parse_site(Source("site.toml", text, ""))
    assert settings is not None
    if code in YIELDING:
        assert (settings.quality, told) == ({code: level.partition(":")[0]}, ())
    else:
        assert settings.quality == {}
        assert [(str(one.place), one.code) for one in told] == [("site.toml:3:1", "G104")]
        assert told[0].message == f"“{code}” can be nothing but an error"


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_can_be_an_error(code: str) -> None:
    settings, told = parse_site(Source("site.toml", f'title = "Readings"\n[quality]\n{code} = "error"\n', ""))
    assert settings is not None
    assert (settings.quality, told) == ({code: "error"}, ())
