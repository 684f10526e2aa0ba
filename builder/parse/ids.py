"""Wished ids -> ids: those that authors gave, those kept from before, those made from an entry's words; each once."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from builder.model.codes import diagnose
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.diagnostic import Diagnostic, Place

WORDS = 6
"""How many words of a heading make an id: enough to recognize it by."""

_LENGTH = 60
"""Code points at most: scripts without spaces would make a whole sentence one word."""

_LONGEST = 300
"""Code points of a made id with the layer's id and a number behind it."""

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’ʼ](?=[^\W\d_])")


@value_class(frozen=True, slots=True)
class Wish:
    """The id that an entry should have."""

    id: str
    given: bool
    """Whether the author wrote it: a made one gives way."""
    place: Place
    rival: str = ""
    """What is added to a made id that is taken already: the layer's id."""
    tails: tuple[str, ...] = ()
    """Endings with which the id makes further addresses in the page (`-2`): these must be free too."""
    kept: str = ""
    """The id that was made for it at the last good build, "" for none known: it has it still, if it is free."""


def slug(words: str, instead: str) -> str:
    """The first words of a heading as an id; `instead` where it has none."""
    words = _APOSTROPHE.sub("", words[: _LENGTH * 8]).lower()
    if not words.isascii():
        words = _without_accents(words)
    found = _ASCII_WORD.findall(words) if words.isascii() else _foreign_words(words)
    made = "-".join(found[:WORDS])
    if len(made) > _LENGTH:
        cut = made[: _LENGTH + 1].rpartition("-")[0]
        made = cut or made[:_LENGTH]
    return made or instead


def may_be_made(id: str) -> bool:
    """Whether an id is one that may have been made: letters, digits and hyphens, however it came to us."""
    return 0 < len(id) <= _LONGEST and all(letter == "-" or unicodedata.category(letter)[0] in "LNM" for letter in id)


def key(id: str) -> str:
    """What two ids must not share: ids are compared without case."""
    return id.casefold() if id.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFC", id).casefold())


def settle(wishes: Sequence[Wish], what: str) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """An id for each wish, in their order; ids given twice are told of, and the later one is changed.

    What is kept comes before what is made, so that no newcomer takes the id of another; of two that now want the same
    addresses the one without further ones comes first, as it has changed less.
    """
    told: list[Diagnostic] = []
    taken: dict[str, Place] = {}
    settled: list[str] = [""] * len(wishes)
    numbers: dict[str, int] = {}
    for index, wish in enumerate(wishes):
        if not wish.given:
            continue
        claimed = _claim(wish.id, wish, taken)
        if claimed is not None:
            told.append(_twice(wish, claimed, what))
            continue
        settled[index] = wish.id
    kept = [index for index, wish in enumerate(wishes) if wish.kept and not wish.given]
    for index in sorted(kept, key=lambda index: len(wishes[index].tails)):
        if _claim(wishes[index].kept, wishes[index], taken) is None:
            settled[index] = wishes[index].kept
    for index, wish in enumerate(wishes):
        if not settled[index]:
            settled[index] = _free(wish, taken, numbers)
    return tuple(settled), tuple(told)


def _claim(id: str, wish: Wish, taken: dict[str, Place]) -> Place | None:
    """Take an id with its tails; where one of them is taken already, take nothing and say by whom."""
    keys = [key(id), *(key(id + tail) for tail in wish.tails)]
    for one in keys:
        if one in taken:
            return taken[one]
    for one in keys:
        taken[one] = wish.place
    return None


def _free(wish: Wish, taken: dict[str, Place], numbers: dict[str, int]) -> str:
    """The first form of a made id that is free: as it is, with its rival, with a number."""
    base = wish.id
    forms = [base, f"{base}-{wish.rival}"] if wish.rival and not wish.given else [base]
    for form in forms:
        if _claim(form, wish, taken) is None:
            return form
    stem = forms[-1]
    number = numbers.get(key(stem), 2)
    while _claim(f"{stem}-{number}", wish, taken) is not None:
        number += 1
    numbers[key(stem)] = number + 1
    return f"{stem}-{number}"


def _twice(wish: Wish, first: Place, what: str) -> Diagnostic:
    where = f"in line {first.line}" if first.path == wish.place.path else f"{first}"
    message = f"the id “{wish.id}” is given twice: the first {what} with it is {where}"
    return diagnose("G117", wish.place, message, "give this one another id")


def _without_accents(words: str) -> str:
    """Letters of the Latin alphabet without their accents; those of other scripts as they are."""
    kept: list[str] = []
    latin = False
    for letter in unicodedata.normalize("NFKD", words):
        if unicodedata.combining(letter):
            if latin:
                continue
        else:
            latin = letter.isascii()
        kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


def _foreign_words(words: str) -> list[str]:
    """Runs of letters, digits and the marks that belong to them."""
    found: list[str] = []
    run: list[str] = []
    for letter in words:
        if unicodedata.category(letter)[0] in "LNM":
            run.append(letter)
        elif letter != "\u00ad" and run:
            found.append("".join(run))
            run = []
    if run:
        found.append("".join(run))
    return found
