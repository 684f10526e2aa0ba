"""A theme at fault hides nothing: all of its faults are told in one run, and those of the editions with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.model.diagnostic import Diagnostic
from builder.pipeline import Options, build
from builder.render import bounds
from builder.shell.opening import Opened, check_site, open_site

if TYPE_CHECKING:
    from pathlib import Path

NEVER = "{{ 1 // 0 }}"
"""What no look at a template finds: only setting it does."""

SITE = {
    "site.toml": 'title = "S"\noutputs = ["site"]\n',
    "fox/edition.toml": 'title = "Fox"\n[[text]]\nfile = "fox.md"\n',
    "fox/fox.md": "A fox leapt.\n",
    "fox/fox.notes.md": "## fox\nA note.\n\n## hen\nA hen.\n",
    "hen/edition.toml": 'title = "Hen"\n[[text]]\nfile = "hen.md"\n',
    "hen/hen.md": "A hen sat.\n",
    "hen/hen.notes.md": "## cock\nA cock.\n",
    "hen/glossary.md": "## hen\nA bird.\n",
}
SLIPS = {"fox/fox.notes.md:4:4: G201", "hen/hen.notes.md:1:4: G201"}


def lay(folder: Path, files: dict[str, str]) -> Path:
    for path, words in {**SITE, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words, encoding="utf-8")
    return folder


def told_by_build(folder: Path) -> set[str]:
    opened = open_site(folder)
    assert isinstance(opened, Opened)
    made = list(build(opened.folder, opened.outline, opened.theme, Options()))
    return places([*opened.told, *(one for one in made if isinstance(one, Diagnostic))])


def places(told: object) -> set[str]:
    assert hasattr(told, "__iter__")
    return {f"{one.place}: {one.code}" for one in told}


def test_the_faults_of_all_pages_are_told_in_one_run(tmp_path: Path) -> None:
    """The list of notes is only the fox's, the glossary only the hen's, the library is everybody's."""
    pages = ("notes.html", "glossary.html", "library.html")
    faulty = {f"theme/templates/{page}": f"<p>\n{NEVER}" for page in pages}
    site = lay(tmp_path / "site", {**faulty, "theme/templates/404.html": "{{ nosuch }}"})
    found = {f"theme/templates/{page}:2:1: G509" for page in pages}
    unset = {"theme/templates/404.html:1:1: G509"}
    assert told_by_build(site) == places(check_site(site)) == {*found, *unset, *SLIPS}


def test_where_one_page_cannot_be_set_the_others_are_tried(tmp_path: Path) -> None:
    site = lay(tmp_path / "site", {"theme/templates/notes.html": NEVER})
    assert told_by_build(site) == {"theme/templates/notes.html:1:1: G509", *SLIPS}


def test_a_template_that_never_ends_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "STEPS", 200_000)
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{{ a }}{% endfor %}{% endfor %}"
    files = {"theme/templates/edition.html": endless, "theme/templates/notes.html": NEVER}
    assert told_by_build(lay(tmp_path / "site", files)) == {"theme/templates/edition.html:1:1: G509", *SLIPS}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('styles = ["css/a.css"]\n', "themes/own/theme.toml:1:1: G502"),
        ("[[options]]\n", "themes/own/theme.toml:1:1: G103"),
        ("extends = 3\n", "themes/own/theme.toml:1:1: G502"),
        ('name = "own"\n', "words/en.toml:1:1: G502"),
    ],
)
def test_a_faulty_theme_does_not_hide_what_is_wrong_with_the_editions(table: str, told: str, tmp_path: Path) -> None:
    site = lay(tmp_path / "site", {"../themes/own/theme.toml": table, "../themes/own/templates/edition.html": "{{ a"})
    (site / "site.toml").write_text('title = "S"\noutputs = ["site"]\ntheme = "own"\n')
    assert told_by_build(site) >= {told, *SLIPS}
