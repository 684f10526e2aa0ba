"""Quotations × edits -> what the program made of each, held against the truth."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.anchoring.edits import COPYING, ENDING, LASTING, MOVING, Spot
from benchmarks.anchoring.tracked import Cells, Tracked, agrees, flat, read, truth, written
from builder.model.diagnostic import Place
from builder.model.lock import Remembered
from builder.model.note import Anchor, Selector, State
from builder.model.prose import Block, BlockKind, Prose, Span
from builder.relate.anchor import anchor
from builder.relate.describe import context
from builder.relate.haystack import Haystack, haystack
from builder.relate.normal import plain

if TYPE_CHECKING:
    from benchmarks.anchoring.texts import Sentences
    from builder.model.note import Found

SURVIVES = 0.5
"""Where so many of the letters are still there, the words are."""


@dataclass
class Row:
    """What became of all quotations under one kind of edit."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    """Each wrong one, told for whoever looks into it."""

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    @property
    def decidable(self) -> int:
        """All but those that nothing could decide."""
        return sum(self.counts[name] for name in OUTCOMES if name != "undecidable")


OUTCOMES = ("right", "silent wrong", "flagged wrong", "missed", "orphan right", "undecidable")


def prose(text: str) -> Prose:
    """A text of paragraphs alone."""
    blocks = []
    place = 0
    for number, words in enumerate(text.split("\n\n"), 1):
        blocks.append(Block(f"p{number}", number, BlockKind.PARAGRAPH, Span(place, place + len(words)), number))
        place += len(words) + 2
    return Prose(text, (), tuple(blocks), Span(0, len(text)))


def quotations(text: Tracked, chance: random.Random, count: int) -> Iterator[Spot]:
    """Random stretches of one to a dozen words, each within a sentence, cutting no word."""
    pool = [(one, two) for one, paragraph in enumerate(text) for two, cells in enumerate(paragraph) if len(cells) > 5]
    while count:
        paragraph, sentence = chance.choice(pool)
        cells = text[paragraph][sentence]
        words = _bounds(cells)
        first = chance.randrange(len(words))
        last = min(len(words), first + chance.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 12)))
        start, end = words[first][0], words[last - 1][1]
        if sum(cell.counts for cell in cells[start:end]) < 2:
            continue
        count -= 1
        yield Spot(paragraph, sentence, start, end)


def _bounds(cells: Cells) -> list[tuple[int, int]]:
    from benchmarks.anchoring.edits import _words

    return _words(cells, 0, len(cells))


class Trial:
    """One text, with and without what was kept of it."""

    def __init__(self, sentences: Sentences, *, seed: int, count: int) -> None:
        self.text = read(sentences)
        self.old = written(flat(self.text))
        self.stack = haystack(prose(self.old), "text")
        self.chance = random.Random(seed)
        self.count = count
        self.rows: dict[tuple[str, str], Row] = {}

    def run(self) -> dict[tuple[str, str], Row]:
        """(mode, kind of edit) -> what became of the quotations."""
        for kind, edit in {**LASTING, **ENDING}.items():
            for spot in quotations(self.text, self.chance, self.count):
                new = edit(self.text, spot, self.chance)
                if new is not None:
                    self._judge(kind, spot, flat(new))
        return self.rows

    def _judge(self, kind: str, spot: Spot, cells: Cells) -> None:
        begun = self.text[spot.paragraph][spot.sentence][0].origin
        old = Span(begun + spot.start, begun + spot.end)
        letters = sum(cell.counts for cell in self.text[spot.paragraph][spot.sentence][spot.start : spot.end])
        known = truth(cells, old.start, old.end, letters)
        now = haystack(prose(written(cells)), "text")
        quotation = self.old[old.start : old.end]
        prefix, suffix = context(self.stack, old)
        memory = Remembered(self.old, old, quotation, prefix, suffix, State.EXACT, 1.0, same=True)
        bare = Selector(quotation, ((quotation,),), Place("notes.md"))
        around = Selector(quotation, ((quotation,),), Place("notes.md"), prefix=prefix, suffix=suffix)
        for mode, found in (("lock", anchor(bare, now, memory)[0]), ("alone", anchor(around, now)[0])):
            row = self.rows.setdefault((mode, kind), Row())
            whole = f"{plain(prefix + quotation + suffix)}" if mode == "alone" else ""
            outcome = self._outcome(found, cells, old, known.survived >= SURVIVES, spot, now, kind, whole)
            row.counts[outcome] += 1
            if outcome == "right" and kind in MOVING:
                row.counts["moved, not told"] += found.state is State.EXACT
            if outcome == "missed":
                row.counts["ambiguous"] += found.state is State.AMBIGUOUS
            if outcome in ("silent wrong", "flagged wrong", "missed"):
                row.wrong.append(self._told(outcome, found, cells, old, now))

    def _outcome(
        self, found: Found, cells: Cells, old: Span, survives: bool, spot: Spot, now: Haystack, kind: str, whole: str
    ) -> str:
        known = truth(cells, old.start, old.end, 1)
        if isinstance(found, Anchor):
            if known.end and agrees(cells, (found.span.start, found.span.end), (old.start, old.end), known):
                return "right"
            if self._undecidable(spot, old, now, kind, whole):
                return "undecidable"
            return "silent wrong" if found.state is State.EXACT else "flagged wrong"
        if not survives:
            return "orphan right"
        return "undecidable" if self._undecidable(spot, old, now, kind, whole) else "missed"

    def _undecidable(self, spot: Spot, old: Span, now: Haystack, kind: str, whole: str) -> bool:
        """Whether nothing could tell: beside the sentence stood, or stands, its twin; or a lone twin is all there is.

        `whole` is all that is known without the old text; "" with it. Where it stands elsewhere word for word, that
        is where it must be sought.

        Without the old text a quotation whose sentence or paragraph is gone, and whose very words stand elsewhere,
        is the same to see as one whose sentence was moved there.
        """
        sentences = self.text[spot.paragraph]
        own = plain(written(sentences[spot.sentence]))
        beside = [sentences[one] for one in (spot.sentence - 1, spot.sentence + 1) if 0 <= one < len(sentences)]
        if any(plain(written(one)) == own for one in beside) or now.normal.text.count(f"{own} {own}"):
            return True
        if whole and now.normal.text.count(whole) >= COPYING.get(kind, 2):
            return True
        return bool(whole) and kind in ENDING and bool(now.standing(plain(self.old[old.start : old.end])).allowed)

    def _told(self, outcome: str, found: Found, cells: Cells, old: Span, now: Haystack) -> str:
        stood = self.old[max(0, old.start - 50) : old.start] + "[" + self.old[old.start : old.end] + "]"
        stood += self.old[old.end : old.end + 50]
        known = truth(cells, old.start, old.end, 1)
        there = _shown(now.prose.content, known.start, known.end) if known.end else "gone"
        made = found.state.value
        if isinstance(found, Anchor):
            made += f" {found.score:.2f} " + _shown(now.prose.content, found.span.start, found.span.end)
        return f"{outcome}\n   stood  {stood!r}\n   truth  {there!r}\n   found  {made!r}"


def _shown(text: str, start: int, end: int) -> str:
    return text[max(0, start - 50) : start] + "[" + text[start:end] + "]" + text[end : end + 50]
