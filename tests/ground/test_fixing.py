"""`check --fix`: shown first, written whole, every other byte as it was, and nothing that isn't the author's file."""

from __future__ import annotations

import difflib
import json
import os
import pty
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.diagnostic import SiteError
from builder.shell import rewriting
from builder.shell.fixing import find_fixes, write_fixes
from builder.shell.rewriting import Revision

from .conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Shell

NOTES = "content/reading-with-a-pencil/essay.notes.md"
OLD, NEW = "## half of a conversation {", "## half of a conversetion {#half-of-a-conversation "


def revise(shell: Shell) -> Path:
    """The text is not what it was: one letter is another."""
    shell.edit("content/reading-with-a-pencil/essay.md", "half of a conversation", "half of a conversetion")
    return shell.folder / NOTES


def test_a_dry_run_shows_what_a_run_does(shell: Shell) -> None:
    path = revise(shell)
    before = path.read_bytes()
    dry = shell("check", "--fix", "--dry-run")
    assert (dry.status, path.read_bytes()) == (1, before)
    assert dry.out.startswith(f"--- {NOTES}\n+++ {NOTES}\n@@ ")
    assert [line for line in dry.out.splitlines() if line[:2] in ("-#", "+#")] == [
        f"-{OLD}.challenge}}",
        f"+{NEW}.challenge}}",
    ]
    assert f"{NOTES}:5:4: only one place is like it: 95%\n1 heading would be rewritten; nothing is written" in dry.err
    done = shell("check", "--fix")
    assert (done.status, done.out) == (0, dry.out)
    assert done.err.endswith("1 heading rewritten\nnothing to mend\n")
    assert path.read_bytes() == before.replace(OLD.encode(), NEW.encode())
    again = shell("check", "--fix")
    assert (again.status, again.out) == (0, "")
    assert again.err == "no heading that it would be sure to rewrite\nnothing to mend\n"


