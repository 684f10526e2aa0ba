"""Where words stand in a text: the same places as one finds by trying each, however the words repeat themselves."""

from __future__ import annotations

from itertools import product

from builder.relate.finder import FEW, Finder, occurrences

TEXTS = ["".join(letters) for letters in product("ab", repeat=9)] + ["aab" * 5 + "aa" + "aab" * 4, "ab" * 9 + "a" * 9]


def tried(text: str, words: str) -> list[int]:
    return [place for place in range(len(text) - len(words) + 1) if text.startswith(words, place)]


def test_all_places_are_found_overlapping_ones_too() -> None:
    for text in TEXTS:
        for length in range(1, len(text) + 1):
            for start in {0, 1, len(text) - length}:
                words = text[start : start + length]
                if words:
                    assert list(occurrences(text, words)) == tried(text, words), (text, words)


def test_words_that_repeat_themselves_are_found_among_many_others() -> None:
    text = "ab " * 900 + "abc " + "ab " * 900
    finder = Finder(text)
    for number in range(FEW + 1):
        assert finder.places(f"ab {number}") == ()
    for words in ("ab " * 400, "b " + "ab " * 400, "ab " * 400 + "abc", "abc ab"):
        assert list(finder.places(words)) == tried(text, words)
