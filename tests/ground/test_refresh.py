"""What is heard of changes, and what sizes and times tell, is never taken for more than a fresh look would find."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from builder.model.diagnostic import GlossatorError, MachineError, SiteError
from builder.shell import read, sources, texts
from builder.shell.read import Contents, read_contents, refreshed
from builder.shell.sources import AT_HAND, ChangedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAMES = ("one.md", "two.md", "two.notes.md", "edition.toml", "boat.svg", "b\udcffd.md", "li\nne.md", ".hid.md", "x.md~")
FOLDERS = ("", "ants/", "bees/", "ants/images/", "theme/", "public/")
WORDS = (b"words\n", b"other words\n", b"a byte: \xff\n", b"a bell: \x07\n", b"")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "site.toml").write_text('title = "A site"\n')
    for name in ("ants", "bees"):
        (folder / name).mkdir()
        for file in NAMES[:5]:
            (folder / name / file).write_bytes(b"words\n")
    return folder


def _write(path: str, chance: random.Random) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if not os.path.lexists(path):
        with open(path, "wb") as file:
            file.write(chance.choice(WORDS))
    elif os.path.isfile(path):
        with open(path, "ab") as file:
            file.write(chance.choice(WORDS))


def _remove(path: str, _: random.Random) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)


def _link(path: str, chance: random.Random) -> None:
    if not os.path.lexists(path) and os.path.isdir(os.path.dirname(path)):
        os.symlink(chance.choice(("one.md", "nowhere", "../ants/one.md", "../../outside.md", ".")), path)


def _fifo(path: str, _: random.Random) -> None:
    if not os.path.lexists(path) and os.path.isdir(os.path.dirname(path)):
        os.mkfifo(path)


Edit = Callable[[str, random.Random], None]
PLAIN: tuple[Edit, ...] = (_write, _write, _write, _write, _remove)
ODD: tuple[Edit, ...] = (*PLAIN, _link, _fifo)


def edit(site: Path, chance: random.Random, *, names: Sequence[str], edits: Sequence[Edit]) -> set[str]:
    """One edit, and the paths that would be heard of: a folder that came or went is told of itself."""
    folder = str(site) + "/" + chance.choice(FOLDERS)
    path = folder + chance.choice(names)
    there = os.path.isdir(folder)
    if chance.random() < 0.15 and folder != f"{site}/":
        if chance.random() < 0.5 and there:
            other = folder.rstrip("/") + str(chance.randrange(3))
            if not os.path.lexists(other):
                os.rename(folder.rstrip("/"), other)
            return {folder.rstrip("/"), other}
        _remove(folder.rstrip("/"), chance)
        return {folder.rstrip("/")}
    chance.choice(edits)(path, chance)
    return {path} if there else {path, folder.rstrip("/"), os.path.dirname(folder.rstrip("/"))}


def looked(look: Callable[[], Contents]) -> object:
    """All that a build and an author get from a look into a folder: every word, or why there is none."""
    try:
        contents = look()
    except GlossatorError as fault:
        return str(fault)
    folder = contents.folder
    words = [(name, folder.sources[name]) for name in folder.sources]
    slips = sorted(contents.slips, key=lambda one: one.sort_key())
    return words, list(folder.assets.items()), list(folder.digests.items()), folder.name, slips


@pytest.mark.parametrize("seed", range(30))
def test_random_edits(site: Path, seed: int) -> None:
    chance = random.Random(seed)
    (site.parent / "outside.md").write_text("secret")
    contents = read_contents(site)
    # Once something odd stands there all is looked at each time: half of the rows go without.
    names, edits = (NAMES, ODD) if seed % 2 else ([name for name in NAMES if name.isprintable()], PLAIN)
    for step in range(25):
        count = chance.choice((1, 1, 1, 3))
        paths = {path for _ in range(count) for path in edit(site, chance, names=names, edits=edits)}
        fresh = looked(lambda: read_contents(site))
        before = contents
        assert looked(lambda before=before: read_contents(site, before.seen)) == fresh, f"step {step}"  # type: ignore[misc]
        assert looked(lambda before=before, paths=paths: refreshed(before, site, paths)) == fresh, (  # type: ignore[misc]
            f"step {step}: {paths}"
        )
        contents = refreshed(contents, site, paths)


def test_in_the_output_of_a_build_nothing_is_heard(site: Path) -> None:
    contents = read_contents(site)
    (site / "public").mkdir()
    (site / "public" / ".glossator").write_text("{}")
    (site / "public" / "page.md").write_text("ours")
    assert refreshed(contents, site, [str(site / "public" / "page.md")]).folder == contents.folder


def old(site: Path) -> None:
    """Let all times lie so far back that they are believed."""
    past = time.time() - 100
    for path in site.rglob("*"):
        os.utime(path, (past, past))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that are read from the disk, as they are."""
    names: list[str] = []

    def reading(path: str, name: str) -> object:
        names.append(name)
        return real(path, name)

    real = texts.read_source
    monkeypatch.setattr(read, "read_source", reading)
    monkeypatch.setattr(sources, "read_source", reading)
    monkeypatch.setattr(read, "YOUNG", 0)
    return names


