"""What the preview shows of drafts, made from what it showed before, is what it would show made from nothing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from builder.parse.site import parse_outline
from builder.shell.drafts import Drafts
from builder.shell.opening import Opened
from builder.shell.read import Contents
from tests.pipeline.edits import EDITS, drafted, first_site
from tests.pipeline.test_equal import made

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model.site import Folder
    from builder.model.theme import ThemeFiles
    from builder.pipeline import Making
    from tests.pipeline.edits import Site
    from tests.pipeline.test_equal import Output


def opened(folder: Folder, theme: ThemeFiles) -> Opened | None:
    outline, _ = parse_outline(folder)
    return Opened(Contents(folder, (), {}), outline, theme, (), ()) if outline else None


def put(output: Path, now: Output, past: Output) -> set[str]:
    """Let a published site stand on the disk; the paths at which it changed."""
    written = {path for path in now.keys() | past.keys() if now.get(path) != past.get(path)}
    for path in written:
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).unlink(missing_ok=True)
        if isinstance(content := now.get(path), bytes):
            (output / path).write_bytes(content)
    return written


@pytest.mark.parametrize("seed", range(6))
def test_random_edits(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    site = drafted(first_site(), chance)
    output: Output = {}
    before: Making | None = None
    drafts, shown, showed = Drafts(None, tmp_path), dict[str, bytes](), 0
    for step in range(10):
        past = output
        folder, theme = site.folder(), site.theme()
        output, _, before = made(folder, theme, before, output)
        written = put(tmp_path, output, past)
        now = opened(folder, theme)
        assert now is not None
        pages, changed = drafts.after(now, written)
        fresh, _ = Drafts(None, tmp_path).after(now, written)
        assert {path: page for path, page in pages.items() if page is not None} == fresh, f"{step}: {site.log[-2:]}"
        assert {path for path, page in pages.items() if page != shown.get(path)} == changed
        shown = {path: page for path, page in pages.items() if page is not None}
        showed += bool(shown)
        site = chance.choice((*EDITS, drafted, drafted))(site, chance)
    assert showed


def test_a_page_that_stays_in_the_preview_is_shown_though_the_published_one_changed(tmp_path: Path) -> None:
    """Bees speaks of ants: where it becomes a draft, ants says so no longer, but in the preview."""

    def as_draft(site: Site, name: str) -> Site:
        path = f"{name}/edition.toml"
        return site.done(f"draft {name}", {**site.files, path: "draft = true\n" + site.files[path]})

    one = as_draft(first_site(), "crows")
    drafts = Drafts(None, tmp_path)
    output: Output = {}
    before: Making | None = None
    for site in (one, as_draft(one, "bees")):
        past = output
        output, _, before = made(site.folder(), site.theme(), before, output)
        written = put(tmp_path, output, past)
        now = opened(site.folder(), site.theme())
        assert now is not None
        pages, _ = drafts.after(now, written)
        fresh, _ = Drafts(None, tmp_path).after(now, written)
    assert "ants/index.html" in written
    assert "ants/index.html" in pages
    assert {path: page for path, page in pages.items() if page is not None} == fresh
