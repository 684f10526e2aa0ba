"""`check` tells all that a build of the same site would, whatever is made, and writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.model.diagnostic import Diagnostic
from builder.pipeline import Circumstances, Options, build
from builder.shell.opening import Opened, check_site, open_site, typesetter
from builder.shell.theme_check import check_theme

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLIO = Path(__file__).parents[2] / "themes/folio"
NEVER = "{{ 1 // 0 }}"
"""What no look at a template finds: only setting it does."""
UNSET = '#panic("never")'

SITE = {
    "site.toml": 'title = "S"\nbase_url = "https://example.org/"\n',
    "glossary.md": "## fox\nAn animal.\n",
    "fox/edition.toml": 'title = "Fox"\n[[text]]\nfile = "fox.md"\nsiglum = "F"\n[[text]]\nfile = "answer.md"\n'
    'siglum = "A"\nresponds-to = "fox"\n[[handout]]\nid = "one"\n',
    "fox/fox.md": "# A fable\n\nA fox leapt, and leapt again.\n",
    "fox/answer.md": "# An answer\n\nThe fox was tired.\n",
    "fox/fox.notes.md": "## leapt again\nA note.\n",
    "fox/crossrefs.md": "## answer “was tired” → fox “leapt again” {.answers}\nHence.\n",
    "hen/edition.toml": 'title = "Hen"\npages = "each"\n[[text]]\nfile = "hen.md"\n[[handout]]\nid = "one"\n',
    "hen/hen.md": "# A hen\n\nA hen sat.\n",
    "hen/hen.notes.md": "## sat\nA note.\n",
}

THEMES = {
    **{f"{path.relative_to(FOLIO)}": NEVER for path in sorted(FOLIO.glob("templates/**/*.*"))},
    "handout.typ": UNSET,
}

CONTENT = {
    "two files of one name": ({"hen/index.html": "", "hen/hen.md": "![A](index.html) hen sat.\n"}, {"G505"}),
    "letters without a form": ({"hen/hen.md": "A hen \U0001f713 sat.\n"}, {"G508"}),
    "links to nowhere": (
        {"hen/hen.md": "A [hen](../none/index.html) sat.\n", "fox/fox.notes.md": "## leapt again\n[x](#none)\n"},
        {"G601"},
    ),
    "a draft": (
        {
            "duck/edition.toml": 'title = "D"\ndraft = true\n[[text]]\nfile = "d.md"\n',
            "duck/d.md": "# A duck\n\nA duck swam.\n",
            "hen/hen.notes.md": "## sat\n[[duck/d]], [x](../duck/index.html)\n",
        },
        {"G404", "G601"},
    ),
    "all at once": (
        {
            "hen/hen.md": "A hen \U0001f713 sat.\n",
            "fox/fox.notes.md": "## flew\n",
            "theme/templates/404.html": NEVER,
            "theme/templates/epub/text.html": NEVER,
            "theme/handout.typ": UNSET,
        },
        {"G201", "G506", "G509"},
    ),
}


def lay(folder: Path, files: dict[str, str]) -> Path:
    for path, words in {**SITE, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words, encoding="utf-8")
    return folder


def told_by_build(folder: Path) -> list[str]:
    opened = open_site(folder)
    assert isinstance(opened, Opened)
    with typesetter(opened, folder) as press:
        around = Circumstances(press=press)
        made = list(build(opened.folder, opened.outline, opened.theme, Options(), around))
    return said([*opened.told, *(one for one in made if isinstance(one, Diagnostic))])


def said(told: Iterable[Diagnostic]) -> list[str]:
    return sorted({f"{one.place}: {one.code} {one.message}" for one in told})


def test_a_sound_site_is_sound(tmp_path: Path) -> None:
    site = lay(tmp_path / "site", {})
    assert told_by_build(site) == said(check_site(site)) == []


@pytest.mark.parametrize("template", THEMES)
def test_faults_of_a_theme_in_every_output(template: str, tmp_path: Path) -> None:
    path = f"theme/{template}"
    site = lay(tmp_path / "site", {path: THEMES[template]})
    before = sorted(tmp_path.rglob("*"))
    told = said(check_site(site))
    assert told == told_by_build(site)
    assert any(one.startswith(f"{path}:1:") for one in told)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("case", CONTENT)
def test_faults_of_the_content_in_every_output(case: str, tmp_path: Path) -> None:
    files, codes = CONTENT[case]
    site = lay(tmp_path / "site", files)
    told = said(check_site(site))
    assert set(told_by_build(site)) <= set(told)
    assert codes <= {one.split(": ")[1].split()[0] for one in told}


def test_a_theme_is_tried_in_every_output(tmp_path: Path) -> None:
    """Also what only the page for lost addresses, a book or a handout comes to."""
    files = {"templates/404.html": NEVER, "templates/epub/title.html": NEVER, "handout.typ": UNSET}
    table = 'name = "Own"\nextends = "folio"\n'
    lay(tmp_path / "site", {f"../themes/own/{path}": words for path, words in {**files, "theme.toml": table}.items()})
    told, _ = check_theme("own", tmp_path / "site")
    assert {path for path in files if any(f"themes/own/{path}:1:" in one for one in said(told))} == set(files)
