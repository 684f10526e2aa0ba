"""A thorough revision of an essay on which there are seventy notes, as an editor would make it, step by step."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .conftest import Shell

ROOT = Path(__file__).parents[2]
EDITION = "splitting-russia-and-china"
ESSAY = f"content/{EDITION}/article.md"

CHANGES = (
    ("claims to have found", "says that he has found"),
    ("He suggests abandoning the “democracy vs. autocracy” framing of Biden administration policy statements. ", ""),
    (
        "remove at least some of the sanctions the U.S. has imposed",
        "lift some of the sanctions that the U.S. has imposed",
    ),
    ("Having driven Russia and China", "Nobody in Washington has said so aloud. Having driven Russia and China"),
    ("vilifying and antagonizing", "villifying and antagonising"),
    ("In that sort of competition", "\n\nIn that sort of competition"),
)
"""What the editor changed: words, a sentence cut and one put in, a paragraph parted."""


def revised(text: str) -> str:
    """The essay after the editor: also one paragraph moved, one struck out, and all quotation marks straight."""
    for old, new in CHANGES:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    pieces = text.split("\n\n")
    moved = next(piece for piece in pieces if piece.startswith("Not that long ago"))
    pieces.remove(moved)
    pieces.insert(4, moved)
    struck = next(piece for piece in pieces if piece.startswith("Even now Kupchan maintains"))
    pieces.remove(struck)
    return "\n\n".join(pieces).translate(str.maketrans("“”", '""'))


@pytest.fixture
def essay(shell: Shell) -> Shell:
    shutil.rmtree(shell.folder / "content")
    shutil.copytree(ROOT / "content", shell.folder / "content")
    settings = shell.folder / "content/site.toml"
    settings.write_text(re.sub(r"(?m)^outputs.*$", 'outputs = ["site"]', settings.read_text()))
    assert shell("build").status == 0
    return shell


def anchors(shell: Shell) -> dict[tuple[str, str, int], dict[str, Any]]:
    rows = json.loads(shell("anchors", "--format", "json").out)["anchors"]
    return {(row["kind"], row["id"], row["index"]): row for row in rows if row["kind"] != "question"}


def notes_on(shell: Shell) -> set[str]:
    page = (shell.folder / f"output/{EDITION}/index.html").read_text()
    return set(re.findall(r' id="note-([^"]+)"', page))


def test_nothing_is_lost_and_nothing_lies(essay: Shell) -> None:
    before = anchors(essay)
    assert {row["state"] for row in before.values()} == {"exact"}
    assert len(before) > 80
    (essay.folder / ESSAY).write_text(revised((essay.folder / ESSAY).read_text()))
    told = essay("check").err
    after = anchors(essay)
    assert after.keys() == before.keys()
    states = Counter(row["state"] for row in after.values())
    assert {"exact", "moved", "reworded", "lost"} <= states.keys()
    for key, row in after.items():
        if row["state"] == "exact":
            assert plain(row["found"]) == plain(before[key]["found"]) or "…" in row["quotation"], row
        else:
            assert f"{row['file']}:{row['line']}:" in told, "what is not as it was is told"
    shown = notes_on(essay)
    assert essay("build").status == 0
    assert notes_on(essay) == shown, "every note is on the page: beside its passage, or with those that lost theirs"
    again = essay("check").err
    assert again == told, "a build in between makes nothing right"


def test_fix_and_review_settle_it(essay: Shell) -> None:
    (essay.folder / ESSAY).write_text(revised((essay.folder / ESSAY).read_text()))
    shown = essay("check", "--fix", "--dry-run").out
    assert shown.startswith("--- ")
    essay("check", "--fix")
    left = anchors(essay)
    assert essay("check", "--fix").out == ""
    answers = len([row for row in left.values() if row["state"] != "exact"])
    for row in [one for one in left.values() if one["state"] != "exact"]:
        settle(essay, "a" if row["state"] in ("moved", "reworded") else "l")
    assert answers
    assert "nothing is in doubt" in essay("review").err
    told = essay("check").err
    assert "G208" not in told
    assert "G210" not in told
    assert essay("build").status == 0
    assert "nothing is in doubt" in essay("review").err


def settle(shell: Shell, key: str) -> None:
    """Answer the first question that is asked."""
    from builder.shell.ledger import LockLedger
    from builder.shell.reviewing import Review

    review = Review(shell.folder / "content", LockLedger(shell.folder / "content"))
    review.open()
    asked = review.next()
    if asked is None:
        return
    if key == "a" and asked.options and review.choose(asked, asked.options[0]):
        return
    review.mark_lost(asked)


def plain(words: str) -> str:
    from builder.relate.normal import plain as normal

    return normal(words)


@pytest.mark.parametrize(
    ("old", "new", "sure"),
    [
        ("was not guilty of the murder", "was guilty of the murder", False),
        ("They quite agree about it all", "They never quite agree about it all", False),
        ("the peace was signed in 1815", "the peace was signed in 1915", False),
        ("some of the 1,432 bells were lost", "some of the 1,423 bells were lost", False),
        ("the evening sun shone through them", "the evening sun shines through them", True),
        ("nobody knew where the bells were", "somebody knew where the bells were", False),
    ],
)
def test_what_may_mean_the_opposite_is_for_its_author_to_say(shell: Shell, old: str, new: str, sure: bool) -> None:
    shutil.rmtree(shell.folder / "content")
    folder = shell.folder / "content/fox"
    folder.mkdir(parents=True)
    (shell.folder / "content/site.toml").write_text('title = "T"\noutputs = ["site"]\n')
    (folder / "edition.toml").write_text('title = "The fox"\n[[text]]\nfile = "fox.md"\n')
    (folder / "fox.md").write_text(f"# Fox\n\nIt is said that {old}, in the end.\n\nNothing more.\n")
    (folder / "fox.notes.md").write_text(f"## {old} {{#n}}\nSo it is.\n")
    assert shell("build").status == 0
    shell.edit("content/fox/fox.md", old, new)
    assert "G209" in shell("check").err
    assert (shell("check", "--fix").out != "") is sure
