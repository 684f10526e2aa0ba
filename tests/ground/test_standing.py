"""Who stays publishes again and again without looking at all of the output, and still notices what others did to it."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from builder.model.diagnostic import SiteError
from builder.model.site import Kept, Page
from builder.shell import write
from builder.shell.manifest import MARKER, read_manifest, write_manifest
from builder.shell.write import LostError, Published, Standing, publish

if TYPE_CHECKING:
    from pathlib import Path

FILES = [f"{folder}{number}.html" for folder in ("", "a/", "a/b/", "c/") for number in range(12)]


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def put(project: Path, site: dict[str, str], before: dict[str, str], standing: Standing | None) -> Published:
    """Publish a site: what is as it was is named alone."""
    kept = tuple(path for path in site if before.get(path) == site[path])
    pages = [Page(path, words.encode()) for path, words in site.items() if path not in kept]
    items: list[Page | Kept] = [Kept(kept), *pages] if kept else [*pages]
    return publish(items, project / "output", site=project / "content", patience=1, standing=standing)


def edited(site: dict[str, str], chance: random.Random) -> dict[str, str]:
    """Some files changed, one or two gone or new; now and then many, or a folder where a file was."""
    now = dict(site)
    for path in chance.sample(FILES, chance.choice((1, 1, 2, 3, 30))):
        if chance.random() < 0.2:
            now.pop(path, None)
        else:
            now[path] = str(chance.random())
    if chance.random() < 0.2:
        name = chance.choice(("d", "D/e", "d/e"))
        now = {path: words for path, words in now.items() if path.split("/")[0].lower() != "d"}
        now[name] = "other"
    return now


@pytest.mark.parametrize("seed", range(8))
def test_after_any_row_of_builds_the_output_is_the_last_and_the_manifest_says_so(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    site = dict.fromkeys(FILES, "words")
    before: dict[str, str] = {}
    theirs: dict[str, str] = {}
    standing: Standing | None = None
    (tmp_path / "content").mkdir()
    for step in range(12):
        done = put(tmp_path, site, before, standing)
        assert tree(tmp_path / "output") == {**site, **theirs}, f"step {step}"
        assert set(done.written) == {path for path in site if before.get(path) != site[path]}
        assert set(done.removed) == before.keys() - site.keys()
        manifest = read_manifest(str(tmp_path / "output"))
        assert manifest is not None
        assert manifest.keys() == site.keys()
        assert (tmp_path / "output" / MARKER).read_bytes() == write_manifest(manifest)
        assert sorted(os.listdir(tmp_path)) == ["content", "output"]
        before, standing = site, done.standing
        if chance.random() < 0.3:
            (tmp_path / "output" / "theirs").mkdir(exist_ok=True)
            theirs[f"theirs/{step}"] = "theirs"
            (tmp_path / "output" / "theirs" / str(step)).write_text("theirs")
        site = edited(site, chance)


@pytest.fixture
def resident(tmp_path: Path) -> tuple[Path, dict[str, str], Standing | None]:
    """A project, its site, and what its last build left: one that amended the output."""
    (tmp_path / "content").mkdir()
    site = dict.fromkeys(FILES, "words")
    standing = put(tmp_path, site, {}, None).standing
    now = {**site, "a/1.html": "other"}
    return tmp_path, now, put(tmp_path, now, site, standing).standing


@pytest.mark.parametrize("what", ["gone", "other size", "its folder gone", "all gone"])
def test_a_file_that_is_not_as_it_was_left_is_missed(
    resident: tuple[Path, dict[str, str], Standing | None], what: str
) -> None:
    project, site, standing = resident
    path = project / "output" / "a" / "b" / "3.html"
    if what == "all gone":
        os.rename(project / "output", project / "elsewhere")
    elif what == "its folder gone":
        os.rename(path.parent, project / "elsewhere")
    elif what == "gone":
        path.unlink()
    else:
        aside = path.with_suffix(".aside")
        aside.write_text("longer words")
        os.replace(aside, path)
    with pytest.raises(LostError):
        put(project, {**site, "c/1.html": "new"}, site, standing)
    done = put(project, site, {}, standing)
    assert "a/b/3.html" in done.written
    assert {path: words for path, words in tree(project / "output").items() if path in site} == site


def test_what_another_build_left_is_not_kept(resident: tuple[Path, dict[str, str], Standing | None]) -> None:
    project, site, standing = resident
    put(project, {**site, "a/2.html": "teachers only"}, site, None)
    with pytest.raises(LostError):
        put(project, {**site, "c/1.html": "new"}, site, standing)
    put(project, site, {}, standing)
    assert tree(project / "output") == site


def test_a_mark_alone_says_whose_output_it_is(resident: tuple[Path, dict[str, str], Standing | None]) -> None:
    project, site, standing = resident
    assert standing is not None
    mark = Standing(standing.mark)
    now = {**site, "c/1.html": "new"}
    assert put(project, now, site, mark).written == ("c/1.html",)
    with pytest.raises(LostError):
        put(project, {**now, "c/2.html": "new"}, now, mark)


def test_a_file_of_others_that_came_meanwhile_is_in_the_way(
    resident: tuple[Path, dict[str, str], Standing | None],
) -> None:
    project, site, standing = resident
    (project / "output" / "C" / "new.html").parent.mkdir()
    (project / "output" / "C" / "new.html").write_text("theirs")
    with pytest.raises(SiteError, match="no build put this there"):
        put(project, {**site, "c/new.html": "ours"}, site, standing)
    assert tree(project / "output") == {**site, "C/new.html": "theirs"}


def test_few_changes_leave_all_else_alone(
    resident: tuple[Path, dict[str, str], Standing | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, site, standing = resident
    monkeypatch.setattr(write, "exchange", None)
    folder = os.stat(project / "output").st_ino
    for number in range(5):
        now = {**site, "a/b/2.html": str(number)}
        standing = put(project, now, site, standing).standing
        site = now
    assert os.stat(project / "output").st_ino == folder
    assert tree(project / "output") == site
