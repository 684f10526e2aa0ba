"""A word and the words that are known -> the nearest of them, for "did you mean"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENOUGH = 400
"""How many words are compared at most: a suggestion must never cost more than the reading itself."""

_ALIKE = 0.55
"""How alike two words must be (difflib's ratio): foks still suggests fox."""

_LISTED = 12
"""How many allowed words a hint lists at most."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, "" where none is like it."""
    from difflib import get_close_matches

    folded = word.casefold()
    words = list(known)
    if len(words) > _ENOUGH:
        words = [one for one in words if one[:1].casefold() == folded[:1]][:_ENOUGH]
    by_folded = {one.casefold(): one for one in reversed(words)}
    close = get_close_matches(folded[:200], by_folded, 1, _ALIKE)
    return by_folded[close[0]] if close else ""


def nearest_file(path: str, known: Iterable[str]) -> str:
    """The known file most like a path, "" where none is: first of all one that differs in capitals alone."""
    from difflib import get_close_matches

    paths = sorted(known)
    folded = path.casefold()
    same = next((one for one in paths if one.casefold() == folded), "")
    return same or next(iter(get_close_matches(path, paths, 1)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest word, or else what there is; "" where nothing is known."""
    words = tuple(known)
    near = nearest(word, words)
    if near:
        return f"did you mean “{near}”?"
    if not words:
        return ""
    more = ", …" if len(words) > _LISTED else ""
    return f"there is: {', '.join(words[:_LISTED])}{more}"
