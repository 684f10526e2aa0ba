"""`glossator export`: what a build writes, on standard output, from the folder of an edition alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builder.commands import exporting
from builder.pipeline.exporting import WEBANNO
from builder.render import exports
from tests.exchange.making import matter_of

ROOT = Path(__file__).parent.parent.parent
SITE = ROOT / "tests" / "golden" / "every-form" / "site"
LOST = "\n## words that stand nowhere {#lost-one}\nGone.\n"


def glossator(*words: object, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "builder", *map(str, words)]
    env = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PATH": ""}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, timeout=120, check=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITE, tmp_path / "site"))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_prints_what_a_build_writes_and_writes_nothing(site: Path) -> None:
    before = tree(site.parent)
    said = glossator("export", "site/letters", "--as", "tei", cwd=site.parent)
    assert (said.returncode, said.stderr) == (0, b"")
    assert tree(site.parent) == before
    assert glossator("build", "site", "--quiet", cwd=site.parent).returncode == 0
    assert (site.parent / "output" / "letters" / "letters.tei.xml").read_bytes() == said.stdout


@pytest.mark.parametrize("form", exporting.FORMS)
def test_from_within_the_folder_for_whom_it_is_meant(site: Path, form: str) -> None:
    student, teacher = (
        glossator("export", ".", "--as", form, "--audience", audience, cwd=site / "letters")
        for audience in ("student", "teacher")
    )
    assert student.returncode == teacher.returncode == 0
    assert b"nobody else may read" not in student.stdout
    assert b"nobody else may read" in teacher.stdout


def test_the_site_says_for_whom_where_nobody_else_does(site: Path) -> None:
    settings = (site / "site.toml").read_text("utf-8")
    (site / "site.toml").write_text(f'audience = "teacher"\n{settings}', "utf-8")
    assert b"nobody else may read" in glossator("export", "letters", "--as", "csv", cwd=site).stdout


def test_a_build_asks_for_it_by_the_sites_outputs(site: Path) -> None:
    settings = (site / "site.toml").read_text("utf-8")
    (site / "site.toml").write_text(f'outputs = ["site"]\n{settings}', "utf-8")
    assert glossator("build", ".", "--quiet", cwd=site).returncode == 0
    assert not list((site.parent / "output").rglob("*.tei.xml"))
    assert "tei.xml" not in (site.parent / "output" / "letters" / "notes.html").read_text("utf-8")


def test_a_lone_edition_and_a_draft(tmp_path: Path) -> None:
    alone = tmp_path / "essay"
    alone.mkdir()
    (alone / "edition.toml").write_text('title = "Alone"\ndraft = true\n', "utf-8")
    (alone / "a.md").write_text("Words.\n", "utf-8")
    said = glossator("export", alone, "--as", "tei", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert b"<title>Alone</title>" in said.stdout


def test_lost_notes_are_among_what_is_exported(site: Path) -> None:
    with (site / "letters" / "answer.notes.md").open("a", encoding="utf-8") as file:
        file.write(LOST)
    said = glossator("export", "letters", "--as", "tei", cwd=site)
    assert said.returncode == 0, said.stderr
    assert b'<note xml:id="note-lost-one" type="lost"' in said.stdout


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("nowhere", b"there is no folder nowhere"),
        (".", b"isn't the folder of an edition; those of this site are: letters, other"),
        ("letters/images", b"isn't the folder of an edition"),
    ],
)
def test_what_is_no_edition_is_refused(site: Path, folder: str, told: bytes) -> None:
    said = glossator("export", folder, "--as", "tei", cwd=site)
    assert (said.returncode, said.stdout) == (1, b"")
    assert told in said.stderr


def test_what_cannot_be_read_is_told_and_not_printed(site: Path) -> None:
    (site / "letters" / "edition.toml").write_text("title = [", "utf-8")
    for folder, cwd, told in (("letters", site, b"letters/"), (".", site / "letters", b"../letters/")):
        said = glossator("export", folder, "--as", "csv", cwd=cwd)
        assert (said.returncode, said.stdout) == (1, b"")
        assert said.stderr.startswith(told + b"edition.toml:1:")


def test_every_form_that_is_offered_is_made() -> None:
    assert set(exporting.FORMS) == {*exports.FORMS, WEBANNO}
    matter, settings = matter_of({"site.toml": 'title = "S"\n', "e/a.md": "Words.\n"}, "e")
    assert all(make(matter, settings) for make in exports.FORMS.values())
