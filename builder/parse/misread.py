"""The tokens of a source and its lines -> what is told of blocks that were read as something else than they look."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.parse.indented import indented_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from builder.model.diagnostic import Diagnostic
    from builder.parse.manner import Manner

_INNER_BAR = re.compile(r"\S[ \t]+\|[ \t]+\S")
_QUOTED = re.compile(r"^(?:[ \t]*>[ \t]?)+")
_SIGNS = re.compile(r"(#{2,6})([^\s#].*)")
_SETTINGS = re.compile(r"\}[ \t]*$")
_INDENT = re.compile(r" {2,}|\t")


def misread(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    """Words that became verse or none, headings that are paragraphs, paragraphs that are code."""
    yield from _torn_verse(tokens, manner)
    yield from _barred_verse(tokens, manner)
    yield from _headings(tokens, manner)
    yield from indented_prose(tokens, manner)


def _torn_verse(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    """Lines without a bar that follow a line of verse, where they go on as verse or are indented as only verse is."""
    verse_ends = -1
    for index, token in enumerate(tokens):
        if token.type == "verse_open" and token.map:
            verse_ends = token.map[1]
        elif token.type in ("paragraph_open", "code_block") and token.map and token.map[0] == verse_ends:
            lines = manner.lines[slice(*token.map)]
            after = tokens[index + (3 if token.type == "paragraph_open" else 1) :][:1]
            goes_on = any(one.type == "verse_open" and one.map and one.map[0] == token.map[1] for one in after)
            if goes_on or "|" in map(str.strip, lines) or (not token.level and _INDENT.match(lines[0])):
                yield from _without_bar(lines[0], token.map[0], manner)


def _without_bar(typed: str, line: int, manner: Manner) -> Iterator[Diagnostic]:
    words = typed.strip(" \t>")
    if words.startswith("|"):
        return
    message = f"“{words[:80]}” follows a line of verse and is none: it has no bar, and parts the stanza"
    hint = f"leave a line empty above what is no verse, or write: | {_QUOTED.sub('', typed).rstrip()[:60]}"
    yield diagnose("G149", manner.place(line, typed.find(words) + 1), message, hint)


def _barred_verse(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    """Verse of which two lines, one after the other, are parted by bars as the rows of a table are."""
    for token in tokens:
        if token.type != "stanza_open" or not token.map:
            continue
        start, end = token.map
        lines = manner.lines[start:end]
        barred = [bool(_INNER_BAR.search(line, line.find("|") + 1)) for line in lines]
        first = next((at for at, pair in enumerate(pairwise(barred)) if all(pair)), -1)
        if first >= 0:
            typed = lines[first]
            message = "these lines look like a table, but are shown as verse, bars and all"
            hint = "below a table's head stands a line of dashes with as many cells: | --- | --- |; in verse write \\|"
            yield diagnose("G149", manner.place(start + first, typed.find("|") + 1), message, hint)


def _headings(tokens: Sequence[Token], manner: Manner) -> Iterator[Diagnostic]:
    """Lines of paragraphs that begin with number signs and no space. Entries have told of those that may be theirs."""
    for before, token in pairwise(tokens):
        if before.type != "paragraph_open" or token.type != "inline" or "##" not in token.content or not token.map:
            continue
        for index, words in enumerate(token.content.split("\n")):
            found = _SIGNS.match(words)
            if found and (manner.numbered or (len(found[1]) > 2 and not _SETTINGS.search(words))):
                line = token.map[0] + index
                message = "this line looks like a heading, but is a paragraph: a space is missing after its signs"
                hint = f"write: {found[1]} {found[2][:60]}; a paragraph that is to begin so has a backslash: \\#"
                yield diagnose("G140", manner.place(line, manner.lines[line].find("##") + 1), message, hint)
