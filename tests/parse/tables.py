"""Tables of cases: each file in `tables/` is a list of `[[case]]`, what goes in and what comes out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "tables"


def cases(name: str) -> list[Any]:
    """The cases of a table, each named by what it is about."""
    table = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["about"]) for case in table["case"]]
