"""Where a theme's files come from, and which of two with one path counts."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from builder.model.diagnostic import Place
from builder.shell import themes
from builder.shell.themes import read_theme

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model.theme import ThemeFiles

PLACE = Place("site.toml", 4)


def lay(folder: Path, **files: str) -> None:
    for name, words in files.items():
        path = folder / re.sub(r"_(toml|css|html)$", r".\1", name.replace("__", "/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    lay(tmp_path / "themes" / "plain", theme_toml="", css__a_css="plain a", css__b_css="plain b", words__en_toml="p=1")
    lay(tmp_path / "themes" / "fancy", theme_toml='extends = "plain"', css__a_css="fancy a", words__en_toml="f=1")
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


def read(name: str, site: Path) -> ThemeFiles:
    files, told = read_theme(name, site, place=PLACE)
    assert files is not None, told
    return files


def fault(name: str, site: Path) -> str:
    files, told = read_theme(name, site, place=PLACE)
    assert files is None
    assert told[0].place.path.startswith("theme") or told[0].place == PLACE
    file = "" if told[0].place == PLACE else f"{told[0].place.path}: "
    return f"{told[0].code} {file}{told[0].message}; {told[0].hint}"


def test_a_theme_is_its_files(site: Path) -> None:
    assert read("plain", site).files == {
        "css/a.css": b"plain a",
        "css/b.css": b"plain b",
        "theme.toml": b"",
        "words/en.toml": b"p=1",
    }


def test_what_a_theme_lacks_comes_from_its_parent(site: Path) -> None:
    files = read("fancy", site).files
    assert files["css/a.css"] == b"fancy a"
    assert files["css/b.css"] == b"plain b"
    assert files["theme.toml"] == b'extends = "plain"'


def test_tables_that_are_covered_are_kept_beneath(site: Path) -> None:
    lay(site / "theme", words__en_toml="s=1")
    files = read("fancy", site).files
    tables = sorted(path for path in files if path.endswith(".toml"))
    assert tables == [
        "fancy/plain/theme.toml",
        "fancy/plain/words/en.toml",
        "fancy/words/en.toml",
        "theme.toml",
        "words/en.toml",
    ]
    assert files["words/en.toml"] == b"s=1"


def test_templates_that_are_covered_are_kept_beneath(site: Path) -> None:
    lay(site.parent / "themes" / "plain", templates__base_html="plain", partials__note_html="plain note")
    lay(site.parent / "themes" / "fancy", templates__base_html="fancy")
    lay(site / "theme", templates__base_html="site")
    files = read("fancy", site).files
    assert {path: words.decode() for path, words in files.items() if path.endswith(".html")} == {
        "fancy/plain/templates/base.html": "plain",
        "fancy/templates/base.html": "fancy",
        "partials/note.html": "plain note",
        "templates/base.html": "site",
    }


def test_the_sites_own_files_come_first(site: Path) -> None:
    lay(site / "theme", css__b_css="site b", css__c_css="site c")
    files = read("fancy", site).files
    assert (files["css/a.css"], files["css/b.css"], files["css/c.css"]) == (b"fancy a", b"site b", b"site c")


def test_the_programs_own_theme_is_found_from_anywhere(tmp_path: Path) -> None:
    assert "theme.toml" in read("folio", tmp_path).files


def test_themes_beside_the_site_come_before_the_programs(site: Path) -> None:
    lay(site.parent / "themes" / "folio", theme_toml="ours = true")
    assert read("folio", site).files == {"theme.toml": b"ours = true"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("plian", "G501 there is no theme “plian”; did you mean “plain”?"),
        ("../themes/plain", "G501 there is no theme “../themes/plain”"),
        ("Plain", "G501 there is no theme “Plain”"),
        ("", "G501 there is no theme “”"),
        ("orphan", "G501 themes/orphan/theme.toml: there is no theme “gone” (which “orphan” extends)"),
        ("loop", "G502 themes/pool/theme.toml: the theme “loop” extends itself: loop → pool → loop"),
        ("number", "extends is the name of a theme"),
        ("bare", 'G501 the folder of the theme “bare” has no theme.toml; write one there: extends = "folio" is enough'),
    ],
)
def test_what_is_no_theme_is_told_at_its_setting(site: Path, name: str, says: str) -> None:
    lay(site.parent / "themes" / "orphan", theme_toml='extends = "gone"')
    lay(site.parent / "themes" / "loop", theme_toml='extends = "pool"')
    lay(site.parent / "themes" / "pool", theme_toml='extends = "loop"')
    lay(site.parent / "themes" / "number", theme_toml="extends = 3")
    lay(site.parent / "themes" / "bare", css__a_css="")
    assert says in fault(name, site)


@pytest.mark.parametrize(
    ("name", "place"),
    [("loop", "themes/pool/theme.toml:2:1"), ("orphan", "themes/orphan/theme.toml:1:1"), ("gone", str(PLACE))],
)
def test_what_a_theme_extends_in_vain_is_told_where_it_says_so(site: Path, name: str, place: str) -> None:
    lay(site.parent / "themes" / "orphan", theme_toml='extends = "gone"')
    lay(site.parent / "themes" / "loop", theme_toml='extends = "pool"')
    lay(site.parent / "themes" / "pool", theme_toml='summary = "A pool."\nextends = "loop"')
    assert [str(one.place) for one in read_theme(name, site, place=PLACE)[1]] == [place]


def test_a_table_that_is_no_toml_is_told_where_it_isnt(site: Path) -> None:
    """As a site.toml is: with what was meant, not in the parser's words."""
    lay(site.parent / "themes" / "broken", theme_toml='extends = "plain"\nsummary = Fine\n')
    files, (told,) = read_theme("broken", site, place=PLACE)
    assert files is None
    assert f"{told.place}: {told.code} {told.message}" == (
        "themes/broken/theme.toml:2:11: G101 this is no TOML: invalid value"
    )
    assert told.hint.startswith("text stands in quotation marks")


