"""A thorough revision of an essay on which there are forty notes, as an editor would make it, step by step.

`revision/article.md` is the essay after it: other words, a sentence cut and three put in (one of which says what a note
quotes elsewhere), two sentences made one and one made two, a paragraph moved, one parted and one struck out, all
quotation marks and apostrophes straight. What became of each note is written here by hand.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder.parse.lock import parse
from builder.relate.normal import plain

if TYPE_CHECKING:
    from .conftest import Shell

Key = tuple[str, str, int]
Rows = dict[Key, dict[str, Any]]

ROOT = Path(__file__).parents[2]
EDITION = "splitting-russia-and-china"
HOME = f"content/{EDITION}"
DOCS = (ROOT / "docs/revising.md").read_text(encoding="utf-8")
REVISED = (ROOT / "tests/ground/revision/article.md").read_text(encoding="utf-8")

MORE = """
## ¶6 {#whole-moved .context}
On a paragraph as a whole: it is moved.

## ¶7 {#whole-struck .context}
On a paragraph as a whole: it is struck out.

## Kupchan says that … on anything {#ranging .language}
From the beginning of a sentence to its end.

## hostile policies toward {#twice .language before="generally"}
Words that stand twice.
"""
"""Notes of other sorts, so that there are more than forty."""

WHOLE: Key = ("note", "whole-moved", 0)
"""On a paragraph that has another number now, and some other words."""
BOTH = 5
"""Passages named by a number that is another one now, and whose words changed too: both are told."""

LOST: dict[Key, str] = {
    ("note", "whole-struck", 0): "Even now Kupchan maintains that … weakness whenever it can.",
    ("note", "scare-quotes", 4): "“split”",
    ("note", "biden-framing", 0): "“democracy vs. autocracy” framing of Biden administration policy statements",
    ("note", "no-natural-partners", 0): "as if there were really such a thing as “natural” partners in international "
    "politics",
    ("note", "proving", 0): "proving to Russian leaders that the U.S. can’t be trusted",
    ("crossref", "natural-or-not", 1): "as if there were really such a thing as “natural” partners",
    ("crossref", "an-example", 1): "proving to Russian leaders that the U.S. can’t be trusted",
    ("crossref", "theft", 1): "will seek to take advantage of Russian weakness whenever it can",
    ("crossref", "bad-bargain", 1): "unless the Russian leadership believes that it can get a better arrangement",
}
"""Those in the paragraph that was struck out and in the sentence that was cut, with the words that they had."""

REWORDED: dict[Key, str] = {
    ("note", "who-is-kupchan", 0): 'Charles Kupchan says that he has found the "right way"',
    ("note", "who-can-lift-them", 0): "lift at least some of the sanctions",
    ("note", "sanctions-imposed", 0): "sanctions that the U.S. imposed over the last ten years",
    ("note", "heart-aflutter", 0): "I'm sure that will set Lavrov's heart aflutter",
    ("note", "argument-from-silence", 0): "it is telling that there is no mention of the Magnitsky Act",
    ("note", "silence-in-class", 0): "it is telling that there is no mention of the Magnitsky Act",
    ("note", "where-decline-begins", 0): "It was the passage of this act that started the precipitous deterioration "
    "of U.S.-Russian relations",
    ("note", "two-verbs", 0): "vilifying and antagonising Russia",
    ("note", "prevailing-view", 0): "The prevailing view only ten or fifteen years ago",
    ("note", "meddling", 0): "Constant interference in the business of its neighbors and of states",
    ("note", "ranging", 0): 'Kupchan says that "Washington needs to capitalize on that discomfort and convince Russia '
    "that it would be better off geopolitically and economically if it hedged against China and tilted toward the "
    """West," but he isn't proposing making any concession or accommodation to Moscow on anything""",
    ("crossref", "rule-and-complaint", 1): "he isn't proposing making any concession or accommodation to Moscow on "
    "anything",
}
"""What stands for their words now."""

LEFT: set[Key] = {
    ("note", "ranging", 0),
    ("note", "meddling", 0),
    ("note", "who-is-kupchan", 0),
    ("note", "sanctions-imposed", 0),
    ("note", "prevailing-view", 0),
    ("crossref", "rule-and-complaint", 1),
}
"""Those of them about which the author is asked: little is kept, or a number or a short word came or went."""

MOVED: set[Key] = {
    ("note", "old-quarrels", 0),
    ("note", "closer-in-2021", 0),
    ("note", "twice", 0),
    ("crossref", "neighbors", 1),
}
RENUMBERED: set[Key] = {("note", "scare-quotes", 2), ("note", "scare-quotes", 3), ("note", "whole-moved", 0)}
"""Those in the paragraph that was moved; those that name a paragraph that has another number now."""

STRUCK = "[[article ¶7]]"
"""References to the paragraph that is no more."""

