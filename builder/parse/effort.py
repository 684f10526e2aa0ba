"""How much work the parser may spend on one source: rules that count its steps -> `Tangled` where they run out.

Some sources make any Markdown parser try every bracket against every other, or every line in every open quotation.
Counting its steps bounds the time that a source can take by its length, whatever stands in it. What the parser made is
counted too: a page is made of each paragraph and each piece of a line, and `Crowded` says that there are too many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from builder.parse.leads import BLOCK, CELL

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

STEPS_BEFORE = 1_000_000
STEPS_EACH = 4
"""Steps that a source may take: so many, and so many more for each of its characters. Ordinary prose takes one step
for four characters, the densest markup that still says something three for one; a step takes about a microsecond."""

STEPS_MOST = 2_000_000
"""… and no more, however long it is: twice what prose takes before it has too many pieces. A step that leads to nothing
takes three microseconds where there are a million of them."""

BLOCK_STEP = 5
"""What the look at one line for the beginning of a block counts, in steps within a line."""

BLOCKS = 30_000
"""Paragraphs, items of lists, headings … of one source: thrice those of the longest novels."""

PIECES = 300_000
"""Pieces of lines (words, emphasis, links, breaks) and cells of tables: prose has one for fourteen characters."""

LINES = 500_000
"""Lines of one source: what the parser keeps of each takes more room than the line."""

REFERENCE = 10
"""What a reference counts, in pieces: each is looked for in all that can be referred to."""

ADDRESSES_BEFORE = 4_000
ADDRESSES_EACH = 4
"""Letters of what links and pictures by reference lead to, with their titles: so many, and so many more for each
character of the source. `[a]` takes three characters, and the page has all of its address each time."""

_MARKUP = re.compile(r"[\\`*_\[\]<&{\n]").search
"""Every rule for what stands in a line waits for one of these; the one for pictures for two."""

_KEY = "effort"
_CELLS = frozenset({"td_open", "th_open"})
_LEADS = {"link_open": "href", "image": "src"}


class Tangled(Exception):  # noqa: N818  (it is caught where it is raised for, and told as a diagnostic)
    """The steps ran out at a line (counted from 0) of the source: `told` says over what."""

    def __init__(self, line: int, told: str = "brackets or quotations lie in one another past reading") -> None:
        super().__init__(line)
        self.line = line
        self.told = told


class Crowded(Tangled):
    """More stands in the source up to a line than a page can show: `what` of it, and how many of that are read."""

    def __init__(self, line: int, what: str, most: int, instead: str = "part it into several texts") -> None:
        super().__init__(line)
        self.what = what
        self.most = most
        self.instead = instead


@dataclass(slots=True)
class _Effort:
    left: int
    most_addresses: int
    line: int = 0
    blocks: int = 0
    pieces: int = 0
    addresses: int = 0

    def lead(self, letters: int) -> None:
        self.addresses += letters
        if self.addresses > self.most_addresses:
            what = "letters of addresses that links and pictures refer to, each time that they do"
            raise Crowded(self.line, what, self.most_addresses, "refer to shorter ones, or not as often")

    def count(self, pieces: int) -> None:
        self.pieces += pieces
        if self.pieces > PIECES:
            raise Crowded(self.line, "pieces of text and cells of tables", PIECES)

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise Tangled(self.line)


def bounded(md: MarkdownIt) -> None:
    """Teach a parser to count. `Tangled` is raised by its `parse` and `parseInline` from then on."""
    md.core.ruler.before("normalize", "effort", lambda state: _begin(state.env, state.src))
    md.block.ruler.before("table", "effort", _watch_block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("text", "effort", _watch_inline)
    md.core.ruler.at("inline", _inline)
    md.helpers = cast("Any", _Helpers(md.helpers))


def _begin(env: MutableMapping[str, Any], source: str) -> None:
    if source.count("\n") > LINES:
        raise Crowded(LINES, "lines", LINES)
    length = len(source)
    steps = min(STEPS_BEFORE + STEPS_EACH * length, STEPS_MOST)
    env[_KEY] = _Effort(steps, ADDRESSES_BEFORE + ADDRESSES_EACH * length)


def _watch_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    effort: _Effort = state.env[_KEY]
    effort.line = line
    effort.spend(BLOCK_STEP)
    if not silent:
        effort.blocks += 1
        if effort.blocks > BLOCKS:
            raise Crowded(line, "paragraphs and items of lists", BLOCKS)
    return False


def _watch_inline(state: StateInline, silent: bool) -> bool:  # noqa: ARG001
    effort: _Effort = state.env[_KEY]
    effort.left -= 1
    if effort.left < 0:
        effort.spend(0)
    if len(state.tokens) > PIECES:
        effort.count(len(state.tokens))
    return False


def _inline(state: Any) -> None:
    """The words of every block, each parsed with its line known; those in which nothing can be markup at once."""
    from markdown_it.token import Token

    effort: _Effort = state.env[_KEY]
    referred = {one["href"] for one in state.env.get("references", {}).values()}
    before = ""
    for token in state.tokens:
        if token.type == "inline":
            if token.content and not _MARKUP(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
                effort.count(1)
                continue
            effort.line = token.map[0] if token.map else effort.line
            state.env[BLOCK] = token
            if before in _CELLS:
                token.meta[CELL] = True
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            effort.count(sum(REFERENCE if one.type == "reference" else 1 for one in token.children))
            if referred:
                effort.lead(sum(_referred(one, referred) for one in token.children))
        before = token.type


def _referred(token: Any, addresses: set[str]) -> int:
    """The letters of an address, and of its title, that a link or a picture has from elsewhere in the source."""
    address = token.attrs.get(_LEADS.get(token.type, ""), "")
    return len(address) + len(token.attrs.get("title", "")) if address in addresses else 0


class _Helpers:
    """The parser's own functions for links, but for the one that looks for the end of a bracket."""

    def __init__(self, helpers: Any) -> None:
        self.parseLinkDestination = helpers.parseLinkDestination
        self.parseLinkTitle = helpers.parseLinkTitle

    @staticmethod
    def parseLinkLabel(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N802, N803
        """Where the bracket that opens at `start` closes, -1 where it doesn't (or holds a link, which it may not)."""
        effort: _Effort = state.env[_KEY]
        before, depth, end = state.pos, 1, -1
        state.pos = start + 1
        while state.pos < state.posMax:
            here = state.pos
            character = state.src[here]
            if character == "]":
                depth -= 1
                if depth == 0:
                    end = here
                    break
            state.md.inline.skipToken(state)
            if character == "[":
                if state.pos == here + 1:
                    depth += 1
                elif disableNested:
                    break
            effort.left -= 1
            if effort.left < 0:
                effort.spend(0)
        state.pos = before
        return end
