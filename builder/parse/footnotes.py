"""The author's own footnotes: the rule for their calls, and a document's tokens -> its main part and its footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_CALL = re.compile(r"\[\^([^\]\s]{1,200})\]")
_OPEN, _CLOSE = "footnote_reference_open", "footnote_reference_close"


@dataclass(slots=True)
class Definition:
    """One footnote's own tokens, and the line (from 0) on which it begins."""

    label: str
    line: int
    tokens: list[Token] = field(default_factory=list)


@value_class(frozen=True, slots=True)
class Parted:
    """A document's tokens without its footnotes, these by label, and those whose label was taken already."""

    main: list[Token]
    footnotes: dict[str, Definition]
    doubled: list[Definition]


def footnotes(md: MarkdownIt) -> None:
    """Teach a parser footnotes. Their tokens stay where they were written: `part` takes them out."""
    from mdit_py_plugins.footnote import footnote_plugin

    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.inline.ruler.at("footnote_ref", _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[^", state.pos):
        return False
    known = state.env.get("footnotes", {}).get("refs", {})
    found = _CALL.match(state.src, state.pos, state.posMax) if known else None
    if found is None or f":{found[1]}" not in known:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True


def part(tokens: Iterable[Token]) -> Parted:
    """Take the footnotes out, also those that were written within one another."""
    parted = Parted([], {}, [])
    within: list[Definition] = []
    for token in tokens:
        if token.type == _OPEN:
            label = str(token.meta["label"])
            definition = Definition(label, token.map[0] if token.map else 0)
            if label in parted.footnotes:
                parted.doubled.append(definition)
            else:
                parted.footnotes[label] = definition
            within.append(definition)
        elif token.type == _CLOSE:
            within.pop()
        else:
            (within[-1].tokens if within else parted.main).append(token)
    return parted
