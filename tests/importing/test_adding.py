"""What an import does to an edition's folder: all or nothing, nothing overwritten, twice is once."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from builder.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.importing.conftest import Importing

TEXT = "On Bells\nThe bell rang, and nobody in the village knew why it did so.\nThen it rang again, for a long time.\n"
EDITION = 'title = "Mine"   # kept\r\n\r\n[[text]]\r\nfile = "mine.md"\r\nsiglum = "M"'


@pytest.fixture
def bells(importing: Importing) -> Importing:
    """A file to import, and an edition of somebody's own."""
    importing.write("bells.txt", TEXT)
    importing.write("mine/edition.toml", EDITION)
    importing.write("mine/mine.md", "# Mine\n\nMy own words.\n")
    return importing


def test_a_new_edition_is_named_by_its_title(bells: Importing) -> None:
    said = bells("bells.txt")
    assert (said.status, said.out) == (0, "on-bells/bells.md\non-bells/edition.toml\n")
    assert bells.run("build", "on-bells").status == 0


def test_beside_a_site_a_new_edition_goes_into_it(bells: Importing) -> None:
    bells.write("content/site.toml", 'title = "Site"\n')
    assert bells("bells.txt").out.startswith("content/on-bells/bells.md\n")
    assert bells.run("check").status == 0


@pytest.mark.parametrize("options", [(), ("--into", "mine"), ("--into", "new/one", "--text", "b")])
def test_twice_is_once(bells: Importing, options: tuple[str, ...]) -> None:
    assert bells("bells.txt", *options).status == 0
    once = bells.files()
    said = bells("bells.txt", *options)
    assert said.status == 0
    assert "nothing to do" in said.err
    assert said.out == ""
    assert bells.files() == once


def test_tags_that_come_to_an_edition_which_stands_are_kept_beside_and_told(bells: Importing) -> None:
    bells.write("tagged.md", "---\ntags: [towers, bells]\n---\nA bell.\n")
    said = bells("tagged.md", "--into", "mine")
    assert said.status == 0
    assert 'write into its `tags` what holds for it ("towers", "bells")' in said.err
    assert bells.read("mine/edition.toml").endswith('file = "tagged.md"\n# tags: [towers, bells]\n')
    assert "tags" not in bells("tagged.md", "--into", "mine").err
    assert bells.run("check", "mine").status == 0


def test_what_stands_in_the_settings_keeps_every_byte(bells: Importing) -> None:
    assert bells("bells.txt", "--into", "mine").status == 0
    assert bells.read("mine/edition.toml") == f'{EDITION}\n\n[[text]]\nfile = "bells.md"\n'
    assert bells.run("check", "mine").status == 0


def test_settings_that_the_author_changed_later_stay(bells: Importing) -> None:
    bells("bells.txt", "--into", "mine")
    changed = bells.read("mine/edition.toml").replace('"bells.md"', '"bells.md"\nauthor = "Ann"')
    bells.write("mine/edition.toml", changed)
    assert "nothing to do" in bells("bells.txt", "--into", "mine").err
    assert bells.read("mine/edition.toml") == changed


def test_an_edition_that_lists_no_texts_lists_them_from_then_on(bells: Importing) -> None:
    bells.write("mine/edition.toml", 'title = "Mine"\n')
    assert bells("bells.txt", "--into", "mine").status == 0
    assert bells.read("mine/edition.toml") == (
        'title = "Mine"\n\n[[text]]\nfile = "mine.md"\n\n[[text]]\nfile = "bells.md"\n'
    )


def linked_settings(it: Importing) -> None:
    (it.folder / "mine" / "edition.toml").rename(it.folder / "e")
    os.symlink("../e", it.folder / "mine" / "edition.toml")


