"""What is in doubt -> a question on the terminal, and the key that is pressed; without a terminal a line for a key."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from builder.model.note import State, percent
from builder.model.prose import Reference
from builder.parse.rewrite import Sort
from builder.pipeline.reviewing import Mark, difference
from builder.relate.doubts import in_brackets
from builder.relate.normal import plain
from builder.shell.terminal import is_coloured, printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.text import Text

    from builder.model.prose import Prose
    from builder.pipeline.reviewing import Doubt, Option, Quoted

NARROWEST, WIDEST = 24, 100
"""Columns: nothing is set narrower or wider, whatever the terminal says of itself."""

SAID = 96
"""So many characters of a note show which it is."""

LONGEST = 240
"""Characters of a passage, or of what in it stayed as it was, that are shown whole."""

STATES = {
    State.MOVED: "the same words, but elsewhere",
    State.REWORDED: "other words stand there now",
    State.AMBIGUOUS: "stands more than once",
    State.LOST: "stood in the text once, and no longer",
    State.NEVER_FOUND: "was never found",
}
HELP = """a       accept: it means the place shown; where there are several, 1 to 9 choose
1 to 9  it means this place: its heading is rewritten so that it finds it
l       its passage is gone: mark it as lost
s       skip it for now
u       undo the last answer
q       leave; what is answered is written, and the rest is asked next time"""

_MARKED = {Mark.KEPT: "bold", Mark.GONE: "red strike", Mark.NEW: "bold green"}
_BRACKETS = {Mark.KEPT: ("", ""), Mark.GONE: ("[-", "-]"), Mark.NEW: ("{+", "+}")}
"""How differences are marked where nothing can be painted: as wdiff does."""


def keys() -> Callable[[], str]:
    """What gives the next key pressed, or "q" at the end: from the terminal, else a line of standard input for each."""
    if not sys.stdin.isatty():
        return _from_lines
    import click

    def pressed() -> str:
        try:
            return click.getchar()
        except EOFError:
            return "q"

    return pressed


def _from_lines() -> str:
    while line := sys.stdin.readline():
        if line.strip():
            return line.strip()[0]
    return "q"


def _state(doubt: Doubt) -> str:
    """What became of it; of a paragraph that is elsewhere also whether its words changed."""
    one, now = doubt.sought, doubt.options[:1]
    named = one.found.state is State.MOVED and one.selector.blocks
    if named and now and plain(now[0].quoted.words) != plain(doubt.was.words):
        return "elsewhere, and other words"
    return STATES[one.found.state]


def abridged(words: str) -> str:
    """A long stretch of words as its beginning and its end."""
    if len(words) <= LONGEST:
        return words
    return f"{words[: LONGEST // 2].rpartition(' ')[0]} … {words[-LONGEST // 2 :].partition(' ')[2]}"


def _said(body: Prose) -> str:
    """What is said of a passage, on one line; as typed where it has references, which have no words of their own."""
    words = body.source if body.source and body.events(Reference) else body.content
    return " ".join(words.split())


class Screen:
    """Standard output: painted and dimmed where it may be, else plain; never wider than the terminal."""

    def __init__(self) -> None:
        from rich.console import Console

        self.painted = is_coloured(sys.stdout)
        columns = shutil.get_terminal_size((80, 24)).columns
        width = min(max(columns, NARROWEST), WIDEST)
        self._console = Console(
            file=sys.stdout,
            width=width,
            highlight=False,
            emoji=False,
            markup=False,
            force_terminal=self.painted,
            no_color=not self.painted,
            color_system="standard" if self.painted else None,
            legacy_windows=False if os.name != "nt" else None,
        )

    def say(self, words: str, style: str = "", *, indent: int = 0) -> None:
        """Some words of ours, lines as they are."""
        from rich.text import Text

        self._print(Text(words, style), indent)

    def ask(self, doubt: Doubt, *, number: int, total: int, place: str) -> None:
        """One question: where it is written, what it was, and what it may be now."""
        from rich.text import Text

        self._console.print()
        one = doubt.sought
        passage = f" ({one.index + 1})" if one.index else ""
        score = in_brackets(doubt.options[0].likeness) if one.found.state is State.REWORDED else ""
        head = Text.assemble(
            (f"{number} of {total}  ", "dim"),
            (printable(place), "bold"),
            f"  {one.sort.value} {printable(one.id)}{passage}: {_state(doubt)}{score}",
        )
        self._print(head, 0)
        said = _said(one.body)
        if said:
            shown = said if len(said) <= SAID else f"{said[:SAID].rpartition(' ')[0]} …"
            label = "question" if one.sort is Sort.QUESTION else "it says"
            self._print(Text(f"{label}: {printable(shown)}", "dim"), 2)
        self._print(Text.assemble(("was  ", "cyan"), self._quoted(doubt.was, None)), 2)
        for index, option in enumerate(doubt.options, 1):
            self._option(option, index if len(doubt.options) > 1 else 0, doubt.was.words)
        if not doubt.options:
            self._print(Text("nothing in the text is like it"), 2)

    def _option(self, option: Option, number: int, was: str) -> None:
        from rich.text import Text

        label = f"{number}    " if number else "now  "
        likeness = "" if option.likeness >= 1 else f", {percent(option.likeness)} like it"
        setting = f"  {printable(option.setting)}" if option.setting else ""
        self._print(Text.assemble((label, "cyan"), (printable(option.where), "bold"), likeness, setting), 2)
        self._print(self._quoted(option.quoted, was), 7)

    def _quoted(self, quoted: Quoted, was: str | None) -> Text:
        """Words among their surroundings, which are dimmed; what differs from other words is marked."""
        from rich.text import Text

        apart = ("", "") if self.painted or not (quoted.before or quoted.after) else (">>", "<<")
        made = Text.assemble((printable(quoted.before), "dim"), apart[0])
        for words, mark in difference(was, quoted.words) if was is not None else ((quoted.words, Mark.KEPT),):
            opening, closing = ("", "") if self.painted else _BRACKETS[mark]
            words = abridged(words) if mark is Mark.KEPT else words
            made.append(f"{opening}{printable(words)}{closing}", _MARKED[mark])
        return made.append(apart[1]).append(printable(quoted.after), "dim")

    def _print(self, words: Text, indent: int) -> None:
        from rich.text import Text

        for line in words.wrap(self._console, self._console.width - indent) or [words]:
            line.rstrip()
            self._console.print(Text.assemble(" " * indent, line), soft_wrap=True)
        sys.stdout.flush()
