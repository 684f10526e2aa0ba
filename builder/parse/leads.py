"""The parser's rules for links and pictures -> where each one's address begins, and the addresses that were refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from builder.parse.harmless import is_harmless

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    InlineRule = Callable[[StateInline, bool], bool]

LEADS = "leads"
"""Where the environment keeps what was noted of the source."""

BLOCK = "block"
"""Where the environment keeps the token of the block whose words are being read."""

AT = "at"
"""Where the `meta` of a link or a picture keeps where its address begins."""

CELL = "cell"
"""What says of a block's token that it is the cell of a table."""


@dataclass(slots=True)
class Spot:
    """Where an address begins: in the words of a block, or at line and character (from 0) of the source."""

    address: str
    block: Token | None
    at: int
    line: int = 0


@dataclass(slots=True)
class _Trial:
    """A rule that tries whether a link or a picture begins here."""

    state: Any
    begin: int
    base: int
    """Where the words that it reads begin in those of their block: a picture's are read by themselves."""
    at: int = -1


class Leads:
    """What the rules of one parser note of the source that is being read."""

    def __init__(self) -> None:
        self._trials: list[_Trial] = []
        self._refused: dict[tuple[int, int, int], Spot] = {}

    def begin(self, environment: MutableMapping[str, Any]) -> None:
        """Forget what was noted of another source, and of one that could not be read to its end."""
        self._trials.clear()
        self._refused.clear()
        environment[LEADS] = self

    def refused(self) -> tuple[Spot, ...]:
        """The addresses that were refused, as often as each was typed, in the order in which they were read."""
        return tuple(self._refused.values())

    def may_be_followed(self, address: str) -> bool:
        """What the parser asks of each address: what isn't linked stays as it was typed, and is told."""
        harmless = is_harmless(address)
        if not harmless and self._trials:
            spot = self._spot(address, self._trials[-1])
            self._refused[id(spot.block), spot.line, spot.at] = spot
        return harmless

    def destination(self, source: str, at: int) -> None:
        """The rule that was begun last looks for an address at this character of what it reads."""
        self._trials[-1].at = at + source.startswith("<", at)

    def inline(self, rule: InlineRule, opening: str) -> InlineRule:
        """The same rule; what it finds knows where its address begins."""

        def noting(state: StateInline, silent: bool) -> bool:
            if state.src[state.pos] != opening:  # nor would the rule itself
                return False
            trial = _Trial(state, state.pos, self._base(state), state.pos + 1)
            self._trials.append(trial)
            count = len(state.tokens)
            found = rule(state, silent)
            self._trials.pop()
            if found and not silent:
                token = next(one for one in state.tokens[count : count + 2] if one.type != "text")
                token.meta[AT] = self._found(token, trial)
            return found

        return noting

    def definition(self, rule: Callable[[StateBlock, int, int, bool], bool]) -> Any:
        """The rule for `[label]: ADDRESS`; each address knows where it begins."""

        def noting(state: StateBlock, line: int, end: int, silent: bool) -> bool:
            trial = _Trial(state, line, 0)
            self._trials.append(trial)
            known = len(state.env.get("references", ()))
            found = rule(state, line, end, silent)
            self._trials.pop()
            references = state.env.get("references", {})
            if len(references) > known:
                made = references[next(reversed(references))]
                made[AT] = self._spot(made["href"], trial)
            return found

        return noting

    def _base(self, state: StateInline) -> int:
        if not self._trials:
            return 0
        outer = self._trials[-1]
        return outer.base if outer.state is state else outer.base + outer.begin + len("![")

    @staticmethod
    def _found(token: Token, trial: _Trial) -> int | Spot:
        """Where in the block's words; an address by reference stands where its label is defined: there it is mended."""
        label = token.meta.get("label")
        spot: int | Spot = trial.state.env["references"][label][AT] if label else trial.base + trial.at
        return spot

    @staticmethod
    def _spot(address: str, trial: _Trial) -> Spot:
        state = trial.state
        if hasattr(state, "bMarks"):
            return _in_source(address, state, trial)
        return Spot(address, state.env[BLOCK], trial.base + trial.at)


def _in_source(address: str, state: StateBlock, trial: _Trial) -> Spot:
    """Where an address that a label is defined by stands: `at` counts from the bracket, over the lines that follow."""
    line, at = trial.begin, trial.at
    while at >= (length := _length(state, line)):
        at -= length
        line += 1
    begin = state.bMarks[line] + state.tShift[line]
    return Spot(address, None, begin - (state.src.rfind("\n", 0, begin) + 1) + at, line=line)


def _length(state: StateBlock, line: int) -> int:
    """How many characters of a line the rule reads, its end included."""
    return state.eMarks[line] + 1 - state.bMarks[line] - state.tShift[line]


def placed_addresses(md: MarkdownIt) -> None:
    """Teach a parser that is bounded to note where addresses stand."""
    from markdown_it.rules_block import reference
    from markdown_it.rules_inline import autolink, image, link

    leads = Leads()
    md.validateLink = leads.may_be_followed  # type: ignore[assignment,method-assign]
    md.options["store_labels"] = True
    md.core.ruler.before("normalize", "leads", lambda state: leads.begin(state.env))
    for name, rule, opening in (("link", link, "["), ("image", image, "!"), ("autolink", autolink, "<")):
        md.inline.ruler.at(name, leads.inline(rule, opening))
    md.block.ruler.at("reference", leads.definition(reference))
    parse = md.helpers.parseLinkDestination

    def noting(source: str, at: int, end: int) -> Any:
        leads.destination(source, at)
        return parse(source, at, end)

    md.helpers.parseLinkDestination = noting  # type: ignore[attr-defined]
