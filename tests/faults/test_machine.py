"""Machines as they are: a disk with no room, folders of other people's, a clock set back, others at work meanwhile."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.cases import NOTE, REWORDED, retitled, site_of
from tests.faults.conftest import FABLE, NOTES, Nursery, copied, lay_site, tree

if TYPE_CHECKING:
    from collections.abc import Callable

NOBODY = 65534
YEAR = 365 * 86400


@pytest.fixture
def project(tmp_path: Path, known: Callable[[str], object]) -> Path:
    """A site that was built."""
    project = copied(known("all changes").folder, tmp_path / "project")  # type: ignore[attr-defined]
    lay_site(project)
    return project


def anew(project: Path, nursery: Nursery, goal: Path) -> dict[str, bytes]:
    """What a build from nothing makes of a project's content."""
    goal.mkdir()
    shutil.copytree(project / "content", goal / "content")
    assert nursery.run(goal, "build", "--quiet").status == 0
    return tree(goal / "output")


def has_namespaces() -> bool:
    """Whether this machine lets us mount a small disk that nobody else sees."""
    if not shutil.which("unshare"):
        return False
    command = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_a_disk_with_no_room(tmp_path: Path) -> None:
    """A real one of two megabytes, where it can be had; else one that is said to be full."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "said").mkdir()
    real = has_namespaces()
    mount = f'mount -t tmpfs -o size=2m tmpfs "{tmp_path}/disk" && exec "$@"'
    nursery = Nursery(
        tmp_path / "said", *(("unshare", "--map-root-user", "--mount", "sh", "-c", mount, "sh") if real else ())
    )
    try:
        nursery.run(tmp_path, "explain")  # now it stands there
        seen = Path(f"/proc/{nursery.number}/root{tmp_path}/disk") if real else tmp_path / "disk"
        project = tmp_path / "disk"
        lay_site(seen, ("site",))
        assert nursery.run(project, "build").status == 0
        before = site_of(seen)
        retitled(seen)
        filler = seen / "filler"
        if real:
            with filler.open("wb", buffering=0) as file:
                try:
                    while True:
                        file.write(b"x" * 4096)
                except OSError:
                    pass
        fault = {} if real else {"how": "refuse", "at": 9, "number": 28, "lasting": True}
        ran = nursery.run(project, "build", fault=fault)
        assert ran.status == 2, ran.err
        assert "No space left on device; make room on that disk" in ran.err
        assert "Traceback" not in ran.err
        after = {path: words for path, words in site_of(seen).items() if path.startswith("output/")}
        assert after == {path: words for path, words in before.items() if path.startswith("output/")}
        filler.unlink(missing_ok=True)
        (seen / "content/grapes/grapes.png").touch()
        assert nursery.run(project, "build").status == 0
        assert b"Fables, again" in (seen / "output/index.html").read_bytes()
        assert [path.name for path in seen.iterdir() if "glossator" in path.name] == [".output.glossator-memory"]
    finally:
        nursery.close()


def test_standard_output_with_no_room(project: Path, nursery: Nursery) -> None:
    for words in (("export", "content/grapes", "--as", "csv"), ("check", "content", "--format", "json")):
        ran = nursery.run(project, *words, out="/dev/full")
        assert ran.status == 2
        assert ran.err == "glossator: standard output: No space left on device; make room on that disk\n"


@pytest.mark.parametrize("whose", ["all", "the site's folder", "the output"])
def test_folders_of_other_peoples(project: Path, nursery: Nursery, whose: str) -> None:
    """Root gives his rights away, all others those that they have on their own folders."""
    retitled(project)
    before = tree(project / "output")
    locked = {"all": [project, project / "output"], "the site's folder": [project], "the output": [project / "output"]}
    modes = {path: path.stat().st_mode for path in locked[whose]}
    user = {"user": NOBODY} if os.geteuid() == 0 else {}
    for path in (project, *project.rglob("*")):
        path.chmod(path.stat().st_mode | (0o777 if path.is_dir() else 0o666))
    for path in locked[whose]:
        path.chmod(0o555)
    reachable(project)
    try:
        ran = nursery.run(project, "build", **user)
        assert "Traceback" not in ran.err
        if whose == "the output":  # it is exchanged whole, and what stood there can't be removed by everybody
            assert ran.status in (0, 2), ran.err
        else:
            assert ran.status == 2
            assert "Permission denied; you may not do this there" in ran.err
            assert str(project) in ran.err
            assert tree(project / "output") == before
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    ran = nursery.run(project, "build")
    assert ran.status == 0, ran.err
    assert b"Fables, again" in (project / "output/index.html").read_bytes()
    assert not [path.name for path in project.iterdir() if path.name.startswith(".output.glossator-n")]


def test_of_a_read_only_output_nothing_is_left_beside_it(project: Path, nursery: Nursery) -> None:
    """It is exchanged: what stood there is ours, and is removed though nothing in it may be changed."""
    retitled(project)
    ours = [project, *project.rglob("*")]
    for path in ours if os.geteuid() == 0 else ():
        os.chown(path, NOBODY, NOBODY)
    for path in (project / "output", *(project / "output").rglob("*")):
        path.chmod(path.stat().st_mode & 0o555)
    reachable(project)
    ran = nursery.run(project, "build", **({"user": NOBODY, "few": 9999} if os.geteuid() == 0 else {"few": 9999}))
    assert ran.status == 0, ran.err
    assert b"Fables, again" in (project / "output/index.html").read_bytes()
    assert [path.name for path in project.iterdir() if "glossator" in path.name] == [".output.glossator-memory"]


def reachable(project: Path) -> None:
    """Let others come to a folder of root's."""
    for folder in project.parents if os.geteuid() == 0 else ():
        folder.chmod(folder.stat().st_mode | 0o001)


