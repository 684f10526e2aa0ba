"""A site that is said to be made for students: nothing of teachers' is in its output, nor stays there."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from builder.cli import run
from builder.render.readable import readable
from tests.handouts.print_reading import running, words_of
from tests.handouts.sites import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SECRET = "Only whoever teaches this may read such words"
STUDENT, TEACHER = "one/handout-student.pdf", "one/handout-teacher.pdf"
OUTPUTS = 'outputs = ["site", "offline", "epub", "handout", "webanno", "tei", "zip"]\n'
FILES = {
    "site.toml": f'title = "S"\n{OUTPUTS}',
    "one/edition.toml": 'title = "One"\n\n[[text]]\nfile = "text.md"\n\n[[handout]]\nid = "student"\n\n'
    '[[handout]]\nid = "teacher"\naudience = "teacher"\n',
    "one/text.md": "# A text\n\nSome words of a text, and more of them.\n",
    "one/text.notes.md": f'## Some words {{.question audience="teacher"}}\n{SECRET}.\n\n'
    "## more of them {.context}\nFew.\n",
    "one/questions.md": f"## What of it? {{.short-answer}}\n{SECRET}, too.\n",
    "one/glossary.md": f'## text {{audience="teacher"}}\n{SECRET} as well.\n',
}


def build(site: Path, *options: str) -> dict[str, bytes]:
    """What stands in the output after a build, by its path."""
    output = site.parent / "out"
    assert run(["build", str(site), "--output", str(output), "--quiet", *options]) == 0
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def in_words(path: str, content: bytes) -> str:
    """All that can be read in a file, what it holds packed included."""
    if path.endswith(".pdf"):
        return running(words_of(content))
    packed = zipfile.ZipFile(BytesIO(content)) if path.endswith((".zip", ".epub")) else None
    if packed:
        return "\n".join(in_words(name, packed.read(name)) for name in packed.namelist())
    return "\n".join(readable(path, content))


def holding(files: dict[str, bytes]) -> set[str]:
    return {path for path, content in files.items() if SECRET in " ".join(in_words(path, content).split())}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return lay_out(FILES, tmp_path / "site")


SAID = FILES["site.toml"] + 'audience = "student"\n'


@pytest.mark.parametrize(("settings", "said"), [(SAID, ()), (FILES["site.toml"], ("--audience", "student"))])
@pytest.mark.parametrize("rest", [(), ("--only", "handout"), ("--only", "site")])
def test_the_teachers_handout_of_an_earlier_build_goes(
    settings: str, said: tuple[str, ...], rest: tuple[str, ...], site: Path
) -> None:
    """The students' stays as it was: their lines break as the teacher's do, wherever that is made."""
    before = build(site)
    assert holding(before) == {TEACHER}
    (site / "site.toml").write_text(settings)
    after = build(site, *said, *rest)
    assert holding(after) == set()
    assert without_digests(after) == without_digests(before) - {TEACHER}
    assert not [path for path, content in after.items() if b"handout-teacher" in content]
    assert after[STUDENT] == before[STUDENT]


def without_digests(paths: Iterable[str]) -> set[str]:
    return {re.sub(r"\.[0-9a-f]{8,}\.", ".", path) for path in paths}


def test_nothing_of_teachers_is_made_in_a_new_folder_either(site: Path) -> None:
    made = build(site, "--audience", "student")
    assert holding(made) == set()
    assert without_digests(made) >= {STUDENT, "one/one.epub", "one/one.offline.html", "site.zip"}
    assert any("search" in path for path in made)


def test_what_is_not_said_any_more_holds_no_more(site: Path) -> None:
    (site / "site.toml").write_text(SAID)
    assert holding(build(site)) == set()
    (site / "site.toml").write_text(FILES["site.toml"])
    assert holding(build(site)) == {TEACHER}
    assert {TEACHER, "one/index.html"} <= holding(build(site, "--audience", "teacher"))


def test_of_a_teachers_note_that_others_refer_to_nothing_is_said(site: Path) -> None:
    """Neither its id nor its lemma: in notes, entries, questions, and all that is made of them."""
    notes = (
        '## words of a text {#sweetgrapes .context audience="teacher"}\nFor teachers.\n\n## more of them {.question}\n'
        "See [[#sweetgrapes]] and [[#sweetgrapes | my own words]], with [[#sweetgrapes]].\n"
    )
    entry, asked = "## text\nOf it [[#sweetgrapes]].\n", "## What of [[#sweetgrapes]]? {.short-answer"
    questions = f'{asked} about="#sweetgrapes"}}\nThis.\n'
    lay_out({"one/text.notes.md": notes, "one/glossary.md": entry, "one/questions.md": questions}, site)
    made = build(site)
    made.pop(TEACHER)
    words = {path: re.sub(r"[\s\\]", "", in_words(path, content)) for path, content in made.items()}
    assert [path for path, said in words.items() if "sweetgrapes" in said] == []
    assert [path for path, content in made.items() if b"sweetgrapes" in content] == []
    whole = {STUDENT, "one/one.epub", "one/one.offline.html"}
    search = next(path for path in words if path.startswith("assets/search.") and path != "assets/search.js")
    for path in (*whole, "one/index.html", "one/notes.html", "one/annotations.jsonld", search):
        assert "See[…]andmyownwords,with[…]." in words[path], path
    for path in (*whole, "one/glossary.html"):
        assert "Ofit[…]." in words[path], path
    for path in (*whole, "one/index.html"):
        assert "Whatof[…]?" in words[path], path
    assert [path for path, said in words.items() if "“wordsofatext”" in said] == []
