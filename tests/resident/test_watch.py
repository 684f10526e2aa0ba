"""Every way in which editors save: what stands in the output is soon what a clean build makes, and never less."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from typing import TYPE_CHECKING

import pytest

from builder.shell.build import Order, build_site
from tests.resident.conftest import Resident, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARK = "zq{}"


def tree(output: Path) -> dict[str, bytes]:
    """Every published file."""
    return {
        str(path.relative_to(output)): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def converges(resident: Resident, folder: Path, seconds: float = 10) -> None:
    """The output becomes, and stays, byte for byte what a clean build makes."""
    clean = folder / f"clean-{time.monotonic_ns()}"
    build_site(Order(resident.content, clean))
    expected = tree(clean)
    until(lambda: _safely(lambda: tree(resident.output)) == expected, seconds, f"not a clean build's\n{resident.err}")
    time.sleep(0.3)
    assert tree(resident.output) == expected
    resident.note_delay()


def _safely(look: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
    try:
        return look()
    except FileNotFoundError:  # the moment in which one tree takes the other's place
        return {}


def essay(resident: Resident) -> Path:
    return resident.content / "reading-with-a-pencil" / "essay.md"


def in_place(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8")


def truncated_and_slowly(path: Path, words: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.flush()
        time.sleep(0.15)
        for start in range(0, len(words), 200):
            file.write(words[start : start + 200])
            file.flush()
            time.sleep(0.02)


def aside_and_renamed(path: Path, words: str) -> None:
    aside = path.with_name(path.name + ".tmp")
    aside.write_text(words, encoding="utf-8")
    os.replace(aside, path)


def aside_elsewhere(path: Path, words: str) -> None:
    aside = path.parents[2] / "elsewhere.md"
    aside.write_text(words, encoding="utf-8")
    os.replace(aside, path)


def backup_renamed(path: Path, words: str) -> None:
    probe = path.with_name("4913")
    probe.touch()
    probe.unlink()
    os.rename(path, path.with_name(path.name + "~"))
    path.write_text(words, encoding="utf-8")
    path.with_name(path.name + "~").unlink()


def deleted_and_made_anew(path: Path, words: str) -> None:
    path.unlink()
    time.sleep(0.08)
    path.write_text(words, encoding="utf-8")


def by_a_file_that_is_gone_again(path: Path, words: str) -> None:
    """As `sed -i` does it: the name aside looks like any other."""
    aside = path.with_name("sedXa7T3q.md")
    aside.write_text(words, encoding="utf-8")
    os.replace(aside, path)


def twice(path: Path, words: str) -> None:
    path.write_text(words.replace("MARK", "first"), encoding="utf-8")
    path.write_text(words, encoding="utf-8")


SAVES = [
    in_place,
    truncated_and_slowly,
    aside_and_renamed,
    aside_elsewhere,
    backup_renamed,
    by_a_file_that_is_gone_again,
    deleted_and_made_anew,
    twice,
]


class Watchman:
    """Looks at the first page of the output all the time: it must always be there, whole and never empty of text."""

    def __init__(self, page: Path) -> None:
        self.faults: list[str] = []
        self.looks = 0
        self._page = page
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.002):
            try:
                content = self._page.read_bytes()
            except FileNotFoundError:
                self.faults.append("the page was gone")
                continue
            self.looks += 1
            if not content.rstrip().endswith(b"</html>") or b'class="para paragraph"' not in content:
                self.faults.append(f"{len(content)} bytes, not a whole page")

    def stop(self) -> None:
        self._over.set()
        self._thread.join(5)


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_save_is_on_the_disk_soon(watching: Resident, site: Path, save: Callable[[Path, str], None]) -> None:
    page = watching.output / "reading-with-a-pencil" / "index.html"
    watchman = Watchman(page)
    path = essay(watching)
    before = path.read_text(encoding="utf-8")
    for number in range(3):
        mark = MARK.format(number)
        save(path, before.rstrip() + f"\n\nA last paragraph, {mark}.\n")
        until(lambda mark=mark: mark in page.read_text(encoding="utf-8"), 10, watching.err)  # type: ignore[misc]
    watchman.stop()
    assert watchman.looks > 10
    assert watchman.faults == []
    converges(watching, site)


def test_half_a_text_is_never_published_while_somebody_still_writes(watching: Resident, site: Path) -> None:
    page = watching.output / "reading-with-a-pencil" / "index.html"
    path = essay(watching)
    before, whole = page.read_bytes(), path.read_text(encoding="utf-8") + "\nThe very end.\n"
    with path.open("w", encoding="utf-8") as file:
        for part in range(10):  # longer than a batch is waited for
            file.write(whole[part * len(whole) // 10 : (part + 1) * len(whole) // 10])
            file.flush()
            time.sleep(0.3)
            assert page.read_bytes() == before
    until(lambda: "The very end." in page.read_text(encoding="utf-8"), 10, watching.err)
    converges(watching, site)


def test_a_file_of_the_output_that_somebody_removed_comes_back_with_the_next_save(
    watching: Resident, site: Path
) -> None:
    words = essay(watching).read_text(encoding="utf-8")
    essay(watching).write_text(words + "\nAnd again.\n", encoding="utf-8")
    page = watching.output / "reading-with-a-pencil" / "index.html"
    until(lambda: "And again." in page.read_text(encoding="utf-8"), 10, watching.err)
    (watching.output / "glossary.html").unlink()
    essay(watching).write_text(words + "\nAnd once more.\n", encoding="utf-8")
    until((watching.output / "glossary.html").exists, 10, watching.err)
    converges(watching, site)


def test_a_touch_writes_nothing(watching: Resident) -> None:
    page = watching.output / "reading-with-a-pencil" / "index.html"
    before = page.stat()
    said = watching.err
    for path in watching.content.rglob("*.md"):
        path.touch()
    time.sleep(1.2)
    assert page.stat().st_mtime_ns == before.st_mtime_ns
    assert watching.err == said


def test_what_it_does_itself_is_no_change(watching: Resident) -> None:
    path = essay(watching)
    path.write_text(path.read_text(encoding="utf-8") + "\n\nOne more paragraph.\n", encoding="utf-8")
    page = watching.output / "reading-with-a-pencil" / "index.html"
    until(lambda: "One more paragraph" in page.read_text(encoding="utf-8"), 10, watching.err)
    time.sleep(0.3)
    said = watching.err
    stamp = page.stat().st_mtime_ns
    time.sleep(1.0)
    assert watching.err == said
    assert page.stat().st_mtime_ns == stamp


def test_two_hundred_files_at_once(watching: Resident, site: Path) -> None:
    for number in range(66):
        edition = watching.content / f"edition-{number:02}"
        edition.mkdir()
        (edition / "edition.toml").write_text(f'title = "No. {number}"\n[[text]]\nfile = "t.md"\n', encoding="utf-8")
        (edition / "t.md").write_text(f"# Text {number}\n\nA fox saw grapes, {number}.\n", encoding="utf-8")
        (edition / "t.notes.md").write_text("## saw grapes\nOn a trellis.\n", encoding="utf-8")
    converges(watching, site, 30)


def test_a_folder_is_renamed(watching: Resident, site: Path) -> None:
    os.rename(watching.content / "reading-with-a-pencil", watching.content / "reading-with-a-pen")
    until(lambda: (watching.output / "reading-with-a-pen" / "index.html").is_file(), 10, watching.err)
    converges(watching, site)
    assert not (watching.output / "reading-with-a-pencil").exists()


def test_a_file_is_removed(watching: Resident, site: Path) -> None:
    (watching.content / "reading-with-a-pencil" / "essay.notes.md").unlink()
    page = watching.output / "reading-with-a-pencil" / "index.html"
    until(lambda: "doc-footnote" not in page.read_text(encoding="utf-8"), 10, watching.err)
    converges(watching, site)


def test_an_edition_comes_and_goes(watching: Resident, site: Path) -> None:
    shutil.copytree(watching.content / "reading-with-a-pencil", watching.content / "again")
    until(lambda: (watching.output / "again" / "index.html").is_file(), 10, watching.err)
    converges(watching, site)
    shutil.rmtree(watching.content / "again")
    until(lambda: not (watching.output / "again").exists(), 10, watching.err)
    converges(watching, site)


def test_a_slip_keeps_the_last_good_site_and_is_told(watching: Resident, site: Path) -> None:
    page = watching.output / "reading-with-a-pencil" / "index.html"
    good = page.read_bytes()
    path = essay(watching)
    words = path.read_bytes()
    path.write_bytes(words + b"\n\nA byte that is none: \xff\n")
    until(lambda: "G106" in watching.err, 10, watching.err)
    assert page.read_bytes() == good
    path.write_bytes(words + b"\n\nMended.\n")
    until(lambda: b"Mended." in page.read_bytes(), 10, watching.err)
    converges(watching, site)


def test_a_slip_that_is_undone_is_said_to_be_mended(watching: Resident) -> None:
    path = essay(watching)
    words = path.read_bytes()
    path.write_bytes(words + b"\n\nA byte that is none: \xff\n")
    until(lambda: "nothing written" in watching.err, 10, watching.err)
    path.write_bytes(words)
    until(lambda: watching.err.rstrip().endswith("nothing left to mend"), 10, watching.err)


def test_a_file_that_cannot_be_read_for_a_while(watching: Resident, site: Path) -> None:
    page = watching.output / "reading-with-a-pencil" / "index.html"
    path = essay(watching)
    words = path.read_text(encoding="utf-8")
    path.unlink()
    path.mkdir()  # as good as unreadable, also for root
    time.sleep(0.6)
    assert watching.process.poll() is None
    assert page.is_file()
    path.rmdir()
    path.write_text(words + "\nReadable again.\n", encoding="utf-8")
    until(lambda: "Readable again." in page.read_text(encoding="utf-8"), 10, watching.err)
    converges(watching, site)


def test_settings_and_theme(watching: Resident, site: Path) -> None:
    settings = watching.content / "site.toml"
    words = settings.read_text(encoding="utf-8")
    settings.write_text(words.replace("title =", "title = 'Other' #", 1), encoding="utf-8")
    until(lambda: "Other" in (watching.output / "index.html").read_text(encoding="utf-8"), 10, watching.err)
    wording = watching.content / "theme" / "words" / "en.toml"
    wording.parent.mkdir(parents=True)
    wording.write_text('[nav]\nread = "Peruse"\n', encoding="utf-8")
    page = watching.output / "reading-with-a-pencil" / "index.html"
    until(lambda: "Peruse" in page.read_text(encoding="utf-8"), 10, watching.err)
    converges(watching, site)


def test_a_checkout_between_commits(site: Path) -> None:
    content = site / "content"

    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=content, check=True, capture_output=True
        )

    git("init", "-q", "-b", "master")
    git("add", "-A")
    git("commit", "-qm", "one")
    first = content / "reading-with-a-pencil"
    shutil.copytree(first, content / "second")
    with (first / "essay.md").open("a", encoding="utf-8") as file:
        file.write("\nIn the second commit.\n")
    (first / "essay.notes.md").unlink()
    git("add", "-A")
    git("commit", "-qm", "two")
    resident = Resident("watch", site)
    try:
        until(lambda: "watching" in resident.err, 20)
        for commit in ("HEAD~1", "master", "HEAD~1", "master"):
            git("checkout", "-q", commit)
            converges(resident, site)
    finally:
        resident.stop()


def test_ctrl_c_ends_it_at_once(site: Path) -> None:
    resident = Resident("watch", site)
    until(lambda: "watching" in resident.err, 20)
    begun = time.monotonic()
    assert resident.stop() == 0
    assert time.monotonic() - begun < 2
    assert "Traceback" not in resident.err


@pytest.mark.parametrize("command", ["serve", "watch"])
@pytest.mark.parametrize(
    ("there", "says"),
    [
        ("", "there is no such folder"),
        ("touch", "is not a folder"),
        ("mkdir", "holds neither site.toml nor edition.toml"),
    ],
)
def test_what_is_no_site_is_not_waited_for(command: str, there: str, says: str, tmp_path: Path) -> None:
    if there:
        getattr(tmp_path / "content", there)()
    resident = Resident(command, tmp_path)
    assert resident.process.wait(10) == 1
    assert says in resident.err
    assert resident.out == ""
    assert not resident.output.exists()