def test_what_was_not_touched_is_not_read_again(site: Path, reads: list[str]) -> None:
    old(site)
    time.sleep(0.02)
    contents = read_contents(site)
    reads.clear()
    assert read_contents(site, contents.seen) == contents
    assert reads == []
    (site / "ants" / "one.md").write_bytes(b"other\n")
    os.utime(site / "ants" / "one.md", ns=(0, contents.seen["ants/one.md"].modified))
    again = read_contents(site, contents.seen)
    assert reads == ["ants/one.md"]
    assert again.folder.sources["ants/one.md"].text == "other\n"


def test_what_was_just_written_is_read_again(site: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "YOUNG", 2_000_000_000)
    contents = read_contents(site)
    reads.clear()
    read_contents(site, contents.seen)
    assert sorted(reads) == sorted(contents.seen)


def test_a_file_with_a_slip_is_told_of_each_time(site: Path, reads: list[str]) -> None:
    (site / "ants" / "one.md").write_bytes(b"\xff")
    contents = read_contents(site)
    time.sleep(0.02)
    again = read_contents(site, contents.seen)
    assert "ants/one.md" in reads[len(contents.seen) :]
    assert again.slips == contents.slips != ()


def test_a_file_that_was_touched_alone_keeps_its_digest(site: Path) -> None:
    contents = read_contents(site)
    for path in site.rglob("*.md"):
        path.touch()
    assert read_contents(site, contents.seen).folder.digests == contents.folder.digests


def test_texts_are_not_held(site: Path) -> None:
    for number in range(3 * AT_HAND):
        (site / "ants" / f"n{number}.md").write_text(f"number {number}")
    folder = read_contents(site).folder
    assert all(folder.sources[name].path == name for name in folder.sources)
    assert len(folder.sources._at_hand) == AT_HAND  # type: ignore[attr-defined]


@pytest.mark.parametrize("what", ["changed", "gone", "a folder"])
def test_a_file_that_is_another_one_meanwhile_is_not_taken_for_itself(site: Path, what: str) -> None:
    folder = read_contents(site).folder
    path = site / "ants" / "one.md"
    path.unlink()
    if what == "changed":
        path.write_text("other")
    if what == "a folder":
        path.mkdir()
    with pytest.raises(ChangedError, match=r"ants/one\.md"):
        folder.sources["ants/one.md"]


def test_a_site_that_is_no_more_is_missed(site: Path) -> None:
    contents = read_contents(site)
    (site / "site.toml").unlink()
    with pytest.raises(SiteError, match="holds neither"):
        refreshed(contents, site, [str(site / "site.toml")])


def test_what_the_system_refuses_is_the_machines_fault(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = read_contents(site)

    def refuse(path: str, *_: object) -> int:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(MachineError, match=r"one\.md: Permission denied"):
        refreshed(contents, site, [str(site / "ants" / "one.md")])
