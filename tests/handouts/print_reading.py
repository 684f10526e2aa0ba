"""A PDF -> its words with their boxes, its lines, its text: what a reader of the print sees."""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

import pypdfium2
import pypdfium2.raw as raw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MM = 72 / 25.4
TEXT_SIZE = 10.5
STROKE = 0.6
"""Points by which the box of a half bracket is wider than its path, on each side."""


@dataclass(frozen=True)
class Word:
    """A word on a page: points from the left and from the top, its size, and the baseline that it stands on."""

    page: int
    words: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    base: float

    def meets(self, other: Word) -> bool:
        slack = 0.6
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.top < other.bottom - slack
            and other.top < self.bottom - slack
        )


@dataclass(frozen=True)
class Letter:
    letter: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    base: float

    def follows(self, other: Letter) -> bool:
        """Whether it goes on with a word."""
        if bidirectional(self.letter) == "AL" == bidirectional(other.letter):
            # two letters in one form are told in the order of those that run from the left
            return abs(self.base - other.base) <= 2 and other.left - self.size <= self.right <= other.right + self.size
        return abs(self.base - other.base) <= 2 and other.left - 3 <= self.left <= other.right + 3


@lru_cache(maxsize=32)
def words_of(pdf: bytes) -> Sequence[Word]:
    """The words of a PDF in the order in which they were set. Most are asked for by several tests."""
    found: list[Word] = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        word: list[Letter] = []
        for letter in [*letters_of(page), None]:
            if word and (letter is None or letter.letter.isspace() or not letter.follows(word[-1])):
                found.append(_word(number, word))
                word = []
            if letter is not None and not letter.letter.isspace() and letter.right > letter.left:
                word.append(letter)
    return found


def letters_of(page: Any) -> Iterator[Letter]:
    """The letters of a page, in the order in which they were set."""
    height, text = page.get_height(), page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        left, low, right, high = text.get_charbox(index)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        size = round(raw.FPDFText_GetFontSize(text, index), 2)
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        yield Letter(letter, left, height - high, right, height - low, size, height - y.value)


def _word(page: int, word: list[Letter]) -> Word:
    return Word(
        page,
        "".join(one.letter for one in word),
        min(one.left for one in word),
        min(one.top for one in word),
        max(one.right for one in word),
        max(one.bottom for one in word),
        word[0].size,
        word[0].base,
    )


def overlaps(words: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Pairs of words on one page whose letters meet."""
    met = []
    by_page: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        by_page[word.page].append(word)
    for page in by_page.values():
        page.sort(key=lambda word: word.top)
        for index, word in enumerate(page):
            for other in page[index + 1 :]:
                if other.top >= word.bottom:
                    break
                if word.meets(other):
                    met.append((word, other))
    return met


def mirrored(words: Sequence[Word], width: float = 210 * MM) -> list[Word]:
    """The words of pages that run from the right as they would stand if these ran from the left."""
    return [replace(word, left=width - word.right, right=width - word.left) for word in words]


@dataclass(frozen=True)
class Line:
    page: int
    base: float
    words: str


def lines_of(words: Sequence[Word], left: float = 26 * MM, width: float = 107 * MM) -> list[Line]:
    """The lines of the text itself, by page and downwards: words of its size in its column."""
    rows: dict[tuple[int, float], list[Word]] = defaultdict(list)
    for word in words:
        if abs(word.size - TEXT_SIZE) < 0.2 and left - 2 < word.left and word.right < left + width + 8:
            rows[word.page, round(word.base, 1)].append(word)
    return [
        Line(page, base, " ".join(word.words for word in sorted(row, key=lambda word: word.left)))
        for (page, base), row in sorted(rows.items())
    ]


def undivided(lines: list[Line]) -> list[Line]:
    """The lines with each word that is divided at an end whole in the line in which it begins."""
    made: list[Line] = []
    taken = 0
    for at, line in enumerate(lines):
        words, following = line.words.split()[taken:], lines[at + 1].words.split() if at + 1 < len(lines) else []
        taken = int(bool(words) and words[-1][-1] in "\ufffe\x02-" and bool(following))
        if taken:
            words[-1] = words[-1][:-1] + following[0]
        made.append(Line(line.page, line.base, " ".join(words)))
    return made


def printed_numbers(
    words: Sequence[Word], left: float = 26 * MM, width: float = 107 * MM
) -> list[tuple[int, float, int]]:
    """Page, baseline and number of each number that is printed between text and notes."""
    return [
        (word.page, word.base, int(word.words))
        for word in words
        if word.words.isdigit() and word.size == 7 and left + width < word.left < left + width + 8 * MM
    ]


def running(words: Sequence[Word]) -> str:
    """All words in the order in which they are read, those divided at the end of a line whole again."""
    text = " ".join(word.words for word in words)
    return re.sub(r"[\ufffe\u00ad\u0002-] ?(?=\w)", "", re.sub(r"(?<=\w)[\ufffe\u0002] ", "", text))


def links_of(pdf: bytes) -> list[tuple[int, str, int]]:
    """Page, words and goal of each link: the page to which it leads, 0 for an address on the web."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number, page in enumerate(document, 1):
        text, place, link = page.get_textpage(), ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page.raw, place, link):
            box = raw.FS_RECTF()
            raw.FPDFLink_GetAnnotRect(link, box)
            words = text.get_text_bounded(box.left, box.bottom, box.right, box.top)
            goal = raw.FPDFLink_GetDest(document.raw, link)
            page_to = raw.FPDFDest_GetDestPageIndex(document.raw, goal) + 1 if goal else 0
            found.append((number, " ".join(words.split()), page_to))
    return found


Box = tuple[int, float, float, float, float]


def brackets_of(pdf: bytes) -> list[Box]:
    """Page, left, top, right and bottom of each half bracket: a path of two short strokes."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        height = page.get_height()
        for one in page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=4):
            left, low, right, high = one.get_bounds()
            left, low, right, high = left + STROKE, low + STROKE, right - STROKE, high - STROKE
            corner = raw.FPDFPath_CountSegments(one.raw) == 3
            if corner and 1 < right - left < 5 and 1 < high - low < 5:
                found.append((number, left, height - high, right, height - low))
    return found


Point = tuple[float, float]
STEPS = 40
"""Points that are looked at of each curve, and of each straight stroke."""


def paths_of(page: Any) -> Iterator[list[Point]]:
    """Each path on a page as points that lie on it, from the left and from the top."""
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    for one in page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        raw.FPDFPageObj_GetMatrix(one.raw, matrix)
        along: list[Point] = []
        ends: list[Point] = []
        for at in range(raw.FPDFPath_CountSegments(one.raw)):
            segment = raw.FPDFPath_GetPathSegment(one.raw, at)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            across = matrix.a * x.value + matrix.c * y.value + matrix.e
            up = matrix.b * x.value + matrix.d * y.value + matrix.f
            ends.append((across, page.get_height() - up))
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO or not along:
                along.append(ends.pop())
            elif kind == raw.FPDF_SEGMENT_LINETO or len(ends) == 3:
                along += _bent([along[-1], *ends])
                ends = []
        yield along


def _bent(ends: list[Point]) -> Iterator[Point]:
    """Points on a stroke or a curve, after its first."""
    for step in range(1, STEPS + 1):
        left = ends
        while len(left) > 1:
            part = step / STEPS
            left = [(a + (c - a) * part, b + (d - b) * part) for (a, b), (c, d) in pairwise(left)]
        yield left[0]
