"""anchors.lock: the one file that a build keeps among an author's own, and only a build that ended well."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder.shell import once, seal
from builder.shell.build import Order
from builder.shell.locks import Waiting, are_kept, write_locks
from builder.shell.workshop import Workshop
from tests.ground.test_crash import OPERATIONS, Killed, Mortal
from tests.ground.test_memory import EDITION, UNCHANGED, rebuilt, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.shell.locks import Written

    from .conftest import Shell

LOCK = f"{EDITION}/anchors.lock"
PAST = 0.1
"""Seconds after which a change is told from a later one by its time."""
REFUSED = "warning: where notes stand is not kept for the next build"


def lock(shell: Shell) -> str:
    return (shell.folder / LOCK).read_text()


def edit(shell: Shell) -> None:
    with (shell.folder / EDITION / "essay.md").open("a") as file:
        file.write("\nA paragraph more.\n")


@pytest.fixture
def built(shell: Shell) -> Shell:
    """The starter, built when its files were some seconds old."""
    time.sleep(PAST)
    assert shell("build").status == 0
    return shell


def test_a_build_writes_it_and_the_next_one_does_nothing(built: Shell) -> None:
    """Though the lock, and its folder, changed after the build began."""
    first = lock(built)
    assert "note\t" in first
    assert "block\tp1\t" in first
    assert built("build", "--why").err.startswith(UNCHANGED)
    assert lock(built) == first
    assert sorted(os.listdir(built.folder / EDITION)) == sorted({*os.listdir(built.folder / EDITION)} - {"x~"})


def test_after_an_edit_too(built: Shell) -> None:
    edit(built)
    time.sleep(PAST)
    assert "essay.md changed" in built("build", "--why").err
    assert "A paragraph more." in lock(built)
    assert built("build", "--why").err.startswith(UNCHANGED)
    assert tree(built.folder / "output") == rebuilt(built.folder)


def test_made_from_nothing_it_comes_to_the_same(built: Shell) -> None:
    first, pages = lock(built), tree(built.folder / "output")
    said = built("build", "--clean", "--why").err
    assert "0 written" in said
    assert lock(built) == first
    (built.folder / LOCK).unlink()
    assert "anchors.lock changed" in built("build", "--why").err
    assert lock(built) == first
    assert tree(built.folder / "output") == pages


def test_it_is_never_published(built: Shell) -> None:
    pages = tree(built.folder / "output")
    rows = (line.split("\t") for line in lock(built).splitlines() if line.startswith(("note", "crossref")))
    digests = [row[place] for row in rows for place in (5, 8)]
    assert not [path for path in pages if "lock" in path]
    assert digests
    assert not [path for path, content in pages.items() for one in digests if one.encode() in content]


def test_the_umask_says_who_may_read_it(shell: Shell) -> None:
    before = os.umask(0o027)
    try:
        shell("build")
    finally:
        os.umask(before)
    assert stat.S_IMODE((shell.folder / LOCK).stat().st_mode) == 0o640


def test_it_is_written_only_where_it_is_another(built: Shell) -> None:
    place = built.folder / LOCK
    before = place.stat().st_mtime_ns, place.stat().st_ino
    built("build", "--clean")
    assert (place.stat().st_mtime_ns, place.stat().st_ino) == before
    crlf = place.read_bytes().replace(b"\n", b"\r\n")
    place.write_bytes(crlf)  # as some checkouts have it
    built("build")
    assert place.read_bytes() == crlf


# who doesn't write it


def test_locked(shell: Shell) -> None:
    before = tree(shell.folder / "content")
    assert shell("build", "--locked").status == 0
    assert tree(shell.folder / "content") == before
    assert "its anchors.lock is to be written" in shell("build", "--why").err
    assert (shell.folder / LOCK).exists()


def test_locked_and_written_by_turns(built: Shell) -> None:
    first = lock(built)
    edit(built)
    time.sleep(PAST)
    assert built("build", "--locked").status == 0
    assert lock(built) == first
    assert UNCHANGED not in built("build", "--locked", "--why").err, "a lock is owed: that isn't sealed"
    assert "essay.md changed" not in built("build", "--why").err
    assert "A paragraph more." in lock(built)
    assert built("build", "--locked", "--why").err.startswith(UNCHANGED)


@pytest.mark.parametrize(("value", "kept"), [("true", 0), ("1", 0), ("woodpecker", 0), ("false", 1), ("0", 1), ("", 1)])
def test_where_a_machine_builds_for_others(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, value: str, kept: int
) -> None:
    monkeypatch.setenv("CI", value)
    assert are_kept(os.environ) == bool(kept)
    assert shell("build").status == 0
    assert (shell.folder / LOCK).exists() == bool(kept)


def test_check_and_anchors(shell: Shell) -> None:
    before = tree(shell.folder)
    shell("check")
    shell("anchors")
    assert tree(shell.folder) == before


def test_who_stays(shell: Shell) -> None:
    """Serve and watch leave it; the next build writes it, for what they made."""
    workshop = Workshop(Order(Path("content")), generation=None, report=lambda _: ())
    assert workshop.make() is not None
    workshop.remember()
    assert not (shell.folder / LOCK).exists()
    shell("build")
    assert (shell.folder / LOCK).exists()
    workshop = Workshop(Order(Path("content")), generation=None, report=lambda _: ())
    edit(shell)
    assert workshop.make() is not None
    workshop.remember()
    assert "A paragraph more." not in lock(shell)
    shell("build")
    assert "A paragraph more." in lock(shell)
    assert tree(shell.folder / "output") == rebuilt(shell.folder)


def test_a_build_that_ended_badly(shell: Shell) -> None:
    with (shell.folder / EDITION / "edition.toml").open("a") as file:
        file.write("nonsense = 1\n")
    assert shell("build").status == 1
    assert not (shell.folder / LOCK).exists()


def test_drafts_have_none(shell: Shell) -> None:
    settings = shell.folder / EDITION / "edition.toml"
    shutil.copytree(shell.folder / EDITION, shell.folder / "content/other")
    settings.write_text("draft = true\n" + settings.read_text())
    assert shell("build").status == 0
    assert not (shell.folder / LOCK).exists()
    assert (shell.folder / "content/other/anchors.lock").exists()


def test_an_edition_that_is_the_whole_site_has_it_beside_its_text(shell: Shell) -> None:
    alone = shell.folder / "alone"
    alone.mkdir()
    (alone / "edition.toml").write_text('title = "Fox"\n')
    (alone / "fox.md").write_text("A fox.\n")
    assert shell("build", "alone", "--output", "made").status == 0
    assert (alone / "anchors.lock").read_text().endswith("\ntext\tfox\nblock\tp1\tA fox.\n")
    assert "G1" not in shell("check", "alone").err


# what is in the way


def test_a_link_in_its_place_is_not_followed(shell: Shell) -> None:
    for goal in (shell.folder / "victim", shell.folder / EDITION / "victim.txt"):
        goal.write_text("mine")
        (shell.folder / LOCK).symlink_to(goal)
        said = shell("build", "--clean")
        assert goal.read_text() == "mine"
        assert (shell.folder / LOCK).is_symlink()
        if goal.parent.name == "project":
            assert "G109" in said.err
        else:
            assert (said.status, said.err.count(REFUSED)) == (0, 1)
        (shell.folder / LOCK).unlink()


def test_a_folder_in_its_place(shell: Shell) -> None:
    (shell.folder / LOCK).mkdir()
    said = shell("build")
    assert (said.status, said.err.count(REFUSED)) == (0, 1)
    assert (shell.folder / "output/index.html").exists()


def test_of_many_that_are_refused_one_is_told(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        shutil.copytree(shell.folder / EDITION, shell.folder / f"content/copy-{number}")
    replace = os.replace

    def refusing(one: str, other: str) -> None:
        if str(other).endswith("anchors.lock"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), one)
        replace(one, other)

    monkeypatch.setattr(os, "replace", refusing)
    said = shell("build")
    assert said.status == 0
    assert "Read-only file system; nothing can be written there; choose another place (and 3 more)" in said.err
    assert not [path for path in tree(shell.folder / "content") if "lock" in path]
    monkeypatch.setattr(os, "replace", replace)
    assert UNCHANGED not in shell("build", "--why").err
    assert (shell.folder / LOCK).exists()


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"x" * 10_000_000, b"\0" * 100, b"<<<<<<< a\n=======\n"])
def test_whatever_stands_there_is_told_once_and_healed(built: Shell, damage: bytes) -> None:
    place, first = built.folder / LOCK, lock(built)
    place.write_bytes(damage)
    told = [line for line in built("check").err.splitlines() if "anchors.lock" in line]
    assert len(told) == 1
    said = built("build", "--quiet")
    assert said.status == 0
    assert [line for line in said.err.splitlines() if "anchors.lock" in line] == told
    assert lock(built) == first
    assert "anchors.lock" not in built("build").err, "it is healed: nothing is left to be told"
    edit(built)
    assert "anchors.lock" not in built("build").err
    assert tree(built.folder / "output") == rebuilt(built.folder)


def test_a_lock_that_changed_meanwhile_is_left(built: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody checked out another branch while we built."""
    edit(built)
    other = lock(built).replace("exact", "moved", 1)

    def late(top: str, waiting: Waiting) -> Written:
        (built.folder / LOCK).write_text(other)
        return write_locks(top, waiting)

    with monkeypatch.context() as patch:
        patch.setattr(once, "write_locks", late)
        assert built("build").status == 0
    assert lock(built) == other
    assert UNCHANGED not in built("build", "--why").err
    assert "A paragraph more." in lock(built)
    assert tree(built.folder / "output") == rebuilt(built.folder)


