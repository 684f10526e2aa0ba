"""Some of the outputs alone, all of the site in a zip, pictures within other files: in folders on a disk."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.cli import run
from builder.model.diagnostic import SiteError
from builder.shell import once, seal
from builder.shell.build import NOTHING, Order, Outcome, build_site
from builder.shell.once import build_once
from builder.shell.seal import look_at_seal

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT = "# Boats\n\nA boat floats.\n\n![A boat](boat.png)\n"
NOTES = '## "A boat"\n\nIt carries people.\n'
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
WHOLE = 'outputs = ["site", "offline", "epub"]'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one edition that shows a picture, and one that shows none."""
    for name, text in (("boats", TEXT), ("birds", TEXT.partition("![")[0])):
        folder = tmp_path / "content" / name
        folder.mkdir(parents=True)
        (folder / "essay.md").write_text(text, "utf-8")
        (folder / "essay.notes.md").write_text(NOTES, "utf-8")
    (tmp_path / "content/boats/boat.png").write_bytes(PIXEL)
    settled(tmp_path / "content", WHOLE)
    return tmp_path / "content"


def settled(site: Path, *lines: str) -> None:
    (site / "site.toml").write_text("\n".join(['title = "Trips"', *lines]), "utf-8")


def built(site: Path, *, only: Iterable[str] = ()) -> Outcome:
    """What a run of the command comes to, with what the last one remembered."""
    order = Order(site, only=frozenset(only))
    if only:
        return build_site(order, NOTHING)
    return build_once(order, look_at_seal(os.fspath(site.parent / "output"), once.asked_of(order)))


def reasons(outcome: Outcome) -> set[str]:
    making = outcome.left.making
    assert making is not None
    return set(making.reasons) - {""}


def files(site: Path) -> dict[str, bytes]:
    output = site.parent / "output"
    found = (path for path in output.rglob("*") if path.is_file() and path.name != ".glossator")
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in found}


def afresh(site: Path, tmp_path: Path) -> dict[str, bytes]:
    """What a build makes of a site that remembers nothing."""
    copy = Path(shutil.copytree(site, tmp_path / "afresh" / "content"))
    build_site(Order(copy))
    made = files(copy)
    shutil.rmtree(tmp_path / "afresh")
    return made


def test_one_output_alone_in_a_new_folder(site: Path) -> None:
    assert run(["build", str(site), "--only", "offline", "--quiet"]) == 0
    assert sorted(files(site)) == ["birds/birds.offline.html", "boats/boats.offline.html"]
    assert run(["build", str(site), "--only", "offline", "--only", "epub", "--quiet"]) == 0
    assert {path.rpartition("/")[2] for path in files(site)} == {
        "birds.offline.html", "birds.epub", "boats.offline.html", "boats.epub",
    }  # fmt: skip


def test_the_rest_is_left_as_it_was_and_a_later_build_is_right(site: Path, tmp_path: Path) -> None:
    built(site)
    before = files(site)
    (site / "boats/essay.md").write_text(TEXT.replace("floats", "sinks"), "utf-8")
    outcome = built(site, only=["epub"])
    assert outcome.published is not None
    assert outcome.published.written == ("boats/boats.epub",)
    now = files(site)
    assert {path for path in now if now[path] != before[path]} == {"boats/boats.epub"}
    built(site)
    assert files(site) == afresh(site, tmp_path)
    outcome = built(site)
    assert outcome.published is not None
    assert not outcome.published.written


def test_what_was_taken_away_by_hand_is_not_taken_for_there(site: Path) -> None:
    built(site)
    (site.parent / "output/index.html").unlink()
    with pytest.raises(SiteError, match=r"index\.html isn't in the output any more: build the whole site first"):
        built(site, only=["epub"])
    built(site)
    assert "index.html" in files(site)


@pytest.mark.parametrize(
    ("word", "told"), [("ebub", "there is no output “ebub”"), ("handout", "nothing is made for “handout”")]
)
def test_words_for_nothing(site: Path, word: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(site), "--only", word]) == 1
    assert told in capsys.readouterr().err
    assert not (site.parent / "output").exists()


