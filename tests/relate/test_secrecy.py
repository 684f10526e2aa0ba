"""What only teachers may read: once a sentence is gone from its text, and others had quoted it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder.model.theme import Theme
from builder.model.view import View
from builder.pipeline.leaks import guard_of
from builder.pipeline.reading import Reading
from builder.relate.secrecy import found_in, secret_runs, stretches
from builder.relate.select import select
from builder.shell.opening import Opened, open_site

if TYPE_CHECKING:
    from builder.model.view import Anchored

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "tables/secrecy.toml").read_text())["case"]
WORDS = "he never came back from the well"
SENTENCE = "He never came back from the well in the yard."
TEXT = f"The fox went into the garden.\n\n{SENTENCE}\n\nAnother paragraph stands here for good measure.\n"


def read(site: Path) -> tuple[Reading, Anchored]:
    opened = open_site(site)
    assert isinstance(opened, Opened)
    reading = Reading(opened.folder, opened.outline, View())
    anchored, _ = reading.anchored("e")
    assert anchored is not None
    return reading, anchored


def revised(case: dict[str, Any], site: Path) -> Anchored:
    """The edition after its first build and the revision of its text."""
    files = {"edition.toml": 'title = "E"\n\n[[text]]\nfile = "a.md"\n', "a.md": TEXT}
    files.update((name, words) for name, words in case.items() if name.endswith(".md"))
    (site / "e").mkdir()
    (site / "site.toml").write_text('title = "S"\n')
    for name, words in files.items():
        (site / "e" / name).write_text(words.lstrip("\n"))
    lock = read(site)[0].lock("e")
    assert lock is not None
    (site / lock.path).write_text(lock.text)
    (site / "e/a.md").write_text(TEXT.replace(f"{SENTENCE}\n\n", ""))
    return read(site)[1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_secret(case: dict[str, Any], tmp_path: Path) -> None:
    anchored = revised(case, tmp_path)
    secrets = secret_runs(anchored, select(anchored, View()))
    assert (found_in(secrets, WORDS) == ()) is case["public"]
    if "secret" in case:
        assert found_in(secrets, case["secret"])


def themed(words: str = "Lose heart", files: dict[str, str] | None = None) -> Theme:
    read = {path: words.encode() for path, words in (files or {}).items()}
    origins = {"templates/a.html": "theme/templates/a.html"}
    return Theme("x", "", read, {}, (), (), (), words={"en": {"print.name": words}}, origins=origins)


def test_a_stretch_is_told_once_at_the_first_entry_that_has_it(tmp_path: Path) -> None:
    notes = """
## The fox {#s}
For all.

## The fox {#t audience="teacher"}
Let them guess what the writer wanted before they read on.

## garden {audience="teacher"}
As said: let them guess what the writer wanted, but not so that they lose heart.
"""
    anchored = revised({"a.notes.md": notes}, tmp_path)
    site = open_site(tmp_path)
    assert isinstance(site, Opened)
    guard = guard_of(anchored, select(anchored, View()), (), site.outline.settings, themed())
    pages = [(f"“{name}”", "let them guess what the writer wanted now") for name in "abcde"]
    told = list(guard.told([*pages, ("“f”", "but not so that they lose heart")]))
    assert [(str(one.place), one.message) for one in told] == [
        (
            "e/a.notes.md:4:4",
            "only teachers may read “let them guess what the writer wanted”, which would stand in “a”, “b”, “c” "
            "and 2 outputs more",
        ),
        ("e/a.notes.md:7:4", "only teachers may read “but not so that they lose heart”, which would stand in “f”"),
    ]
    assert list(guard.told([("“a”", "let them guess")])) == []


@pytest.mark.parametrize(
    ("files", "words", "said_by"),
    [
        ({}, "Let them guess what the writer", "the theme's words “print.name”"),
        ({"partials/note.html": "<p>Let them <b>guess</b> what\nthe writer</p>"}, "", "“partials/note.html”"),
        ({"js/a.js": 'say("Let them guess what the writer")'}, "", "“js/a.js”"),
        ({"handout.typ": "#let a = [Let them guess what the writer]"}, "", "“handout.typ”"),
        (
            {"templates/a.html": "let them guess what the", "b/templates/a.html": "let them guess what the"},
            "",
            "“theme/templates/a.html”",
        ),
        (
            {"css/a.css": "", "templates/a.html": "Let them {{ guess }} now"},
            "",
            "something that the theme puts together",
        ),
    ],
)
def test_it_is_said_who_gives_students_the_words(
    files: dict[str, str], words: str, said_by: str, tmp_path: Path
) -> None:
    note = '\n## garden {audience="teacher"}\nLet them guess what the writer wanted.\n'
    anchored = revised({"a.notes.md": note}, tmp_path)
    site = open_site(tmp_path)
    assert isinstance(site, Opened)
    theme = themed(words, files)
    guard = guard_of(anchored, select(anchored, View()), (), site.outline.settings, theme)
    (told,) = guard.told([("“a”", "let them guess what the writer")])
    assert told.hint.startswith(f"students are given them by {said_by}: ")


@pytest.mark.parametrize(
    "shown",
    [
        "Die Straße ist sehr lang.",
        "DIE STRASSE IST SEHR LANG.",
        "Die Stra\N{SOFT HYPHEN}ße\u200b ist ſehr lang.",
        "»Die Strasse ist \N{ZERO WIDTH NO-BREAK SPACE}sehr lang«",
    ],
)
def test_one_word_however_it_is_written(shown: str) -> None:
    """What has no letter but plain ones where case makes no difference is found in what has others."""
    secret = "die strasse ist sehr lang"
    assert found_in(frozenset({tuple(secret.split())}), f"Und nun: {shown} Schön.") == (secret,)
    assert found_in(frozenset({tuple(secret.split())}), shown[:-6]) == ()


def test_stretches_of_runs() -> None:
    found = {"a bb cc d e", "bb cc d e f", "g h ii jj k"}
    assert list(stretches("x a bb cc d e f g h ii jj k", found)) == [
        ("a bb cc d e f", ("a bb cc d e", "bb cc d e f")),
        ("g h ii jj k", ("g h ii jj k",)),
    ]
