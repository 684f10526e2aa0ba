"""Old text as read, new text as read -> where each stretch of the old one went.

Paragraphs that stand unchanged are matched first, then the words between them; what then is left on both sides is
sought again regardless of order: words that were moved. Offsets count code points of the texts as read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from builder.model.prose import Span
from builder.model.remember import remembered
from builder.model.value import value_class
from builder.relate.kept import bare_of_others, kept, pieces, reaching, split
from builder.relate.normal import plain
from builder.relate.passages import Link, links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.relate.kept import Piece
NEAR = 48
"""Characters on either side of a passage in which its surroundings are looked at: a line or so."""

FIRM = 0.4
"""The share of them that must have been kept, for the surroundings still to stand."""

BESIDE = 24
"""Characters just beside the passage that may be gone with it, and the surroundings still stand."""

FAR = 5000
"""Characters between two kept stretches beyond which it isn't asked which of the new words stand for which old ones:
each note in a text that was exchanged as a whole would read all of it."""

REWRITTEN = 0.5
"""Where less of the words between two kept stretches is kept, on either side, they were written anew as a whole."""

REPLACED = 4
"""So many words stand for as many others in their place, though none is like any of them."""

LEAST = 0.2
"""Of more words so much must be kept at least: else they are not the same ones revised."""


@value_class(frozen=True, slots=True)
class Carried:
    """Where a stretch of the old text went."""

    span: Span | None
    """What stands for it in the new text; None where none of its words was kept."""
    share: float
    """How much of its words, by their letters, is among those that stand there now: 1 for all, in any order."""
    moved: bool = False
    """Whether it stands in another order among the paragraphs and sentences around it than before."""
    same: bool = False
    """Whether the same words stand there, in normal form and in their order, and nothing else."""
    gap: Span | None = None
    """Where its surroundings still stand, on both sides: what stands between them now, perhaps nothing."""


@remembered  # to hold a text against an equal one takes as long as it is, and ten thousand notes ask
@lru_cache(maxsize=32)
def carry(old: str, new: str) -> Carry:
    """The map from one text to another; the last few are kept: each of a text's selectors asks for the same."""
    return Carry(old, new)


