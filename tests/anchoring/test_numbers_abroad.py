"""A reference to a paragraph of another edition by its number: it means that paragraph, whatever its number becomes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.cli import run
from builder.model.note import Audience
from builder.model.view import View
from builder.pipeline.reading import KEPT_EDITIONS, Reading
from builder.shell.opening import Opened, open_site

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic

SITE = Path(__file__).parents[1] / "codes/G214-elsewhere/site"
"""An edition that was built when the mouse at the gate was in ¶2 of the other one; now that is ¶3."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITE, tmp_path / "content"))


def told(site: Path) -> list[Diagnostic]:
    opened = open_site(site)
    assert isinstance(opened, Opened), opened
    reading = Reading(opened.folder, opened.outline, View(audience=Audience.TEACHER))
    return [one for edition in opened.outline.editions for one in reading.anchored(edition.id)[1]]


def test_it_is_told_until_it_is_mended(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    note = "[[two/b ¶2]]: ¶2 is another paragraph now than when this was written: what it meant is ¶3"
    for _ in range(2):  # a build in between makes nothing right, and forgets nothing
        assert [one.message for one in told(site)] == [note]
        assert run(["build", str(site)]) == 0
    assert run(["check", "--fix", str(site)]) == 0
    assert "[[two/b ¶3]]" in (site / "one/a.notes.md").read_text()
    assert told(site) == []


def test_what_a_question_is_about_too(site: Path) -> None:
    mouse, gate = "The grey mouse sat upon the wall.", "A second mouse ran through the garden gate."
    (site / "two/b.md").write_text(f"# B\n\nSome new words.\n\n{mouse}\n\n{gate}\n")
    assert run(["check", "--fix", str(site)]) == 0
    assert 'about="two/b ¶2"' in (site / "one/questions.md").read_text()


def test_a_paragraph_that_is_gone(site: Path) -> None:
    (site / "two/b.md").write_text("# B\n\nThe grey mouse sat upon the wall.\n")
    one, *_ = told(site)
    assert (one.code, one.place.path, one.place.line) == ("G214", "one/a.notes.md", 2)
    assert "the paragraph that this meant is gone" in one.message


def test_editions_that_name_each_other_in_a_ring(tmp_path: Path) -> None:
    """More of them than are kept at hand."""
    count = KEPT_EDITIONS + 3
    (tmp_path / "site.toml").write_text('title = "A ring"\n')
    for number in range(count):
        folder = tmp_path / f"e{number}"
        folder.mkdir()
        (folder / "edition.toml").write_text(f'title = "{number}"\n\n[[text]]\nfile = "t.md"\n')
        (folder / "t.md").write_text("# T\n\nSome words.\n")
        (folder / "t.notes.md").write_text(f"## words {{#w}}\nSee [[e{(number + 1) % count}/t ¶1]].\n")
    assert told(tmp_path) == []
