"""Where an address was typed, whatever it was hidden by."""

from __future__ import annotations

import pytest

from builder.parse import address_places
from builder.parse.address_places import AddressPlaces
from builder.parse.manner import Manner

TYPED = [
    ("[x](javascript:f)", "javascript:f", (3, 9)),
    ("one &amp; two\n[x](java&#115;cript:f)", "javascript:f", (4, 5)),
    ("\\[ \\] [x](a\\:b) &#106;avascript&colon;f", "javascript:f", (3, 21)),
    ("[x](a\\:b)", "a:b", (3, 9)),
    ("&nosuch; [x](javascript&NewLine;:f)", "javascript%0A:f", (3, 18)),
    ("[ä](javascript:ä)", "javascript:%C3%A4", (3, 9)),
    ("[x](<javascript:ä ö>)", "javascript:%C3%A4%20%C3%B6", (3, 10)),
    ("[x](javascript:ä%41)", "javascript:%C3%A4%41", (3, 9)),
    ("words", "javascript:f", (3, 5)),
]


@pytest.mark.parametrize(("source", "address", "place"), TYPED)
def test_an_address_is_found_as_it_was_typed(source: str, address: str, place: tuple[int, int]) -> None:
    assert AddressPlaces(Manner("", source.split("\n"), line=3, column=5)).of(address) == place


def test_addresses_that_begin_alike_are_told_apart() -> None:
    places = AddressPlaces(Manner("", ["<data:12> <data:1>", "<data:12>"]))
    assert [places.of(one) for one in ("data:12", "data:1", "data:12")] == [(1, 2), (1, 12), (2, 2)]


def test_what_is_never_found_is_not_sought_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address_places, "MISSES", 2)
    places = AddressPlaces(Manner("", ["words", "data:1"]))
    assert [places.of(one) for one in ("data:1", "data:2", "data:3", "data:1")] == [(2, 1), (1, 1), (1, 1), (1, 1)]
