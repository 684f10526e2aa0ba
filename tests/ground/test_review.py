"""`review` as it is used: by keys on a terminal, by lines from a pipe; left, interrupted and taken up again."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from builder.shell.asking import LONGEST, abridged

from .conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .conftest import Said, Shell

HOME = "content/reading-with-a-pencil"
NOTES = f"{HOME}/essay.notes.md"
AMBIGUOUS = "\n## the margin {.language}\nTwice.\n"
LOST = "\n## nowhere at all to be read {.language}\nGone.\n"


@pytest.fixture
def doubtful(shell: Shell) -> Shell:
    """A site with a misspelt note, an ambiguous one and one that is lost, in this order."""
    shell.edit(f"{HOME}/essay.md", "half of a conversation", "half of some conversations")
    shell.append(NOTES, AMBIGUOUS + LOST)
    return shell


def by_lines(shell: Shell, keys: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "builder", "review"],
        cwd=shell.folder,
        input="".join(f"{key}\n" for key in keys),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.fspath(ROOT), "COLUMNS": "100", **more},
    )


def headings(shell: Shell) -> list[str]:
    words = (shell.folder / NOTES).read_text(encoding="utf-8")
    return [line for line in words.splitlines() if line.startswith("## ")]


def test_a_long_passage_shows_its_beginning_and_its_end_in_whole_words() -> None:
    words = " ".join(f"word{number}" for number in range(200))
    shown = abridged(words)
    assert len(shown) <= LONGEST + 3
    first, _, last = shown.partition(" … ")
    assert words.startswith(f"{first} ")
    assert words.endswith(f" {last}")
    assert abridged(words[:LONGEST]) == words[:LONGEST]


def test_nothing_in_doubt(shell: Shell) -> None:
    said: Said = shell("review")
    assert (said.status, said.out, said.err) == (0, "", "nothing is in doubt\n")


def test_without_a_terminal_it_says_how_keys_are_read(doubtful: Shell) -> None:
    said = by_lines(doubtful, "?zq")
    assert said.returncode == 0
    assert said.stderr.startswith("no terminal: keys are read from standard input, one a line\n")
    assert "  was  half of a conversation\n  now  essay ¶1, 81% like it\n" in said.stdout
    shown = " ".join(said.stdout.split())
    assert shown.startswith(f"1 of 3 {NOTES}:5:4 note half-of-a-conversation: was never found it says: A *challenge*")
    assert "is >>half of [-a-]{+some+} [-conversation-]{+conversations+}<< with somebody" in shown
    assert "a       accept:" in said.stdout
    assert "this key means nothing here; ? tells which do" in said.stdout
    assert "\x1b" not in said.stdout
    assert said.stderr.endswith("3 left\n")


def test_a_paragraph_with_other_words_and_another_number(shell: Shell) -> None:
    """Neither is passed over; and what the note says has its references as they were typed."""
    shell.append(NOTES, "\n## ¶1 {#first}\nIs it fair? See [[essay ¶2]] and [[#first | this]].\n")
    assert shell("build").status == 0
    text = shell.folder / HOME / "essay.md"
    blocks = text.read_text(encoding="utf-8").split("\n\n")
    blocks[1] = f"It was new.\n\n{blocks[1]} Nobody ever said so."
    text.write_text("\n\n".join(blocks), encoding="utf-8")
    shown = " ".join(by_lines(shell, "s" * 20).stdout.split())
    assert (
        "note first: elsewhere, and other words it says: Is it fair? See [[essay ¶2]] and [[#first | this]]." in shown
    )


def test_each_answer_is_written_at_once_and_not_asked_again(doubtful: Shell) -> None:
    before = (doubtful.folder / NOTES).read_bytes()
    said = by_lines(doubtful, "a2")  # the input ends here: as if somebody left
    assert "2 rewritten, 1 left" in said.stderr
    changed = headings(doubtful)
    assert "## half of some conversations {#half-of-a-conversation .challenge}" in changed
    assert '## the margin {.language in="¶4"}' in changed
    rest = (doubtful.folder / NOTES).read_bytes()
    assert len(rest.split(b"\n")) == len(before.split(b"\n"))
    again = by_lines(doubtful, "s")
    assert "1 of 1" in again.stdout
    assert "nothing in the text is like it" in again.stdout
    assert again.stderr.endswith("1 skipped\n")
    assert (doubtful.folder / NOTES).read_bytes() == rest


def test_answers_are_taken_back_one_by_one(doubtful: Shell) -> None:
    before = (doubtful.folder / NOTES).read_bytes()
    said = by_lines(doubtful, "uasluuua1q")
    assert "nothing to undo" in said.stdout
    assert "2 rewritten, 1 left" in said.stderr
    assert "that was all; u undo" in said.stdout
    assert by_lines(doubtful, "q").stdout.startswith("\n1 of 1")
    (doubtful.folder / NOTES).write_bytes(before)
    by_lines(doubtful, "a1uuq")
    assert (doubtful.folder / NOTES).read_bytes() == before


def test_what_is_marked_as_lost_is_said_to_be_kept_or_not(doubtful: Shell) -> None:
    said = by_lines(doubtful, "ssl")
    assert "1 settled, 2 skipped" in said.stderr
    assert "where CI is set" not in said.stderr
    assert "1 of 2" in by_lines(doubtful, "q").stdout, "what is settled isn't asked again"
    assert "where CI is set" in by_lines(doubtful, "sl", CI="true").stderr


def test_a_choice_that_is_none(doubtful: Shell) -> None:
    said = by_lines(doubtful, "7sa9s1a")
    for words in ("there is no 7; choose 1 to 1", "which of them? 1 to 2", "there is no 9; choose 1 to 2"):
        assert words in said.stdout
    assert said.stdout.count("there is nothing to choose; l marks it as lost, s skips it") == 2
    assert (doubtful.folder / NOTES).read_text(encoding="utf-8").count("## the margin {.language}") == 1


def test_a_narrow_terminal_is_never_overrun(doubtful: Shell) -> None:
    said = by_lines(doubtful, "sss", COLUMNS="30")
    assert max(map(len, said.stdout.splitlines())) <= 30
    assert by_lines(doubtful, "sss", COLUMNS="3").returncode == 0


class Terminal:
    """The command on a terminal of its own: keys go in, what is shown comes out."""

    def __init__(self, folder: Path, *, columns: int = 80, **more: str) -> None:
        environment = {name: word for name, word in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
        environment |= {"PYTHONPATH": os.fspath(ROOT), "TERM": "xterm", **more}
        self.pid, self._ours = pty.fork()
        if self.pid == 0:  # pragma: no cover
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-m", "builder", "review"], environment)
        import fcntl
        import termios

        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.shown = ""

    def until(self, words: str, seconds: float = 30) -> str:
        """All that is shown until some words are; AssertionError where they don't come."""
        deadline = time.monotonic() + seconds
        start = len(self.shown)
        while words not in self.shown[start:]:
            ready, _, _ = select.select([self._ours], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"“{words}” never came:\n{self.shown[start:]}"
            try:
                part = os.read(self._ours, 65536)
            except OSError:
                part = b""
            assert part or words in self.shown[start:], f"it ended before “{words}”:\n{self.shown[start:]}"
            self.shown += part.decode("utf-8", "replace")
        return self.shown[start:]

    def press(self, key: str) -> None:
        """Press a key once one is waited for: what is typed before the question stands there answers none."""
        import termios

        deadline = time.monotonic() + 30
        while termios.tcgetattr(self._ours)[3] & termios.ICANON:
            assert time.monotonic() < deadline, "no key is waited for"
            time.sleep(0.01)
        os.write(self._ours, key.encode())

    def status(self) -> int:
        """How it ended, all that is still shown read."""
        while True:
            try:
                part = os.read(self._ours, 65536)
            except OSError:
                break
            if not part:
                break
            self.shown += part.decode("utf-8", "replace")
        _, status = os.waitpid(self.pid, 0)
        os.close(self._ours)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def end(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self._ours)


@pytest.fixture
def terminal(doubtful: Shell) -> Iterator[Terminal]:
    made = Terminal(doubtful.folder)
    yield made
    made.end()


def test_one_key_each_on_a_terminal(doubtful: Shell, terminal: Terminal) -> None:
    first = terminal.until("? help")
    assert "\x1b[2m… without a pencil" in first.replace("\r\n", "\n")
    assert "\x1b[9;31m" in first  # what is gone is struck through
    assert "no terminal" not in first
    terminal.press("?")
    terminal.until("asked next time")
    terminal.press("\x1b[A")  # an arrow is no answer
    terminal.until("means nothing here")
    terminal.press("a")
    terminal.until("2 of 3")
    assert "## half of some conversations {#half-of-a-conversation .challenge}" in headings(doubtful)
    terminal.press("1")
    terminal.until("3 of 3")
    terminal.press("l")
    terminal.until("that was all")
    terminal.press("\r")
    assert terminal.status() == 0
    assert "2 rewritten, 1 settled" in terminal.shown
    assert '## the margin {.language in="¶1"}' in headings(doubtful)


def test_an_interrupt_leaves_all_whole(doubtful: Shell, terminal: Terminal) -> None:
    terminal.until("? help")
    terminal.press("a")
    terminal.until("2 of 3")
    terminal.press("\x03")
    assert terminal.status() == 130
    assert "Traceback" not in terminal.shown
    assert headings(doubtful)[0] == "## half of some conversations {#half-of-a-conversation .challenge}"
    assert "## the margin {.language}" in headings(doubtful)
    assert [path.name for path in (doubtful.folder / HOME).iterdir() if path.name.startswith(".")] == []


def test_no_color_is_heeded_and_control_characters_are_not(doubtful: Shell) -> None:
    doubtful.edit(NOTES, "A *challenge* speaks", "A \x1b]0;gotcha\x07*challenge* speaks")
    made = Terminal(doubtful.folder, columns=40, NO_COLOR="1")
    try:
        shown = made.until("? help").replace("\r\n", "\n")
        assert "\x1b" not in shown
        assert "{+some+}" in shown
        assert max(map(len, shown.split("\n"))) <= 40
        made.press("\x04")  # the end of the input: as q
        assert made.status() == 0
    finally:
        made.end()


def test_a_file_that_changes_meanwhile_is_read_again(doubtful: Shell, terminal: Terminal) -> None:
    terminal.until("? help")
    doubtful.append(NOTES, "\n## one more that is nowhere\nBody.\n")
    terminal.press("a")
    again = terminal.until("? help")
    assert "changed meanwhile" in again
    assert "1 of 4" in again
    assert "## half of a conversation {.challenge}" in headings(doubtful)
    terminal.press("a")
    terminal.until("the-margin")
    assert "## half of some conversations {#half-of-a-conversation .challenge}" in headings(doubtful)
    assert "## one more that is nowhere" in headings(doubtful)


def test_an_answer_taken_back_is_asked_as_it_was_asked(shell: Shell) -> None:
    """With what is remembered of it; and of a range that was reworded within it is shown which words."""
    shell.append(NOTES, "\n## half of … conversation {#range .language}\nA range.\n")
    assert shell("build").status == 0
    shell.edit(f"{HOME}/essay.md", "half of a conversation", "half of no small conversation")
    said = by_lines(shell, "auqq")
    asked = said.stdout.split("a accept, 1-9 choose, l lost, s skip, u undo, q leave, ? help")
    assert asked[0].strip() == asked[2].strip()
    assert "was  " in asked[0]
    assert "half of [-a-]{+no small+} conversation" in " ".join(asked[1].split())
    assert said.stderr.endswith("2 left\n")