ASKED: dict[Key, str] = {
    ("question", "two-offers", 0): "reworded",
    ("question", "two-offers", 1): "moved",
    ("question", "what-is-missing", 0): "reworded",
    ("question", "what-is-missing", 1): "moved",
    ("question", "what-is-missing", 2): "moved",
    ("question", "reasons-for-doubt", 0): "lost",
    ("question", "reasons-for-doubt", 1): "reworded",
    ("question", "which-concession", 1): "moved",
}
"""What became of what questions are about, where that isn't as it was."""


@pytest.fixture
def essay(shell: Shell) -> Shell:
    """The edition of this repository with some notes more, built."""
    shutil.rmtree(shell.folder / "content")
    shutil.copytree(ROOT / "content", shell.folder / "content")
    settings = shell.folder / "content/site.toml"
    settings.write_text(re.sub(r"(?m)^outputs.*$", 'outputs = ["site"]', settings.read_text(encoding="utf-8")))
    shell.append(f"{HOME}/article.notes.md", MORE)
    assert shell("build").status == 0
    return shell


def revise(shell: Shell) -> None:
    (shell.folder / HOME / "article.md").write_text(REVISED, encoding="utf-8")


def anchors(shell: Shell, *, asked: bool = False) -> Rows:
    """The rows of notes and cross-references, or of questions."""
    rows = json.loads(shell("anchors", "--format", "json").out)["anchors"]
    return {(row["kind"], row["id"], row["index"]): row for row in rows if (row["kind"] == "question") == asked}


def as_read(shell: Shell) -> str:
    """The essay as it was read at the last build."""
    texts = parse((shell.folder / HOME / "anchors.lock").read_text(encoding="utf-8")).texts
    return next(text.content for text in texts if text.id == "article")


def review(shell: Shell, keys: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "builder", "review"],
        cwd=shell.folder,
        input="".join(f"{key}\n" for key in keys),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.fspath(ROOT), "COLUMNS": "100"},
    )


def notes_on(shell: Shell) -> tuple[list[str], list[str]]:
    """The notes of the page in their order, and the words of those that lost their passage."""
    page = (shell.folder / f"output/{EDITION}/index.html").read_text(encoding="utf-8")
    lost = page.partition('id="_lost"')[2].partition("</section>")[0]
    return re.findall(r' id="note-([^"]+)"', page), [unescape(one) for one in re.findall(r"<q>(.*?)</q>", lost)]


def codes(told: str) -> Counter[str]:
    return Counter(re.findall(r"(?m)^\S+:\d+:\d+: (G\d+)", told))


def around(row: dict[str, Any], text: str) -> set[str]:
    """What stands just before a passage, and just after it."""
    first, last = text[max(0, row["start"] - 40) : row["start"]], text[row["end"] : row["end"] + 40]
    return {("before " + plain(first)[-20:]), ("after " + plain(last)[:20])}


def ends(found: str, quotation: str) -> str:
    """The words of a passage; of a range its first and last ones, as it quotes them; of a paragraph some of them."""
    pieces, words = quotation.split(" … "), plain(found)
    first, last = plain(pieces[0]), plain(pieces[-1])
    if first.startswith("¶"):
        return f"{words[:40]} … {words[-40:]}"
    return f"{words[: len(first)]} … {words[-len(last) :]}" if len(pieces) > 1 else words


