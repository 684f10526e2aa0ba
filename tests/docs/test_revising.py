"""The example of docs/revising.md: the revision that it shows has the outcome that it shows."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from builder.pipeline import mending
from builder.relate import turned
from builder.shell.asking import HELP
from builder.shell.fixing import find_fixes
from builder.shell.ledger import keep
from tests.docs.test_docs import BASE, FENCE, ROOT, lay_out, told

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGE = (ROOT / "docs" / "revising.md").read_text(encoding="utf-8")
FENCES = {info: [fence["body"] for fence in FENCE.finditer(PAGE) if fence["info"] == info] for info in ("diff", "text")}
NOTES = {"fable/fable.notes.md": next(fence["body"] for fence in FENCE.finditer(PAGE))}


def test_the_revision_is_told_and_mended_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    lay_out({**BASE, **NOTES}, tmp_path)
    keep(tmp_path, ["fable/fable.md"])
    revision, mended = FENCES["diff"]
    subprocess.run(["patch", "-p0", "-s"], input=revision.encode(), cwd=tmp_path, check=True)
    assert "".join(f"{one}\n" for one in told(tmp_path)) == FENCES["text"][0]
    fixes = find_fixes(tmp_path)
    assert "".join(one.diff for one in fixes.revisions) == mended


def test_its_figures_are_the_programs() -> None:
    assert (mending.LONG, turned.LIKE, turned.KEPT) == (20, 0.9, 0.7)


def test_every_key_is_named() -> None:
    keys = [line.split("  ")[0] for line in HELP.splitlines()]
    assert [key for key in keys if f"| `{key.replace(' to ', '` to `')}` |" not in PAGE] == []
