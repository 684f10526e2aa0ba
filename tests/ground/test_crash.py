"""A build that is killed at any file operation leaves the old site or the new one, whole; the next build mends all."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from builder.model.diagnostic import MachineError, SiteError
from builder.model.site import Kept, Page
from builder.shell import exchange
from builder.shell.manifest import MARKER
from builder.shell.write import publish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

OPERATIONS = ("open", "mkdir", "write", "link", "rename", "replace", "unlink", "rmdir", "chmod", "symlink", "utime")
OLD = {"index.html": "old", "same.html": "same", "gone/page.html": "gone", "CNAME": "theirs", "git/HEAD": "theirs"}
NEW = {"index.html": "new", "same.html": "same", "fresh/page.html": "fresh", "CNAME": "theirs", "git/HEAD": "theirs"}
THEIRS = {"CNAME", "git/HEAD"}


class Killed(BaseException):
    """The process is no more: nothing that it still wants to do happens."""


class Mortal:
    """Counts file operations; at the given one, and at every later one, the process is dead."""

    def __init__(self, last: int, *, after: bool) -> None:
        self.last = last
        self.after = after
        self.count = 0

    def wrap(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        def mortal(*arguments: Any, **settings: Any) -> Any:
            self.count += 1
            if self.count < self.last:
                return operation(*arguments, **settings)
            if self.count == self.last and self.after:
                operation(*arguments, **settings)
            raise Killed

        return mortal


def lay(folder: Path, files: Mapping[str, str]) -> None:
    for name, words in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words)


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def build(project: Path, files: Mapping[str, str]) -> None:
    pages = [Page(path, words.encode()) for path, words in files.items() if path not in THEIRS]
    publish(pages, project / "output", site=project / "content", patience=0.1)


def unable(_one: str, _other: str) -> bool:
    return False


def start(folder: Path, *, old: bool) -> Path:
    project = folder / "project"
    (project / "content").mkdir(parents=True)
    if old:
        build(project, OLD)
        lay(project / "output", {name: OLD[name] for name in THEIRS})
    return project


def kill(project: Path, last: int, *, after: bool, can_exchange: bool, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Build the new site, killed at an operation. Whether the build came to its end before it."""
    mortal = Mortal(last, after=after)
    with monkeypatch.context() as patch:
        for name in OPERATIONS:
            patch.setattr(os, name, mortal.wrap(getattr(os, name)))
        swap = mortal.wrap(exchange.swap if can_exchange else unable)
        patch.setattr("builder.shell.write.exchange", lambda *paths: exchange.exchange(*paths, swapping=swap))
        with suppress(Killed):
            build(project, NEW)
            return mortal.count < last
    return False


@pytest.mark.parametrize("after", [False, True], ids=["before it is done", "when it is done"])
@pytest.mark.parametrize("can_exchange", [True, False], ids=["exchange", "two renames"])
@pytest.mark.parametrize("old", [True, False], ids=["over a site", "first build"])
def test_killed_at_every_operation_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bool, can_exchange: bool, after: bool
) -> None:
    before = OLD if old else {}
    new = NEW if old else {name: words for name, words in NEW.items() if name not in THEIRS}
    ended, last, seen = False, 0, set()
    while not ended:
        last += 1
        folder = tmp_path / str(last)
        project = start(folder, old=old)
        ended = kill(project, last, after=after, can_exchange=can_exchange, monkeypatch=monkeypatch)
        stands = tree(project / "output")
        # Without an exchange there is an instant with no site at all; the next run brings it back at once.
        between = not can_exchange and not (project / "output").exists()
        assert stands in (before, new) or between, f"operation {last}"
        seen.add("old" if stands == before else "new" if stands == new else "between")
        build(project, new)
        assert tree(project / "output") == new, f"operation {last}"
        assert sorted(os.listdir(project)) == ["content", "output"], f"operation {last}"
        shutil.rmtree(folder)
    assert last > 20
    assert seen >= {"old", "new"}
    assert ("between" in seen) == (old and not can_exchange)


