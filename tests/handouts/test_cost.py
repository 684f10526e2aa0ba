"""What a handout costs beside the pages: processor time, that of the process which sets it included."""

from __future__ import annotations

import gc
import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from builder.model.site import Page
from builder.pipeline import Circumstances, Options, build
from builder.shell.opening import Opened, open_site
from builder.shell.press import Typesetter
from tests.conftest import slowness
from tests.handouts.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = {"student": 0.5, "facing": 0.5, "teacher": 0.6}
"""Of an ordinary computer: a fifth or more above what is needed. The teacher's has all remarks, on 17 pages."""
TURNS = 12
"""So often is it tried at most: what else the machine does makes it dearer, never cheaper."""

pytestmark = pytest.mark.slow


def asking(goal: Path, *handouts: str) -> Path:
    """The edition of this repository, its pages and these handouts."""
    shutil.copytree(ROOT / "content", goal)
    own = [line for line in (goal / "site.toml").read_text("utf-8").splitlines() if not line.startswith("outputs")]
    outputs = ["site", "handout"] if handouts else ["site"]
    (goal / "site.toml").write_text("\n".join([f"outputs = {outputs}", *own]), "utf-8")
    (settings,) = goal.glob("*/edition.toml")
    tables = re.split(r"(?m)^(?=\[\[)", settings.read_text("utf-8"))
    kept = [
        one for one in tables if not one.startswith("[[handout]]") or any(f'id = "{id}"\n' in one for id in handouts)
    ]
    settings.write_text("".join(kept), "utf-8")
    return goal


def cost(site: Path, handouts: int) -> float:
    """Processor seconds that a build takes, those of the processes that it started and that have ended included."""
    opened = open_site(site)
    assert isinstance(opened, Opened), opened
    gc.collect()
    gc.disable()
    try:
        begun = sum(os.times()[:4])
        with Typesetter(opened.theme.files, site) as press:
            around = Circumstances(press=press)
            made = [*build(opened.folder, opened.outline, opened.theme, Options(), around)]
        assert sum(isinstance(one, Page) and one.path.endswith(".pdf") for one in made) == handouts
        return sum(os.times()[:4]) - begun
    finally:
        gc.enable()


@pytest.mark.skipif(os.name == "nt", reason="Windows doesn't tell what other processes took")
@pytest.mark.timed
@pytest.mark.parametrize("handout", SECONDS)
def test_a_handout_costs_little_beside_the_pages(handout: str, tmp_path: Path) -> None:
    pages, both = asking(tmp_path / "pages"), asking(tmp_path / "both", handout)
    cost(pages, 0), cost(both, 1)
    bound, least = SECONDS[handout] * slowness(), [float("inf")] * 2
    for turn in range(TURNS):
        sites = enumerate((pages, both))
        least = [min(known, cost(site, count)) for known, (count, site) in zip(least, sites, strict=True)]
        if least[1] - least[0] < bound and turn:
            break
    assert least[1] - least[0] < bound