@pytest.mark.parametrize("what", ["gone", "renamed", "written"])
def test_what_changes_while_the_lock_is_written_breaks_the_seal(
    built: Shell, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """The folder bears the time of our lock then, and not of the other change."""
    notes = next((built.folder / EDITION).glob("*.notes.md"))
    edit(built)
    time.sleep(PAST)

    def late(top: str, waiting: Waiting) -> Written:
        if what == "gone":
            notes.unlink()
        elif what == "renamed":
            notes.rename(notes.with_name("x.notes.md"))
        else:
            notes.write_text(notes.read_text().replace("e", "E", 1))
        return write_locks(top, waiting)

    with monkeypatch.context() as patch:
        patch.setattr(once, "write_locks", late)
        assert built("build").status == 0
    assert UNCHANGED not in built("build", "--why").err
    assert tree(built.folder / "output") == rebuilt(built.folder)


# killed, or refused, at every operation


OLD, NEW = b"the old one\n", "the new one\n"


def waiting(count: int = 2) -> Waiting:
    from hashlib import sha256

    from builder.model.lock import LockFile

    held = Waiting()
    for number in range(count):
        held.add(LockFile(f"e{number}/anchors.lock", NEW, sha256(OLD).hexdigest() if number else ""))
    return held


def lay(folder: Path) -> Path:
    top = folder / "content"
    for number in range(2):
        (top / f"e{number}").mkdir(parents=True)
    (top / "e1/anchors.lock").write_bytes(OLD)
    return top


def states(top: Path) -> tuple[bytes | None, ...]:
    places = (top / f"e{number}/anchors.lock" for number in range(2))
    return tuple(place.read_bytes() if place.exists() else None for place in places)


@pytest.mark.parametrize("after", [False, True], ids=["before it is done", "when it is done"])
def test_killed_at_every_operation_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool) -> None:
    ended, last, seen = False, 0, set()
    while not ended:
        last += 1
        top = lay(tmp_path / str(last))
        mortal = Mortal(last, after=after)
        with monkeypatch.context() as patch:
            for name in OPERATIONS:
                patch.setattr(os, name, mortal.wrap(getattr(os, name)))
            with suppress(Killed):
                write_locks(str(top), waiting())
                ended = mortal.count < last
        stands = states(top)
        assert stands[0] in (None, NEW.encode()), f"operation {last}"
        assert stands[1] in (OLD, NEW.encode()), f"operation {last}"
        seen.add(stands)
        assert set(write_locks(str(top), waiting()).seen) == {
            f"e{number}/anchors.lock" for number in range(2) if stands[number] != NEW.encode()
        }
        assert states(top) == (NEW.encode(),) * 2
        litter = [path for path in tree(top) if not path.endswith("anchors.lock")]
        assert not litter, f"operation {last}: {litter}"
    assert last > 8
    assert seen == {(None, OLD), (NEW.encode(), OLD), (NEW.encode(),) * 2}


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EIO, errno.EROFS])
def test_refused_at_every_operation_it_is_the_old_one_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    ended, last = False, 0
    while not ended:
        last += 1
        top, count = lay(tmp_path / str(last)), 0

        def once(operation: Callable[..., Any], last: int = last) -> Callable[..., Any]:
            def refusing(*arguments: Any, **settings: Any) -> Any:
                nonlocal count
                count += 1
                if count == last:
                    raise OSError(number, os.strerror(number))
                return operation(*arguments, **settings)

            return refusing

        with monkeypatch.context() as patch:
            for name in OPERATIONS:
                patch.setattr(os, name, once(getattr(os, name)))
            written = write_locks(str(top), waiting())
            ended = count < last
        stands = states(top)
        assert stands[0] in (None, NEW.encode())
        assert stands[1] in (OLD, NEW.encode())
        done = {f"e{index}/anchors.lock" for index in range(2) if stands[index] == NEW.encode()}
        assert set(written.seen) == done
        assert len(written.refused) == 2 - len(done)
        assert not [path for path in tree(top) if not path.endswith("anchors.lock")]
    assert last > 6


