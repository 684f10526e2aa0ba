"""Words that are sought, a text of which some characters couldn't be read -> whether they are lost only for these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model.diagnostic import UNREADABLE
from builder.relate.normal import plain

if TYPE_CHECKING:
    from builder.model.note import Selector
    from builder.model.text import Text

_EFFORT = 20_000_000
"""Characters that are looked through: of a large book some hundred passages."""


@dataclass(slots=True)
class Garbled:
    """What may hide in the garbled words of an edition. Once much was looked through, all may."""

    left: int = _EFFORT

    def may_hide(self, selector: Selector, text: Text, normal: str) -> bool:
        """Whether words that aren't found as they should be may stand in a text, also by its `normal` form, garbled."""
        if UNREADABLE in selector.heading + selector.prefix + selector.suffix:
            return True
        if not text.unread or selector.blocks:
            return text.unread and not text.prose.blocks
        if UNREADABLE not in normal:
            return not text.prose.blocks
        sought = {plain(part) for reading in selector.readings for part in reading}
        sought |= {plain(part) for part in (selector.prefix, selector.suffix)}
        return any(one not in normal and self._may_stand(one, normal) for one in sought)

    def _may_stand(self, sought: str, normal: str) -> bool:
        self.left -= len(normal)
        garbled = "".join(f"[{re.escape(letter)}{UNREADABLE}]" for letter in sought)
        return self.left < 0 or re.search(garbled, normal) is not None
