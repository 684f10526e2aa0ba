"""The edition's anchors.lock is the one that a build of it writes."""

from __future__ import annotations

from pathlib import Path

from builder import pipeline
from builder.model.lock import LockFile
from builder.shell.opening import Opened, open_site

CONTENT = Path(__file__).parents[2] / "content"


def test_the_lock_is_as_a_build_leaves_it() -> None:
    opened = open_site(CONTENT)
    assert isinstance(opened, Opened)
    made = pipeline.build(opened.folder, opened.outline, opened.theme, pipeline.Options())
    assert [item.path for item in made if isinstance(item, LockFile)] == []
    assert [path for path in opened.folder.digests if path.endswith("/anchors.lock")]
