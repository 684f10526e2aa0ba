"""A heading that names a block without words, a picture, and what is remembered of it -> Anchor or Orphan.

There are no words that could be followed: it is known by its address, which follows those that stand around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.note import Anchor, Orphan, State
from builder.relate.doubts import named_elsewhere
from builder.relate.haystack import WHOLE, block_name

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.lock import Remembered
    from builder.model.note import Found, Selector
    from builder.relate.haystack import Haystack

_GONE = "what {} was when this was written had no words, as a picture has none, and is gone"
_HINT = (
    "name the paragraph that is meant now (if it is this number: in its other form, {}), or take out what is said of it"
)


def wordless(selector: Selector, within: Haystack, memory: Remembered) -> tuple[Found, tuple[Diagnostic, ...]] | None:
    """What becomes of it, and what is to be said. None where it isn't known which it was: its number must decide."""
    if selector.blocks in ("", WHOLE) or (not memory.block and memory.span is not None):
        return None
    bare = [block for block in within.blocks if not len(block.span)]
    meant = next((block for block in bare if block.id == memory.block), None)
    if meant is None:
        other = f"{'p' if '¶' in selector.heading else '¶'}{selector.blocks[1:]}"
        told = diagnose("G210", selector.place, _GONE.format(selector.heading), _HINT.format(other))
        return Orphan(selector, State.LOST, (), settled=memory.settled), () if memory.settled else (told,)
    if within.first_block(selector.blocks) is meant:
        return Anchor(selector, meant.span, State.EXACT, 1.0), ()
    anchor = Anchor(selector, meant.span, State.MOVED, 1.0)
    alone = sum(block.span == meant.span for block in bare) == 1  # of several in a row none can be told by its place
    return anchor, (named_elsewhere(anchor, block_name(meant), selector.blocks, sure=alone),)
