"""Of words that may hide among letters that couldn't be read it isn't told that they are lost; of all others it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from builder.relate import anchor, garbled
from tests.relate.making import Site, cases


@pytest.mark.parametrize("case", cases("garbled"))
def test_what_may_hide_is_not_told(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    if "effort" in case:
        monkeypatch.setattr(garbled.Garbled.__init__, "__defaults__", (case["effort"],))
    before = f' {{before="{case["before"]}"}}' if "before" in case else ""
    edition = Site({"fox.md": case["text"], "fox.notes.md": f"## {case['sought']}{before}\nWhy.\n"}).fables.edition
    texts = tuple(replace(text, unread=True) for text in edition.texts)
    _, told = anchor.anchor_edition(replace(edition, texts=texts))
    assert bool(told) == case["told"], told
