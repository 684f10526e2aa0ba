"""A build replaces the site whole, touches nothing that did not change, and removes nothing that isn't ours."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.model.diagnostic import MachineError, SiteError
from builder.model.site import Copy, Page
from builder.shell import exchange, stage
from builder.shell.files import refusal
from builder.shell.manifest import MARKER, Entry, read_manifest, write_manifest
from builder.shell.write import Published, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project" / "content").mkdir(parents=True)
    (tmp_path / "project" / "content" / "picture.png").write_bytes(b"picture")
    return tmp_path / "project"


def put(project: Path, *items: Page | Copy, output: str = "output") -> Published:
    return publish(items, project / output, site=project / "content", patience=0.2)


def page(path: str, words: str = "words") -> Page:
    return Page(path, words.encode())


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


def beside(project: Path) -> list[str]:
    return sorted(os.listdir(project))


def test_pages_and_copies_are_written(project: Path) -> None:
    done = put(project, page("index.html"), page("a/b/c.html"), Copy("picture.png", "a/picture.png"))
    assert tree(project / "output") == {"index.html": b"words", "a/b/c.html": b"words", "a/picture.png": b"picture"}
    assert done == Published(("a/b/c.html", "a/picture.png", "index.html"), (), ())
    assert beside(project) == ["content", "output"]


def test_what_is_no_longer_made_goes_and_its_empty_folders_too(project: Path) -> None:
    put(project, page("a/b/c.html"), page("index.html"))
    done = put(project, page("index.html"))
    assert tree(project / "output") == {"index.html": b"words"}
    assert not (project / "output" / "a").exists()
    assert done == Published((), ("index.html",), ("a/b/c.html",))


def test_what_did_not_change_is_not_touched(project: Path) -> None:
    put(project, page("same.html"), page("other.html", "old"), Copy("picture.png", "picture.png"))
    before = {name: os.stat(project / "output" / name) for name in ("same.html", "picture.png")}
    done = put(project, page("same.html"), page("other.html", "new"), Copy("picture.png", "picture.png"))
    for name, status in before.items():
        after = os.stat(project / "output" / name)
        assert (after.st_ino, after.st_mtime_ns) == (status.st_ino, status.st_mtime_ns)
    assert done.written == ("other.html",)


def test_a_second_build_changes_nothing_at_all(project: Path) -> None:
    put(project, page("a/b.html"))
    before = {path: os.stat(path) for path in [project / "output", *(project / "output").rglob("*")]}
    put(project, page("a/b.html"))
    for path, status in before.items():
        assert os.stat(path).st_ino == status.st_ino
        assert os.stat(path).st_mtime_ns == status.st_mtime_ns


def test_where_there_are_no_hard_links_files_are_copied_time_and_all(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    put(project, page("same.html"), page("other.html", "old"))
    (project / "output" / "CNAME").write_text("theirs")
    os.utime(project / "output" / "same.html", (1, 1))
    monkeypatch.setattr(os, "link", refuse)
    put(project, page("same.html"), page("other.html", "new"))
    assert tree(project / "output") == {"same.html": b"words", "other.html": b"new", "CNAME": b"theirs"}
    assert os.stat(project / "output" / "same.html").st_mtime == 1


def test_a_file_changed_by_hand_is_mended(project: Path) -> None:
    put(project, page("a.html"), page("b.html"))
    (project / "output" / "a.html").write_text("words"[::-1])
    (project / "output" / "b.html").unlink()
    assert put(project, page("a.html"), page("b.html")).written == ("a.html", "b.html")
    assert tree(project / "output") == {"a.html": b"words", "b.html": b"words"}


def test_what_others_put_into_the_output_is_carried_over(project: Path) -> None:
    put(project, page("index.html"), page("a/b.html"))
    output = project / "output"
    (output / "CNAME").write_text("example.org")
    (output / ".git" / "objects").mkdir(parents=True)
    (output / ".git" / "HEAD").write_text("ref")
    (output / "a" / "theirs.txt").write_text("theirs")
    (output / "link").symlink_to("nowhere")
    (output / "empty").mkdir(mode=0o700)
    os.mkfifo(output / "pipe")
    inode = os.stat(output / "CNAME").st_ino
    put(project, page("index.html", "new"))
    assert tree(output) == {
        "index.html": b"new",
        "CNAME": b"example.org",
        ".git/HEAD": b"ref",
        "a/theirs.txt": b"theirs",
    }
    assert os.readlink(output / "link") == "nowhere"
    assert stat.S_IMODE(os.stat(output / "empty").st_mode) == 0o700
    assert (output / ".git" / "objects").is_dir()
    assert stat.S_ISFIFO(os.stat(output / "pipe").st_mode)
    assert os.stat(output / "CNAME").st_ino == inode


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("index.html", "index.html"),
        ("INDEX.html", "index.html"),
        ("a", "a/b.html"),
        ("a/b.html/c", "a/b.html"),
        ("caf\u0065\u0301.html", "caf\u00e9.html"),
    ],
)
def test_a_file_of_others_where_a_page_is_to_stand_is_refused(project: Path, theirs: str, ours: str) -> None:
    put(project, page("old.html"))
    path = project / "output" / theirs
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("theirs")
    before = tree(project / "output")
    with pytest.raises(SiteError, match="no build put this there"):
        put(project, page(ours))
    assert tree(project / "output") == before
    assert beside(project) == ["content", "output"]


def test_a_link_in_the_place_of_a_folder_of_ours_is_refused_and_not_written_through(project: Path) -> None:
    put(project, page("a/b.html"))
    (project / "elsewhere").mkdir()
    (project / "output" / "a" / "b.html").unlink()
    (project / "output" / "a").rmdir()
    (project / "output" / "a").symlink_to(project / "elsewhere")
    with pytest.raises(SiteError, match="no build put this there"):
        put(project, page("a/b.html", "new"))
    assert os.listdir(project / "elsewhere") == []


def test_what_comes_in_while_we_work_is_not_lost(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project, page("index.html"))
    swap = exchange.swap

    def late(one: str, other: str) -> bool:
        (project / "output" / "late").mkdir()
        (project / "output" / "late" / "CNAME").write_text("late")
        return swap(one, other)

    monkeypatch.setattr("builder.shell.write.exchange", lambda *paths: exchange.exchange(*paths, swapping=late))
    put(project, page("index.html", "new"))
    assert tree(project / "output") == {"index.html": b"new", "late/CNAME": b"late"}


@pytest.mark.parametrize("files", [{}, {".gitignore": "*"}, {".git/HEAD": "ref"}])
def test_an_empty_folder_may_become_the_output(project: Path, files: dict[str, str]) -> None:
    (project / "output").mkdir()
    for name, words in files.items():
        (project / "output" / name).parent.mkdir(exist_ok=True)
        (project / "output" / name).write_text(words)
    put(project, page("index.html"))
    assert tree(project / "output") == {"index.html": b"words", **{k: v.encode() for k, v in files.items()}}


def test_a_folder_with_files_of_others_is_refused(project: Path) -> None:
    (project / "output").mkdir()
    (project / "output" / "thesis.docx").write_text("years of work")
    with pytest.raises(SiteError, match="holds files that no build put there"):
        put(project, page("index.html"))
    assert tree(project / "output") == {"thesis.docx": b"years of work"}


def test_no_build_goes_where_it_would_do_harm(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(project.parent / "home" / "me"))
    for output in ("content", ".", "..", "../home/me", "../home", "/", "../../../../.."):
        with pytest.raises(SiteError, match="choose another folder"):
            put(project, page("index.html"), output=output)
    (project / "file").write_text("a file")
    with pytest.raises(SiteError, match="is a file"):
        put(project, page("index.html"), output="file")
    (project / "link").symlink_to("content")
    with pytest.raises(SiteError, match="the site's own folder"):
        put(project, page("index.html"), output="link")
    with pytest.raises(SiteError, match="the program's own folder"):
        put(project, page("index.html"), output=str(Path(stage.__file__).parents[2]))


def test_an_output_that_is_a_link_is_replaced_where_it_leads(project: Path) -> None:
    (project / "www").mkdir()
    (project / "output").symlink_to("www")
    put(project, page("index.html"))
    assert (project / "output").is_symlink()
    assert tree(project / "www") == {"index.html": b"words"}


def test_folders_on_the_way_to_the_output_are_made(project: Path) -> None:
    put(project, page("index.html"), output="build/site/output")
    assert tree(project / "build" / "site" / "output") == {"index.html": b"words"}


@pytest.mark.parametrize(
    "path",
    ["", "/etc/x", "../x", "a/../../x", "a//b", "./x", "a/.", "a\\b", "C:x", "c:/x", "a\nb", "a\0b", ".glossator",
     ".glossator/x", "\udcff"],
)  # fmt: skip
def test_unsafe_paths_are_refused(project: Path, path: str) -> None:
    put(project, page("old.html"))
    with pytest.raises(SiteError, match="no page can be written"):
        put(project, page("index.html"), page(path))
    assert tree(project / "output") == {"old.html": b"words"}
    assert beside(project) == ["content", "output"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.html", "a.html"),
        ("a.html", "A.html"),
        ("a/x.html", "A/y.html"),
        ("a", "a/b"),
        ("a/b", "a"),
        ("stra\u00dfe.html", "STRASSE.html"),
        ("caf\u00e9.html", "cafe\u0301.html"),
    ],
)
def test_names_that_are_one_name_to_some_systems_are_refused(project: Path, one: str, other: str) -> None:
    with pytest.raises(SiteError, match="rename one"):
        put(project, page(one), page(other))
    assert beside(project) == ["content"]


def test_a_copy_never_leaves_the_site(project: Path) -> None:
    (project / "secret").write_text("secret")
    (project / "content" / "link.png").symlink_to("../secret")
    os.mkfifo(project / "content" / "pipe.png")
    for source in ("../secret", "link.png", "/etc/hostname"):
        with pytest.raises(SiteError, match="outside the site"):
            put(project, Copy(source, "x.png"))
    with pytest.raises(SiteError, match="no regular file"):
        put(project, Copy("pipe.png", "x.png"))
    with pytest.raises(MachineError, match=r"gone\.png: No such file"):
        put(project, Copy("gone.png", "x.png"))


def test_whatever_the_items_raise_leaves_the_last_good_site(project: Path) -> None:
    put(project, page("index.html", "good"))

    def failing() -> Iterator[Page]:
        yield page("index.html", "bad")
        yield page("more.html", "bad")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish(failing(), project / "output", site=project / "content")
    assert tree(project / "output") == {"index.html": b"good"}
    assert beside(project) == ["content", "output"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_full_or_failing_disk_leaves_the_last_good_site(
    project: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, page("index.html", "good"))

    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", refuse)
    with pytest.raises(MachineError, match=rf"index\.html: {os.strerror(number)}"):
        put(project, page("index.html", "bad"))
    assert tree(project / "output") == {"index.html": b"good"}
    assert beside(project) == ["content", "output"]


def test_a_write_that_takes_only_part_is_continued(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, bytes(content)[:3]))
    put(project, page("index.html", "more than three"))
    assert tree(project / "output") == {"index.html": b"more than three"}


def test_a_folder_that_may_not_be_written_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(MachineError, match=r"project: no file can be put there, which output needs: Permission denied"):
        put(project, page("index.html"))


REFUSED = [
    ("a/.n.notes.md.glossator~", "a/n.notes.md", "a: no file can be put there, which n.notes.md needs: no"),
    ("a/anchors.lock~", "a/anchors.lock", "a: no file can be put there, which anchors.lock needs: no"),
    ("a/.glossator-import", "a", "a: no file can be put there: no"),
    ("a/n.notes.md", "a/n.notes.md", "a/n.notes.md: no"),
    (None, "standard output", "standard output: no"),
]


@pytest.mark.parametrize(("at", "path", "said"), REFUSED)
def test_what_is_laid_out_beside_a_file_is_not_what_is_named(at: str | None, path: str, said: str) -> None:
    assert refusal(PermissionError(errno.EACCES, "no", at), path).startswith(f"{said}; you may not")


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_modes_do_not_depend_on_the_umask(project: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        put(project, page("a/b.html"), Copy("picture.png", "picture.png"))
    finally:
        os.umask(before)
    modes = {p.name: stat.S_IMODE(os.stat(p).st_mode) for p in [project / "output", *(project / "output").rglob("*")]}
    assert modes == {"output": 0o755, "a": 0o755, "b.html": 0o644, "picture.png": 0o644, MARKER: 0o644}


def test_leftovers_of_killed_builds_are_cleaned(project: Path) -> None:
    put(project, page("index.html", "old"))
    for name in ("new", "old"):
        (project / f".output.glossator-{name}" / "a").mkdir(parents=True)
        (project / f".output.glossator-{name}" / "a" / "b").write_text("half")
    (project / ".output.glossator-lock").touch()  # it dies with no one
    put(project, page("index.html"))
    assert beside(project) == ["content", "output"]


@pytest.mark.parametrize("built", [True, False])
@pytest.mark.parametrize("name", ["new", "old", "was"])
def test_a_folder_that_no_killed_build_left_is_not_removed(project: Path, name: str, built: bool) -> None:
    if built:
        put(project, page("index.html", "old"))
    thesis = project / f".output.glossator-{name}" / "thesis.txt"
    thesis.parent.mkdir()
    thesis.write_text("mine")
    for _ in range(2):
        with pytest.raises(SiteError, match="move it away"):
            put(project, page("index.html"))
    assert thesis.read_text() == "mine"
    assert (project / "output").exists() == built


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    manifest = {"a “b”.html": Entry(3, "0" * 64), "b/c.html": Entry(0, "f" * 64)}
    (tmp_path / MARKER).write_bytes(write_manifest(manifest))
    assert read_manifest(str(tmp_path)) == manifest
    assert json.loads((tmp_path / MARKER).read_text())["version"] == 1


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b'{"version": 2, "files": {}}', b'{"version": 1}', b'{"version": 1, "files": {"a": 1}}',
     b'{"version": 1, "files": {"a": ["x", 1]}}', b"[" * 100_000, b"\xff"],
)  # fmt: skip
def test_with_a_manifest_that_cannot_be_read_nothing_is_removed(project: Path, raw: bytes) -> None:
    put(project, page("index.html"))
    (project / "output" / MARKER).write_bytes(raw)
    with pytest.raises(SiteError, match="can't be understood"):
        put(project, page("other.html"))
    assert tree(project / "output") == {"index.html": b"words"}


def test_a_manifest_cannot_lead_out_of_the_output(project: Path) -> None:
    put(project, page("index.html"))
    (project / "precious").write_text("words")
    entry = Entry(5, read_manifest(str(project / "output"))["index.html"].digest)  # type: ignore[index]
    (project / "output" / MARKER).write_bytes(write_manifest({"../precious": entry, "index.html": entry}))
    put(project, page("index.html", "new"))
    assert (project / "precious").read_text() == "words"


def test_output_and_manifest_are_the_same_bytes_in_whatever_order_pages_come(project: Path) -> None:
    pages = [page(f"{name}.html", name) for name in "cab"]
    publish(pages, project / "one", site=project / "content")
    publish(reversed(pages), project / "two", site=project / "content")
    assert (project / "one" / MARKER).read_bytes() == (project / "two" / MARKER).read_bytes()


PATHS = st.sampled_from(["index.html", "a/one.html", "a/two.html", "b/c/d.html", "x.css"])
SITES = st.dictionaries(PATHS, st.sampled_from(["1", "22", "33"]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sites=st.lists(SITES, min_size=1, max_size=4))
def test_after_any_row_of_builds_the_output_is_the_last_of_them(
    sites: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = tmp_path_factory.mktemp("law")
    (project / "content").mkdir()
    for site in sites:
        before = tree(project / "output")
        done = put(project, *(page(path, words) for path, words in site.items()))
        assert tree(project / "output") == {path: words.encode() for path, words in site.items()}
        assert {*done.written, *done.unchanged} == set(site)
        assert set(done.removed) == set(before) - set(site)
        assert set(done.unchanged) == {path for path in site if before.get(path) == site[path].encode()}


MOUNTED = "this folder is a mount point, and the system lets none be replaced; build into a folder inside it: --output "


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV])
def test_a_folder_mounted_from_the_same_disk(number: int, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "output").mkdir()

    def refuses(*names: str) -> bool:
        raise OSError(number, os.strerror(number), names[-1])

    monkeypatch.setattr(exchange.exchange, "__kwdefaults__", {"swapping": refuses})
    with pytest.raises(MachineError) as fault:
        put(project, page("index.html"))
    assert str(fault.value) == f"{project}/output: {MOUNTED}{project}/output/site"
    assert tree(project / "output") == {}
    assert sorted(os.listdir(project)) == ["content", "output"]


def test_a_folder_at_which_a_disk_is_mounted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "output").mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: path == str(project / "output"))
    with pytest.raises(MachineError, match=MOUNTED):
        put(project, page("index.html"))
    assert put(project, page("index.html"), output="output/site").written == ("index.html",)


@pytest.mark.parametrize("options", ["rw", "ro"])
def test_a_volume_mounted_at_the_output(options: str, project: Path) -> None:
    (project / "output").mkdir()
    (project / "content/site.toml").write_text('title = "S"\n')
    (project / "content/fox").mkdir()
    (project / "content/fox/fox.md").write_text("# A fox\n\nA fox leapt.\n")
    private = [
        "unshare",
        "-m",
        "sh",
        "-c",
        f"mount -t tmpfs -o {options} none output && exec $0 -m builder build content",
    ]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*private[:4], "mount -t tmpfs none output"], cwd=project).returncode
    ):
        pytest.skip("nothing may be mounted here")
    path = str(Path(__file__).parents[2])
    done = subprocess.run(
        [*private, sys.executable], cwd=project, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert f"output: {MOUNTED}" in done.stderr
    assert sorted(path.name for path in project.iterdir()) == ["content", "output"]


@pytest.mark.parametrize("name", ["new", "old", "was", "journal", "lock"])
@pytest.mark.parametrize("what", ["a link", "a file", "a folder", "something"])
def test_what_others_put_beside_the_output_is_told_and_stays(project: Path, name: str, what: str) -> None:
    put(project, page("a.html"))
    beside = project / f".output.glossator-{name}"
    if (what == "a file" and name in ("journal", "lock")) or (what == "a folder" and name not in ("journal", "lock")):
        return  # as builds do
    made: dict[str, Callable[[], object]] = {
        "a link": lambda: beside.symlink_to(project / "content"),
        "a file": lambda: beside.write_text("mine"),
        "a folder": beside.mkdir,
        "something": lambda: os.mkfifo(beside),
    }
    made[what]()
    with pytest.raises(SiteError, match=rf"glossator-{name}: this is {what} that no build put there.*; move it away"):
        put(project, page("a.html", "others"))
    assert beside.lstat()
    assert (project / "content" / "picture.png").exists()
    assert (project / "output" / "a.html").read_text() == "words"
