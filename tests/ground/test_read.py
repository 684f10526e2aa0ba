"""What stands in a site's folder, and what is said of the things that can't be read."""

from __future__ import annotations

import os
import stat
from functools import partial
from pathlib import Path

import pytest

from builder.model.diagnostic import Diagnostic, MachineError, RefusedError, SiteError
from builder.shell import texts
from builder.shell.files import NotRegularError
from builder.shell.opening import check_site
from builder.shell.read import read_contents, read_folder, refreshed
from builder.shell.texts import decode, read_source

PIXEL = Path(__file__).parents[1] / "codes/G603/site/images/fox.png"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "edition" / "images").mkdir(parents=True)
    (folder / "site.toml").write_text('title = "A site"\n')
    (folder / "edition" / "edition.toml").write_text('title = "An edition"\n')
    (folder / "edition" / "text.md").write_text("# A text\n")
    (folder / "edition" / "images" / "one.png").write_bytes(b"\x89PNG")
    return folder


def told(slips: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{one.place} {one.code}" for one in slips]


def test_texts_are_read_and_pictures_are_listed(site: Path) -> None:
    folder, slips = read_folder(site)
    assert list(folder.sources) == ["edition/edition.toml", "edition/text.md", "site.toml"]
    assert folder.sources["edition/text.md"].text == "# A text\n"
    assert dict(folder.assets) == {"edition/images/one.png": 4}
    assert slips == ()


def test_a_damaged_picture_is_known_until_it_is_mended(site: Path) -> None:
    picture = site / "edition" / "images" / "one.png"
    first = read_contents(site)
    assert list(first.folder.faults) == ["edition/images/one.png"]
    assert read_contents(site, first.known).folder.faults == first.folder.faults
    picture.write_bytes(PIXEL.read_bytes())
    assert read_contents(site, first.known).folder.faults == {}
    assert refreshed(first, site, [str(picture)]).folder.faults == {}


def test_the_digest_follows_the_words_alone(site: Path) -> None:
    before = read_folder(site)[0].sources["edition/text.md"].digest
    (site / "edition" / "text.md").write_bytes(b"\xef\xbb\xbf# A text\r\n")
    assert read_folder(site)[0].sources["edition/text.md"].digest == before
    (site / "edition" / "text.md").write_bytes(b"# A texT\n")
    assert read_folder(site)[0].sources["edition/text.md"].digest != before


@pytest.mark.parametrize(
    "name",
    [".text.md.swp", ".#text.md", "#text.md#", "text.md~", "4913", ".DS_Store", "text.md.tmp", "Thumbs.db", ".git"],
)
def test_what_editors_and_systems_leave_is_passed_over(site: Path, name: str) -> None:
    before = read_folder(site)
    (site / "edition" / name).write_bytes(b"\xff\x00")
    assert read_folder(site) == before


def test_an_editors_dangling_lock_link_is_passed_over(site: Path) -> None:
    (site / "edition" / ".#text.md").symlink_to("somebody@somewhere.1234")
    assert read_folder(site)[1] == ()


def test_the_sites_theme_and_an_output_in_it_are_passed_over(site: Path) -> None:
    before = read_folder(site)
    (site / "theme" / "words").mkdir(parents=True)
    (site / "theme" / "words" / "en.toml").write_text("broken [")
    (site / "public").mkdir()
    (site / "public" / ".glossator").write_text("{}")
    (site / "public" / "page.md").write_text("ours")
    assert read_folder(site) == before


@pytest.mark.parametrize(
    ("raw", "text", "codes"),
    [
        (b"plain\n", "plain\n", []),
        (b"\xef\xbb\xbfmarked\n", "marked\n", []),
        (b"a\r\nb\rc\n", "a\nb\nc\n", []),
        ("tab\tand “quotes” \u00ad \u2028".encode(), "tab\tand “quotes” \u00ad \u2028", []),
        (b"one\r\ntwo \xe9t\xe9\n", "one\ntwo \ufffdt\ufffd\n", ["x.md:2:5 G106"]),
        ("caf\u00e9 ".encode() + b"\xff", "caf\u00e9 \ufffd", ["x.md:1:6 G106"]),
        (b"\xff\xfea\x00", "a", ["x.md:1:1 G106"]),
        (b"a\xff\xe9\n\x00\n\xff", "a\ufffd\ufffd\n\ufffd\n\ufffd", ["x.md:1:2 G106", "x.md:2:1 G107"]),
        (b"a\nb\x00c\x07\n", "a\nb\ufffdc\ufffd\n", ["x.md:2:2 G107"]),
        (b"form\x0cfeed", "form\ufffdfeed", ["x.md:1:5 G107"]),
        ("del\x7f c1\x85 \ufffe \U0001ffff".encode(), "del\ufffd c1\ufffd \ufffd \ufffd", ["x.md:1:4 G107"]),
    ],
)
def test_bytes_become_words(raw: bytes, text: str, codes: list[str]) -> None:
    words, slips = decode(raw, "x.md")
    assert words == text
    assert told(slips) == codes


def test_all_control_characters_of_a_file_are_one_slip() -> None:
    _, slips = decode(b"\x01\x02\x03", "x.md")
    assert slips[0].message == "the control character U+0001 (and 2 more in this file)"


def test_a_file_above_the_bound_is_refused_unread(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "TEXT_BOUND", 16)
    (site / "edition" / "text.md").write_text("x" * 17)
    (site / "edition" / "edition.toml").write_text("x = 1")
    (site / "site.toml").write_text("x = 1")
    folder, slips = read_folder(site)
    assert told(slips) == ["edition/text.md:1:1 G108"]
    assert folder.sources["edition/text.md"].text == ""


@pytest.mark.parametrize("name", ["pipe.md", "pipe.png"])
def test_a_fifo_is_refused_at_once(site: Path, name: str) -> None:
    os.mkfifo(site / "edition" / name)
    folder, slips = read_folder(site)
    assert told(slips) == [f"edition/{name}:1:1 G109"]
    assert f"edition/{name}" not in {*folder.sources, *folder.assets}


def test_a_file_that_turns_into_a_fifo_does_not_hang(site: Path) -> None:
    os.mkfifo(site / "pipe.md")
    with pytest.raises(NotRegularError):
        read_source(str(site / "pipe.md"), "pipe.md")


def test_a_link_inside_the_site_is_followed_and_one_that_leaves_it_is_not(site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "contents").mkdir()  # its path begins like the site's
    (tmp_path / "contents" / "near.md").write_text("secret")
    (site / "edition" / "same.md").symlink_to("text.md")
    (site / "edition" / "out.md").symlink_to(tmp_path / "secret.md")
    (site / "edition" / "near.md").symlink_to(tmp_path / "contents" / "near.md")
    (site / "edition" / "gone.md").symlink_to("nowhere.md")
    (site / "again").symlink_to(site)
    folder, slips = read_folder(site)
    assert folder.sources["edition/same.md"].text == "# A text\n"
    assert sorted(told(slips)) == [
        "again:1:1 G109",
        "edition/gone.md:1:1 G109",
        "edition/near.md:1:1 G109",
        "edition/out.md:1:1 G109",
    ]
    assert "secret" not in str(folder)


def test_names_that_are_no_text_are_told_in_escapes(site: Path) -> None:
    with open(os.fsencode(site / "edition") + b"/b\xffd.md", "wb"):
        pass
    (site / "edition" / "li\nne.png").write_bytes(b"")
    slips = read_folder(site)[1]
    assert [one.code for one in slips] == ["G110", "G110"]
    assert all(one.place.path.encode("utf-8") for one in slips)


def test_what_is_no_site_is_refused_before_it_is_walked(site: Path, tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="there is no such folder"):
        read_folder(tmp_path / "nothing")
    with pytest.raises(SiteError, match=r"holds neither .* did you mean .*content\?"):
        read_folder(tmp_path)
    (tmp_path / "piped").mkdir()
    os.mkfifo(tmp_path / "piped" / "site.toml")
    assert [f"{one.place}: {one.code}" for one in check_site(tmp_path / "piped")] == ["site.toml:1:1: G109"]
    with pytest.raises(SiteError, match=r"did you mean .*content\?"):
        read_folder(site / "contend")
    with pytest.raises(SiteError, match="is not a folder"):
        read_folder(site / "site.toml")


def test_a_lone_edition_is_a_site(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text("")
    assert list(read_folder(tmp_path)[0].sources) == ["edition.toml"]


def test_what_the_system_refuses_is_the_machines_fault(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, *_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(MachineError, match=r"edition\.toml: Permission denied"):
        read_folder(site)


def test_all_that_the_system_refuses_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    into = {name: getattr(os, name) for name in ("open", "scandir")}
    (site / "shut").mkdir()

    def refuse(name: str, path: str, *more: object, **named: object) -> object:
        if path.endswith(("text.md", "edition.toml", "shut")):
            raise PermissionError(13, "Permission denied", path)
        return into[name](path, *more, **named)

    for name in into:
        monkeypatch.setattr(os, name, partial(refuse, name))
    with pytest.raises(RefusedError) as refused:
        read_folder(site)
    named = [each.partition(":")[0].rpartition("/")[2] for each in refused.value.each]
    assert named == ["edition.toml", "text.md", "shut"]


def test_a_linked_site_is_the_site(site: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(site)
    assert read_folder(link) == read_folder(site)
    assert stat.S_ISLNK(os.lstat(link).st_mode)
