"""Addresses of paragraphs on built pages, through an author's edits: each leads to where its words are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Shell

TEXT = """# The fox

A fox saw grapes on a trellis.

They were out of reach, by a yard at the very least.

- One fox jumped, and fell.
- Another fox never tried.

So it went its way, and said that they were sour.
"""
PIECE = re.compile(r'<div class="para[^"]*" id="(fox-[^"]+)"[^>]*><div class="tx">(?:<a class="pn"[^>]*><span>(\d+))?')


@pytest.fixture
def fox(shell: Shell) -> Shell:
    for path in (shell.folder / "content").glob("*/*"):
        path.unlink()
    for path in (shell.folder / "content").iterdir():
        path.rmdir() if path.is_dir() else path.unlink()
    (shell.folder / "content/edition.toml").write_text(
        'title = "The fox"\n[[text]]\nfile = "fox.md"\nreferences = true\n'
    )
    (shell.folder / "content/fox.md").write_text(TEXT)
    (shell.folder / "content/fox.notes.md").write_text("## grapes\nOf the vine.\n")
    assert shell("build").status == 0
    return shell


def page(shell: Shell) -> str:
    (made,) = (shell.folder / "output").glob("*/index.html")
    return Path(made).read_text()


def ids(shell: Shell) -> dict[str, str]:
    """Address -> the number shown, of paragraphs that stand by themselves."""
    return {found[1]: found[2] or "" for found in PIECE.finditer(page(shell))}


def test_they_follow_their_words(fox: Shell) -> None:
    assert ids(fox) == {"fox-p1": "1", "fox-p2": "2", "fox-p5": "5"}
    fox.edit("content/fox.md", "# The fox\n", "# The fox\n\nOnce upon a time there was a vine.\n")
    assert fox("build").status == 0
    assert ids(fox) == {"fox-p1-2": "1", "fox-p1": "2", "fox-p2": "3", "fox-p5": "6"}
    assert 'id="fox-p3"' in page(fox)
    first = page(fox)
    assert fox("build", "--clean").status == 0
    assert page(fox) == first


def test_one_that_is_gone_leads_to_its_neighbour(fox: Shell) -> None:
    fox.edit("content/fox.md", "They were out of reach, by a yard at the very least.\n\n", "")
    fox.edit("content/fox.md", "- Another fox never tried.\n", "")
    assert fox("build").status == 0
    assert ids(fox) == {"fox-p1": "1", "fox-p5": "3"}
    made = page(fox)
    assert re.search(
        r'<div class="tx"><a class="pn" href="#fox-p1"[^>]*><span>1</span></a><span id="fox-p2"></span>', made
    )
    assert re.search(r'<li id="fox-p3"><a class="pn"[^>]*><span>2</span></a><span id="fox-p4"></span>', made)
    assert len(set(re.findall(r' id="([^"]+)"', made))) == len(re.findall(r' id="([^"]+)"', made))
    fox.edit("content/fox.md", "# The fox\n", "# The fox\n\nOnce upon a time there was a vine.\n")
    assert fox("build").status == 0
    assert '<span id="fox-p2"></span>' in page(fox)
    assert "0 written" in fox("build").err


def notes(shell: Shell) -> dict[str, str]:
    """The ids of the notes on the page, each with the words of its body."""
    found = re.findall(r'<aside [^>]*id="note-([^"]+)"(.*?)</aside>', page(shell), re.DOTALL)
    return {id: body for id, inner in found for body in ("Of the vine.", "New.") if body in inner}


def test_a_link_to_a_note_outlives_its_heading(fox: Shell) -> None:
    assert notes(fox) == {"grapes": "Of the vine."}
    fox.edit("content/fox.notes.md", "grapes", "a trellis")
    assert fox("build").status == 0
    assert notes(fox) == {"grapes": "Of the vine."}
    fox.edit("content/fox.notes.md", "## a trellis", "## grapes\nNew.\n\n## a trellis")
    assert fox("build").status == 0
    assert notes(fox) == {"grapes-notes": "New.", "grapes": "Of the vine."}
    first = page(fox)
    assert fox("build", "--clean").status == 0
    assert page(fox) == first
    assert "0 written" in fox("build").err
    fox.edit("content/fox.md", "grapes on a trellis", "grapes on a tall trellis")
    assert "+## a tall trellis {#grapes}\n" in fox("check", "--fix").out
    assert fox("build").status == 0
    assert notes(fox) == {"grapes-notes": "New.", "grapes": "Of the vine."}


def test_without_the_lock_they_are_those_of_their_numbers(fox: Shell) -> None:
    fox.edit("content/fox.md", "# The fox\n", "# The fox\n\nOnce upon a time there was a vine.\n")
    (fox.folder / "content/anchors.lock").unlink()
    assert fox("build").status == 0
    assert ids(fox) == {"fox-p1": "1", "fox-p2": "2", "fox-p3": "3", "fox-p6": "6"}


def test_a_number_in_a_body_that_means_another_paragraph_now_is_told(fox: Shell) -> None:
    fox.append("content/fox.notes.md", "\nSee [[fox ¶2]] and [[fox ¶5 “sour”]].\n")
    (fox.folder / "content/questions.md").write_text('## Why? {about="fox ¶5; fox ¶2"}\n')
    assert fox("build").status == 0
    fox.edit("content/fox.md", "# The fox\n", "# The fox\n\nOnce upon a time there was a vine.\n")
    told = fox("check").err
    assert "content/fox.notes.md:4:5: G214 [[fox ¶2]]: ¶2 is another paragraph now" in told
    assert "`glossator check --fix` does it; if ¶2 of now is meant, write it anew in its other form, p2" in told
    assert "G214 about “fox ¶5”: ¶5 is another paragraph now than when this was written: what it meant is ¶6" in told
    assert fox("build").status == 0
    assert fox("check").err == told, "a build in between makes nothing right"
    shown = fox("check", "--fix", "--dry-run").out
    assert "+See [[fox ¶3]] and [[fox ¶6 “sour”]].\n" in shown
    assert '+## Why? {about="fox ¶6; fox ¶3"}\n' in shown
    assert fox("check").err == told
    fox("check", "--fix")
    assert "See [[fox ¶3]] and [[fox ¶6 “sour”]].\n" in (fox.folder / "content/fox.notes.md").read_text()
    assert "G214" not in fox("check").err
    assert fox("check", "--fix").out == ""
