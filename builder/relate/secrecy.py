"""An edition, and as students see it -> the runs of words that stand only in what is meant for teachers, and where."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from builder.relate.normal import beyond_ascii, visible, without_unseen
from builder.relate.sayings import sayings, shown_besides
from builder.relate.words import tokens

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from builder.model.view import Anchored
    from builder.relate.sayings import Saying

RUN = 5
"""Words in a row that don't come about twice by chance."""

_TELLING = 2
"""How many words of a run must have more than one letter: “A 1, A 2, A” is no run of words."""

Word = TypeVar("Word", str, bytes)
Run = tuple[str, ...]
Runs = frozenset[Run]


def secret_runs(whole: Anchored, seen: Anchored, elsewhere: Iterable[str] = ()) -> Runs:
    """The runs that stand in teacher's matter, and in nothing that students are given, of which `seen` is all.

    What they are given: what is said to them, and what it quotes, as typed, whether its passage stands or is lost;
    and words that once stood in a text and are remembered for one of theirs. `elsewhere` are words besides that
    nobody hides: of works cited, of other editions' titles. They are asked for only where there is something to hide.
    """
    if whole.edition == seen.edition:
        return frozenset()
    told = _told(seen)
    hidden = tuple(_hidden(whole, told))
    if not hidden:
        return frozenset()
    known = {run for words in chain(told.values(), shown_besides(seen), elsewhere) for run in _runs(words)}
    blocks = (block for saying in hidden for block in blocks_of(saying))
    return frozenset(run for block in blocks for run in _runs(block) if run not in known and _tells(run))


def hidden_sayings(whole: Anchored, seen: Anchored) -> Iterator[Saying]:
    """What is said in an edition and not, or not so, in what students see of it."""
    return _hidden(whole, _told(seen))


def _told(seen: Anchored) -> dict[str, str]:
    return {saying.name: saying.words for saying in sayings(seen)}


def _hidden(whole: Anchored, told: Mapping[str, str]) -> Iterator[Saying]:
    return (saying for saying in sayings(whole) if told.get(saying.name) != saying.words)


def stretches(words: str, found: Container[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The stretches of some words of which every run is among those `found`, each with its runs."""
    runs: list[str] = []
    for run in (*map(" ".join, _runs(words)), ""):
        if run in found:
            runs.append(run)
        elif runs:
            yield " ".join((runs[0], *(one.rpartition(" ")[2] for one in runs[1:]))), tuple(runs)
            runs = []


def blocks_of(saying: Saying) -> list[str]:
    """What is said, block by block: no run goes from one into the next."""
    return saying.words.split("\n\n")


def found_in(secrets: Runs, output: str) -> tuple[str, ...]:
    """The runs of words in an output's text that are secret, as they are compared; in order, each once."""
    if not secrets or not _perhaps(secrets, output):
        return ()
    return tuple(dict.fromkeys(" ".join(run) for run in _runs(output) if run in secrets))


_LOWERED = bytes(ord(chr(code).lower()) if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(128))
_LETTERS = _LOWERED.ljust(256, b" ")
_PLAINER = frozenset("ßİŉſǰẖẗẘẙẚẞ\N{KELVIN SIGN}ﬀﬁﬂﬃﬄﬅﬆ")
"""What comes to plain letters where case makes no difference: “Straße” and “STRASSE” are one word."""


def _perhaps(secrets: Runs, output: str) -> bool:
    """Whether something secret may be in an output: at a fifth of what it costs to be sure.

    Runs in plain letters are looked for with each other letter taken for a space; of others a word must be there.
    """
    plain, marks = _plain_and_marks(secrets)
    if marks or not _PLAINER.isdisjoint(beyond_ascii(output)):
        shown = visible(output).casefold()
    else:  # no plain letter comes of composing others
        shown = without_unseen(output)
    said = shown.encode("ascii", "replace").translate(_LETTERS).split()
    return not plain.isdisjoint(_fives(said)) or any(mark in shown for mark in marks)


@lru_cache(maxsize=8)
def _plain_and_marks(secrets: Runs) -> tuple[frozenset[tuple[bytes, ...]], frozenset[str]]:
    """Runs of plain letters alone; of each other run a word that isn't of them."""
    plain = frozenset(tuple(word.encode() for word in run) for run in secrets if all(map(str.isascii, run)))
    others = (next((word for word in run if not word.isascii()), "") for run in secrets)
    return plain, frozenset(word for word in others if word)


def _runs(words: str) -> Iterator[Run]:
    return _fives(tokens(visible(words).casefold()))


def _fives(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    return zip(*(islice(words, start, None) for start in range(RUN)), strict=False)


def _tells(run: Run) -> bool:
    return sum((len(word) > 1 or not word.isascii()) and not word.isdigit() for word in run) >= _TELLING
