"""Words sought for what names its text beside them (`article ¶4 “words”`) -> places and advice in that form.

A note has the settings `in`, `before` and `after` to say which place it means. The end of a cross-reference, a place
that a term names and a reference have the paragraph, before the words, and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.relate.lost import PLACES_TOLD, cited, short

if TYPE_CHECKING:
    from builder.model.diagnostic import Diagnostic
    from builder.model.note import Orphan
    from builder.relate.haystack import Haystack

_NAMED = re.compile(r"¶\d+|title|dek")
_INNER = re.compile(r"(?:fn|h)\d+")
_MORE_WORDS = "quote a few words more"
_STANDS = ("G202", "G204")


def typed_outside(found: Orphan, within: Haystack, *, inner: bool = False) -> Orphan:
    """The orphan with what its author would type for each place instead of settings, "" where no paragraph chooses it.

    `inner`: whether headings and footnotes can be named too, as they can in a reference.
    """
    if not any(one.setting for one in found.nearest):
        return found
    blocks = [within.where(one.span.start) for one in found.nearest]
    times = Counter(blocks)
    if len(blocks) == PLACES_TOLD:
        times[blocks[-1]] += 1  # nobody looked whether they stand there once more

    def typed(block: str) -> str:
        named = _NAMED.fullmatch(block) or (inner and _INNER.fullmatch(block))
        alone = times[block] == 1 and block.replace("¶", "p") != found.selector.within
        return f"{within.name} {block} “{short(found.selector.heading)}”" if named and alone else ""

    nearest = (replace(one, setting=typed(block)) for one, block in zip(found.nearest, blocks, strict=True))
    return replace(found, nearest=tuple(nearest))


def advice_outside(told: Diagnostic, found: Orphan, within: Haystack, form: str = "{}") -> str:
    """What a diagnostic advises of words that stand in several places, or elsewhere; `form` is around what is typed.

    `found` has what is typed for each place.
    """
    typed = [form.replace("{}", one.setting) for one in found.nearest if one.setting]
    if told.code in _STANDS:
        more = [f"else {_MORE_WORDS}"] if len(typed) < len(found.nearest) else []
        return f"say which: {'; '.join((*typed, *more))}" if typed else _MORE_WORDS
    if typed or "it stands elsewhere" in told.hint:
        where = typed or [*dict.fromkeys(cited(within, one.span) for one in found.nearest)]
        return f"it stands elsewhere: {'; '.join(where)}"
    return told.hint