def test_the_diff_is_a_patch(shell: Shell) -> None:
    path = revise(shell)
    for words in (path.read_bytes().replace(b"\n", b"\r\n").rstrip(), path.read_bytes().rstrip()):
        path.write_bytes(words)
        said = shell("check", "--fix", "--dry-run")
        subprocess.run(["patch", "-p0", "--binary", "-s"], input=said.out.encode(), cwd=shell.folder, check=True)
        assert path.read_bytes() == words.replace(OLD.encode(), NEW.encode())


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.booleans())
def test_diffs_are_those_of_difflib(changes: list[bool], ended: bool) -> None:
    old = [f"line {number}\n" for number in range(len(changes))]
    old[-1] = old[-1] if ended else old[-1].rstrip()
    new = [f"new {line}" if changed else line for line, changed in zip(old, changes, strict=True)]
    made = Revision("f.md", "", "".join(old).encode(), "".join(new).encode()).diff
    expected = "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(old, new, "f.md", "f.md")
    )
    assert made == (expected or "--- f.md\n+++ f.md\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_other_byte_stays(shell: Shell, end: str) -> None:
    path = revise(shell)
    words = "\ufeff" + path.read_text(encoding="utf-8").replace("\n", f"  {end}").rstrip()
    words += f"{end}<!-- ## a comment -->{end}```{end}## no heading\x0b\u2028\x85{end}```"
    path.write_bytes(words.encode())
    path.chmod(0o640)
    assert "1 heading rewritten" in shell("check", "--fix").err
    assert path.read_bytes() == words.replace(OLD, NEW).encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


def test_a_document_stays_one(shell: Shell) -> None:
    revise(shell)
    said = shell("check", "--fix", "--format", "json")
    assert json.loads(said.out) == {"diagnostics": []}
    assert f"+{NEW}" in said.err


def test_dry_run_alone_is_refused(shell: Shell) -> None:
    assert "--dry-run goes with --fix" in shell("check", "--dry-run").err


def test_what_remains_is_told(shell: Shell) -> None:
    path = revise(shell)
    shell.append(NOTES, "\n## words that stand nowhere at all {.language}\nGone.\n")
    said = shell("check", "--fix")
    assert said.status == 1
    assert "G201 quotation not found: “words that stand nowhere at all”" in said.err
    assert NEW in path.read_text(encoding="utf-8")


def test_a_link_within_the_site_stays_one_and_one_out_of_it_is_never_followed(shell: Shell, tmp_path: Path) -> None:
    path = revise(shell)
    inside = shell.folder / "content" / "reading-with-a-pencil" / "kept.txt"
    path.rename(inside)
    path.symlink_to(inside)
    assert "1 heading rewritten" in shell("check", "--fix").err
    assert path.is_symlink()
    assert NEW in inside.read_text(encoding="utf-8")
    outside = tmp_path / "outside.md"
    outside.write_text(inside.read_text(encoding="utf-8").replace(NEW, OLD), encoding="utf-8")
    path.unlink()
    path.symlink_to(outside)
    assert "leads out of the site" in shell("check", "--fix").err
    assert OLD in outside.read_text(encoding="utf-8")


def test_a_link_made_meanwhile_is_not_followed(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = revise(shell)
    outside = tmp_path / "outside.md"
    outside.write_bytes(path.read_bytes())
    real = rewriting.revised

    def swapped(*given: object) -> object:
        path.unlink()
        path.symlink_to(outside)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("builder.shell.fixing.revised", swapped)
    said = shell("check", "--fix")
    assert said.status == 1
    assert "leads out of the site" in said.err
    assert OLD in outside.read_text(encoding="utf-8")


def test_a_file_that_changed_meanwhile_is_not_touched(shell: Shell) -> None:
    path = revise(shell)
    fixes = find_fixes(shell.folder / "content")
    path.write_text("## another\nBody.\n", encoding="utf-8")
    with pytest.raises(SiteError, match="changed meanwhile"):
        write_fixes(shell.folder / "content", fixes)
    assert path.read_text(encoding="utf-8") == "## another\nBody.\n"
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


def test_where_a_folder_refuses_the_machine_is_blamed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    path = revise(shell)
    before = path.read_bytes()

    def refuses(*_: object) -> None:
        raise OSError(28, "No space left on device", os.fspath(path))

    monkeypatch.setattr("builder.shell.rewriting.os.replace", refuses)
    said = shell("check", "--fix")
    assert said.status == 2
    assert "No space left on device" in said.err
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


def on_a_terminal(folder: Path, *arguments: str, **more: str) -> str:
    """What the command writes to standard output where that is a terminal."""
    ours, theirs = pty.openpty()
    environment = {name: word for name, word in os.environ.items() if name != "NO_COLOR"}
    environment |= {"PYTHONPATH": os.fspath(ROOT), "TERM": "xterm", **more}
    command = [sys.executable, "-m", "builder", *arguments]
    subprocess.run(command, cwd=folder, stdout=theirs, stderr=subprocess.DEVNULL, env=environment, check=False)
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_colour_is_for_terminals(shell: Shell) -> None:
    revise(shell)
    shell.edit(NOTES, "A *challenge* speaks", "A \x1b[2J*challenge* speaks")
    coloured = on_a_terminal(shell.folder, "check", "--fix", "--dry-run")
    assert f"\x1b[32m+{NEW}.challenge}}\x1b[0m\n" in coloured
    assert "\x1b[2J" not in coloured
    assert "\x1b" not in on_a_terminal(shell.folder, "check", "--fix", "--dry-run", NO_COLOR="1")


HIGH = "He said that the grapes hung high, and that nobody could reach them. So he went."
FOX = f"# Fox\n\nA fox came.\n\n{HIGH}\n\nThe end.\n"
ON_FOX = """## He said … So he went {#range}
R.

## ¶2 {#whole}
W.

## The end {#end}
See [[fox ¶2]] and [[fox ¶3]].
"""


def fable(shell: Shell, notes: str = ON_FOX) -> None:
    """A small edition, built once."""
    shutil.rmtree(shell.folder / "content")
    folder = shell.folder / "content/fox"
    folder.mkdir(parents=True)
    (shell.folder / "content/site.toml").write_text('title = "T"\noutputs = ["site"]\n', encoding="utf-8")
    (folder / "edition.toml").write_text('title = "The fox"\n[[text]]\nfile = "fox.md"\n', encoding="utf-8")
    (folder / "fox.md").write_text(FOX, encoding="utf-8")
    (folder / "fox.notes.md").write_text(notes, encoding="utf-8")
    assert shell("build").status == 0


def test_what_changed_between_its_ends_is_taken_as_it_is_now(shell: Shell) -> None:
    fable(shell)
    notes = (shell.folder / "content/fox/fox.notes.md").read_bytes()
    shell.edit("content/fox/fox.md", "hung high", "hung higher")
    told = "in part: “high,” reads “higher,” now (fox ¶2)"
    assert shell("check").err.count(told) == 2
    dry = shell("check", "--fix", "--dry-run")
    assert (dry.out, dry.err.count(told)) == ("", 2)
    assert "2 passages would be taken as now; nothing is written" in dry.err
    done = shell("check", "--fix")
    assert (done.status, done.out) == (0, "")
    assert "2 passages taken as now\nnothing to mend" in done.err
    assert (shell.folder / "content/fox/fox.notes.md").read_bytes() == notes
    assert shell("check").err == "nothing to mend\n"


def test_where_ci_is_set_nothing_can_be_taken(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    fable(shell)
    monkeypatch.setenv("CI", "true")
    shell.edit("content/fox/fox.md", "hung high", "hung higher")
    said = shell("check", "--fix")
    assert "2 passages can't be taken as now: where CI is set nothing is remembered" in said.err
    assert said.err.count("G209") == 2


def test_what_may_say_the_opposite_between_its_ends_is_for_its_author(shell: Shell) -> None:
    fable(shell)
    shell.edit("content/fox/fox.md", "nobody could reach", "somebody could reach")
    said = shell("check", "--fix")
    assert "taken" not in said.err
    assert said.err.count("G209") == 2


def test_one_file_has_one_diff(shell: Shell) -> None:
    """Headings and numbers of paragraphs in one file, and in one line."""
    fable(shell, f"{ON_FOX}\n## nobody could reach them {{#reach}}\nSo [[fox ¶1]].\n")
    shell.edit("content/fox/fox.md", "A fox came.", "Hens first.\n\nA fox came.")
    shell.edit("content/fox/fox.md", "nobody could reach them", "nobody could reached them")
    before = (shell.folder / "content/fox/fox.notes.md").read_bytes()
    dry = shell("check", "--fix", "--dry-run")
    assert dry.out.count("--- ") == dry.out.count("+++ ") == 1
    assert [line for line in dry.out.splitlines() if line[:1] == "+" and line[:3] != "+++"] == [
        "+## ¶3 {#whole}",
        "+See [[fox ¶3]] and [[fox ¶4]].",
        "+## nobody could reached them {#reach}",
        "+So [[fox ¶2]].",
    ]
    assert "2 headings and 2 lines with references would be rewritten" in dry.err
    done = shell("check", "--fix")
    assert done.out == dry.out
    assert "2 headings and 2 lines with references rewritten; 1 passage taken as now\n" in done.err
    after = (shell.folder / "content/fox/fox.notes.md").read_bytes()
    (shell.folder / "content/fox/fox.notes.md").write_bytes(before)
    subprocess.run(["patch", "-p0", "-s"], input=dry.out.encode(), cwd=shell.folder, check=True)
    assert (shell.folder / "content/fox/fox.notes.md").read_bytes() == after
