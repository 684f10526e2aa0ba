"""A tracked text and the place of a quotation in it -> the text as an editor leaves it, by the kinds of edit."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from benchmarks.anchoring.tracked import NEW, Cell, Cells, Tracked, fresh


class Spot(NamedTuple):
    """Where a quotation lies: paragraph, sentence, and its cells [start, end) in that sentence."""

    paragraph: int
    sentence: int
    start: int
    end: int


Edit = Callable[[Tracked, Spot, random.Random], Tracked | None]
"""None where the edit can't be made on this quotation."""


def _copy(text: Tracked) -> Tracked:
    return [[list(sentence) for sentence in paragraph] for paragraph in text]


def _words(cells: Cells, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words in [start, end) begin and end; signs of a script without spaces each by itself."""
    found: list[tuple[int, int]] = []
    for place in range(start, end):
        cell = cells[place]
        if not cell.counts:
            continue
        alone = cell.letter > "\u2fff"
        if found and found[-1][1] == place and not alone and not cells[place - 1].letter > "\u2fff":
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def _touch(cells: Cells, start: int, end: int) -> None:
    for place in range(start, end):
        cells[place] = cells[place]._replace(touched=True)


def elsewhere(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """A word put into another paragraph."""
    others = [one for one in range(len(text)) if one != spot.paragraph]
    new = _copy(text)
    sentence = chance.choice(new[chance.choice(others)])
    sentence[:0] = fresh("Indeed ", touched=True)
    return new


def typo(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """A letter changed, taken out or doubled in one word of the quotation."""
    new = _copy(text)
    cells = new[spot.paragraph][spot.sentence]
    words = [word for word in _words(cells, spot.start, spot.end) if word[1] - word[0] > 3]
    if not words:
        return None
    start, end = chance.choice(words)
    _touch(cells, start, end)
    place = chance.randrange(start, end)
    kind = chance.randrange(3)
    if kind == 0:
        cells[place] = Cell("x" if cells[place].letter != "x" else "y", NEW, touched=True)
    elif kind == 1:
        del cells[place]
    else:
        cells.insert(place, Cell(cells[place].letter, NEW, touched=True))
    return new


def swapped(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """Two neighbouring words of the quotation change places."""
    new = _copy(text)
    cells = new[spot.paragraph][spot.sentence]
    words = _words(cells, spot.start, spot.end)
    if len(words) < 3:
        return None
    index = chance.randrange(len(words) - 1)
    (one, one_end), (two, two_end) = words[index], words[index + 1]
    _touch(cells, one, two_end)
    cells[one:two_end] = cells[two:two_end] + cells[one_end:two] + cells[one:one_end]
    return new


def replaced(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """One word of four or more of the quotation becomes another."""
    new = _copy(text)
    cells = new[spot.paragraph][spot.sentence]
    words = _words(cells, spot.start, spot.end)
    if len(words) < 4:
        return None
    start, end = chance.choice(words)
    cells[start:end] = fresh(_other(cells[start].letter, chance), touched=True)
    return new


def put_in_words(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """Two words put in among those of the quotation."""
    new = _copy(text)
    cells = new[spot.paragraph][spot.sentence]
    words = _words(cells, spot.start, spot.end)
    if len(words) < 3:
        return None
    place = chance.choice(words[1:])[0]
    one = _other(cells[place].letter, chance)
    cells[place:place] = fresh(f"{one} {one} ", touched=True)
    return new


def _other(letter: str, chance: random.Random) -> str:
    """A word in the script of a letter that stands nowhere."""
    if "\u0600" <= letter <= "\u06ff":
        return "".join(chance.choices("غظضذثخ", k=4))
    return chance.choice("鑫淼焱垚") if letter > "\u2fff" and letter < "\ufb00" else "".join(chance.choices("zqxjkv", k=5))


def _sentence(text: Tracked, chance: random.Random) -> Cells:
    """A new sentence made of the text's own words."""
    pool = [sentence for paragraph in text for sentence in paragraph]
    words = []
    for _ in range(chance.randint(6, 14)):
        cells = chance.choice(pool)
        found = _words(cells, 0, len(cells))
        if found:
            start, end = chance.choice(found)
            words.append("".join(cell.letter for cell in cells[start:end]))
    unspaced = any(word > "\u2fff" and word < "\ufb00" for word in words)
    return fresh(("" if unspaced else " ").join(words) + ("。" if unspaced else ". "))


def sentence_before(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """A sentence put in just before the quotation's own."""
    new = _copy(text)
    new[spot.paragraph].insert(spot.sentence, _sentence(text, chance))
    return new


def sentence_after(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """A sentence put in just after the quotation's own."""
    new = _copy(text)
    if spot.sentence + 1 == len(new[spot.paragraph]):
        return None
    new[spot.paragraph].insert(spot.sentence + 1, _sentence(text, chance))
    return new


def neighbour_deleted(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """A sentence beside the quotation's own taken out."""
    sides = [one for one in (spot.sentence - 1, spot.sentence + 1) if 0 <= one < len(text[spot.paragraph])]
    if not sides:
        return None
    new = _copy(text)
    del new[spot.paragraph][chance.choice(sides)]
    return new


def sentence_deleted(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:  # noqa: ARG001
    """The quotation's own sentence taken out."""
    new = _copy(text)
    del new[spot.paragraph][spot.sentence]
    return new


def sentence_rewritten(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """Another sentence in the place of the quotation's own."""
    new = _copy(text)
    new[spot.paragraph][spot.sentence] = _sentence(text, chance)
    return new


def sentence_moved(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """The quotation's own sentence moved to another paragraph."""
    new = _copy(text)
    sentence = new[spot.paragraph].pop(spot.sentence)
    others = [one for one in range(len(new)) if one != spot.paragraph]
    target = new[chance.choice(others)]
    if not sentence[-1].letter.isspace() and sentence[-1].letter < "\u2fff":
        sentence = [*sentence, *fresh(" ")]
    target.insert(chance.randrange(len(target)), sentence)
    return new


def paragraph_moved(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """The quotation's paragraph moved by two or more."""
    others = [one for one in range(len(text)) if abs(one - spot.paragraph) > 1]
    new = _copy(text)
    new.insert(chance.choice(others), new.pop(spot.paragraph))
    return new


def merged(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:  # noqa: ARG001
    """The quotation's paragraph and the next made one."""
    if spot.paragraph + 1 == len(text):
        return None
    new = _copy(text)
    new[spot.paragraph] += [fresh(" "), *new.pop(spot.paragraph + 1)]
    return new


def parted(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """The quotation's paragraph made two, between sentences."""
    if len(text[spot.paragraph]) < 2:
        return None
    new = _copy(text)
    place = chance.randrange(1, len(new[spot.paragraph]))
    new[spot.paragraph : spot.paragraph + 1] = [new[spot.paragraph][:place], new[spot.paragraph][place:]]
    return new


def paragraph_deleted(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:  # noqa: ARG001
    """The quotation's paragraph taken out."""
    new = _copy(text)
    del new[spot.paragraph]
    return new


_STYLES = {"“": '"', "”": '"', "‘": "'", "’": "'", "—": "--", "–": "-", "'": "’", '"': "”", "…": "..."}


def restyled(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:  # noqa: ARG001
    """All quotation marks, dashes and dots of another style, some spaces made fixed."""
    return [[_restyled(sentence) for sentence in paragraph] for paragraph in text]


def _restyled(cells: Cells) -> Cells:
    new: Cells = []
    for cell in cells:
        new += [cell._replace(letter=letter) for letter in _STYLES.get(cell.letter, cell.letter)]
        if cell.letter == " " and cell.origin % 7 == 0:
            new[-1] = cell._replace(letter="\u00a0")
    return new


def decomposed(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:  # noqa: ARG001
    """Every letter in Unicode's decomposed form, soft hyphens among them."""
    return [[_decomposed(sentence) for sentence in paragraph] for paragraph in text]


def _decomposed(cells: Cells) -> Cells:
    new: Cells = []
    for index, cell in enumerate(cells):
        new += [cell._replace(letter=part) for part in unicodedata.normalize("NFD", cell.letter)]
        follows = index + 1 < len(cells) and cells[index + 1].letter.isalpha()
        if cell.origin % 11 == 0 and cell.letter.isalpha() and cell.letter.isascii() and follows:
            new.append(Cell("\u00ad", NEW))
    return new


def near_copy(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """The quotation's own sentence, one letter changed, put into another paragraph as well."""
    return _copied(_copy(text), spot, chance, spoilt=True, before=False)


def same_earlier(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """The very sentence put into an earlier paragraph as well."""
    return _copied(_copy(text), spot, chance, spoilt=False, before=True)


def mended_and_copied(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """A slip in the quotation, while the sentence as it was is put into an earlier paragraph."""
    new = typo(text, spot, chance)
    if new is None:
        return None
    copy = _copied(_copy(text), spot, chance, spoilt=False, before=True)
    if copy is None:
        return None
    copy[spot.paragraph] = new[spot.paragraph]
    return copy


def _copied(new: Tracked, spot: Spot, chance: random.Random, *, spoilt: bool, before: bool) -> Tracked | None:
    others = [one for one in range(len(new)) if one < spot.paragraph or (not before and one > spot.paragraph)]
    if not others:
        return None
    words = "".join(cell.letter for cell in new[spot.paragraph][spot.sentence])
    place = chance.randrange(len(words))
    if spoilt:
        words = words[:place] + ("x" if words[place] != "x" else "y") + words[place + 1 :]
    target = new[chance.choice(others)]
    if words[-1] < "\u2fff" and not words[-1].isspace():
        words += " "
    target.insert(chance.randrange(len(target)), fresh(words))
    return new


def revised(text: Tracked, spot: Spot, chance: random.Random) -> Tracked | None:
    """A thorough revision: sentences changed, taken out, put in and moved all over, the quotation's own kept."""
    new = _copy(text)
    for number, paragraph in enumerate(new):
        for index in range(len(paragraph)):
            if (number, index) == spot[:2]:
                continue
            kind = chance.random()
            if kind < 0.1:
                paragraph[index] = []
            elif kind < 0.2:
                paragraph[index] = _sentence(text, chance)
            elif kind < 0.4:
                words = _words(paragraph[index], 0, len(paragraph[index]))
                if words:
                    start, end = chance.choice(words)
                    paragraph[index][start:end] = fresh(_other(paragraph[index][start].letter, chance), touched=True)
    return new


LASTING: dict[str, Edit] = {
    "a word elsewhere": elsewhere,
    "typo": typo,
    "words swapped": swapped,
    "word replaced": replaced,
    "words put in": put_in_words,
    "sentence put in before": sentence_before,
    "sentence put in after": sentence_after,
    "sentence beside deleted": neighbour_deleted,
    "sentence moved": sentence_moved,
    "paragraph moved": paragraph_moved,
    "paragraphs merged": merged,
    "paragraph split": parted,
    "quotes and dashes restyled": restyled,
    "NFC to NFD": decomposed,
    "near copy elsewhere": near_copy,
    "same sentence added earlier": same_earlier,
    "mended, as it was added earlier": mended_and_copied,
    "thorough revision": revised,
}
"""Edits after which the words are still there."""

ENDING: dict[str, Edit] = {
    "sentence deleted": sentence_deleted,
    "sentence rewritten": sentence_rewritten,
    "paragraph deleted": paragraph_deleted,
}
"""Edits after which they are gone."""

MOVING = frozenset({"sentence moved", "paragraph moved"})

COPYING = {"mended, as it was added earlier": 1}
"""So often all that is kept of some words and of what surrounded them must stand for their place to be unknowable."""