def test_an_editor_revises_the_essay(essay: Shell) -> None:
    before, old, shown = anchors(essay), as_read(essay), notes_on(essay)[0]
    assert {row["state"] for row in before.values()} == {"exact"}
    assert len({key[1] for key, row in before.items() if key[0] == "note" and row["text"] == "article"}) == 41
    revise(essay)

    said = essay("check")
    told, now = said.err, anchors(essay)
    assert said.status == 1
    assert now.keys() == before.keys()
    assert {key for key, row in now.items() if row["state"] == "lost"} == LOST.keys()
    assert {key for key, row in now.items() if row["state"] == "reworded"} == REWORDED.keys()
    assert {key for key, row in now.items() if row["state"] == "moved"} == MOVED | RENUMBERED
    for row in now.values():
        assert row["state"] == "exact" or f"{row['file']}:{row['line']}:" in told, "nothing is other than it was unsaid"
    assert {key: row["found"] for key, row in now.items() if row["state"] == "reworded"} == REWORDED
    numbers = codes(told)
    asked = anchors(essay, asked=True)
    assert {key: row["state"] for key, row in asked.items() if row["state"] != "exact"} == ASKED
    states = Counter(ASKED.values())
    assert (numbers["G208"], numbers["G209"] - states["reworded"] - BOTH, numbers["G210"] - states["lost"]) == (
        len(MOVED),
        len(REWORDED),
        len(LOST),
    )
    assert told.count(f"{STRUCK}: the paragraph that this meant is gone") == 2

    files = {path: path.read_bytes() for path in (essay.folder / HOME).iterdir()}
    dry = essay("check", "--fix", "--dry-run")
    assert {path: path.read_bytes() for path in files} == files
    fixed = essay("check", "--fix")
    assert fixed.out == dry.out
    assert "12 headings and 2 lines with references rewritten" in fixed.err
    assert essay("check", "--fix").out == "", "twice is once"
    left = essay("check").err
    asked = anchors(essay, asked=True)
    states = Counter(row["state"] for row in asked.values())
    assert codes(left) == {
        "G208": len(MOVED),
        "G209": len(LEFT) + states["reworded"] + 1,  # WHOLE; the others of BOTH are reworded now
        "G210": len(LOST) + states["lost"],
        "G214": 2,
        "G607": 2,
    }
    mended = anchors(essay)
    assert {key for key, row in mended.items() if row["state"] != "exact"} == {*LOST, *MOVED, *LEFT, WHOLE}
    assert all(mended[key]["start"] == now[key]["start"] for key in now), "every passage stays where it was found"

    reviewed = review(essay, answers({**mended, **asked}))
    assert reviewed.stderr.endswith("6 rewritten, 22 settled\n")
    assert "nothing is in doubt" in essay("review").err
    assert codes(essay("check").err) == {"G214": 2, "G607": 2}, (
        "what no command may decide: what a note says of a struck paragraph"
    )

    shown_in_docs = DOCS.partition("## A whole essay")[2].partition("```text\n")[2].partition("```")[0]
    assert shown_in_docs
    assert [line for line in shown_in_docs.splitlines() if line not in f"{told}{fixed.err}{reviewed.stderr}"] == []

    assert essay("build").status == 0
    again = essay("build")
    assert "0 written" in again.out + again.err
    assert codes(essay("check").err) == {"G214": 2, "G607": 2}
    page, lost = notes_on(essay)
    assert sorted(page) == sorted(shown), "every note is on the page under its address"
    assert sorted(plain(one) for one in lost) == sorted(map(plain, LOST.values()))
    last, new = anchors(essay), as_read(essay)
    assert Counter(row["state"] for row in last.values()) == {"exact": len(before) - len(LOST), "lost": len(LOST)}
    for key, row in last.items():
        if key not in LOST and key not in REWORDED and row["text"] == "article":
            assert ends(row["found"], row["quotation"]) == ends(before[key]["found"], row["quotation"]), key
            if key == ("note", "whole-moved", 0):
                continue  # a paragraph that was moved stands among others
            assert around(row, new) & around(before[key], old), f"{key} stands among the words among which it stood"


def answers(rows: Rows) -> str:
    """The keys that say of each doubt what is true, in the order in which a review asks: notes first."""
    order = ("note", "crossref", "question")
    doubts = sorted((key for key, row in rows.items() if row["state"] != "exact"), key=lambda key: order.index(key[0]))
    return "".join("l" if rows[key]["state"] == "lost" else "a" for key in doubts)


def test_a_build_in_between_makes_nothing_right(essay: Shell) -> None:
    revise(essay)
    told, shown = essay("check").err, notes_on(essay)[0]
    assert essay("build").status == 0
    assert sorted(notes_on(essay)[0]) == sorted(shown)
    assert essay("check").err == told
    assert essay("build").status == 0
    assert essay("check").err == told


def test_what_was_marked_as_lost_is_found_when_it_comes_back(essay: Shell) -> None:
    before, file = anchors(essay), essay.folder / HOME / "article.md"
    written = file.read_text(encoding="utf-8")
    revise(essay)
    essay("check", "--fix")
    review(essay, answers(anchors(essay)))
    assert essay("build").status == 0
    file.write_text(written, encoding="utf-8")
    now = anchors(essay)
    assert {now[key]["state"] for key in LOST} <= {"exact", "moved"}
    assert {key: now[key]["found"] for key in LOST} == {key: before[key]["found"] for key in LOST}


def test_an_undone_answer_leaves_no_lock_where_there_was_none(essay: Shell) -> None:
    revise(essay)
    lock = essay.folder / HOME / "anchors.lock"
    kept = lock.read_bytes()
    review(essay, "luq")
    assert lock.read_bytes() == kept
    lock.unlink()
    assert "1 of " in review(essay, "luq").stdout
    assert not lock.exists()


def test_a_lock_that_cannot_be_written_is_told(essay: Shell, tmp_path: Path) -> None:
    revise(essay)
    lock = essay.folder / HOME / "anchors.lock"
    lock.rename(tmp_path / "kept.lock")
    lock.symlink_to(tmp_path / "kept.lock")
    assert "nothing is written through it" in review(essay, "l").stderr
    assert "nothing is written through it" in essay("check", "--fix").err


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
