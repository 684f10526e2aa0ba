"""A prose and the spans over it -> where each begins and ends among its characters: the pairs of points of TEI."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from builder.model.prose import Close, Element, Open, Run, Span
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.model.glossary import Occurrence
    from builder.model.prose import Prose


@value_class(frozen=True, slots=True)
class Passage:
    """Words of a text that something speaks of, bounded by two points."""

    id: str
    """An NCName: the id of the passage's mark in the pages, where it has one."""
    span: Span
    state: str
    """How its words were found: a `State`'s value."""
    term: str = ""
    """The term that is used there, where the passage is an occurrence that no element can hold."""


class Ground:
    """The characters of a prose that a writer comes by: its runs, footnotes included, in the order of their starts."""

    def __init__(self, prose: Prose) -> None:
        found = sorted(_runs(prose), key=lambda run: run[0])
        self._runs = [span for span, _ in found]
        self._words = [span for span, code in found if not code]
        self._starts = [span.start for span in self._runs]
        self._ends = [span.end for span in self._runs]

    def narrowed(self, span: Span) -> Span | None:
        """The span from its first character in a run to its last one, None where it has none: over pictures alone."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end) - 1
        if first >= len(self._runs) or last < 0:
            return None
        start = max(span.start, self._runs[first].start)
        end = min(span.end, self._runs[last].end)
        return Span(start, end) if start < end else None

    def fits(self, span: Span) -> bool:
        """Whether an element may hold it: it lies within one run, and not in code."""
        index = bisect_right(self._words, span.start, key=lambda run: run.start) - 1
        return index >= 0 and len(span) > 0 and self._words[index].holds(span)


def _runs(prose: Prose) -> Iterator[tuple[Span, bool]]:
    """Each run that isn't empty, and whether it lies in code."""
    for frame in (prose.frame, *(note.frame for note in prose.footnotes)):
        code = 0
        for event in frame:
            if isinstance(event, Run) and len(event.span):
                yield event.span, code > 0
            elif isinstance(event, Open | Close) and event.element in (Element.CODE, Element.CODE_BLOCK):
                code += 1 if isinstance(event, Open) else -1


class Points:
    """What a writer must set between the characters of a prose, by offset."""

    def __init__(self, passages: Sequence[Passage], terms: Sequence[Occurrence]) -> None:
        """`passages` are narrowed; `terms` fit, and don't overlap."""
        self.begins: dict[int, list[str]] = defaultdict(list)
        self.ends: dict[int, list[str]] = defaultdict(list)
        for one in sorted(passages, key=lambda one: (one.span.start, -one.span.end, one.id)):
            self.begins[one.span.start].append(f"{one.id}.from")
            self.ends[one.span.end].insert(0, f"{one.id}.to")
        self.terms = {one.span.start: one for one in terms}
        self.term_ends = frozenset(one.span.end for one in terms)
        self._offsets = sorted({*self.begins, *self.ends, *self.terms, *self.term_ends})

    def within(self, span: Span) -> list[int]:
        """The offsets of a span, its ends included, at which something stands."""
        return self._offsets[bisect_left(self._offsets, span.start) : bisect_right(self._offsets, span.end)]


def apart(ground: Ground, occurrences: Sequence[Occurrence]) -> tuple[list[Occurrence], list[Occurrence]]:
    """The occurrences that elements may hold, and those that they can't: across other elements, in code, crossing."""
    held: list[Occurrence] = []
    others: list[Occurrence] = []
    reached = 0
    for one in sorted(occurrences, key=lambda one: (one.span.start, -one.span.end, one.number)):
        if one.span.start >= reached and ground.fits(one.span):
            held.append(one)
            reached = one.span.end
        else:
            others.append(one)
    return held, others
