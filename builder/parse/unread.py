"""A prose that was read -> what is told of words that were meant for a picture, a link, a reference or a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.parse.unmatched import (
    empty_references,
    unmatched,
    unread_citations,
    unread_links,
    unread_pictures,
    unread_verse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model.diagnostic import Diagnostic
    from builder.model.prose import Prose
    from builder.parse.manner import Manner


def shown_as_typed(prose: Prose, manner: Manner) -> Iterator[Diagnostic]:
    """What was meant for a picture or a link and stands on the page as it was typed."""
    for typed, *at in unread_pictures(prose, manner.lines):
        spaced = " " in typed.partition("(")[2]
        hint = "write %20 for each space in the name, or rename the file" if spaced else "write ![what it shows](FILE)"
        yield diagnose("G121", manner.place(*at), f"“{typed[:80]}” is no picture, and shows as it is typed", hint)
    for typed, *at in unread_verse(prose, manner.lines):
        hint = f"write: | {typed[1:60]}"
        yield diagnose("G149", manner.place(*at), f"“{typed[:80]}” is no line of verse: a space is missing", hint)
    for typed, *at in unread_links(prose, manner.lines):
        hint = "write [words](ADDRESS), no space in the address; brackets that are no link have a backslash: \\["
        yield diagnose("G146", manner.place(*at), f"“{typed[:80]}” is no link, and shows as it is typed", hint)


def half_bracketed(prose: Prose, manner: Manner) -> Iterator[Diagnostic]:
    """References that lack a bracket and so stand on the page as they were typed."""
    for brackets, *at in unmatched(prose, manner.lines):
        other = "]]" if brackets == "[[" else "[["
        hint = f"write [[ before and ]] after what is meant; brackets that are none have a backslash: \\{brackets[0]}"
        yield diagnose("G406", manner.place(*at), f"“{brackets}” has no “{other}”: this is no reference", hint)
    for typed, *at in empty_references(prose, manner.lines):
        hint = "write what is meant: [[TEXT ¶3]], [[#NOTE]] or [[TERM]]; brackets that are none have a backslash: \\["
        yield diagnose("G406", manner.place(*at), f"“{typed[:80]}” names nothing: this is no reference", hint)
    for typed, *at in unread_citations(prose, manner.lines):
        yield diagnose("G406", manner.place(*at), *_uncited(" ".join(typed.split())))


def _uncited(typed: str) -> tuple[str, str]:
    """What is wrong with something meant for a citation, and how it is written."""
    shown, none = typed[:80], "brackets that are none have a backslash: \\["
    if not (typed[0] == "[" and typed[-1] == "]"):
        other = "]" if typed[0] == "[" else "["
        return f"“{shown}” has no “{other}”: this is no citation", f"write [@KEY], or [@KEY, p. 3]; {none}"
    before, _, rest = typed[1:-1].partition("@")
    if before.strip():
        hint = f"a citation begins with its key, and the words stand before it: {before.strip('- ')} [@{rest}]"
        return f"“{shown}” is no citation, and shows as it is typed", f"{hint}; {none}"
    key, _, locator = rest.partition(" ")
    if not locator or ";" in typed or key[-1] in ",:":
        hint = f"write [@KEY], [@KEY, p. 3] or [@KEY; @KEY]; {none}"
        return f"“{shown}” is no citation, and shows as it is typed", hint
    return f"“{shown}” is no citation: after the key a comma is missing", f"write [@{key}, {locator}]; {none}"
