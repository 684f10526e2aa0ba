"""An edition, and as students see it -> the runs of words that stand only in what is meant for teachers."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from builder.relate.normal import visible
from builder.relate.proses import entry_of, pieces_of
from builder.relate.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.model.view import Anchored

RUN = 5
"""Words in a row that don't come about twice by chance."""

_TELLING = 2
"""How many words of a run must have more than one letter: “A 1, A 2, A” is no run of words."""

Word = TypeVar("Word", str, bytes)
Run = tuple[str, ...]
Runs = frozenset[Run]


def secret_runs(whole: Anchored, seen: Anchored, elsewhere: Iterable[str] = ()) -> Runs:
    """The runs that stand in teacher's matter, and nowhere in what students may see, which `seen` is.

    `elsewhere` are words besides that nobody hides: of works cited, of other editions' titles. They are asked for
    only where there is something to hide.
    """
    if whole.edition == seen.edition:
        return frozenset()
    told = dict(_words(seen))
    hidden = [words for name, words in _words(whole) if told.get(name) != words]
    if not hidden:
        return frozenset()
    known = {run for words in (*told.values(), *elsewhere) for run in _runs(words)}
    blocks = (block for words in hidden for block in words.split("\n\n"))
    return frozenset(run for block in blocks for run in _runs(block) if run not in known and _tells(run))


def found_in(secrets: Runs, output: str) -> tuple[str, ...]:
    """The runs of words in an output's text that are secret, as they are compared; in order, each once."""
    if not secrets or not _perhaps(secrets, output):
        return ()
    return tuple(dict.fromkeys(" ".join(run) for run in _runs(output) if run in secrets))


_LOWERED = bytes(ord(chr(code).lower()) if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(128))
_LETTERS = _LOWERED.ljust(256, b" ")


def _perhaps(secrets: Runs, output: str) -> bool:
    """Whether something secret may be in an output: at a fifth of what it costs to be sure.

    Runs in plain letters are looked for with each other letter taken for a space; of others a word must be there.
    """
    plain, marks = _plain_and_marks(secrets)
    shown = visible(output)
    said = shown.encode("ascii", "replace").translate(_LETTERS).split()
    if not plain.isdisjoint(_fives(said)):
        return True
    lowered = shown.casefold() if marks else ""
    return any(mark in lowered for mark in marks)


@lru_cache(maxsize=8)
def _plain_and_marks(secrets: Runs) -> tuple[frozenset[tuple[bytes, ...]], frozenset[str]]:
    """Runs of plain letters alone; of each other run a word that isn't of them."""
    plain = frozenset(tuple(word.encode() for word in run) for run in secrets if all(map(str.isascii, run)))
    others = (next((word for word in run if not word.isascii()), "") for run in secrets)
    return plain, frozenset(word for word in others if word)


def _words(anchored: Anchored) -> Iterator[tuple[str, str]]:
    """Each prose of an edition by its name, with what it says."""
    edition = anchored.edition
    for piece in pieces_of(anchored):
        yield piece.name, piece.prose.content
    for term in edition.terms:
        yield f"term:{term.id}", entry_of(term).prose.content
        yield f"forms:{term.id}", "\n\n".join(term.forms)
    for note in edition.notes:
        yield f"lemma:{note.id}", "\n\n".join(selector.heading for selector in note.selectors)
        yield f"about:{note.id}", "\n\n".join((note.by, *note.tags))
    for layer in edition.layers:
        yield f"voice:{layer.text}.{layer.id}", f"{layer.by}\n\n{layer.title}"
    settings = edition.settings
    yield "settings:", "\n\n".join((settings.title, settings.summary, settings.by, *settings.tags))
    for text in edition.texts:
        page = text.title_page
        yield f"title:{text.id}", "\n\n".join((page.title, page.author, page.rights, page.source))


def _runs(words: str) -> Iterator[Run]:
    return _fives(tokens(visible(words).casefold()))


def _fives(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    return zip(*(islice(words, start, None) for start in range(RUN)), strict=False)


def _tells(run: Run) -> bool:
    return sum((len(word) > 1 or not word.isascii()) and not word.isdigit() for word in run) >= _TELLING
