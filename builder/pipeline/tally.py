"""What each edition gives to the site's lists, one after another -> all of it, with no more lines than will be shown.

A term's concordance is shown on the site's glossary while it is short. Of a term that is used more often nothing is
kept but how often: else a site of a thousand editions would hold every sentence of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from builder.pipeline.overlaid import Overlaid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.pipeline.sheets import Sheets
    from builder.render.given import Given

Value = TypeVar("Value")


class Tally:
    """Counts how often each term is used, from what was before and what is made anew."""

    def __init__(self, before: Mapping[str, Given], uses: Mapping[str, int], gone: Iterable[str]) -> None:
        """What the last build's editions gave, and what it counted. What those gave that are `gone` counts no more."""
        from builder.render.given import uses_of

        self._before = before
        self._used_before = uses
        self._fresh: dict[str, Given] = {}
        self._kept: dict[object, object] = {}
        """What many editions give alike, by itself."""
        self.uses = Counter(self._used_before)
        """Term -> how often it stands in all editions."""
        for name in gone:
            self.uses.subtract(uses_of(self._before[name]))

    def take(self, given: Given) -> None:
        """Count in what an edition gives that was made anew."""
        from builder.render.given import trimmed, uses_of

        self.uses.update(uses_of(given))
        self._fresh[given.edition] = self._sparing(trimmed(given, self.uses))

    @property
    def taken(self) -> tuple[Given, ...]:
        """What was counted in so far."""
        return tuple(self._fresh.values())

    def _sparing(self, given: Given) -> Given:
        """The same, with one copy of what editions share: each that another process made brings its own."""
        one = self._one
        terms = (
            term if term.owner else replace(term, view=one(term.view), words=one(term.words)) for term in given.terms
        )
        return replace(given, terms=tuple(terms))

    def _one(self, value: Value) -> Value:
        """The first value that was equal to this one."""
        return cast("Value", self._kept.setdefault(value, value))

    def givens(self, editions: Iterable[str], sheets: Sheets) -> Mapping[str, Given]:
        """What each of these editions gives, in their order.

        Where a term has become rare enough for its lines to be shown, editions that were kept are asked for theirs.
        """
        from builder.render.given import lacks_lines, trimmed

        names = tuple(editions)
        self.uses += Counter()  # without those that stand nowhere any more
        fresh = {name: trimmed(given, self.uses) for name, given in self._fresh.items()}
        if self._rarer():
            for name in names:
                if name not in fresh and lacks_lines(self._before[name], self.uses):
                    given = sheets(name).given
                    assert given is not None
                    fresh[name] = trimmed(given, self.uses)
        return Overlaid(names, fresh, self._before)

    def _rarer(self) -> bool:
        from builder.render.given import LINES

        return any(count > LINES >= self.uses[term] for term, count in self._used_before.items())
