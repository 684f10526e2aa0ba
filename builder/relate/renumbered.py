"""A heading that names blocks (¶4, h2, fn1), and where their words went -> the blocks that it means now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.note import Anchor, Orphan, State
from builder.relate.haystack import block_name
from builder.relate.lost import short

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Found, Selector
    from builder.model.prose import Span
    from builder.relate.carry import Carried
    from builder.relate.haystack import Haystack

Outcome = tuple["Found", tuple["Diagnostic", ...]]

KEPT = 0.3
"""The share of a block's words that must still be there. A block may change more than a quotation and be the same."""


def renumbered(selector: Selector, within: Haystack, went: Carried) -> Outcome:
    """The blocks that hold the words which those named then held; lost where they hold them no more."""
    named = within.passage(selector.blocks)
    if named is not None and went.span is not None and _nearly(named, went.span):
        return Anchor(selector, named, State.EXACT, 1.0), ()
    name = _name(within, went.span) if went.span is not None and went.share >= KEPT else ""
    span = within.passage(name.replace("¶", "p")) if name else None
    if span is None:
        message = f"note lost its passage: {selector.heading}"
        hint = f"{selector.heading} now is “{short(within.prose.words(named))}”" if named else ""
        return Orphan(selector, State.LOST), (diagnose("G210", selector.place, message, hint),)
    message = f"{selector.heading} now is {name}: “{short(within.prose.words(span))}”"
    told = diagnose("G211", selector.place, message, f"write {name}")
    return Anchor(selector, span, State.EXACT, 1.0), (told,)


def _nearly(one: Span, other: Span) -> bool:
    """Whether two stretches are mostly the same one."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return 2 * common >= max(len(one), len(other))


def _name(within: Haystack, span: Span) -> str:
    """How the blocks are named that hold a span, from the first to the last."""
    first, last = within.block_at(span.start), within.block_at(max(span.start, span.end - 1))
    if first is None or last is None:
        return ""
    if first.number is None or last.number is None or first.number >= last.number:
        return block_name(first)
    return f"¶{first.number}-{last.number}"

