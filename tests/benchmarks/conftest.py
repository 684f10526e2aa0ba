"""A folder like that of the benchmark, whose programs are those of this tree instead of an installed wheel."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    programs = tmp_path / "glossator" / "bin"
    programs.mkdir(parents=True)
    for name, arguments in (("glossator", "-m builder "), ("python", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" {arguments}"$@"\n')
        program.chmod(0o755)
    return tmp_path
