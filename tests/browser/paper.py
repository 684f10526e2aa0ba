"""A page as Chromium prints it -> its lines, the numbers beside them, its notes: read off the PDF, not off the page."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.browser.reader import until
from tests.handouts.print_reading import MM, Word, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Page

TEXT, QUOTED, NOTE, NUMBER = 14.0, 13.0, 10.66, 8.66
"""Sizes of letters, in pixels as the PDF has them: 10.5, 9.75, 8 and 6.5 points."""
DEK = 16.0
TITLES = (28.0, 21.33, 18.66)
"""Those of a text's title: on its reading page, in the conversation, as a reply; and of the parts that follow."""
HEIGHTS = {"A4": 297.0, "Letter": 279.4}
COLUMN = 26 * MM
"""Where the text begins: the margin of the paper, then room for the numbers of paragraphs."""
WIDTH = 107 * MM
BESIDE = COLUMN + WIDTH + 7 * MM
"""Where the margin of notes begins."""
CAME = "[...document.querySelectorAll('[media=print]')].some(e => e.sheet)"


@dataclass(frozen=True)
class Row:
    """Words on one baseline of the column of the text."""

    page: int
    base: float
    words: tuple[Word, ...]

    @property
    def counts(self) -> bool:
        """Whether it is a line of the text: neither title nor a note under a paragraph."""
        return not self.titled and any(word.size in (TEXT, QUOTED) for word in self.words)

    @property
    def titled(self) -> bool:
        """Whether a text or a part begins here."""
        return self.words[0].size in TITLES


class Paper:
    """What stands on the paper."""

    def __init__(self, pdf: bytes, texts: int, height: float) -> None:
        self.words = words_of(pdf)
        self.foot = (height - 19) * MM
        self._texts = texts

    def rows(self) -> list[Row]:
        """Rows of the column of the text from the first title on, downwards, as far as the texts go."""
        found: dict[tuple[int, float], list[Word]] = defaultdict(list)
        for word in self.words:
            if (
                word.top < self.foot
                and word.left > COLUMN - 2
                and word.right < COLUMN + WIDTH + 3
                and word.size in (TEXT, QUOTED, NOTE, DEK, *TITLES)
            ):
                found[word.page, round(word.base)].append(word)
        rows = [
            Row(page, row[0].base, tuple(sorted(row, key=lambda word: word.left)))
            for (page, _), row in sorted(found.items())
        ]
        begins = [at for at, row in enumerate(rows) if row.titled and (at == 0 or not rows[at - 1].titled)]
        begins.append(1 + max(at for at, row in enumerate(rows) if row.counts))
        return rows[begins[0] : begins[self._texts]]

    def lines(self) -> list[tuple[int, Row]]:
        """The lines of the texts with their numbers, counted here: from one again in each text."""
        counted: list[tuple[int, Row]] = []
        number = 0
        for row in self.rows():
            number = 0 if row.titled else number + row.counts
            if row.counts:
                counted.append((number, row))
        return counted

    def numbers(self) -> dict[tuple[int, int], int]:
        """Page and baseline -> the number printed there between text and margin."""
        return {
            (word.page, round(word.base)): int(word.words)
            for word in self.words
            if word.size == NUMBER and word.words.isdigit() and COLUMN + WIDTH - 3 < word.left < BESIDE
        }

    def beside(self) -> list[Word]:
        """The words of the margin, downwards."""
        last = self.rows()[-1]
        words = [word for word in self.words if word.left > BESIDE and word.page <= last.page and word.top < self.foot]
        return sorted(words, key=lambda word: (word.page, round(word.base), word.left))


def printed(page: Page, paper: str, file: Path) -> Paper:
    """The page on paper, once the script that lays it out has come."""
    until(page, CAME)
    page.pdf(path=file, format=paper)
    return Paper(file.read_bytes(), page.locator(".text,.pane").count(), HEIGHTS[paper])


def letters(words: str) -> str:
    """Words without what may part them."""
    return re.sub(r"[\W_]+", "", words)


ASKED = """() => [...document.querySelectorAll('.sheet .para .notes > .note')].map(note => {
  const key = note.id.replace(/^note-/, ''), para = note.closest('.para'), rest = document.createRange();
  const start = document.querySelector(`mark[data-n~="${CSS.escape(key)}"]`) || document.getElementById('ref-' + key);
  if (para.contains(start)) rest.setStartBefore(start); else rest.setStart(para.querySelector('.tx'), 0);
  rest.setEndAfter(para.querySelector('.tx'));
  const words = rest.cloneContents();
  words.querySelectorAll('.pn, .ref, .tie, .re').forEach(e => e.remove());
  const bare = note.cloneNode(true);
  bare.querySelectorAll('.nh, .lemma, .nx, .re').forEach(e => e.remove());
  return [bare.textContent, words.textContent, note.className];
})"""
"""Of each note: what it says, and the text from the words on that it is about."""


@dataclass(frozen=True)
class Said:
    """A note: its letters, and those of the text from its lemma on."""

    note: str
    text: str
    asks: bool


def notes_of(page: Page) -> list[Said]:
    """The notes of a reading page in their order."""
    found = page.evaluate(ASKED)
    return [Said(letters(note), letters(text)[:40], "c-question" in classes) for note, text, classes in found]


class Spelled:
    """Words as one run of letters: where in them some stand."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._of = [word for word in words for _ in letters(word.words)]
        self.run = "".join(letters(word.words) for word in words)

    def find(self, said: str) -> tuple[Word, Word] | None:
        """The first and the last word of what is said, if it is."""
        at = self.run.find(said)
        return None if at < 0 else (self._of[at], self._of[at + len(said) - 1])