def test_nothing_is_read_through_a_link_that_leaves_the_theme(site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "themes" / "plain" / "css" / "a.css").unlink()
    (tmp_path / "themes" / "plain" / "css" / "a.css").symlink_to(tmp_path / "secret")
    assert "leads out of the theme" in fault("plain", site)


def test_all_that_cannot_be_read_of_a_theme_is_told_each_at_its_file(site: Path, tmp_path: Path) -> None:
    lay(site / "theme" / "css", a_css="a {}")
    os.mkfifo(site / "theme" / "css" / "pipe.css")
    (site / "theme" / "theme.toml").write_text("")
    os.mkfifo(tmp_path / "themes" / "plain" / "css" / "pipe.css")
    (tmp_path / "themes" / "plain" / "more.html").symlink_to("/etc/passwd")
    files, told = read_theme("plain", site, place=PLACE)
    assert files is None
    assert [f"{one.place}: {one.code} {one.message}" for one in told] == [
        "theme/css/pipe.css:1:1: G502 this is no regular file",
        "themes/plain/css/pipe.css:1:1: G502 this is no regular file",
        "themes/plain/more.html:1:1: G502 this link leads out of the theme",
        "theme/theme.toml:1:1: G502 theme.toml has no place there",
    ]


def test_a_theme_folder_that_is_a_link_out_of_the_site_is_not_read(site: Path, tmp_path: Path) -> None:
    lay(tmp_path / "elsewhere", secret_html="secret")
    (site / "theme").symlink_to(tmp_path / "elsewhere")
    assert fault("plain", site).startswith("G502 theme: this link leads out of the site")


def test_a_fifo_in_a_theme_does_not_hang(site: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "themes" / "plain" / "css" / "pipe.css")
    assert "no regular file" in fault("plain", site)


def test_a_theme_file_above_the_bound_is_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "TEXT_BOUND", 3)
    assert "css/a.css: larger than 3 bytes" in fault("plain", site)
    monkeypatch.undo()
    (site.parent / "themes/plain/faces").mkdir()
    (site.parent / "themes/plain/faces/a.ttf").write_bytes(b"four")
    monkeypatch.setattr(themes, "_BOUND", 3)
    assert "a.ttf: larger than 3 bytes" in fault("plain", site)


def test_a_site_has_no_theme_settings_of_its_own(site: Path) -> None:
    lay(site / "theme", theme_toml="")
    files, (told,) = read_theme("plain", site, place=PLACE)
    assert files is not None
    assert files.origins["theme.toml"] == "themes/plain/theme.toml"
    assert f"{told.place}: {told.message}" == "theme/theme.toml:1:1: theme.toml has no place there"
