"""Texts whose every character knows where it came from, so that the truth after an edit is known and not guessed.

Nothing here knows the program that is tried: cells are moved about, and where they end is the truth.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

NEW = -1


class Cell(NamedTuple):
    """One character of a text."""

    letter: str
    origin: int
    """Its place in the text before the edit; `NEW` for what the edit put in."""
    touched: bool = False
    """Whether the edit changed it or the word that it stands in: a span may end on either side of such a word."""

    @property
    def counts(self) -> bool:
        """Whether it is a letter, a digit, a mark or a picture: white space and punctuation are nobody's words."""
        return not self.letter.isspace() and unicodedata.category(self.letter)[0] not in "PZC"


Cells = list[Cell]
Tracked = list[list[Cells]]
"""Paragraphs of sentences of cells. What separates sentences stands at their ends."""


def read(paragraphs: list[list[str]]) -> Tracked:
    """A text made of paragraphs of sentences; origins count as in `written`."""
    tracked: Tracked = []
    place = 0
    for sentences in paragraphs:
        cells: list[Cells] = []
        for sentence in sentences:
            cells.append([Cell(letter, place + index) for index, letter in enumerate(sentence)])
            place += len(sentence)
        tracked.append(cells)
        place += 2
    return tracked


def fresh(words: str, *, touched: bool = False) -> Cells:
    """Words that an edit puts in."""
    return [Cell(letter, NEW, touched) for letter in words]


def flat(text: Tracked) -> Cells:
    """All cells in order, blank lines between paragraphs."""
    cells: Cells = []
    for index, paragraph in enumerate(one for one in text if any(one)):
        cells += fresh("\n\n") if index else []
        cells += [cell for sentence in paragraph for cell in sentence]
    return cells


def written(cells: Cells) -> str:
    """The text itself."""
    return "".join(cell.letter for cell in cells)


@dataclass(frozen=True)
class Truth:
    """Where the words of a quotation are after an edit."""

    start: int
    end: int
    """From the first to the last that survived; both 0 where none did."""
    survived: float
    """The share of its letters that did."""


def truth(cells: Cells, start: int, end: int, letters: int) -> Truth:
    """Where the characters went that came from [start, end), of which `letters` count."""
    places = [place for place, cell in enumerate(cells) if start <= cell.origin < end and cell.counts]
    kept = len({cells[place].origin for place in places})
    if not places or not letters:
        return Truth(0, 0, 0.0)
    return Truth(places[0], places[-1] + 1, kept / letters)


def agrees(cells: Cells, found: tuple[int, int], old: tuple[int, int], known: Truth) -> bool:
    """Whether a span found is the true one, but for words that the edit touched at its ends."""
    start, end = found
    inside = range(start, end)
    if not any(old[0] <= cells[place].origin < old[1] for place in inside):
        return False
    for place in range(min(start, known.start), max(end, known.end)):
        cell = cells[place]
        ours = old[0] <= cell.origin < old[1]
        if cell.touched or not cell.counts:
            continue
        if ours and place not in inside:
            return False
        if not ours and place in inside and not known.start <= place < known.end:
            return False
    return True
