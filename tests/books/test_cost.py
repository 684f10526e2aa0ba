"""What the forms off the web cost beside the pages: a tenth of a second of an ordinary computer each."""

from __future__ import annotations

import gc
import shutil
import time
from pathlib import Path

import pytest

from builder.model.site import Page
from builder.pipeline import Options, build
from builder.shell.opening import Opened, open_site
from tests.conftest import slowness

ROOT = Path(__file__).parents[2]
SECONDS = 0.1
TURNS = 40
"""So often is it tried at most: what else the machine does makes it dearer, never cheaper."""

pytestmark = pytest.mark.slow


def asking(goal: Path, *outputs: str) -> Path:
    """The edition of this repository, in these forms."""
    shutil.copytree(ROOT / "content", goal)
    own = [line for line in (goal / "site.toml").read_text("utf-8").splitlines() if not line.startswith("outputs")]
    (goal / "site.toml").write_text("\n".join([f"outputs = {[*outputs]}", *own]), "utf-8")
    return goal


def cost(site: Path) -> float:
    """CPU seconds that a build takes, without looking for cycles of objects: of these there are none."""
    opened = open_site(site)
    assert isinstance(opened, Opened), opened
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        made = build(opened.folder, opened.outline, opened.theme, Options())
        assert any(isinstance(one, Page) for one in made)
        return time.process_time() - begun
    finally:
        gc.enable()


@pytest.mark.timed
@pytest.mark.parametrize("output", ["epub", "offline"])
def test_a_form_off_the_web_costs_little_beside_the_pages(output: str, tmp_path: Path) -> None:
    pages, both = asking(tmp_path / "pages", "site"), asking(tmp_path / "both", "site", output)
    cost(pages), cost(both)
    bound, least = SECONDS * slowness(), [float("inf")] * 2
    for turn in range(TURNS):
        least = [min(known, cost(site)) for known, site in zip(least, (pages, both), strict=True)]
        if least[1] - least[0] < bound and turn > TURNS // 8:
            break
    assert least[1] - least[0] < bound
