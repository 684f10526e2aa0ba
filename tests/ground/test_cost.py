"""What a save costs who stays: next to nothing for all that did not change."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from builder.model.site import Kept, Page
from builder.shell.read import read_contents, refreshed
from builder.shell.write import publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.timed]

FILES = [f"t{number:04}/{name}.html" for number in range(800) for name in "abcde"]


def cheapest(work: Callable[[], object], turns: int = 7) -> float:
    """The least CPU seconds that some work takes."""
    costs = []
    for _ in range(turns):
        begun = time.process_time()
        work()
        costs.append(time.process_time() - begun)
    return min(costs)


def test_one_changed_file_costs_a_fraction_of_laying_all_out(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    output = tmp_path / "output"
    kept = Kept(tuple(FILES[1:]))
    standing = publish((Page(path, b"words") for path in FILES), output, site=tmp_path / "content").standing
    count = 0

    def save() -> None:
        nonlocal standing, count
        count += 1
        items = (Page(FILES[0], str(count).encode()), kept)
        standing = publish(items, output, site=tmp_path / "content", standing=standing).standing

    def lay_out() -> None:
        shutil.copytree(output, tmp_path / "again", copy_function=os.link)
        shutil.rmtree(tmp_path / "again")

    save()
    assert cheapest(save) < cheapest(lay_out, 3) / 4


def test_one_changed_source_costs_a_fraction_of_reading_all(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("")
    for number in range(800):
        (tmp_path / f"t{number:04}").mkdir()
        for name in "abcde":
            (tmp_path / f"t{number:04}" / f"{name}.md").write_text(f"{name} {number} " * 500)
    contents = read_contents(tmp_path)
    all_known = cheapest(lambda: read_contents(tmp_path, contents.seen), 3)
    one = cheapest(lambda: refreshed(contents, tmp_path, [str(tmp_path / "t0007" / "a.md")]))
    assert one < all_known / 10
