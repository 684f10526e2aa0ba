"""Words as they were, words of now -> whether they may say something else: then their author must say what holds."""

from __future__ import annotations

from collections import Counter

from builder.relate import words
from builder.relate.normal import plain

KEPT = 0.7
"""The share of its words that a reworded passage must have kept, where the old text tells that it is the passage.
With fewer its place is still sure; but where every third word is another, whether the note speaks of what stands there
now is for its author to say: `review`."""

LIKE = 0.9
"""How like the quotation the place must be, where nothing but the likeness speaks for it: a slip of the pen, one letter
in ten. Less is an edit, and of an edit the old text is to be asked."""

_NEGATIONS = "never none neither nobody nothing without cannot hardly nicht kein keine jamais nunca"
NEGATIONS = frozenset(_NEGATIONS.split())
"""Longer words that turn what is said into its opposite."""

SHORT = 3
"""Letters up to which a word may be a negation in whatever language: no, not, ne, pas."""


def turned(old: str, new: str) -> bool:
    """Whether the words of now may say the opposite, or another number."""
    before, after = (Counter(words.tokens(plain(said).lower())) for said in (old, new))
    return any(
        len(word) <= SHORT or word in NEGATIONS or word.endswith("n't") or any(map(str.isdigit, word))
        for word in ((before - after) + (after - before))
    )