class Carry:
    """The map from one text to another: made once for the two, asked for each span."""

    def __init__(self, old: str, new: str) -> None:
        """Compare the two texts: about linear where little was changed, bounded where all was."""
        self.old = old
        self.new = new
        self.unchanged = old == new
        self._links: Sequence[Link] = links(old, new)
        self._starts = [link.old for link in self._links]
        self._home = [link for link in self._links if not link.move]
        self._home_starts = [link.old for link in self._home]
        self._reached = sorted(self._links, key=lambda link: link.new)
        self._reached_starts = [link.new for link in self._reached]

    def where(self, span: Span) -> Carried:
        """Where a stretch of the old text went."""
        if (link := self.even(span)) is not None:
            new = Span(span.start + link.new - link.old, span.end + link.new - link.old)
            return Carried(new, 1.0, moved=link.move > 0, same=True, gap=None if link.move else new)
        met = self._met(span)
        gap = self._gap(span)
        if not met:
            if beside := self._beside(span):
                return Carried(beside, 1.0, moved=gap is None or not gap.holds(beside), same=True, gap=gap)
            found = self._between(span)
            return self._carried(span, found, gap, moved=False) if found is not None else Carried(None, 0.0, gap=gap)
        move = self._most(met, span)
        whole = [link for link in met if link.move == move]
        start, end = self._start(whole[0], span), self._end(whole[-1], span)
        return self._carried(span, Span(start, max(start, end)), gap, moved=move > 0)

    def even(self, span: Span) -> Link | None:
        """The link that holds a whole span letter for letter, None where none does, or there are no letters."""
        index = bisect_right(self._starts, span.start) - 1
        link = self._links[index] if index >= 0 else None
        holds = link is not None and link.even and span.end <= link.old_end
        return link if holds and self.old[span.start : span.end].strip() else None

    def blocks(self) -> tuple[tuple[Span, Carried], ...]:
        """Each stretch of the old text between two blank lines, and where it went."""
        words = self.old.split("\n\n")
        ends = accumulate((len(one) + 2 for one in words), initial=0)
        spans = [Span(start, start + len(one)) for start, one in zip(ends, words, strict=False)]
        return tuple((span, self.where(span)) for span in spans)

    def is_new(self, span: Span) -> bool:
        """Whether most of a stretch of the new text stood nowhere in the old one, as far as could be seen."""
        index = max(0, bisect_right(self._reached_starts, span.start) - 1)
        known = 0
        while index < len(self._reached) and self._reached[index].new < span.end:
            link = self._reached[index]
            known += max(0, min(link.new_end, span.end) - max(link.new, span.start))
            index += 1
        return 2 * known < len(span)

    def _carried(self, span: Span, new: Span, gap: Span | None, *, moved: bool) -> Carried:
        before = [piece.word for piece in pieces(self.old, span.start, span.end)]
        new = self._reaching(before, new)
        now = [piece.word for piece in pieces(self.new, new.start, new.end)]
        same = plain(self.old[span.start : span.end]) == plain(self.new[new.start : new.end])
        return Carried(new, 1.0 if same else kept(before, now), moved, same, gap)

    def _reaching(self, before: Sequence[str], new: Span) -> Span:
        """A stretch with words that it lacks and that stand beside it now: two changed places across its edge."""
        low, high = max(0, new.start - BESIDE), min(len(self.new), new.end + BESIDE)
        around = pieces(self.new, low, high)
        within = [index for index, one in enumerate(around) if new.start <= one.start and one.end <= new.end]
        if not within:
            return new
        words = [one.word if self._is_free(one) else "" for one in around]
        for index in within:
            words[index] = around[index].word
        first, last = reaching(before, words, within[0], within[-1] + 1)
        return Span(min(new.start, around[first].start), max(new.end, around[last - 1].end))

    def _is_free(self, piece: Piece) -> bool:
        """Whether a word of the new text stands for none of the old one."""
        index = bisect_right(self._reached_starts, piece.start) - 1
        return index < 0 or self._reached[index].new_end <= piece.start

    def _start(self, first: Link, span: Span) -> int:
        """Where a span begins whose first kept words lie in a link."""
        if first.old <= span.start:
            return first.new + (span.start - first.old if first.even else 0)
        index = bisect_left(self._starts, first.old)
        before = self._links[index - 1] if index and self._links[index - 1].move == first.move else None
        at_home = before is None and not first.move and first is self._home[0]
        old = Span(before.old_end if before else 0 if at_home else span.start, first.old)
        new = Span(before.new_end if before else 0 if at_home else first.new, first.new)
        part = self._part(old, new, span)
        return part.start if part is not None else first.new

    def _end(self, last: Link, span: Span) -> int:
        """Where a span ends whose last kept words lie in a link."""
        if last.old_end >= span.end:
            return last.new_end - (last.old_end - span.end if last.even else 0)
        index = bisect_left(self._starts, last.old) + 1
        after = self._links[index] if index < len(self._links) and self._links[index].move == last.move else None
        at_home = after is None and not last.move and last is self._home[-1]
        old = Span(last.old_end, after.old if after else len(self.old) if at_home else span.end)
        new = Span(last.new_end, after.new if after else len(self.new) if at_home else last.new_end)
        part = self._part(old, new, span)
        return part.end if part is not None else last.new_end

    def _between(self, span: Span) -> Span | None:
        """What may stand for a span of which no word was kept as it was: spelt otherwise, between what was kept."""
        index = bisect_left(self._home_starts, span.end)
        before = self._home[index - 1] if index else None
        after = self._home[index] if index < len(self._home) else None
        old = Span(before.old_end if before else 0, after.old if after else len(self.old))
        new = Span(before.new_end if before else 0, after.new if after else len(self.new))
        return None if self._rewritten(old, new, span) else self._part(old, new, span)

    def _rewritten(self, old: Span, new: Span, span: Span) -> bool:
        """Whether a gap holds other words now, of which a few recur by chance; a span that fills it is judged alone."""
        if max(len(old), len(new)) > FAR:
            return True
        around, now, inside = (
            [piece.word for piece in pieces(text, one.start, one.end)]
            for text, one in ((self.old, old), (self.new, new), (self.old, span))
        )
        return 2 * len(inside) < len(around) and max(kept(around, now), kept(now, around)) < REWRITTEN

    def _beside(self, span: Span) -> Span | None:
        """Where the very words stand a word or two from where they stood, if they do so once: they changed places."""
        index = bisect_left(self._home_starts, span.end)
        since = self._home[index - 1].old_end if index else 0
        until = self._home[index].old if index < len(self._home) else len(self.old)
        low = self._home[index - 1].new_end if index else 0
        high = self._home[index].new if index < len(self._home) else len(self.new)
        # Where more was changed around them, a sentence was written anew: common words recur in it by chance.
        if max(until - since, high - low) > len(span) + BESIDE:
            return None
        there = pieces(self.new, max(0, low - BESIDE), min(len(self.new), high + BESIDE))
        wanted = [piece.word for piece in pieces(self.old, span.start, span.end)]
        if not wanted:
            return None
        found = [
            Span(there[first].start, there[first + len(wanted) - 1].end)
            for first in range(len(there) - len(wanted) + 1)
            if all(one.word == word and self._is_free(one) for one, word in zip(there[first:], wanted, strict=False))
        ]
        return found[0] if len(found) == 1 else None

    def _part(self, old: Span, new: Span, span: Span) -> Span | None:
        """Of what stands in a gap now the part that stands for a span's words there; None where nothing does."""
        if max(len(old), len(new)) > FAR:
            return None
        start, end = max(old.start, span.start), min(old.end, span.end)
        outside, inside, rest = (
            [piece.word for piece in pieces(self.old, *bounds)]
            for bounds in ((old.start, start), (start, end), (end, old.end))
        )
        there = pieces(self.new, new.start, new.end)
        shown = [piece.word for piece in there]
        lettered = [any(map(str.isalnum, "".join(words))) for words in (inside, shown)]
        if not there or not inside or lettered == [False, True]:
            return None  # for a full stop no words stand: two sentences became one
        first = split((outside, [*inside, *rest]), shown)
        last = first + split((inside, rest), shown[first:])
        first, last = bare_of_others(inside, shown, first, last)
        few = max(len(inside), last - first) <= REPLACED
        if not few and kept(inside, shown[first:last]) < LEAST:
            return None
        return Span(there[first].start, there[last - 1].end) if first < last else None

    def _gap(self, span: Span) -> Span | None:
        """What stands now between what surrounded a span, if that was kept on both sides; the text's ends count."""
        start, end = self._edge_before(span.start), self._edge_after(span.end)
        return Span(start, end) if start is not None and end is not None and start <= end else None

    def _edge_before(self, offset: int) -> int | None:
        """Where what stood before an offset ends now; None where too little of it was kept."""
        low = max(0, offset - NEAR)
        index = bisect_left(self._home_starts, offset) - 1
        if index < 0:
            return None if self.old[:offset].strip() else 0
        last = self._home[index]
        found = 0
        while index >= 0 and self._home[index].old_end > low:
            found += min(offset, self._home[index].old_end) - max(low, self._home[index].old)
            index -= 1
        if found < FIRM * (offset - low) or last.old_end + BESIDE < offset:
            return None
        return last.new_end - (max(0, last.old_end - offset) if last.even else 0)

    def _edge_after(self, offset: int) -> int | None:
        """Where what stood after an offset begins now; None where too little of it was kept."""
        high = min(len(self.old), offset + NEAR)
        index = max(0, bisect_right(self._home_starts, offset) - 1)
        while index < len(self._home) and self._home[index].old_end <= offset:
            index += 1
        if index == len(self._home):
            return None if self.old[offset:].strip() else len(self.new)
        first = self._home[index]
        found = 0
        while index < len(self._home) and self._home[index].old < high:
            found += min(high, self._home[index].old_end) - max(offset, self._home[index].old)
            index += 1
        if found < FIRM * (high - offset) or first.old > offset + BESIDE:
            return None
        return first.new + (max(0, offset - first.old) if first.even else 0)

    def _met(self, span: Span) -> list[Link]:
        """The links that hold something of a span besides white space."""
        index = max(0, bisect_right(self._starts, span.start) - 1)
        found = []
        while index < len(self._links) and self._links[index].old < span.end:
            link = self._links[index]
            if self.old[max(link.old, span.start) : min(link.old_end, span.end)].strip():
                found.append(link)
            index += 1
        return found

    def _most(self, met: Sequence[Link], span: Span) -> int:
        """Where most of a span's letters went: home (0), or with which move."""
        letters: dict[int, int] = {}
        for link in met:
            size = min(link.old_end, span.end) - max(link.old, span.start)
            letters[link.move] = letters.get(link.move, 0) + size
        return max(letters, key=lambda move: (letters[move], -move))