def test_a_large_site_waits_in_little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.shell.locks._AT_HAND", len(NEW) + 1)
    assert [content for _, _, content in waiting(4).each()] == [NEW.encode()] * 4


def test_a_lock_that_can_not_be_told_from_a_later_one_is_not_sealed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk that counts whole seconds."""
    time.sleep(PAST)
    monkeypatch.setattr(seal, "is_fine", lambda _: False)
    shell("build")
    assert UNCHANGED not in shell("build", "--why").err


# merged in Git


def git(folder: Path, *words: str) -> int:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *named, *words], cwd=folder, capture_output=True, check=False).returncode


def branches(built: Shell, ours: Callable[[str], str], theirs: Callable[[str], str]) -> int:
    """Two authors revise the essay, build and commit; one takes in the other's work. The exit status of the merge."""
    essay, folder = built.folder / EDITION / "essay.md", built.folder
    (folder / ".gitignore").write_text("output/\n.*.glossator-*\n")
    for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "first"), ("branch", "theirs")):
        assert git(folder, *arguments) == 0
    for revise, branch in ((ours, "main"), (theirs, "theirs")):
        assert git(folder, "checkout", "-q", branch) == 0
        essay.write_text(revise(essay.read_text()))
        assert built("build").status == 0
        assert git(folder, "commit", "-qam", branch) == 0
    assert git(folder, "checkout", "-q", "main") == 0
    return git(folder, "merge", "theirs")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_two_revisions_of_one_text_are_merged_without_a_word(built: Shell) -> None:
    first = lock(built)
    assert not branches(
        built, lambda text: text.replace("Some readers", "A few readers"), lambda text: f"{text}\nAn end.\n"
    )
    merged = lock(built)
    assert "G21" not in built("check").err
    assert merged != first
    assert built("build").status == 0
    assert lock(built) == merged, "the merge is what a build of both writes"


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_conflict_is_told_and_healed(built: Shell) -> None:
    """Both revised one paragraph: the author settles the text, the build its lock."""
    essay = built.folder / EDITION / "essay.md"
    base = essay.read_text()
    assert branches(
        built, lambda text: text.replace("Some readers", "A few readers"), lambda text: text.replace("Some", "Most")
    )
    assert "<<<<<<<" in lock(built)
    essay.write_text(base.replace("Some readers", "A few readers"))
    assert "G211" in built("build").err
    healed = lock(built)
    assert built("build", "--clean").err.count("G21") == 0
    assert lock(built) == healed
    (built.folder / LOCK).unlink()
    built("build")
    assert lock(built) == healed