def test_between_two_renames_the_next_build_completes_the_new_site_even_if_it_fails_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = start(tmp_path, old=True)
    for last in range(1, 200):
        if kill(project, last, after=True, can_exchange=False, monkeypatch=monkeypatch):
            pytest.fail("no operation left the output away")
        if not (project / "output").exists():
            break
    with pytest.raises(ZeroDivisionError):
        publish((1 // 0 for _ in "x"), project / "output", site=project / "content")  # type: ignore[misc]
    assert tree(project / "output") == NEW


def test_a_failed_second_rename_puts_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = start(tmp_path, old=True)
    rename = os.rename

    def refuse_new(one: str, other: str) -> None:
        if str(one).endswith("-new"):
            raise PermissionError(13, "Permission denied", one)
        rename(one, other)

    monkeypatch.setattr(os, "rename", refuse_new)
    monkeypatch.setattr("builder.shell.write.exchange", lambda *paths: exchange.exchange(*paths, swapping=unable))
    with pytest.raises(Exception, match="Permission denied"):
        build(project, NEW)
    assert tree(project / "output") == OLD
    assert sorted(os.listdir(project)) == ["content", "output"]


KEPT = {f"kept/{number}.html": "kept" for number in range(30)}
MANY_OLD, MANY_NEW = {**OLD, **KEPT}, {**NEW, **KEPT}
"""So much stays that the output is amended."""


def start_many(folder: Path) -> Path:
    project = folder / "project"
    (project / "content").mkdir(parents=True)
    build(project, MANY_OLD)
    lay(project / "output", {name: OLD[name] for name in THEIRS})
    return project


def amending(project: Path) -> None:
    """The new site, what stays named and not made."""
    pages = [Page(path, words.encode()) for path, words in NEW.items() if path not in THEIRS]
    publish([Kept(tuple(KEPT)), *pages], project / "output", site=project / "content", patience=0.1)


def failing(project: Path) -> None:
    """A build that finds that it has nothing to publish."""
    with pytest.raises(ZeroDivisionError):
        publish((1 // 0 for _ in "x"), project / "output", site=project / "content")  # type: ignore[misc]


def kill_amending(project: Path, last: int, *, after: bool, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Amend, killed at an operation. Whether the build came to its end before it."""
    mortal = Mortal(last, after=after)
    with monkeypatch.context() as patch:
        for name in OPERATIONS:
            patch.setattr(os, name, mortal.wrap(getattr(os, name)))
        patch.setattr("builder.shell.write.exchange", None)
        with suppress(Killed):
            amending(project)
            return mortal.count < last
    return False


@pytest.mark.parametrize("after", [False, True], ids=["before it is done", "when it is done"])
def test_killed_at_every_operation_while_amending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool) -> None:
    ended, last, seen = False, 0, set()
    while not ended:
        last += 1
        project = start_many(tmp_path / str(last))
        ended = kill_amending(project, last, after=after, monkeypatch=monkeypatch)
        stands = tree(project / "output")
        for path in MANY_OLD.keys() | MANY_NEW.keys():
            assert stands.get(path) in (MANY_OLD.get(path), MANY_NEW.get(path)), f"operation {last}: {path}"
        seen.add("old" if stands == MANY_OLD else "new" if stands == MANY_NEW else "between")
        promised = (project / ".output.glossator-journal").exists()
        failing(project)
        assert tree(project / "output") == (MANY_NEW if promised else stands), f"operation {last}"
        amending(project)
        assert tree(project / "output") == MANY_NEW, f"operation {last}"
        assert sorted(os.listdir(project)) == ["content", "output"], f"operation {last}"
        shutil.rmtree(tmp_path / str(last))
    assert last > 40
    assert seen == {"old", "new", "between"}


def test_who_completes_what_was_killed_may_be_killed_himself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed = start_many(tmp_path)
    for last in range(1, 200):
        kill_amending(killed, last, after=True, monkeypatch=monkeypatch)
        if tree(killed / "output") not in (MANY_OLD, MANY_NEW):
            break
    ended, last = False, 0
    while not ended:
        last += 1
        project = tmp_path / str(last)
        shutil.copytree(killed, project)
        ended = kill_amending(project, last, after=False, monkeypatch=monkeypatch)
        amending(project)
        assert tree(project / "output") == MANY_NEW, f"operation {last}"
        assert sorted(os.listdir(project)) == ["content", "output"], f"operation {last}"
    assert last > 10


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC])
@pytest.mark.parametrize("can_link", [True, False], ids=["links", "no links"])
def test_refused_at_every_operation_while_amending_it_is_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, can_link: bool
) -> None:
    ended, last, seen = False, 0, set()
    while not ended:
        last += 1
        project = start_many(tmp_path / str(last))
        count = 0

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
            if not can_link:
                patch.setattr(os, "link", refuse_link)
            with suppress(MachineError):
                amending(project)
            ended = count < last
        stands = tree(project / "output")
        assert stands in (MANY_OLD, MANY_NEW), f"operation {last}"
        seen.add("old" if stands == MANY_OLD else "new")
        amending(project)
        assert tree(project / "output") == MANY_NEW, f"operation {last}"
        assert sorted(os.listdir(project)) == ["content", "output"], f"operation {last}"
        shutil.rmtree(tmp_path / str(last))
    assert seen == {"old", "new"}


def refuse_link(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_who_presses_ctrl_c_while_it_amends_finds_the_new_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = start_many(tmp_path)
    replace = os.replace

    def pressed(one: str, other: str) -> None:
        monkeypatch.setattr(os, "replace", replace)
        replace(one, other)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", pressed)
    with pytest.raises(KeyboardInterrupt):
        amending(project)
    assert tree(project / "output") == MANY_NEW
    assert sorted(os.listdir(project)) == ["content", "output"]


@pytest.mark.parametrize(
    "journal", ["", "[]", '{"put": ["../precious"], "drop": []}', '{"put": [], "drop": ["../precious"]}']
)
def test_a_journal_that_no_build_wrote_does_no_harm(tmp_path: Path, journal: str) -> None:
    project = start_many(tmp_path)
    (project / "precious").write_text("words")
    (project / ".output.glossator-journal").write_text(journal)
    (project / ".output.glossator-lock").touch()
    with pytest.raises(SiteError):
        amending(project)
    assert tree(project / "output") == MANY_OLD
    assert (project / "precious").read_text() == "words"