def test_a_zip_of_nothing_says_what_comes_first(site: Path) -> None:
    settled(site, 'outputs = ["site", "zip"]')
    with pytest.raises(SiteError, match=r"nothing is made for “zip”: .* build the whole site first"):
        built(site, only=["zip"])
    built(site)
    outcome = built(site, only=["zip"])
    assert outcome.published is not None


def test_a_zip_holds_the_site_and_is_the_same_each_time(site: Path) -> None:
    settled(site, 'outputs = ["site", "zip"]')
    built(site)
    made = files(site)
    first = made.pop("site.zip")
    with zipfile.ZipFile(site.parent / "output/site.zip") as opened:
        assert opened.namelist() == sorted(made)
        assert {name: opened.read(name) for name in opened.namelist()} == made
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    shutil.rmtree(site.parent / "output")
    built(site)
    assert files(site)["site.zip"] == first


def test_a_zip_follows_what_changes(site: Path, tmp_path: Path) -> None:
    settled(site, 'outputs = ["site", "zip"]')
    built(site)
    (site / "boats/essay.md").write_text(TEXT.replace("floats", "sinks"), "utf-8")
    outcome = built(site)
    assert reasons(outcome) == {"boats"}
    assert outcome.published is not None
    assert "site.zip" in outcome.published.written
    assert files(site) == afresh(site, tmp_path)
    for path in site.rglob("*.md"):
        path.touch()
    outcome = built(site)
    assert outcome.published is not None
    assert not outcome.published.written
    settled(site, 'outputs = ["site"]')
    built(site)
    assert "site.zip" not in files(site)


def test_a_zip_that_students_get_holds_no_handout_of_the_teachers(site: Path) -> None:
    table = '[[handout]]\nid = "{}"\naudience = "{}"\n'
    handouts = "".join(table.format(*one) for one in (("class", "student"), ("key", "teacher")))
    (site / "boats/edition.toml").write_text(f'title = "Boats"\n{handouts}', "utf-8")
    settled(site, 'outputs = ["site", "handout", "zip"]')
    built(site)
    made = files(site)
    with zipfile.ZipFile(site.parent / "output/site.zip") as opened:
        assert made.keys() - opened.namelist() == {"site.zip", "boats/handout-key.pdf"}
        assert "boats/handout-class.pdf" in opened.namelist()


def test_a_picture_that_was_touched_makes_nothing_again(site: Path) -> None:
    built(site)
    (site / "boats/boat.png").touch()
    outcome = built(site)
    assert reasons(outcome) == set()
    assert outcome.published is not None
    assert not outcome.published.written


def test_another_picture_of_the_same_size_makes_again_what_holds_it(site: Path, tmp_path: Path) -> None:
    built(site)
    picture = site / "boats/boat.png"
    times = picture.stat()
    picture.write_bytes(PIXEL[:-1] + b"\x83")
    os.utime(picture, ns=(times.st_atime_ns, times.st_mtime_ns))
    outcome = built(site)
    assert reasons(outcome) == {"boats"}
    assert outcome.published is not None
    assert {"boats/boats.offline.html", "boats/boats.epub", "boats/boat.png"} <= set(outcome.published.written)
    assert files(site) == afresh(site, tmp_path)


def test_pictures_are_read_where_something_holds_them(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from builder.shell.sources import Pictures

    asked: list[str] = []
    real = Pictures.__getitem__

    def reading(self: Pictures, name: str) -> bytes:
        asked.append(name)
        return real(self, name)

    monkeypatch.setattr(Pictures, "__getitem__", reading)
    settled(site, 'outputs = ["site"]')
    build_site(Order(site))
    assert asked == []
    settled(site, WHOLE)
    build_site(Order(site))
    assert asked == ["boats/boat.png"]


def test_pictures_are_still_held_after_a_build_that_wrote_where_notes_stand(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "doubt", lambda *_: None)
    assert run(["build", str(site), "--quiet"]) == 0
    assert (site / "boats" / "anchors.lock").exists()
    settled(site, WHOLE, 'summary = "More of them."')
    assert run(["build", str(site), "--quiet"]) == 0
    assert files(site) == afresh(site, tmp_path)
