"""The rules for `{#id .class}` above a block or after a span, a picture, a link, code: only id and class are kept."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

ALLOWED = ("id", "class")
"""What `{…}` in a text may set."""

REFUSED = "insecure_attrs"
"""Where a token's `meta` keeps what was not allowed."""

LINE = "attributes_line"
"""Where a token's `meta` keeps the line (from 0) on which its attributes stand alone."""

LOST = "lost_attributes"
"""Where the environment keeps the lines (from 0) of attributes under which no block stands."""

_AFTER = frozenset({"image", "code_inline", "link_close", "span_close"})
_LENGTH = 1_000
"""Characters that `{…}` may have within a line: what is longer is words. A bound keeps long paragraphs fast."""


def attributes(md: MarkdownIt) -> None:
    """Teach a parser attributes, in the grammar of mdit-py-plugins."""
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

    md.use(attrs_plugin, spans=True, allowed=ALLOWED)
    md.use(attrs_block_plugin, allowed=ALLOWED)
    md.inline.ruler.at("span", _span)
    md.inline.ruler.at("attr", _after_inline)
    md.core.ruler.at("attr", _above_blocks)


def _read(state: StateInline, position: int) -> tuple[int, dict[str, str]] | None:
    """The attributes at a position, and where they end."""
    from mdit_py_plugins.attrs.parse import ParseError, parse

    if position >= state.posMax or state.src[position] != "{":
        return None
    try:
        length, found = parse(state.src[position : min(position + _LENGTH, state.posMax)])
    except ParseError:
        return None
    return position + length + 1, found


def _span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    start, end, maximum = state.pos + 1, state.md.helpers.parseLinkLabel(state, state.pos, False), state.posMax
    found = _read(state, end + 1) if end >= 0 else None
    if found is None:
        return False
    if not silent:
        state.pos, state.posMax = start, end
        _set(state.push("span_open", "span", 1), found[1])
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = found[0], maximum
    return True


def _after_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{" or not state.tokens or state.pending or state.tokens[-1].type not in _AFTER:
        return False
    found = _read(state, state.pos)
    if found is None:
        return False
    if not silent:
        _set(_opening(state.tokens), found[1])
    state.pos = found[0]
    return True


def _opening(tokens: list[Token]) -> Token:
    """The token that opens what the last one closes; the last one itself where it stands alone."""
    levels = accumulate(token.nesting for token in reversed(tokens))
    return next(token for token, level in zip(reversed(tokens), levels, strict=True) if level == 0)


def _above_blocks(state: StateCore) -> None:
    """Attributes on a line of their own belong to the block that begins below it; several lines add up."""
    kept: list[Token] = []
    held: dict[str, Any] = {}
    line = 0
    for token in state.tokens:
        if token.type == "attrs_block":
            held = _added(held, token.attrs)
            line = token.map[0] if token.map else line
            continue
        if held and token.nesting >= 0:
            _set(token, held)
            token.meta = {**token.meta, LINE: line}
        elif held:
            state.env.setdefault(LOST, []).append(line)
        held = {}
        kept.append(token)
    if held:
        state.env.setdefault(LOST, []).append(line)
    state.tokens = kept


def _added(first: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    """Both, the second where they disagree; but classes add up."""
    both = {**first, **then}
    if "class" in first and "class" in then:
        both["class"] = f"{first['class']} {then['class']}"
    return both


def _set(token: Token, found: Mapping[str, Any]) -> None:
    refused = {name: value for name, value in found.items() if name not in ALLOWED}
    if refused:
        token.meta = {**token.meta, REFUSED: {**token.meta.get(REFUSED, {}), **refused}}
    token.attrs = _added(token.attrs, {name: value for name, value in found.items() if name in ALLOWED})
