"""What a handout costs beside the pages: processor time, that of the process which sets it included."""

from __future__ import annotations

import gc
import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from builder.model.site import Page
from builder.pipeline import Circumstances, Options, build
from builder.shell.opening import Opened, open_site
from builder.shell.press import Typesetter
from tests.handouts.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TIMES = {("student",): 0.65, ("facing",): 0.65, ("teacher",): 1.05, ("student", "facing", "teacher"): 2.3}
"""So many times what `PLAINLY` takes: a fifth more than was measured, .55 s and beside it .3, .3, .5 and 1.1 s.
Seconds tell nothing of a program where machines differ by half, and one by the minute."""
PLAINLY = """#set document(title: "Plain")
#set text(font: "Gloss Serif", lang: "en", hyphenate: true)
#set par(justify: true)
#for n in range(300) { par([#n ] + lorem(100)) }
"""
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


@contextmanager
def spent() -> Iterator[list[float]]:
    """At the end there are in the list the processor seconds that it took, with those of processes that have ended."""
    took: list[float] = []
    gc.collect()
    gc.disable()
    begun = sum(os.times()[:4])
    try:
        yield took
        took.append(sum(os.times()[:4]) - begun)
    finally:
        gc.enable()


def cost(site: Path, handouts: int) -> float:
    """Processor seconds that a build takes, those of the process that sets handouts included."""
    opened = open_site(site)
    assert isinstance(opened, Opened), opened
    with spent() as took, Typesetter(opened.theme.files, site) as press:
        made = [*build(opened.folder, opened.outline, opened.theme, Options(), Circumstances(press=press))]
        assert sum(isinstance(one, Page) and one.path.endswith(".pdf") for one in made) == handouts
    return took[0]


def plain(site: Path) -> float:
    """Processor seconds in which thirty thousand words are set in one column, with nothing beside them."""
    faces = {
        path: (ROOT / "themes" / "folio" / path).read_bytes() for path in ("faces/serif.otf", "faces/serif-it.otf")
    }
    with spent() as took, Typesetter({"handout.typ": PLAINLY.encode(), **faces}, site) as press:
        assert press.set({}, {}).content.startswith(b"%PDF")
    return took[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows doesn't tell what other processes took")
@pytest.mark.timed
@pytest.mark.parametrize("handouts", TIMES, ids="-".join)
def test_handouts_cost_little_beside_the_pages(handouts: tuple[str, ...], tmp_path: Path) -> None:
    """By themselves, and all in one build: then the text is laid out once for two of them."""
    pages, both = asking(tmp_path / "pages"), asking(tmp_path / "both", *handouts)
    cost(pages, 0), cost(both, len(handouts))
    least = float("inf")
    for _ in range(TURNS):
        words, beside = plain(pages), cost(pages, 0)
        least = min(least, (cost(both, len(handouts)) - beside) / words)
        if least < TIMES[handouts]:
            break
    assert least < TIMES[handouts]
