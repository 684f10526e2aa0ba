"""What is read of a megabyte of one sign takes no more than a moment, where no whole build comes so far."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from builder.parse import held_off
from builder.pipeline import unsettled
from builder.relate.targets import read_target
from builder.render.leads import outgoing

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENT = 2
LOOKED_FOR: dict[str, tuple[Callable[[str], object], str]] = {
    "a reference of quotation marks": (read_target, "'" * 50_000 + " x y"),
    "a value that nothing closes": (
        lambda page: outgoing("a.html", page.encode()),
        "<p>=' " + "id= " * 60_000 + "</p>",
    ),
    "scripts that nothing ends": (lambda page: [*held_off._TEMPLATE[0].sought.finditer(page)][:1], "<script" * 50_000),
    "an address of spaces": (lambda page: [*held_off._STYLE[1].sought.finditer(page)], "url(" + " " * 50_000),
    "a file's name of many letters": (unsettled._FILE.findall, "_" * 100_000),
}


@pytest.mark.parametrize("name", LOOKED_FOR)
def test_what_is_looked_for_in_one_sign_after_another(name: str) -> None:
    look, words = LOOKED_FOR[name]
    begun = process_time()
    look(words)
    assert process_time() - begun < MOMENT