def test_a_site_that_may_not_be_read(project: Path, nursery: Nursery) -> None:
    (project / "content/grapes/fable.md").chmod(0)
    (project / "content").chmod(0o755)
    reachable(project)
    for path in (project, project / "content"):
        path.chmod(0o777)
    ran = nursery.run(project, "check", **({"user": NOBODY} if os.geteuid() == 0 else {}))
    assert ran.status == 2
    assert "grapes/fable.md: Permission denied; you may not do this there" in ran.err


def test_no_home_and_no_folder_for_what_passes(project: Path, nursery: Nursery) -> None:
    retitled(project)
    ran = nursery.run(project, "build", environ={"HOME": "/nowhere/at/all", "TMPDIR": "/nowhere/at/all"})
    assert ran.status == 0, ran.err


@pytest.mark.parametrize(
    "change", [pytest.param(NOTE, id="few files"), pytest.param(retitled, id="all files", marks=pytest.mark.slow)]
)
def test_a_clock_that_is_set_back(
    project: Path, nursery: Nursery, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """Built in a year's time, with files that are older still; then changed, and built today."""
    for path in (project / "content").rglob("*"):
        os.utime(path, (time.time() + 2 * YEAR,) * 2)
    assert nursery.run(project, "build", clock=YEAR).status == 0
    change(project)
    for path in (project / "content").rglob("*"):
        os.utime(path, (time.time() - YEAR,) * 2)
    ran = nursery.run(project, "build", clock=-YEAR)
    assert ran.status == 0, ran.err
    assert tree(project / "output") == anew(project, nursery, tmp_path / "anew")
    file = project / "content/grapes/fable.notes.md"
    times = file.stat()
    file.write_text(file.read_text("utf-8").replace("jumps", "jumpt"), "utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))  # the same size, and the time that it had
    assert nursery.run(project, "build", clock=-2 * YEAR).status == 0
    assert b"jumpt" in (project / "output/grapes/index.html").read_bytes()


FIX = ("check", "--fix")
BUILD = ("build",)
ELSEWHERE = ("build", "--output", "elsewhere")


LATER = [(BUILD, BUILD), (FIX, FIX), (("save",), BUILD), (BUILD, ELSEWHERE)]
"""Tried where time doesn't matter, and with the second a while after the first."""


def named(pair: object) -> str:
    return " and ".join(" ".join(words) for words in pair) if isinstance(pair, tuple) else f"{pair} seconds later"


@pytest.mark.parametrize(
    ("pair", "wait"),
    [
        ((BUILD, BUILD), 0),
        ((BUILD, FIX), 0),
        *(pytest.param(pair, wait, marks=pytest.mark.slow) for pair in LATER for wait in (0.1, 0.3)),
    ],
    ids=named,
)
def test_two_at_once(
    project: Path, nursery: Nursery, tmp_path: Path, pair: tuple[tuple[str, ...], ...], wait: float
) -> None:
    REWORDED(project)
    (project / "edit").write_text("content/site.toml\tFables\tFables, again", "utf-8")
    rans = nursery.together(project, {"arguments": pair[0]}, {"arguments": pair[1], "wait": wait})
    for words, ran in zip(pair, rans, strict=True):
        assert "Traceback" not in ran.err
        if words == FIX and ran.status:  # it was told that somebody else is at work, and did nothing
            assert "changed meanwhile" in ran.err or "changed while the site was read; try again" in ran.err
        else:
            assert ran.status == 0, ran.err
    notes = (project / "content/grapes/fable.notes.md").read_text("utf-8")
    assert notes == NOTES or (FIX in pair and notes.endswith(NOTES.partition("\n")[2]))
    assert (project / "content/grapes/fable.md").read_text("utf-8") == FABLE.replace("not reach them", "not reech them")
    assert nursery.run(project, *ELSEWHERE).status == nursery.run(project, "build").status == 0
    clean = anew(project, nursery, tmp_path / "anew")
    assert tree(project / "output") == tree(project / "elsewhere") == clean
    assert not [path for path in tree(project) if path.endswith("~") or "glossator-n" in path or "-lock" in path]


@pytest.mark.parametrize(
    "change", [pytest.param(NOTE, id="few files"), pytest.param(retitled, id="all files", marks=pytest.mark.slow)]
)
def test_who_reads_all_the_time_sees_whole_pages_and_misses_none(
    project: Path, nursery: Nursery, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    other = copied(project, tmp_path / "other")
    change(other)
    assert nursery.run(other, "build").status == 0
    states = [tree(folder / "output") for folder in (project, other)]
    contents = [other / "content", shutil.copytree(project / "content", tmp_path / "old")]
    lasting = sorted(states[0].keys() & states[1].keys())
    over = threading.Event()
    wrong: list[str] = []
    seen: set[int] = set()

    def read() -> None:
        while not over.is_set():
            for path in lasting:
                try:
                    content = (project / "output" / path).read_bytes()
                except OSError as fault:
                    wrong.append(f"{path}: {fault}")
                else:
                    whole = [number for number, state in enumerate(states) if state[path] == content]
                    if not whole:
                        wrong.append(path)
                    seen.update(whole if len(whole) == 1 else ())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in range(3):
            shutil.rmtree(project / "content")
            shutil.copytree(contents[turn % 2], project / "content")
            assert nursery.run(project, "build").status == 0
    finally:
        over.set()
        reader.join()
    assert wrong == []
    assert seen == {0, 1}
