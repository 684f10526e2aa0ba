"""A text whose characters are known one by one, edits -> the new text, and where each old character went."""

from __future__ import annotations

from typing import NamedTuple

NOBODY = -1
"""Who a character is that stood nowhere before."""


def instead(owner: int) -> int:
    """The mark of a character that stands instead of one that went: a word replaced, a letter mistyped."""
    return -2 - owner


def owner(mark: int) -> int:
    """The old character that one stands for, whether it is that one or stands instead; `NOBODY` for none."""
    return mark if mark >= NOBODY else -2 - mark


class Tracked(NamedTuple):
    """A text, and for each of its characters a mark: an old offset, `instead` of one, or `NOBODY`."""

    text: str
    marks: list[int]

    @classmethod
    def of(cls, text: str) -> Tracked:
        """A text before all edits."""
        return cls(text, list(range(len(text))))

    @classmethod
    def new(cls, text: str) -> Tracked:
        """Words that stood nowhere before."""
        return cls(text, [NOBODY] * len(text))

    def part(self, start: int, end: int) -> Tracked:
        """A stretch of it."""
        return Tracked(self.text[start:end], self.marks[start:end])

    def put(self, start: int, end: int, *pieces: Tracked) -> Tracked:
        """The text with [start, end) replaced by some pieces, in order; no pieces delete it."""
        text, marks = self.text[:start], self.marks[:start]
        for piece in pieces:
            text += piece.text
            marks += piece.marks
        return Tracked(text + self.text[end:], marks + self.marks[end:])

    def retyped(self, start: int, end: int, text: str) -> Tracked:
        """The text with [start, end) typed otherwise; of what is typed the same at either end the marks stay."""
        old = self.text[start:end]
        head = 0
        while head < min(len(old), len(text)) and old[head] == text[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(text)) - head and old[-1 - tail] == text[-1 - tail]:
            tail += 1
        before, inner = start + head, end - tail
        gone = self.marks[before:inner] or self.marks[start:end][-1:] or [NOBODY]
        # Of a letter doubled nobody can say which one is new.
        doubled = before == inner and head > 0 and text[head : len(text) - tail] == text[head - 1]
        if doubled:
            gone = self.marks[before - 1 : before]
        marks = [owner(gone[min(index, len(gone) - 1)]) for index in range(len(text) - head - tail)]
        marks = [mark if mark == NOBODY or doubled else instead(mark) for mark in marks]
        return self.put(before, inner, Tracked(text[head : len(text) - tail], marks))

    def spelt(self, table: dict[str, str]) -> Tracked:
        """The text with single characters written otherwise, each of them still itself."""
        pieces = [table.get(letter, letter) for letter in self.text]
        marks = [mark for mark, piece in zip(self.marks, pieces, strict=True) for _ in piece]
        return Tracked("".join(pieces), marks)