REFUSED: dict[str, tuple[Callable[[Importing], object], tuple[str, ...], str]] = {
    "other words": (lambda it: it.write("mine/bells.md", "mine\n"), ("--into", "mine"), "stands there already"),
    "a link in the place of the text": (
        lambda it: os.symlink("../bells.txt", it.folder / "mine" / "bells.md"),
        ("--into", "mine"),
        "stands there already",
    ),
    "a name that is one to some systems": (lambda it: it.write("mine/Bells.md", "x"), ("--into", "mine"), "stands"),
    "a link for a folder": (lambda it: os.symlink("mine", it.folder / "link"), ("--into", "link"), "is a link"),
    "a link for the settings": (
        linked_settings,
        ("--into", "mine"),
        "no plain UTF-8 file",
    ),
    "a file for a folder": (lambda it: it.write("file", "x"), ("--into", "file"), "is a file"),
    "settings that are no TOML": (
        lambda it: it.write("mine/edition.toml", "title = x"),
        ("--into", "mine"),
        "mine:1: edition.toml can't be read",
    ),
    "texts listed in one line": (
        lambda it: it.write("mine/edition.toml", 'title = "x"\ntext = [{file = "mine.md"}]\n'),
        ("--into", "mine"),
        "can't be added at the end",
    ),
    "a folder without settings": (lambda it: (it.folder / "mine/edition.toml").unlink(), ("--into", "mine"), "but no"),
    "an edition of that name": (
        lambda it: it.write("on-bells/edition.toml", 'title = "x"\n'),
        (),
        "is there already; to add to it: --into on-bells",
    ),
    "editions without settings beside it": (
        lambda it: (it.write("content/site.toml", 'title = "x"'), it.write("content/fable/fable.md", "x")),
        (),
        "fable: this edition has no edition.toml",
    ),
    "a lone edition": (lambda it: it.write("content/edition.toml", 'title = "x"'), (), "--into content"),
    "no name": (str, ("--text", "Bells!"), "is no name for a text"),
    "a reserved name": (str, ("--text", "notes"), "can't be a text's name"),
    "no layer": (str, ("--layer", "A B"), "is no name for a layer"),
    "too many names": (str, ("--text", "a", "--text", "b"), "2 names"),
    "parted nowhere": (str, ("--split-before", "Nowhere"), "doesn't stand in this file"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_leaves_everything_as_it_was(case: str, bells: Importing) -> None:
    make, options, told = REFUSED[case]
    make(bells)
    before = bells.files()
    said = bells("bells.txt", *options)
    assert (said.status, said.out) == (1, "")
    assert told in said.err
    assert len(said.err.splitlines()) == 1 + said.err.count("taken for the title")
    assert bells.files() == before


FILES = [
    ("x.pdf", b"%PDF", 1, "copy its words into a .txt file"),
    ("x.doc", b"\xd0\xcf\x11\xe0", 1, "save it as .docx"),
    ("x.bin", b"x", 1, "what can be imported"),
    ("x.docx", b"\xd0\xcf\x11\xe0", 1, "a password"),
    ("x.docx", b"PK\x03\x04broken", 1, "no Word file"),
    ("x.txt", b"\xff\xfe\x00\x00x\x00\x00\x00", 1, "is not UTF-8"),
    ("x.txt", b"\xe4rger", 1, "x.txt:1: the byte 0xE4 is not UTF-8"),
    ("x.md", b"PK\x03\x04word/document.xml", 1, "name it x.docx and import it: glossator import x.docx"),
    ("x.txt", b"a" * (4 * 1024 * 1024 + 1), 1, "the most that is read"),
    ("x.html", b"<div>" * 151 + b"x", 1, "levels deep"),
    ("x.html", b"<p>x" * 40_001, 1, "elements"),
    ("x.html", b"<p " + b" ".join(b"a%d=1" % n for n in range(3000)) + b">x", 1, "attributes"),
    ("x.html", b"<p>" + b"word " * 400_000, 1, "characters"),
    ("x.html", b"", 1, "no words"),
    ("x.html", b"<script>x</script>", 1, "no words"),
    ("x.md", b"---\na: b\n---\n", 1, "no words in this file besides its front matter"),
    ("x.json", b"{}", 1, "notes are imported into an edition: --into"),
]


@pytest.mark.parametrize(("name", "content", "status", "told"), FILES)
def test_files_that_can_not_be_read(name: str, content: bytes, status: int, told: str, importing: Importing) -> None:
    importing.write(name, content)
    said = importing(name)
    assert (said.status, said.out) == (status, "")
    assert told in said.err
    assert list(importing.files()) == [name]


def test_a_file_that_is_not_there_and_one_that_is_none(importing: Importing) -> None:
    assert importing("gone.txt").status == 1
    (importing.folder / "folder.txt").mkdir()
    assert importing("folder.txt").status == 1
    os.mkfifo(importing.folder / "pipe.txt")
    assert importing("pipe.txt").status == 1


def test_a_picture_in_the_place_of_another_is_refused(importing: Importing) -> None:
    importing.write("bells.md", "A bell: ![a bell](bell.png)\n")
    importing.write("bell.png", b"one")
    importing.write("mine/edition.toml", 'title = "Mine"\n')
    importing.write("mine/bell.png", b"two")
    said = importing("bells.md", "--into", "mine")
    assert said.status == 1
    assert "another picture is there" in said.err


@pytest.mark.parametrize("name", ["../bell.png", "pictures/link.png", "bell.svg", ".bell.png", "gone.png"])
def test_pictures_that_do_not_come_along(name: str, importing: Importing) -> None:
    importing.write("in/bells.md", f"A bell: ![a bell]({name})\n")
    for place in ("bell.png", "in/bell.svg", "in/.bell.png", "in/pictures/bell.png"):
        importing.write(place, b"picture")
    os.symlink("bell.png", importing.folder / "in/pictures/link.png")
    said = importing("in/bells.md", "--into", "new")
    assert said.status == 0
    assert sorted(importing.files("new")) == ["bells.md", "edition.toml"]


@pytest.mark.parametrize("into", ["mine", "new"])
def test_a_full_disk_at_any_moment_leaves_all_or_nothing(
    into: str, bells: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    bells.write("bells.md", "A bell: ![a bell](pictures/bell.png)\n")
    bells.write("pictures/bell.png", b"picture")
    before = bells.files()
    names = ("mkdir", "open", "write", "link", "rename", "replace", "chmod")
    real = {name: getattr(os, name) for name in names}
    moment, left = 0, -1
    while left < 0:
        counter = [moment]

        def failing(name: str, counter: list[int] = counter) -> Callable[..., object]:
            def call(*arguments: object, **more: object) -> object:
                path = str(arguments[0])
                if name == "write" or "glossator-import" in path or into in path:
                    counter[0] -= 1
                    if counter[0] == -1:
                        raise OSError(errno.ENOSPC, "No space left on device")
                return real[name](*arguments, **more)

            return call

        with monkeypatch.context() as patched:
            for name in names:
                patched.setattr(os, name, failing(name))
            status = run(["import", "bells.md", "--into", into])
        left = counter[0]
        now = {path: content for path, content in bells.files().items() if "glossator" not in path}
        assert status == (0 if len(now) == len(before) + (2 if into == "mine" else 3) else 2), moment
        assert status == 0 or now == bells.files() == before, moment
        if left < 0:
            shutil.rmtree(bells.folder / into, ignore_errors=True)
            for path, content in before.items():
                bells.write(path, content)
        moment += 1
    assert moment > 8
    assert "nothing to do" in bells("bells.md", "--into", into).err


@pytest.mark.parametrize(
    ("name", "missing"),
    [("x.html", "readability"), ("x.html", "markdownify"), ("x.docx", "mammoth"), ("x.docx", "lxml")],
)
def test_a_missing_library_is_named_with_its_extra(
    name: str, missing: str, importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.importing.words import document

    importing.write("x.html", "<p>words</p>")
    document().save(str(importing.folder / "x.docx"))
    for module in [one for one in sys.modules if one.startswith(("builder.parse.incoming.", missing))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, missing, None)
    said = importing(name)
    assert said.status == 2
    assert "some libraries more are needed" in said.err
    assert f"{sys.executable} -m pip install" in said.err
    assert importing("--help").status == 0


@pytest.mark.parametrize("name", ["imported/key", "../key", "key"])
def test_what_an_import_seems_to_have_left_takes_nothing_from_elsewhere(name: str, bells: Importing) -> None:
    elsewhere = bells.folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "key").write_text("secret")
    (bells.folder / "mine" / "key").write_text("mine")
    aside = bells.folder / "mine" / ".glossator-import"
    aside.mkdir()
    (aside / ".journal").write_text(json.dumps({name: ""}))
    (aside / "imported").symlink_to(elsewhere)
    (aside / "key").symlink_to(elsewhere / "key")
    assert "remove it" in (said := bells("bells.md", "--into", "mine")).err or "can be written" in said.err
    assert said.status == 1
    assert (elsewhere / "key").read_text() == "secret"
    assert (bells.folder / "mine" / "key").read_text() == "mine"
